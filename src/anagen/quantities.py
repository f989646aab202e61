"""The one unit registry, and the reading of quantities a person writes: "4 mL", "31 % w/w", "8 h".

Text is read by a narrow grammar, `number unit`, before pint sees the unit, so that nothing a
file holds is ever evaluated as an expression.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import pint

NUMBER = re.compile(r"^\s*(?P<number>[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?)(?P<rest>.*)$", re.DOTALL)
FRACTION = re.compile(r"^\s*(?P<top>\d{1,4})\s*/\s*(?P<bottom>\d{1,4})(?P<rest>\s.*)$", re.DOTALL)
COMMA_NUMBER = re.compile(r"^\s*[+-]?\d+,\d")
UNIT_TEXT = re.compile(r"^[A-Za-zµμ%][A-Za-zµμ0-9_ ²³^*/().%-]{0,39}$")
FACTOR = r"(?:1|[A-Za-zµμ][A-Za-zµμ_]*)(?:\*\*-?[1-9])?"
FACTORS = re.compile(rf"{FACTOR}(?:\s*(?:[*/]|\bper\b)\s*{FACTOR})*")
LONGEST_TEXT = 80


class QuantityError(ValueError):
    """A quantity that cannot be read; the text says what would be right."""


@cache
def registry() -> pint.UnitRegistry[Any]:
    """The one registry of units, made on first use (pint takes a quarter of a second to import)."""
    import pint

    units: pint.UnitRegistry[Any] = pint.UnitRegistry(None)  # pyright: ignore[reportArgumentType]  (None: begin empty)
    definitions = files("anagen").joinpath("units.txt").read_text(encoding="utf-8")
    for line in definitions.splitlines():
        if line.strip() and not line.startswith("#"):
            units.define(line)
    return units


def unit(text: str) -> Any:
    """The pint unit written `text`; raises QuantityError where no such unit is known.

    Only names with a one-digit power, joined by "*", "/" or "per", reach pint, which would work out "g^9^9^9".
    """
    written = text.strip()
    text = written.replace("%", "percent").replace("²", "**2").replace("³", "**3").replace("^", "**")
    text = re.sub(r"\b(d?[cmµμ]?m)([23])\b", r"\1**\2", text)  # cm2, mm3
    text = re.sub(r"\bfl\.?\s*oz\b\.?", "floz", text)
    if FACTORS.fullmatch(text) is None:
        raise QuantityError(f'no unit is called "{written}"')
    try:
        return registry().parse_units(text)
    except Exception:  # pint and its tokenizer raise many kinds for odd text; all mean the same here
        raise QuantityError(f'no unit is called "{written}"') from None


def split_number(text: object, example: str) -> tuple[float, str]:
    """`"4 mL"` as `(4.0, "mL")`: a finite number and the rest of the text.

    Raises
    ------
    QuantityError
        Where `text` is not text, is too long, or does not begin with a plain finite number.
    """
    if not isinstance(text, str):
        raise QuantityError(f'write it as text with a unit, such as "{example}"')
    if len(text) > LONGEST_TEXT:
        raise QuantityError(f'that is too long; write it like "{example}"')
    if COMMA_NUMBER.match(text):
        raise QuantityError(f'a comma in a number can be read two ways; write it like "{example}"')
    if fraction := FRACTION.match(text):
        if int(fraction["bottom"]) == 0:
            raise QuantityError("nothing can be divided by zero")
        return int(fraction["top"]) / int(fraction["bottom"]), fraction["rest"].strip()
    match = NUMBER.match(text)
    if match is None:
        raise QuantityError(f'it must begin with a number, such as "{example}"')
    number = float(match["number"])
    if not math.isfinite(number):
        raise QuantityError("the number is too large to mean anything")
    return number, match["rest"].strip()


def _magnitude(quantity: Any, into: str) -> float:
    """A quantity as a finite number of `into`."""
    magnitude = float(quantity.to(into).magnitude)
    if not math.isfinite(magnitude):
        raise QuantityError("the number is too large to mean anything")
    return magnitude


def read(text: object, into: str, example: str, what: str) -> float:
    """A quantity in one fixed unit: `read("8 h", "hour", ...)` is 8.0.

    Parameters
    ----------
    text : what the file holds.
    into : the unit of the answer.
    example, what : for the error: "a duration is a time, such as 20 min".
    """
    number, rest = split_number(text, example)
    if not rest:
        raise QuantityError(f'a unit is missing; write it like "{example}"')
    if UNIT_TEXT.match(rest) is None:
        raise QuantityError(f'{what}, such as "{example}"')
    quantity = registry().Quantity(number, unit(rest))
    if not quantity.is_compatible_with(into):
        raise QuantityError(f'{what}, such as "{example}"')
    return _magnitude(quantity, into)


@dataclass(frozen=True)
class Amount:
    """An amount of something taken or applied: a mass, a volume, or a count of things.

    Attributes
    ----------
    text : as it was written.
    magnitude : in mg for a mass, mL for a volume, else the number of things.
    kind : "mass", "volume" or "count".
    counted : the thing counted ("spray", "tablet", "serving", "piece", "sachet"), else "".
    """

    text: str
    magnitude: float
    kind: Literal["mass", "volume", "count"]
    counted: str = ""


AMOUNT_HINT = 'an amount is a mass, a volume or a count, such as "400 mg", "4 mL" or "2 tablets"'
COUNTED = ("spray", "tablet", "sachet", "serving", "piece")


def read_amount(text: object) -> Amount:
    """Read an amount: `"4 mL"` is 4 mL, `"2 g"` is 2000 mg, `"10 sprays"` is a count of 10."""
    number, rest = split_number(text, "4 mL")
    written = " ".join(str(text).split())
    if not rest:
        raise QuantityError(f"a unit is missing: {AMOUNT_HINT}")
    if UNIT_TEXT.match(rest) is None:
        raise QuantityError(AMOUNT_HINT)
    try:
        quantity = registry().Quantity(number, unit(rest))
    except QuantityError as error:
        raise QuantityError(f"{error}: {AMOUNT_HINT}") from None
    if number < 0:
        raise QuantityError("an amount cannot be negative")
    if quantity.is_compatible_with("mg"):
        return Amount(written, _magnitude(quantity, "mg"), "mass")
    if quantity.is_compatible_with("mL"):
        return Amount(written, _magnitude(quantity, "mL"), "volume")
    for thing in COUNTED:
        if quantity.is_compatible_with(thing):
            return Amount(written, _magnitude(quantity, thing), "count", thing)
    raise QuantityError(AMOUNT_HINT)


@dataclass(frozen=True)
class Strength:
    """How strong a liquid is.

    Attributes
    ----------
    text : as it was written.
    kind : "w/w" (mass of salt in mass of liquid), "w/v" (g of salt in mL of liquid),
        "mg/mL" (of elemental magnesium), or "parts" (flakes to water by mass).
    value : a fraction for w/w and w/v, mg/mL, or the mass ratio of flakes to water.
    basis_stated : False where a bare "31 %" was read as w/w, the reading that counts more.
    """

    text: str
    kind: Literal["w/w", "w/v", "mg/mL", "parts"]
    value: float
    basis_stated: bool = True


STRENGTH_HINT = 'a strength is like "31 % w/w", "31 % w/v", "101 mg/mL" or "1 : 1 flakes : water by mass"'
PARTS = re.compile(
    r"^\s*(?P<flakes>\d+(?:\.\d+)?)\s*(?:parts?\s*)?(?:flakes\s*)?:\s*(?P<water>\d+(?:\.\d+)?)\s*(?:parts?\s*)?"
    r"(?:flakes\s*:\s*)?(?:water)?\s*(?:by\s+mass)?\s*$",
    re.IGNORECASE,
)
PERCENT_STRENGTH = re.compile(r"^%\s*(?P<basis>w/w|w/v|m/m|m/v)?$", re.IGNORECASE)


def read_strength(text: object) -> Strength:
    """Read a strength.

    A percentage without a basis is read as w/w and marked so: of a 31 % brine, w/w holds 101 mg/mL of
    magnesium and w/v only 79.
    """
    if isinstance(text, str) and len(text) <= LONGEST_TEXT and (parts := PARTS.match(text)):
        flakes, water = float(parts["flakes"]), float(parts["water"])
        if flakes + water <= 0:
            raise QuantityError(STRENGTH_HINT)
        if water <= 0:
            raise QuantityError("without water there is no brine: give at least some water")
        return Strength(" ".join(text.split()), "parts", flakes / water)
    number, rest = split_number(text, "31 % w/w")
    written = " ".join(str(text).split())
    if number < 0:
        raise QuantityError("a strength cannot be negative")
    if percent := PERCENT_STRENGTH.match(rest):
        if number > 100:
            raise QuantityError("nothing is stronger than 100 %")
        basis = (percent["basis"] or "w/w").lower()
        kind: Literal["w/w", "w/v"] = "w/w" if basis in ("w/w", "m/m") else "w/v"
        return Strength(written, kind, number / 100, percent["basis"] is not None)
    if not rest or UNIT_TEXT.match(rest) is None:
        raise QuantityError(STRENGTH_HINT)
    quantity = registry().Quantity(number, unit(rest))
    if not quantity.is_compatible_with("mg/mL"):
        raise QuantityError(STRENGTH_HINT)
    return Strength(written, "mg/mL", _magnitude(quantity, "mg/mL"))


@dataclass(frozen=True)
class Elemental:
    """How much magnesium a product holds.

    Attributes
    ----------
    text : as it was written.
    kind : "share" of its mass, "mg/mL", or "mg/unit".
    value : a fraction, mg in 1 mL, or mg in one thing.
    counted : the thing, for "mg/unit" ("tablet", "sachet", ...), else "".
    """

    text: str
    kind: Literal["share", "mg/mL", "mg/unit"]
    value: float
    counted: str = ""


ELEMENTAL_HINT = 'write the magnesium in it, such as "12 %", "100 mg/mL" or "50 mg per tablet"'
PER_THING = re.compile(r"^(?P<mass>[A-Za-zµμ]{1,10})\s*(?:/|\bper\b)\s*(?P<thing>[A-Za-z]{3,10})$")


def read_elemental(text: object) -> Elemental:
    """Read how much magnesium something holds: `"12 %"`, `"100 mg/mL"`, `"50 mg per tablet"`."""
    number, rest = split_number(text, "50 mg per tablet")
    written = " ".join(str(text).split())
    if number <= 0:
        raise QuantityError(f"it must be more than nothing; {ELEMENTAL_HINT}")
    if rest == "%":
        if number > 100:
            raise QuantityError("nothing is more than 100 % magnesium")
        return Elemental(written, "share", number / 100)
    if not rest or UNIT_TEXT.match(rest) is None:
        raise QuantityError(ELEMENTAL_HINT)
    if thing := PER_THING.match(rest):
        one = registry().Quantity(1.0, unit(thing["thing"]))
        for counted in COUNTED:
            if one.is_compatible_with(counted):
                mass = registry().Quantity(number, unit(thing["mass"]))
                if not mass.is_compatible_with("mg"):
                    raise QuantityError(ELEMENTAL_HINT)
                return Elemental(written, "mg/unit", _magnitude(mass, "mg"), counted)
    quantity = registry().Quantity(number, unit(rest))
    if not quantity.is_compatible_with("mg/mL"):
        raise QuantityError(ELEMENTAL_HINT)
    return Elemental(written, "mg/mL", _magnitude(quantity, "mg/mL"))
