"""Plans that are kept to be compared: a name, with intakes, treatments and products as tables not yet checked.

The person and what is believed are shared by all of them. In an address `plan` is the name of the plan on the page,
and `k1` to `k4` are the names of kept ones; `k1i1`, `k1t1` and `k1d1` are the tables of the first, as `i1`, `t1` and
`d1` are those of the plan on the page.

An entry may tell of two things that no model reads: `minutes` a week, and `cost` a month; for what is done once both
are in all. They stand in the address alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from anagen.web.pairs import AddressError, Table, quoted, write_table

MOST_PLANS = 4
LONGEST_NAME = 60
LISTS = {"d": "product", "i": "intake", "t": "treatment"}
EFFORT: Mapping[str, tuple[str, float]] = {"minutes": ("minutes", 10_080), "cost": ("a cost", 1_000_000)}
"""Keys of an entry that are about effort: what they are, and the most that is taken."""
NUMBERED = re.compile(r"(.*?) (\d{1,2})")


@dataclass(frozen=True)
class Plan:
    """One plan; every table is one entry."""

    name: str
    products: tuple[Table, ...] = ()
    intakes: tuple[Table, ...] = ()
    treatments: tuple[Table, ...] = ()

    def lists(self) -> dict[str, tuple[Table, ...]]:
        """The tables by the letter they have in an address."""
        return {"d": self.products, "i": self.intakes, "t": self.treatments}

    def entries(self) -> list[tuple[str, int, Table]]:
        """Letter, place (from one) and table of everything done or taken, treatments first."""
        return [(letter, place, one) for letter in "ti" for place, one in enumerate(self.lists()[letter], 1)]

    def without(self, letter: str, place: int) -> Plan:
        """The same less one entry."""
        key = "treatments" if letter == "t" else "intakes"
        left = tuple(one for at, one in enumerate(self.lists()[letter], 1) if at != place)
        return replace(self, **{key: left})

    def same_as(self, other: Plan) -> bool:
        """Whether both hold the same, whatever they are called and cost."""
        mine, theirs = ([[bare(table) for table in each] for each in one.lists().values()] for one in (self, other))
        return mine == theirs

    def without_effort(self) -> Plan:
        """The same without the minutes and costs of what is done or taken."""
        intakes, treatments = (tuple(bare(one) for one in tables) for tables in (self.intakes, self.treatments))
        return replace(self, intakes=intakes, treatments=treatments)

    def pairs(self, prefix: str = "") -> list[tuple[str, str]]:
        """Its tables as they stand in an address."""
        return [
            (f"{prefix}{letter}{place}", write_table(table))
            for letter, tables in self.lists().items()
            for place, table in enumerate(tables, 1)
        ]


def read_name(text: str, key: str) -> str:
    """A name as it stands in an address; raises AddressError where it is too long."""
    name = " ".join(text.split())
    if len(name) > LONGEST_NAME:
        raise AddressError(f"{key}: the name of a plan has at most {LONGEST_NAME} characters; shorten it")
    return name


def free_name(wanted: str, taken: Iterable[str]) -> str:
    """A name that is not taken: the wanted one, else the same with the next number.

    Examples
    --------
    >>> free_name("", []), free_name("Mine", ["Mine"]), free_name("Plan 1", ["Plan 1", "Plan 2"])
    ('Plan 1', 'Mine 2', 'Plan 3')
    """
    known = set(taken)
    name = wanted or "Plan 1"
    while name in known:
        found = NUMBERED.fullmatch(name)
        stem, number = (found[1], int(found[2]) + 1) if found else (name, 2)
        name = f"{stem[: LONGEST_NAME - 4]} {number}"
    return name


def bare(table: Table) -> Table:
    """An entry without what no model reads."""
    return {key: value for key, value in table.items() if key not in EFFORT}


def check_effort(name: str, table: Mapping[str, Any]) -> None:
    """Raise AddressError where minutes or cost of an entry are no usable number."""
    for key, (what, most) in EFFORT.items():
        value = table.get(key, 0)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= most:
            shown = quoted(value)
            raise AddressError(f'{name}.{key} = "{shown}": this is read as {what}, a number from 0 to {most:,.0f}')
