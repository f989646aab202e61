"""The time line below the chart: for every entry of the plan a handle at its start and one at its stop.

A handle is the slider of the entry once more, laid on the chart's axis of age; what it says goes to that slider, which
alone is sent. Without a script the sliders of the entries do the same.
"""

from __future__ import annotations

from collections.abc import Iterable

from htpy import Element, Node, div, input, label, p

from anagen.web.levers import title_of
from anagen.web.pairs import Table
from anagen.web.state import State


def _handle(name: str, title: str, end: str, value: str, empty: str, says: str) -> list[Node]:
    key = {"start": "from_age", "stop": "to_age"}[end]
    return [
        label(".offstage-words", for_=f"{name}.{end}")[f"{title}, {end}, on the chart"],
        input(class_=end, type="range", id=f"{name}.{end}", step="1", value=value or "0", data_empty=empty,
              data_of=f"{name}.{key}-range", autocomplete="off", aria_valuetext=f"age {value}" if value else says),
    ]  # fmt: skip


def _age(table: Table, key: str) -> str:
    age = table.get(key)
    return f"{age:g}" if isinstance(age, int | float) else ""


def lane(letter: str, place: int, table: Table) -> Element:
    """The two handles of one entry; the script gives them the ends of the chart's axis."""
    name, title = f"{letter}{place}", title_of(letter, table)
    return div(".lane", id=f"lane-{name}", data_title=title)[
        _handle(name, title, "start", _age(table, "from_age"), "min", "today"),
        _handle(name, title, "stop", _age(table, "to_age"), "max", "never"),
    ]


def lanes(state: State) -> Iterable[Element]:
    """A lane for every entry, treatments first."""
    for letter, tables in (("t", state.treatments), ("i", state.intakes)):
        for place, table in enumerate(tables, 1):
            yield lane(letter, place, table)


def timeline(state: State) -> Element:
    """All lanes; hidden where no script runs."""
    return div("#timeline", role="group", aria_labelledby="timeline-says")[
        p("#timeline-says.hint")["Starts and stops: drag an end, or use the arrow keys."], lanes(state)
    ]
