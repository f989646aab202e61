"""One row of an import: what a cell of a download says, as a food, an amount or a portion of the local table.

An amount that cannot be, such as a negative one, is left out as unknown and counted in the report.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from anagen.intake.foods_store import plain
from anagen.quantities import QuantityError, read_amount

LONGEST_NAME = 300
LONGEST_PORTION = 60
LARGEST_ID = 2**62
LONGEST_ID = 20
MOST_MG = 100_000.0
MOST_KCAL = 1000.0
MOST_PORTION_G = 10_000.0
KCAL_PER_KJ = 1 / 4.184
MASS_UNITS = {"g": 1000.0, "mg": 1.0, "ug": 0.001, "µg": 0.001, "mcg": 0.001}
ENERGY_UNITS = {"kcal": 1.0, "kj": KCAL_PER_KJ}
WANTED = {
    1090: "magnesium", 1087: "calcium", 1091: "phosphorus", 1008: "energy", 2047: "energy_general",
    2048: "energy_specific",
}  # fmt: skip
"""FoodData Central's own numbers; Foundation foods give their energy under the last two."""
LEGACY = {
    "304": 1090, "301": 1087, "305": 1091, "208": 1008, "957": 2047, "958": 2048,
}  # fmt: skip
"""The numbers of the same nutrients in the older releases."""
UNDETERMINED = ("undetermined", "quantity not specified", "")
MEASURES = {"tbsp": "tablespoon", "tsp": "teaspoon", "fl": "fl oz", "cups": "cup", "tablespoons": "tablespoon"}
FoodRow = tuple[int, str, str, str]
AmountRow = tuple[int, int, float]
PortionRow = tuple[int, int, str, float, float | None]


@dataclass
class Imported:
    """What an import brought.

    Attributes
    ----------
    source : the file; table : where the local table lies.
    foods, with_magnesium, with_portion : how many foods there are, and of how many these are known.
    left_out : why something was left out, with how often.
    """

    source: str
    table: str
    foods: int = 0
    with_magnesium: int = 0
    with_portion: int = 0
    left_out: dict[str, int] = field(default_factory=dict[str, int])

    def leave_out(self, why: str, times: int = 1) -> None:
        """Count something left out."""
        if times:
            self.left_out[why] = self.left_out.get(why, 0) + times

    def to_dict(self) -> dict[str, object]:
        """As it stands in the JSON."""
        return {
            "source": self.source,
            "table": self.table,
            "foods": self.foods,
            "with_magnesium": self.with_magnesium,
            "with_portion": self.with_portion,
            "left_out": dict(sorted(self.left_out.items())),
        }


def read_number(cell: object) -> float | None:
    """A finite number, or None for anything else: an empty cell, a word, a formula."""
    if isinstance(cell, bool) or not isinstance(cell, str | int | float):
        return None
    try:
        number = float(cell)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def read_identity(cell: object) -> int | None:
    """A whole number above zero that SQLite can hold, or None."""
    if isinstance(cell, str):
        digits = cell.strip()
        cell = int(digits) if digits.isascii() and digits.isdigit() and len(digits) < LONGEST_ID else None
    return cell if isinstance(cell, int) and not isinstance(cell, bool) and 0 < cell < LARGEST_ID else None


def read_words(text: object, longest: int) -> str:
    """Words fit to be shown: no control characters, single spaces, not too long."""
    shown = "".join(letter if letter.isprintable() else " " for letter in str(text)[: longest + longest])
    return " ".join(shown.split())[:longest]


def food_row(number: object, name: object, data_type: object, report: Imported) -> FoodRow | None:
    """One food, or None where it has no number or no name."""
    fdc_id, shown = read_identity(number), read_words(name, LONGEST_NAME)
    if fdc_id is None or not shown:
        report.leave_out("foods without a number or a name")
        return None
    return fdc_id, shown, plain(shown), read_words(data_type, LONGEST_PORTION)


def unit_factor(nutrient: int, unit: object) -> float | None:
    """What turns a nutrient's unit into mg or kcal; None for a unit that is neither."""
    units = ENERGY_UNITS if WANTED[nutrient].startswith("energy") else MASS_UNITS
    return units.get(str(unit).strip().casefold())


def amount_per_100_g(cell: object, factor: float, nutrient: int, report: Imported) -> float | None:
    """An amount in mg or kcal in 100 g; None where it is blank, or cannot be."""
    if cell is None or cell == "":
        return None
    number = read_number(cell)
    if number is None:
        report.leave_out("amounts that are no number")
        return None
    amount = number * factor
    if amount < 0:
        report.leave_out("amounts below zero")
        return None
    if amount > (MOST_KCAL if WANTED[nutrient].startswith("energy") else MOST_MG):
        report.leave_out("amounts larger than the food")
        return None
    return amount


def portion_row(
    number: object, place: object, grams: object, amount: object, unit: object, described: object, modifier: object,
    report: Imported,
) -> PortionRow | None:  # fmt: skip
    """One portion: its words ("1 cup, chopped"), its grams, and its volume where it is one."""
    fdc_id, mass = read_identity(number), read_number(grams)
    if fdc_id is None or mass is None or not 0 < mass < MOST_PORTION_G:
        report.leave_out("portions without a mass")
        return None
    measure, extra = read_words(unit, LONGEST_PORTION), read_words(modifier, LONGEST_PORTION)
    words = read_words(described, LONGEST_PORTION)
    if words.casefold() in UNDETERMINED:
        many = read_number(amount) or 1.0
        kinds = [one for one in (measure, extra) if one.casefold() not in UNDETERMINED and not one.isdigit()]
        words = f"{many:g} {', '.join(kinds) or 'serving'}"
    return fdc_id, int(read_number(place) or 0) % LARGEST_ID, words[:LONGEST_PORTION], mass, _volume_ml(words)


def _volume_ml(words: str) -> float | None:
    """The volume a portion's words begin with, mL: "1/2 cup, chopped" is 118; None where they name none."""
    head = words.split(",")[0].split("(")[0].split()
    for many in (3, 2):
        try:
            amount = read_amount(" ".join([*head[:1], *(MEASURES.get(one.casefold(), one) for one in head[1:many])]))
        except QuantityError:
            continue
        return amount.magnitude if amount.kind == "volume" and amount.magnitude > 0 else None
    return None
