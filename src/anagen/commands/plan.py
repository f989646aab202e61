"""`anagen plan`: how much keeps within, what would have to change, and which foods would reach the need."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from anagen.terminal import plain_errors, print_json

Words = Annotated[list[str] | None, typer.Option(show_default=False, help="A food or a group of foods; repeatable.")]


def plan(
    file: Annotated[Path, typer.Argument(help="A scenario: a TOML file (see examples/).", show_default=False)],
    item: Annotated[str | None, typer.Option(help="Only the most of this item.", show_default=False)] = None,
    to: Annotated[Literal["margin", "limit"], typer.Option(help="What to keep within.")] = "margin",
    like: Words = None,
    dislike: Words = None,
    energy: Annotated[float | None, typer.Option(help="Most kcal a day of added foods.", show_default=False)] = None,
    portions: Annotated[int | None, typer.Option(help="Most portions of one food.", show_default=False)] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object instead.")] = False,
) -> None:
    """Answer the inverse questions: the most of each item, the cheapest change, and foods that would reach the need.

    Example: anagen plan examples/thread.toml --item "magnesium chloride brine" --to limit

    Example: anagen plan examples/nothing.toml --like lentils --dislike fish --energy 600

    Exit status: 0; 2 where the file or an option cannot be used.
    """
    with plain_errors():
        from anagen.intake.plan_foods import Wishes, plan_foods
        from anagen.intake.planner import barrier, cheapest_changes, chosen, most_of
        from anagen.scenario import Scenario

        scenario = Scenario.load(file)
        places = tuple(range(len(scenario.intakes))) if item is None else chosen(scenario, item)
        most = [most_of(scenario, place, to) for place in places]
        wishes = Wishes(tuple(like or ()), tuple(dislike or ()), energy, portions)
        changes = None if item is not None else cheapest_changes(scenario, to)
        plates = None if item is not None else plan_foods(scenario, wishes)
        if as_json:
            answer: dict[str, object] = {"to": to, "barrier": barrier(scenario, to)}
            answer["most"] = [one.to_dict() for one in most]
            answer["changes"] = None if changes is None else changes.to_dict()
            answer["foods"] = None if plates is None else plates.to_dict()
            print_json(answer)
            return
        from rich.console import Console

        from anagen.show.plan import print_plan

        print_plan(most, changes, plates, Console(highlight=False))
