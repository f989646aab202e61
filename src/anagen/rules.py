"""What one value of a scenario file may be: each rule takes what the file holds and gives the value.

A rule refuses by raising `QuantityError` with the sentence that mends the value.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import Any

from anagen.errors import nearest_sentence
from anagen.nearest import nearest
from anagen.quantities import PERCENT_STRENGTH, QuantityError, read, split_number
from anagen.routine import REGIONS, Medicine

Rule = Callable[[Any], Any]

MOST_ENTRIES = 200
LONGEST_TEXT = 120
YOUNGEST, OLDEST = 1.0, 110.0
CLOCK = re.compile(r"([01]?[0-9]|2[0-3]):[0-5][0-9]")
JOINERS = "\u200c\u200d"  # written inside words of several scripts, and never seen
NAMED_AREAS = ("scalp", "whole scalp", "thinning area", "legs", "arms", "limbs", "feet", "whole body")
PATTERN = re.compile(r"^(?:(?:I|II|III|IV|V|VI|VII)a?(?: vertex)?|Ludwig (?:I|II|III)|none)$", re.IGNORECASE)


def number(low: float, high: float, unit: str = "") -> Rule:
    """A finite number from `low` to `high`."""

    def rule(value: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise QuantityError(f"it must be a plain number from {low:g} to {high:g}{unit}")
        if (isinstance(value, float) and not math.isfinite(value)) or not low <= value <= high:
            raise QuantityError(f"it must be from {low:g} to {high:g}{unit}")
        return float(value)

    return rule


def age(value: Any) -> float:
    """An age in years: a number, or text with a unit such as "18 months"."""
    years = read(value, "year", "34 years", "an age is a time") if isinstance(value, str) else value
    return number(YOUNGEST, OLDEST, " years")(years)


def choice(*allowed: str) -> Rule:
    """One of a few words."""

    def rule(value: Any) -> str:
        if isinstance(value, str) and value in allowed:
            return value
        said = value if isinstance(value, str) else ""
        near = nearest(said, allowed, most=1, whole=True) or nearest(said, allowed, most=1)
        hint = f"; {nearest_sentence(near)}" if near else ""
        raise QuantityError(f"it must be one of {', '.join(allowed)}{hint}")

    return rule


def text(value: Any) -> str:
    """A short text on one line; a control character could take over a terminal or a page that shows it."""
    if not isinstance(value, str) or not value.strip():
        raise QuantityError("it must be a text in quotation marks")
    if len(value) > LONGEST_TEXT:
        raise QuantityError(f"it is too long; use at most {LONGEST_TEXT} characters")
    line = " ".join(value.split())
    if not all(letter.isprintable() or letter in JOINERS for letter in line):
        raise QuantityError("it holds a character that cannot be shown; type it anew")
    return line


def yes_or_no(value: Any) -> bool:
    """true or false."""
    if not isinstance(value, bool):
        raise QuantityError("it must be true or false, without quotation marks")
    return value


def clock_time(value: Any) -> str:
    """A clock time."""
    if not isinstance(value, str) or CLOCK.fullmatch(value) is None:
        raise QuantityError('it must be a clock time such as "07:00"')
    return value.zfill(len("07:00"))


def many(rule: Rule, what: str) -> Rule:
    """A list of things that each follow `rule`."""

    def each(value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list) or len(value) > MOST_ENTRIES:
            raise QuantityError(f"it must be a list of {what} in square brackets")
        return tuple(rule(entry) for entry in value)

    return each


def measured(into: str, example: str, what: str, low: float, high: float) -> Rule:
    """A quantity with a unit, between two bounds in the unit `into`."""

    def rule(value: Any) -> float:
        amount = read(value, into, example, what)
        if not low <= amount <= high:
            raise QuantityError(f'it must be from {low:g} to {high:g} {into.replace("*", "")}, such as "{example}"')
        return amount

    return rule


def area(value: Any) -> tuple[float | None, str]:
    """An area of skin: a named one ("scalp", "legs") or a measured one; None stands for a named one."""
    if isinstance(value, str) and " ".join(value.casefold().split()) in NAMED_AREAS:
        return None, " ".join(value.casefold().split())
    named = ", ".join(f'"{name}"' for name in NAMED_AREAS)
    rule = measured("cm**2", "600 cm2", f"an area is {named} or an area", 1, 20_000)
    return rule(value), " ".join(str(value).split())


def whole(low: int, high: int, what: str) -> Rule:
    """A whole number from `low` to `high`."""

    def rule(value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise QuantityError(f"it must be {what} from {low} to {high}, without quotation marks")
        return value

    return rule


def label_line(value: Any) -> str:
    """One line pasted from a label."""
    if not isinstance(value, str) or not value.strip():
        raise QuantityError("it must be the line of the label, in quotation marks")
    return value


def pattern(value: Any) -> str:
    """A Hamilton-Norwood or Ludwig stage."""
    if not isinstance(value, str) or PATTERN.match(value.strip()) is None:
        raise QuantityError('it must be a Hamilton-Norwood stage I to VII ("III vertex") or "Ludwig I" to "Ludwig III"')
    return value.strip()


def counted_hairs(value: Any) -> dict[str, float]:
    """Counted hairs by region."""
    if not isinstance(value, dict):
        raise QuantityError("it must be a table such as { vertex = 150 }")
    region, count = choice(*REGIONS), number(0, 600, " hairs per cm2")
    return {region(name): count(hairs) for name, hairs in value.items()}


def medicines(value: Any) -> tuple[Medicine, ...]:
    """The medicines a person takes for something else."""
    if not isinstance(value, list) or len(value) > MOST_ENTRIES:
        raise QuantityError('it must be a list such as [{ name = "levothyroxine", at = "07:00" }]')
    taken: list[Medicine] = []
    for entry in value:
        if not isinstance(entry, dict) or "name" not in entry or set(entry) - {"name", "at"}:
            raise QuantityError('each medicine is { name = "...", at = "07:00" }; at may be left out')
        taken.append(Medicine(text(entry["name"]), clock_time(entry["at"]) if "at" in entry else None))
    return tuple(taken)


def percent(value: Any) -> float:
    """A strength such as "5 %", as a fraction."""
    amount, rest = split_number(value, "5 %")
    if PERCENT_STRENGTH.match(rest) is None or not 0 < amount <= 100:
        raise QuantityError('it must be a percentage such as "5 %"')
    return amount / 100
