"""The planner's answers and the foods for the terminal; every color stands beside a word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from anagen.show.numbers import mg, whole


class HasDict(Protocol):
    """Anything that tells what it holds."""

    def to_dict(self) -> dict[str, object]:
        """As it stands in the JSON."""
        ...


class HasSentence(HasDict, Protocol):
    """Anything with one sentence that answers."""

    @property
    def sentence(self) -> str:
        """The answer in words."""
        ...


class HasAnswers(HasSentence, Protocol):
    """Several answers below one sentence."""

    @property
    def answers(self) -> Iterable[HasSentence]:
        """The answers, best first."""
        ...


def _heading(words: str, console: Console) -> None:
    console.print()
    console.print(Text(words, "bold"))


def _say(words: str, console: Console) -> None:
    console.print(Text(words))


def _cautions(found: Iterable[HasDict], console: Console) -> None:
    """What the ledger cautions of in any answer, each once."""
    every = dict.fromkeys(str(one) for answer in found for one in _list(answer.to_dict().get("cautions")))
    for words in every:
        console.print(Text("Caution: ", "bold yellow") + Text(words))


def _list(found: object) -> list[object]:
    return list(found) if isinstance(found, list | tuple) else []  # pyright: ignore[reportUnknownArgumentType]


def print_plan(
    most: Sequence[HasSentence], changes: HasAnswers | None, plates: HasAnswers | None, console: Console
) -> None:
    """Print the most of each item, the cheapest changes and the foods."""
    if most:
        _heading("The most that keeps within", console)
        for sentence in dict.fromkeys(one.sentence for one in most):
            _say(sentence, console)
    if changes is not None:
        _heading("The least that would have to change", console)
        _say(changes.sentence, console)
        for number, answer in enumerate(changes.answers, start=1):
            _say(f"  {number}. {answer.sentence}", console)
    _cautions([*most, *(changes.answers if changes else ())], console)
    if plates is not None:
        _heading("Foods that would reach the need", console)
        _say(plates.sentence, console)
        for number, answer in enumerate(plates.answers, start=1):
            _plate(number, answer, console)


def _plate(number: int, answer: HasSentence, console: Console) -> None:
    """One way to reach the need, a line to a food."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column(f"{number}. Food", ratio=1)
    for column in ("Mg, mg", "Ca, mg", "kcal"):
        table.add_column(column, justify="right")
    for one in _list(answer.to_dict()["servings"]):
        row: dict[str, object] = one if isinstance(one, dict) else {}  # pyright: ignore[reportUnknownVariableType]
        name = f"{row['portions']} x {row['portion']} {row['food']}"
        cells = (_number(row.get(key)) for key in ("magnesium_mg", "calcium_mg", "energy_kcal"))
        table.add_row(Text(name), *cells)
    console.print(table)
    _say(answer.sentence, console)


def _number(found: object) -> str:
    """A number for a column, or that it is unknown."""
    return mg(float(found)) if isinstance(found, int | float) else "unknown"


def print_foods(found: Iterable[HasDict], console: Console) -> None:
    """Print what a search found."""
    rows = [food.to_dict() for food in found]
    if not rows:
        console.print("No food is like that; try fewer letters, or `anagen foods import`.", markup=False)
        return
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("Food", ratio=1)
    for column in ("Mg/100 g", "Ca/100 g", "Portion", "Mg in it"):
        table.add_column(column, justify="left" if column == "Portion" else "right")
    for row in rows:
        name = str(row["name"]) if row["fdc_id"] is None else f"{row['name']} ({row['reference']})"
        portion = str(row["portion"])
        grams = row["portion_g"]
        shown = portion if portion.endswith(" g") else f"{portion}, {grams:g} g"
        keys = ("magnesium_mg_per_100g", "calcium_mg_per_100g", "magnesium_mg_per_portion")
        magnesium, calcium, held = (_number(row[key]) for key in keys)
        table.add_row(Text(name), magnesium, calcium, Text(shown), held)
    console.print(table)


def print_imported(report: HasDict, console: Console) -> None:
    """Print what an import brought and what was left out."""
    read = report.to_dict()
    count = {key: whole(float(str(read[key]))) for key in ("foods", "with_magnesium", "with_portion")}
    console.print(
        f"{count['foods']} foods imported, {count['with_magnesium']} with magnesium and {count['with_portion']} with a "
        f"portion, into {read['table']}.",
        markup=False,
    )
    left = read["left_out"]
    for why, times in left.items() if isinstance(left, dict) else ():  # pyright: ignore[reportUnknownVariableType]
        console.print(f"Left out as unknown: {whole(float(str(times)))} {why}.", markup=False)  # pyright: ignore[reportUnknownArgumentType]
