"""Foods: magnesium, calcium, phosphorus and energy of what people eat, with one household portion each.

The table is `foods.csv`: facts of the USDA National Nutrient Database, Standard Reference 28, under plain
names of our own. A blank cell is unknown, never zero. Foods that the user imported stand beside it.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from anagen.evidence.parameters import Status
from anagen.quantities import Amount

MG_PER_G = 1000.0
ML_PER_CUP = 236.588
FOOD_SOURCE = "usda2015"


@dataclass(frozen=True)
class Food:
    """One food.

    Attributes
    ----------
    name, aliases : plain names; ndb_no : its number in the USDA table, "" for an imported food.
    magnesium_mg_per_100g, calcium_mg_per_100g : None where unknown; so are phosphorus and energy below.
    portion : a household portion in words; portion_g : its mass.
    portion_volume_ml : its volume, None where the portion is not a volume.
    cup_g : mass of one US cup, where the table gives it.
    phosphorus_mg_per_100g, energy_kcal_per_100g : the same for phosphorus and energy.
    group : the kind of food, such as "legumes" or "breads".
    source : key of the bibliography.
    fdc_id : its number in FoodData Central, None for a food of the project's own table.
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
    phosphorus_mg_per_100g: float | None = None
    energy_kcal_per_100g: float | None = None
    group: str = ""
    source: str = FOOD_SOURCE
    fdc_id: int | None = None

    @property
    def status(self) -> Status:
        """The project's own table was read in its source; an imported one is as good as the download."""
        return "checked" if self.fdc_id is None else "secondary"

    @property
    def reference(self) -> str:
        """What a scenario can call it by: its name, or "fdc:" and its number where it was imported."""
        return self.name if self.fdc_id is None else f"fdc:{self.fdc_id}"

    def to_dict(self) -> dict[str, object]:
        """As it stands in the JSON."""
        return {
            "name": self.name,
            "reference": self.reference,
            "group": self.group,
            "ndb_no": self.ndb_no or None,
            "fdc_id": self.fdc_id,
            "magnesium_mg_per_100g": self.magnesium_mg_per_100g,
            "calcium_mg_per_100g": self.calcium_mg_per_100g,
            "phosphorus_mg_per_100g": self.phosphorus_mg_per_100g,
            "energy_kcal_per_100g": self.energy_kcal_per_100g,
            "portion": self.portion,
            "portion_g": self.portion_g,
            "magnesium_mg_per_portion": magnesium_mg(self, self.portion_g),
            "calcium_mg_per_portion": calcium_mg(self, self.portion_g),
            "source": self.source,
        }


def _known(cell: str) -> float | None:
    """A number, or None for a blank cell."""
    return float(cell) if cell.strip() else None


@cache
def foods() -> tuple[Food, ...]:
    """Every food of the project's own table."""
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
            phosphorus_mg_per_100g=_known(row["phosphorus_mg_per_100g"]),
            energy_kcal_per_100g=_known(row["energy_kcal_per_100g"]),
            group=row["group"],
        )
        for row in csv.DictReader(text.splitlines())
    )


def find_food(name: str) -> Food | None:
    """An imported food by its exact name or by "fdc:123456"; None where there is no such food, or no imported table.

    The project's own table is not looked at: its names go first, and `catalogue.find_product` knows them.

    Raises
    ------
    UnknownName
        Where several imported foods have this name and differ; it lists what to write instead.
    """
    from anagen.intake.foods_store import imported_food

    return imported_food(name)


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


def _in_mass(per_100g: float | None, mass_g: float) -> float | None:
    """What `mass_g` grams hold of something known for 100 g."""
    return None if per_100g is None else mass_g * per_100g / 100


def magnesium_mg(food: Food, mass_g: float) -> float | None:
    """Magnesium in `mass_g` grams of a food, mg; None where unknown."""
    return _in_mass(food.magnesium_mg_per_100g, mass_g)


def calcium_mg(food: Food, mass_g: float) -> float | None:
    """Calcium in `mass_g` grams of a food, mg; None where unknown."""
    return _in_mass(food.calcium_mg_per_100g, mass_g)


def phosphorus_mg(food: Food, mass_g: float) -> float | None:
    """Phosphorus in `mass_g` grams of a food, mg; None where unknown."""
    return _in_mass(food.phosphorus_mg_per_100g, mass_g)


def energy_kcal(food: Food, mass_g: float) -> float | None:
    """Energy in `mass_g` grams of a food, kcal; None where unknown."""
    return _in_mass(food.energy_kcal_per_100g, mass_g)


def portion_amount(food: Food) -> str:
    """A portion as a scenario's `amount` can say it: "1/2 cup", "3 oz", else "1 serving".

    Examples
    --------
    >>> from anagen.intake.foods import foods
    >>> [portion_amount(food) for food in foods() if food.name in ("almonds", "banana")]
    ['1 oz', '1 serving']
    """
    from anagen.quantities import QuantityError, read_amount

    words = food.portion.split(",")[0].strip()
    try:
        readable = read_amount(words).kind
    except QuantityError:
        return "1 serving"
    return words if readable != "count" else "1 serving"


def search_foods(words: str, limit: int) -> tuple[Food, ...]:
    """The foods that a few words call for, the likeliest first: of the project's own table, then of the imported one.

    Parameters
    ----------
    words : in any order, with slips of the pen; limit : the most to return.

    Examples
    --------
    >>> [food.name for food in search_foods("blak beans", limit=1)]
    ['black beans, boiled']
    """
    from anagen.intake.foods_store import search

    return search(words, limit)
