"""What else is in a mixture: water and aloe make a brine weaker on the skin, oil only floats on it.

Diluting lowers the concentration, never the milligrams. It does not last, either: above a third of full humidity
magnesium chloride draws water or gives it off until it is as strong as the air allows, so contact time matters more.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from anagen.quantities import QuantityError, read_amount

NAME_AND_AMOUNT = re.compile(r"^(?P<name>.*?)\s*(?P<amount>(?:\d|\.\d).*)?$", re.DOTALL)
OIL_WORD = re.compile(
    r"\b(oils?|butter|lanolin|petrolatum|petroleum jelly|vaseline|beeswax|wax|squalane)\b", re.IGNORECASE
)
NOT_OIL = re.compile(r"\bmagnesium oil\b", re.IGNORECASE)  # a brine, whatever its name


@dataclass(frozen=True)
class Ingredient:
    """One other thing in a mixture: its name, and its volume in mL where given."""

    name: str
    volume_ml: float | None

    @property
    def is_oil(self) -> bool:
        """True for a thing that a brine does not mix with."""
        return OIL_WORD.search(NOT_OIL.sub("", self.name)) is not None


def ingredient(text: str) -> Ingredient:
    """Read "aloe gel 4 mL" as a name and a volume; a volume that cannot be read is unknown, not zero."""
    match = NAME_AND_AMOUNT.match(text.strip())
    if match is None or match["amount"] is None:
        return Ingredient(text.strip(), None)
    try:
        amount = read_amount(match["amount"])
    except QuantityError:
        return Ingredient(text.strip(), None)
    return Ingredient(match["name"], amount.magnitude if amount.kind == "volume" else None)


def ingredients(texts: tuple[str, ...]) -> tuple[Ingredient, ...]:
    """Everything else in a mixture."""
    return tuple(ingredient(text) for text in texts)


def diluting_volume_ml(texts: tuple[str, ...]) -> float:
    """mL of the things that mix with a brine; oil, and what has no volume, dilute nothing."""
    return sum(part.volume_ml or 0.0 for part in ingredients(texts) if not part.is_oil)
