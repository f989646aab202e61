"""`anagen acute`: what one day's doses do to plasma magnesium within the next two days."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from anagen.terminal import plain_errors, print_json

MOST_DRAWS = 1000
LARGEST_SEED = 2**63 - 1


def acute(
    file: Annotated[Path, typer.Argument(help="A scenario: a TOML file (see examples/).", show_default=False)],
    item: Annotated[
        str | None,
        typer.Option(help="Only this supplement or medicine, of the file or of the tables.", show_default=False),
    ] = None,
    dose: Annotated[
        str | None, typer.Option(help='One taking of it instead: "60 mL", "400 mg".', show_default=False)
    ] = None,
    gfr: Annotated[
        float | None,
        typer.Option(help="Kidney filtration, mL/min; else the file's eGFR, else healthy.", show_default=False),
    ] = None,
    hours: Annotated[float, typer.Option(help="How far to look from the first dose on.")] = 48.0,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object instead.")] = False,
    out: Annotated[Path | None, typer.Option(help="Write the curve as an SVG drawing.", show_default=False)] = None,
    days: Annotated[int, typer.Option(help="On how many days the doses are taken.")] = 1,
    draws: Annotated[int, typer.Option(min=1, max=MOST_DRAWS, help="How many people like this one.")] = 100,
    seed: Annotated[int, typer.Option(min=0, max=LARGEST_SEED, help="The same seed gives the same result.")] = 0,
    gut: Annotated[
        str | None,
        typer.Option(help="usual, constipated or blocked; else by the file's conditions.", show_default=False),
    ] = None,
) -> None:
    """Show what a day's doses by mouth do to plasma magnesium, at this person's kidneys and at healthy ones.

    The same doses on one day and on each day of a week, at healthy kidneys and weak ones, in a usual gut and in a slow
    one, stand beside it.

    Example: anagen acute examples/thread.toml --item "milk of magnesia" --dose "60 mL" --gfr 20

    Exit status: 0 done, whatever the level; 2 the question cannot be answered. Never medical advice.
    """
    with plain_errors():
        _acute(file, item, dose, gfr, hours, as_json, out, days, draws, seed, gut)


def _acute(
    file: Path, item: str | None, dose: str | None, gfr: float | None, hours: float, as_json: bool,
    out: Path | None, days: int, draws: int, seed: int, gut: str | None,
) -> None:  # fmt: skip
    """Read, run, then write and print."""
    from anagen.body.acute_answer import acute as answer
    from anagen.body.acute_dose import gut_named, one_dose
    from anagen.files import check_writable, write_whole
    from anagen.outlook.provenance import parameter_set, version
    from anagen.scenario import Scenario
    from anagen.show.acute import print_acute
    from anagen.show.acute_drawing import acute_svg
    from anagen.show.acute_view import view_of

    if out is not None:
        check_writable(out)
    state = None if gut is None else gut_named(gut)
    found = answer(one_dose(Scenario.load(file), item, dose), gfr, hours, days, draws, seed, state).to_dict()
    about = found["provenance"]
    assert isinstance(about, dict)
    about |= {"version": version(), "parameter_set": parameter_set(), "scenario": str(file)}
    if out is not None:
        write_whole(out, str(acute_svg(view_of(found))))
    if as_json:
        print_json(found)
        return
    from rich.console import Console

    print_acute(view_of(found), Console(highlight=False))
    if out is not None:
        typer.echo(f"curve: {out}")
