"""`anagen foods`: search the table of foods, and import more from FoodData Central."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from anagen.terminal import plain_errors, print_json

MOST_FOUND = 100

app = typer.Typer(help="Search foods by plain names, and import more of them.", no_args_is_help=True)


@app.command()
def search(
    words: Annotated[list[str], typer.Argument(help="Words of a name, in any order.", show_default=False)],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object instead.")] = False,
    limit: Annotated[int, typer.Option(min=1, max=MOST_FOUND, help="How many foods to show.")] = 10,
) -> None:
    """Find foods by name, with their magnesium and calcium.

    Example: anagen foods search black beans

    Exit status: 0 found; 1 nothing is like it; 2 the imported foods cannot be read.
    """
    with plain_errors():
        from anagen.intake.foods import search_foods

        found = search_foods(" ".join(words), limit)
        if as_json:
            print_json({"query": " ".join(words), "foods": [food.to_dict() for food in found]})
        else:
            from rich.console import Console

            from anagen.show.plan import print_foods

            print_foods(found, Console(highlight=False))
    raise typer.Exit(0 if found else 1)


@app.command("import")
def import_file(
    file: Annotated[
        Path, typer.Argument(help="A download of FoodData Central: a zip, a folder or a JSON file.", show_default=False)
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object instead.")] = False,
) -> None:
    """Import USDA FoodData Central's official download, which you fetched yourself, into a table on this computer.

    Example: anagen foods import FoodData_Central_sr_legacy_food_csv_2018-04.zip

    It replaces what was imported before; where it cannot be used, that stays as it was. Exit status: 0 or 2.
    """
    with plain_errors():
        from anagen.intake.foods_import import import_foods

        report = import_foods(file)
        if as_json:
            print_json(report.to_dict())
        else:
            from rich.console import Console

            from anagen.show.plan import print_imported

            print_imported(report, Console(highlight=False))
