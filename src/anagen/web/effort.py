"""Minutes and money of a plan, as its reader tells them, summed up for a year; nothing here is known by the model."""

from __future__ import annotations

from dataclasses import dataclass

from anagen.show.numbers import whole
from anagen.web.pairs import Table
from anagen.web.plans import Plan

ONCE = ("transplant", "castration")
"""Treatments that are done once: what they take is told in all."""
A_YEAR = {"minutes": 365.25 / 7, "cost": 12.0}
"""Weeks and months of a year."""
MINUTES_AN_HOUR = 60
LONG = 120
"""Minutes from which on hours are easier to read."""


@dataclass(frozen=True)
class Effort:
    """What a plan takes: each year, and once; and how many of its entries nobody has told of."""

    yearly: float
    once: float
    told: int
    entries: int


def is_once(table: Table) -> bool:
    """Whether an entry is done once."""
    return table.get("kind") in ONCE


def effort(plan: Plan, key: str) -> Effort:
    """The sum of "minutes" or "cost" over the entries of a plan."""
    every = [table for _, _, table in plan.entries()]
    told = [table for table in every if key in table]
    yearly = sum(float(one[key]) * A_YEAR[key] for one in told if not is_once(one))
    once = sum(float(one[key]) for one in told if is_once(one))
    return Effort(yearly, once, len(told), len(every))


def time_words(minutes: float) -> str:
    """Minutes, in hours where they are many.

    Examples
    --------
    >>> time_words(90), time_words(1461)
    ('90 minutes', '24 hours')
    """
    if minutes >= LONG:
        return f"{whole(minutes / MINUTES_AN_HOUR)} hours"
    return f"{whole(minutes)} {'minute' if whole(minutes) == '1' else 'minutes'}"


def effort_words(plan: Plan, key: str) -> str:
    """The sum in words: "24 hours a year", "not told", with what is missing."""
    found = effort(plan, key)
    if found.entries == 0:
        return "none"
    if found.told == 0:
        return "not told"
    say = time_words if key == "minutes" else whole
    parts = [f"{say(found.yearly)} a year"] if found.yearly or not found.once else []
    parts += [f"{say(found.once)} once"] if found.once else []
    missing = found.entries - found.told
    left = f" ({missing} {'entry' if missing == 1 else 'entries'} not told)" if missing else ""
    return f"{' and '.join(parts)}{left}"
