"""What the counts show around a start or a stop: the sheds as marks of the chart, and in sentences."""

from __future__ import annotations

from anagen.outlook.changes import Change, Shed, changes, sheds
from anagen.outlook.simulate import MONTHS
from anagen.show.fan import Mark
from anagen.show.numbers import whole
from anagen.web.found import Found

TOLD_OF = "minoxidil"
"""The drug of which a shed in the first months is told."""
NONE_DRAWN = (
    "Starting minoxidil draws no shed here: some tell of one in the first months, but with these arrows, for this "
    "person, the counts show none beyond chance."
)


def _when(change: Change) -> str:
    return f"{'starting' if change.starts else 'stopping'} {change.kind} at {whole(change.age)}"


def _months(shed: Shed) -> str:
    return f"month {shed.first}" if shed.first == shed.last else f"months {shed.first} to {shed.last}"


def sentence(shed: Shed) -> str:
    """One fall: how much, when, and whether it passes."""
    lost = f"{whole(shed.fall)} hairs per cm\N{SUPERSCRIPT TWO} fewer, held against doing nothing, in the mean run"
    after = _when(shed.change)
    if not shed.passes:
        return f"After {after} the count falls: {lost}, within {shed.last} months; no clear return within two years."
    passes = "It passes: two years on they are made up for."
    if whole(shed.back) != whole(shed.fall) and shed.back < shed.fall:
        passes = f"Part of it passes: two years on {whole(shed.back)} are made up for."
    return f"A shed after {after}, {_months(shed)}: {lost}. {passes}"


def marks(found: tuple[Shed, ...]) -> tuple[Mark, ...]:
    """The sheds that pass, as the chart marks them."""
    return tuple(
        Mark(one.change.age + (one.first - 1) / MONTHS, one.change.age + one.last / MONTHS, f"shed, {_months(one)}")
        for one in found
        if one.passes
    )


def sheds_of(found: Found) -> tuple[Shed, ...]:
    """Those of the plan with the reader's arrows."""
    return sheds(found.scenario, found.mine.data) if found.has_plan else ()


def sentences(found: Found, shown: tuple[Shed, ...]) -> list[str]:
    """Every fall, and what is told of but not in the counts."""
    starting = {one.kind for one in changes(found.scenario) if one.starts}
    drawn = {one.change.kind for one in shown if one.change.starts}
    return [*map(sentence, shown), *([NONE_DRAWN] if TOLD_OF in starting - drawn else [])]
