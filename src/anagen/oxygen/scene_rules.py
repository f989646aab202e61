"""What one value of an oxygen file may be: each rule takes what the file holds and gives the solver's number.

A rule refuses by raising `QuantityError` with the sentence that mends the value.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from anagen import rules
from anagen.evidence.parameters import value
from anagen.oxygen.damage import Where
from anagen.quantities import QuantityError, registry, split_number, unit
from anagen.rules import Rule

WHERE_WORDS: Mapping[str, Where] = {
    "everywhere": "everywhere",
    "around the follicle": "follicle",
    "between follicles": "dermis",
}
PER_MM2 = 1e-6
"""mm of vessel in a mm3, in 1/um2."""
SPELLINGS = (
    (re.compile(r"\s*\bper\b\s*"), "/"),
    (re.compile(r"\b100\s*g\b"), "hg"),
    (re.compile(r"\b100\s*mL\b"), "dL"),
    (re.compile(r"\bum([23])\b"), r"um**\1"),
    (re.compile(r"^/"), "1/"),
    (re.compile(r"(?<=[A-Za-z0-9])\s+(?=[A-Za-zµμ])"), "*"),
)
"""As people write units, and as the registry reads them."""


def quantity(given: Any, example: str) -> Any:
    """A number with a unit: "13.7 mL/100g/min", "40 mmHg s/um2", "25 mm/mm3"."""
    number, rest = split_number(given, example)
    if not rest:
        raise QuantityError(f'a unit is missing; write it like "{example}"')
    for spelling, read in SPELLINGS:
        rest = spelling.sub(read, rest)
    try:
        return registry().Quantity(number, unit(rest))
    except QuantityError:
        raise QuantityError(f'its unit is not known; write it like "{example}"') from None


def _within(amount: float, low: float, high: float, words: str, example: str) -> float:
    if not low <= amount <= high:
        raise QuantityError(f'it must be from {low:g} to {high:g} {words}, such as "{example}"')
    return amount


def of_unit(into: str, words: str, low: float, high: float, example: str, what: str, times: float = 1.0) -> Rule:
    """A quantity between two bounds in the unit `into`, written `words`; `times` makes it the solver's number."""

    def rule(given: Any) -> float:
        found = quantity(given, example)
        if not found.is_compatible_with(into):
            raise QuantityError(f'{what}, such as "{example}"')
        return _within(float(found.to(into).magnitude), low, high, words, example) * times

    return rule


def uptake(given: Any) -> float:
    """Oxygen burned, as a volume in a volume (1/s) or in a mass of tissue (mL/100 g/min)."""
    low, high, example = UPTAKE
    found = quantity(given, example)
    if found.is_compatible_with("mL/hg/min"):
        return _within(found.to("mL/hg/min").magnitude * value("perfusion_of_flow"), low, high, "1/s", example)
    if not found.is_compatible_with("1/s"):
        raise QuantityError(f'an uptake is a volume of oxygen in tissue and time, such as "{example}"')
    return _within(float(found.to("1/s").magnitude), low, high, "1/s", example)


def where(given: Any) -> Where:
    """Which capillaries are lost."""
    return WHERE_WORDS[rules.choice(*WHERE_WORDS)(given)]


def even(low: int, high: int) -> Rule:
    """An even number of capillaries: they stand in pairs."""
    whole = rules.whole(low, high, "an even number")

    def rule(given: Any) -> int:
        found = whole(given)
        if found % 2:
            raise QuantityError(f"capillaries stand in pairs; write {found - 1} or {found + 1}")
        return found

    return rule


def file_name(given: Any) -> Path:
    """The name of a file."""
    if not isinstance(given, str) or not given.strip() or "\0" in given:
        raise QuantityError('it must be the name of a text file in quotation marks, such as "network.txt"')
    return Path(given)


UPTAKE = (0.0, 0.05, "2e-4 1/s")
FLOW = of_unit(
    "mL/hg/min", "mL/100g/min", 0.01, 1000, "13.7 mL/100g/min", "a flow is a volume of blood in tissue and time"
)
SHARE_OF_FLOW = rules.number(0.01, 1)
SPACING_RULE = of_unit("um", "um", 1, 200, "40 um", "a spacing is a length")
RULES: Mapping[str, Rule] = {
    "title": rules.text,
    "flow": FLOW,
    "nutritive_share": SHARE_OF_FLOW,
    "capillary_loss": rules.number(0, 1),
    "where": where,
    "keep_flow": rules.yes_or_no,
    "narrowing": rules.number(0, 0.99),
    "capillary_narrowing": rules.number(0, 0.99),
    "wall_resistance": of_unit(
        "mmHg*s/um**2", "mmHg s/um2", 0, 1e6, "40 mmHg s/um2", "a resistance is a pressure times a time over an area"
    ),
    "wall_thickness": of_unit("um", "um", 0, 100, "5 um", "a thickness is a length"),
    "fibrosis": rules.number(0.01, 1),
    "follicle_fibrosis": rules.number(0.01, 1),
    "bulb_uptake": uptake,
    "capillary_density": of_unit(
        "1/mm**2", "mm/mm3", 0.1, 1000, "25 mm/mm3", "a density is a length of vessel in a volume", PER_MM2
    ),
    "basket_capillaries": even(2, 100),
    "seed": rules.whole(0, 2**63 - 1, "a whole number"),
    "network": file_name,
    "spacing": SPACING_RULE,
    "width": of_unit("um", "um", 300, 20_000, "1280 um", "a width is a length"),
    "depth": of_unit("um", "um", 1000, 20_000, "5120 um", "a depth is a length"),
    "bulbs": rules.whole(1, 1000, "a whole number"),
    "threads": rules.whole(1, 256, "a whole number"),
}
"""The keys of an oxygen file, each with its rule."""
