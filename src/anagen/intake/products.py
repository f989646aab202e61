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
from anagen.intake.salts import SALTS, Salt, Solubility, elemental_fraction, salts_by_formula
from anagen.quantities import Strength
from anagen.routine import Kind, OwnProduct

AmountMeans = Literal["open", "compound", "elemental"]
Form = Literal["other", "solution", "flakes"]
MG_PER_G = 1000.0
OWN_SOURCE = "ownlabel"


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
    tablet_mass_mg : salt in one tablet, where the product has a size of its own (of magnesium, where the amount
        means that).
    unit_counted : what `tablet_mass_mg` is the mass of: "tablet", "sachet", ...
    elemental_share, share_low : g of magnesium per g where that is not the salt's own, as counted and at least.
    form : "solution" for a liquid on the skin, "flakes" for a solid to be dissolved.
    usual_strength : fraction w/w counted where the file gives none; None where a strength is needed.
    own_strength : of a liquid that the person described.
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
    unit_counted: str = "tablet"
    elemental_share: float | None = None
    share_low: float | None = None
    form: Form = "other"
    usual_strength: float | None = None
    own_strength: Strength | None = None
    bulk: bool = False
    source: str = "molarmass"
    status: Status = "derived"
    note: str = ""

    @property
    def own_by_unit(self) -> bool:
        """True for a product that a person described by the tablet and not by its mass."""
        return self.source == OWN_SOURCE and self.salt is None and self.tablet_mass_mg is not None


def share_of(product: Product) -> float:
    """g of magnesium in 1 g of a product: its own share, else the share in its salt, else all of it."""
    if product.elemental_share is not None:
        return product.elemental_share
    return elemental_fraction(product.salt.formula) if product.salt is not None else 1.0


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
        elemental_share=_optional(row, "elemental_share"),
        share_low=_optional(row, "share_low"),
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


@cache
def own_product(own: OwnProduct) -> Product:
    """A product that the person described, as one of the table."""
    salt = None
    if own.formula is not None:
        salt = salts_by_formula().get(own.formula) or Salt(own.name, own.formula)
    holds, per_unit = own.elemental, None
    if holds is not None and holds.kind == "mg/unit":
        per_unit = holds.value
    shared = holds.value if holds is not None and holds.kind == "share" else None
    return Product(
        kind=own.kind,
        name=own.name,
        salt=salt,
        amount_means="elemental" if per_unit is not None else "compound",
        solubility=_own_solubility(own.kind, salt),
        elemental_mg_per_ml=_own_per_ml(own, salt),
        tablet_mass_mg=own.unit_mass_mg if per_unit is None else per_unit,
        unit_counted=holds.counted if holds is not None and per_unit is not None else "tablet",
        elemental_share=shared,
        form=_own_form(own),
        own_strength=_own_strength(own),
        source=OWN_SOURCE,
        status="assumed",
        note=own.note,
    )


def _own_solubility(kind: Kind, salt: Salt | None) -> Solubility:
    if kind in ("topical", "bath"):
        return "skin" if kind == "topical" else "bath"
    return salt.solubility if salt is not None else "soluble"


def _own_per_ml(own: OwnProduct, salt: Salt | None) -> float | None:
    """mg of magnesium in 1 mL of a liquid to swallow, where its description says so."""
    if own.elemental is not None and own.elemental.kind == "mg/mL":
        return own.elemental.value
    if own.strength is None:
        return None
    if own.strength.kind == "mg/mL":
        return own.strength.value
    return None if salt is None else own.strength.value * elemental_fraction(salt.formula) * MG_PER_G


def _own_strength(own: OwnProduct) -> Strength | None:
    """The strength of a liquid on the skin, where its description says so."""
    if own.strength is None and own.elemental is not None and own.elemental.kind == "mg/mL":
        return Strength(own.elemental.text, "mg/mL", own.elemental.value)
    return own.strength


def _own_form(own: OwnProduct) -> Form:
    """A bath holds crystals; on the skin, whatever has no strength and is weighed with its water of crystals."""
    if own.kind == "bath":
        return "flakes"
    crystals = own.formula is not None and "H2O" in own.formula
    return "flakes" if own.kind == "topical" and _own_strength(own) is None and crystals else "solution"
