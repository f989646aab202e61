"""Products by kind: what a jar, a bottle or a bag holds, and how its label is to be read.

The table is `products.toml`. Any salt of `salts` and of `calcium_salts` is a supplement or a medicine too; what a
person describes is made a product by `own_products`.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal, cast

from anagen.evidence.parameters import Status
from anagen.intake.calcium_salts import CALCIUM_SALTS, calcium_salts_by_formula
from anagen.intake.salts import SALTS, Element, Salt, Solubility, elemental_fraction, salts_by_formula
from anagen.intake.wording import figure, percent
from anagen.quantities import Elemental, Strength
from anagen.routine import Kind

AmountMeans = Literal["open", "compound", "elemental", "active"]
Meaning = Literal["open", "compound", "elemental"]
Form = Literal["other", "solution", "flakes"]
OWN_SOURCE = "ownlabel"


@dataclass(frozen=True)
class Product:
    """Something with magnesium or calcium in it that is not food.

    Attributes
    ----------
    kind, name, aliases : what it is called, and where it is used.
    salt : the salt of magnesium that it is made of; None where the label names the element alone.
    element : which of the two its label speaks of; a product of element "Ca" holds no magnesium.
    calcium_salt : the salt of calcium that it is made of, or holds beside its magnesium.
    calcium : what it is said to hold of calcium, where its salt does not tell.
    calcium_open : True where such products often hold calcium and nobody has said how much.
    amount_means : whether a mass is of the compound, of the element, or the label leaves that open; "active" is the
        compound too, as the active ingredient that the label of a medicine states.
    solubility : the class that the body stage goes by.
    elemental_mg_per_ml : magnesium that the label declares, None where it declares nothing.
    tablet_mass_mg : salt in one tablet, where the product has a size of its own (of the element, where the amount
        means that).
    unit_counted : what `tablet_mass_mg` is the mass of: "tablet", "sachet", ...; of any thing where `counts_anything`.
    by_unit : True where what it holds is known for one tablet and not for a mass.
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
    element: Element = "Mg"
    calcium_salt: Salt | None = None
    calcium: Elemental | None = None
    calcium_open: bool = False
    amount_means: AmountMeans = "open"
    solubility: Solubility = "soluble"
    elemental_mg_per_ml: float | None = None
    tablet_mass_mg: float | None = None
    unit_counted: str = "tablet"
    counts_anything: bool = False
    by_unit: bool = False
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
        """True for a product that is described by the tablet and not by its mass."""
        own = self.source == OWN_SOURCE and self.salt is None and self.calcium_salt is None
        return self.by_unit or (own and self.tablet_mass_mg is not None)

    @property
    def named_salt(self) -> Salt | None:
        """The salt of the element that its label speaks of."""
        return self.salt if self.element == "Mg" else self.calcium_salt

    @property
    def named_share(self) -> float | None:
        """g of that element per g where it is not the salt's own."""
        if self.element == "Mg":
            return self.elemental_share
        return self.calcium.value if self.calcium is not None and self.calcium.kind == "share" else None

    @property
    def named_mg_per_ml(self) -> float | None:
        """mg of that element in 1 mL, where that is declared."""
        if self.element == "Mg":
            return self.elemental_mg_per_ml
        return self.calcium.value if self.calcium is not None and self.calcium.kind == "mg/mL" else None

    @property
    def element_alone(self) -> bool:
        """True where a mass of it can only be of the element: no salt and no share is known."""
        return self.named_salt is None and self.named_share is None


def share_of(product: Product) -> float:
    """g of the element its label speaks of in 1 g of a product: its own share, else the salt's, else all of it."""
    if product.named_share is not None:
        return product.named_share
    salt = product.named_salt
    return elemental_fraction(salt.formula, product.element) if salt is not None else 1.0


def meaning_of(product: Product, label: Literal["compound", "elemental"] | None) -> Meaning:
    """What a mass of a product is of: as the person or the label says, else as is usual for the product.

    Examples
    --------
    >>> [meaning_of(Product(kind, "magnesium oxide", amount_means=means), None)
    ...  for kind, means in (("supplement", "open"), ("medicine", "active"))]
    ['open', 'compound']
    """
    if label is not None:
        return label
    return "compound" if product.amount_means == "active" else product.amount_means


def _declared(row: dict[str, Any]) -> float | None:
    """What a label declares in one mL, mg, or None."""
    return float(row["elemental_mg"]) / float(row["per_ml"]) if "per_ml" in row else None


def _beside(row: dict[str, Any]) -> Elemental | None:
    """The calcium that a tablet or a liquid holds beside its magnesium, from the mass of its salt of calcium."""
    if "calcium_salt_mg" not in row:
        return None
    salt = calcium_salts_by_formula()[str(row["calcium_salt"])]
    mass, fraction = float(row["calcium_salt_mg"]), elemental_fraction(salt.formula, "Ca")
    text = f"{figure(mass)} mg {salt.name} x {percent(fraction)}"
    if "per_ml" in row:
        volume = float(row["per_ml"])
        return Elemental(f"{text} in {figure(volume)} mL", "mg/mL", mass * fraction / volume)
    return Elemental(text, "mg/unit", mass * fraction, "tablet")


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
        element=cast(Element, row.get("element", "Mg")),
        calcium_salt=calcium_salts_by_formula()[str(row["calcium_salt"])] if "calcium_salt" in row else None,
        calcium=_beside(row),
        calcium_open=bool(row.get("calcium_open", False)),
        amount_means=cast(AmountMeans, row["amount_means"]),
        solubility=cast(Solubility, row["solubility"]),
        elemental_mg_per_ml=_declared(row),
        tablet_mass_mg=_optional(row, "tablet_mass_mg"),
        by_unit="calcium_salt_mg" in row and "per_ml" not in row,
        elemental_share=0.0 if row.get("element") == "Ca" else _optional(row, "elemental_share"),
        share_low=_optional(row, "share_low"),
        form=cast(Form, row.get("form", "other")),
        usual_strength=_optional(row, "usual_strength"),
        bulk=bool(row.get("bulk", False)),
        source=str(row["source"]),
        status=cast(Status, row["status"]),
        note=str(row.get("note", "")),
    )


def salt_product(kind: Kind, salt: Salt) -> Product:
    """A salt sold as it is: the label of a supplement may speak of the compound or of the element.

    That of a medicine states its active ingredient, the compound; that of a salt of both elements the compound too.
    """
    short = salt.name.removeprefix("magnesium ")
    aliases = tuple(dict.fromkeys((salt.formula, *salt.aliases, *((short,) if short != salt.name else ()))))
    means: AmountMeans = "compound" if elemental_fraction(salt.formula, "Ca") > 0 else _usual_meaning(kind)
    return Product(kind, salt.name, aliases, salt, amount_means=means, solubility=salt.solubility)


def calcium_product(kind: Kind, salt: Salt) -> Product:
    """A salt of calcium sold as it is; no part of it is magnesium."""
    aliases, means = (salt.formula, *salt.aliases), _usual_meaning(kind)
    return Product(kind, salt.name, aliases, element="Ca", calcium_salt=salt, amount_means=means, elemental_share=0.0)


def _usual_meaning(kind: Kind) -> AmountMeans:
    """What a mass of a bare salt is of, by the custom of labels."""
    return "active" if kind == "medicine" else "open"


@cache
def products(kind: Kind) -> tuple[Product, ...]:
    """Every product of one kind, the named ones first; for water there is no table."""
    rows = tomllib.loads(files("anagen.intake").joinpath("products.toml").read_text(encoding="utf-8"))["product"]
    named = tuple(_read(row) for row in rows if row["kind"] == kind)
    if kind in ("supplement", "medicine"):
        salts = tuple(salt_product(kind, salt) for salt in SALTS)
        return named + salts + tuple(calcium_product(kind, salt) for salt in CALCIUM_SALTS)
    return named


def water(name: str) -> Product:
    """A drinking water of any name; what it holds is in its strength."""
    return Product(
        "water", name.strip() or "water", amount_means="elemental", solubility="water", source="anagen",
        status="assumed",
    )  # fmt: skip
