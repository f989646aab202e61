"""Products by kind: what a jar, a bottle or a bag holds, and how its label is to be read.

The table is `products.toml`. Any salt of `salts` is a supplement or a medicine too.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal, cast

from anagen.evidence.parameters import Status
from anagen.intake.salts import SALTS, Salt, Solubility, salts_by_formula
from anagen.routine import Kind

AmountMeans = Literal["open", "compound", "elemental"]
Form = Literal["other", "solution", "flakes"]


@dataclass(frozen=True)
class Product:
    """Something with magnesium in it that is not food.

    Attributes
    ----------
    kind, name, aliases : what it is called, and where it is used.
    salt : the salt that it is made of; None where the label names the element alone.
    amount_means : whether a mass is of the compound, of the element, or the label leaves that open.
    solubility : the class that the body stage goes by.
    elemental_mg_per_ml : what the label declares, None where it declares nothing.
    tablet_mass_mg : salt in one tablet, where the product has a size of its own.
    form : "solution" for a liquid on the skin, "flakes" for a solid to be dissolved.
    usual_strength : fraction w/w counted where the file gives none; None where a strength is needed.
    bulk : True for Epsom salt, which people measure with spoons.
    source, status, note : where the figures come from.
    """

    kind: Kind
    name: str
    aliases: tuple[str, ...] = ()
    salt: Salt | None = None
    amount_means: AmountMeans = "open"
    solubility: Solubility = "soluble"
    elemental_mg_per_ml: float | None = None
    tablet_mass_mg: float | None = None
    form: Form = "other"
    usual_strength: float | None = None
    bulk: bool = False
    source: str = "molarmass"
    status: Status = "derived"
    note: str = ""


def _declared(row: dict[str, Any]) -> float | None:
    """What a label declares in one mL, mg, or None."""
    return float(row["elemental_mg"]) / float(row["per_ml"]) if "per_ml" in row else None


def _optional(row: dict[str, Any], column: str) -> float | None:
    """A number of the row, or None."""
    return float(row[column]) if column in row else None


def _read(row: dict[str, Any]) -> Product:
    """One row of the table."""
    return Product(
        kind=cast(Kind, row["kind"]),
        name=str(row["name"]),
        aliases=tuple(str(alias) for alias in row["aliases"]),
        salt=salts_by_formula()[str(row["salt"])] if "salt" in row else None,
        amount_means=cast(AmountMeans, row["amount_means"]),
        solubility=cast(Solubility, row["solubility"]),
        elemental_mg_per_ml=_declared(row),
        tablet_mass_mg=_optional(row, "tablet_mass_mg"),
        form=cast(Form, row.get("form", "other")),
        usual_strength=_optional(row, "usual_strength"),
        bulk=bool(row.get("bulk", False)),
        source=str(row["source"]),
        status=cast(Status, row["status"]),
        note=str(row.get("note", "")),
    )


def salt_product(kind: Kind, salt: Salt) -> Product:
    """A salt sold as it is: its label may speak of the compound or of the element."""
    short = salt.name.removeprefix("magnesium ")
    aliases = tuple(dict.fromkeys((salt.formula, *salt.aliases, *((short,) if short != salt.name else ()))))
    return Product(kind, salt.name, aliases, salt, "open", salt.solubility)


@cache
def products(kind: Kind) -> tuple[Product, ...]:
    """Every product of one kind, the named ones first; for water there is no table."""
    rows = tomllib.loads(files("anagen.intake").joinpath("products.toml").read_text(encoding="utf-8"))["product"]
    named = tuple(_read(row) for row in rows if row["kind"] == kind)
    if kind in ("supplement", "medicine"):
        return named + tuple(salt_product(kind, salt) for salt in SALTS)
    return named


def water(name: str) -> Product:
    """A drinking water of any name; what it holds is in its strength."""
    return Product("water", name.strip() or "water", (), None, "elemental", "water", source="anagen", status="assumed")
