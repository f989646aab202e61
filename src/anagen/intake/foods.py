"""Foods: magnesium and calcium of about a hundred staples, with one household portion each.

The table is `foods.csv`: facts of the USDA National Nutrient Database, Standard Reference 28, under plain
names of our own. A blank cell is unknown, never zero.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from anagen.quantities import Amount

MG_PER_G = 1000.0
ML_PER_CUP = 236.588
FOOD_SOURCE = "usda2015"


@dataclass(frozen=True)
class Food:
    """One food.

    Attributes
    ----------
    name, aliases : plain names; ndb_no : its number in the USDA table.
    magnesium_mg_per_100g, calcium_mg_per_100g : None where unknown.
    portion : a household portion in words; portion_g : its mass.
    portion_volume_ml : its volume, None where the portion is not a volume.
    cup_g : mass of one US cup, where the table gives it.
    """

    name: str
    aliases: tuple[str, ...]
    ndb_no: str
    magnesium_mg_per_100g: float | None
    calcium_mg_per_100g: float | None
    portion: str
    portion_volume_ml: float | None
    portion_g: float
    cup_g: float | None = None
    kind: str = "food"


def _known(cell: str) -> float | None:
    """A number, or None for a blank cell."""
    return float(cell) if cell.strip() else None


@cache
def foods() -> tuple[Food, ...]:
    """Every food of the table."""
    text = files("anagen.intake").joinpath("foods.csv").read_text(encoding="utf-8")
    return tuple(
        Food(
            name=row["name"],
            aliases=tuple(alias for alias in row["aliases"].split(";") if alias),
            ndb_no=row["ndb_no"],
            magnesium_mg_per_100g=_known(row["magnesium_mg_per_100g"]),
            calcium_mg_per_100g=_known(row["calcium_mg_per_100g"]),
            portion=row["portion"],
            portion_volume_ml=_known(row["portion_volume_ml"]),
            portion_g=float(row["portion_g"]),
            cup_g=_known(row["cup_g"]),
        )
        for row in csv.DictReader(text.splitlines())
    )


def grams(food: Food, amount: Amount) -> float | None:
    """Mass of an amount of a food.

    Parameters
    ----------
    food, amount : a mass is taken as it is; a volume is scaled by the volume of the portion, or by the mass of a
        cup; servings and pieces are portions.

    Returns
    -------
    float or None
        g; None where the table does not say what such an amount weighs.
    """
    if amount.kind == "mass":
        return amount.magnitude / MG_PER_G
    if amount.kind == "count":
        return amount.magnitude * food.portion_g if amount.counted in ("serving", "piece") else None
    if food.portion_volume_ml is not None:
        return amount.magnitude / food.portion_volume_ml * food.portion_g
    if food.cup_g is not None:
        return amount.magnitude / ML_PER_CUP * food.cup_g
    return None


def magnesium_mg(food: Food, mass_g: float) -> float | None:
    """Magnesium in `mass_g` grams of a food, mg; None where unknown."""
    return None if food.magnesium_mg_per_100g is None else mass_g * food.magnesium_mg_per_100g / 100


def calcium_mg(food: Food, mass_g: float) -> float | None:
    """Calcium in `mass_g` grams of a food, mg; None where unknown."""
    return None if food.calcium_mg_per_100g is None else mass_g * food.calcium_mg_per_100g / 100
