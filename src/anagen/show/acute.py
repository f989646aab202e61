"""Plasma magnesium after a dose, for the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from anagen.show.acute_view import (
    AcuteView,
    days_words,
    hours_words,
    peak_sentence,
    rise_sentence,
    scenes_sentence,
    stays_sentence,
)
from anagen.show.numbers import mg, percent, whole
from anagen.show.svg import thinned

LEVELS = " .:-=+*#"
SPARKS = "".join(chr(0x2581 + i) for i in range(8))
SPARK_CELLS = 48


def spark(levels: Sequence[float], low: float, high: float, unicode: bool = True) -> str:
    """A curve in one line of text.

    Examples
    --------
    >>> spark([0.0, 1.0, 2.0], 0.0, 2.0, unicode=False)
    ' =#'
    """
    marks = SPARKS if unicode else LEVELS
    span = high - low or 1.0
    chosen = thinned(len(levels), SPARK_CELLS)
    return "".join(marks[min(int((levels[i] - low) / span * len(marks)), len(marks) - 1)] for i in chosen)


def print_acute(view: AcuteView, console: Console) -> None:
    """Print the peak, the curve, the same doses in other cases, the absorption of each meal, and the bands."""

    def say(words: str, style: str = "") -> None:
        console.print(Text(words, style))

    repeated = f", on {view.days} days" if view.days > 1 else ""
    say(f"{'; '.join(view.doses)}{repeated}.")
    say(peak_sentence(view), "bold")
    say(rise_sentence(view))
    _sparks(view, console)
    _scenes(view, console)
    _meals(view, console)
    _levels(view, console)
    for note in view.notes:
        say(note)
    say(f"{view.draws} draws of what is uncertain, seed {view.seed}. {view.says}")


def _sparks(view: AcuteView, console: Console) -> None:
    """The curves in text, on one scale."""
    rows = [(f"GFR {whole(view.gfr)}", view.plasma), ("no dose", view.without)]
    if view.gfr != view.healthy_gfr:
        rows.insert(1, ("healthy", view.healthy))
    low = min(min(curve.p50) for _, curve in rows)
    high = max(max(curve.p50) for _, curve in rows)
    grid = Table.grid(padding=(0, 2))
    for name, curve in rows:
        drawn = spark(curve.p50, low, high, not console.options.ascii_only)
        grid.add_row(name, Text(drawn, "cyan"), f"{min(curve.p50):.2f}-{max(curve.p50):.2f}")
    console.print(grid)
    console.print(Text(f"0 to {hours_words(view.hours[-1])} after the first dose, medians", "dim"))


def _scenes(view: AcuteView, console: Console) -> None:
    """The same doses in other cases: kidneys and gut in rows, days in columns."""
    title = "The same doses in other cases: peak of plasma, mmol/L, and how much of it they add"
    table = Table(box=box.SIMPLE_HEAD, title=title, title_justify="left", pad_edge=False)
    for name in ("Kidneys", "Gut", *(days_words(case.days).capitalize() for case in view.scenes[0].cases)):
        table.add_column(name)
    for scene in view.scenes:
        cells = (Text(f"{case.words}\n{case.band}") for case in scene.cases)
        table.add_row(f"GFR {whole(scene.gfr)}", scene.gut, *cells)
    console.print(table)
    console.print(Text(scenes_sentence(view)))
    console.print(Text(f"{stays_sentence(view)} {view.scene_draws} draws.", "dim"))


def _meals(view: AcuteView, console: Console) -> None:
    """What is taken up of each meal of the first day."""
    table = Table(box=box.SIMPLE_HEAD, title=f"Absorption, {view.purpose}", title_justify="left", pad_edge=False)
    for name, right in (("At", False), ("What", False), ("Factor", False), ("In, mg", True), ("Taken up, mg", True)):
        table.add_column(name, justify="right" if right else "left")
    for meal in view.meals:
        share = percent(meal.mg_absorbed / meal.mg_in) if meal.mg_in > 0 else ""
        taken = f"{mg(meal.mg_absorbed)} ({share})"
        table.add_row(meal.clock, Text(meal.items), meal.factors, mg(meal.mg_in), taken)
    console.print(table)


def _levels(view: AcuteView, console: Console) -> None:
    """The bands, the one of the peak marked."""
    title = "Plasma magnesium, mmol/L, and what has been seen"
    table = Table(box=box.SIMPLE_HEAD, title=title, title_justify="left", pad_edge=False)
    for name in ("", "Level", "Seen", "Source, status"):
        table.add_column(name)
    for level in view.levels:
        here = ">" if level.name == view.band.name else ""
        table.add_row(here, level.edges, Text(f"{level.name}: {level.words}"), Text(f"{level.source}, {level.status}"))
    console.print(table)
