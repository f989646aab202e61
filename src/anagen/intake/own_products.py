"""Products that a person described in the scenario, made into products of the kind the table holds."""

from __future__ import annotations

from functools import cache

from anagen.intake.calcium_salts import calcium_salts_by_formula
from anagen.intake.products import OWN_SOURCE, Form, Product
from anagen.intake.salts import Element, Salt, Solubility, elemental_fraction, salts_by_formula
from anagen.quantities import Elemental, Strength
from anagen.routine import Kind, OwnProduct

MG_PER_G = 1000.0


def named_element(own: OwnProduct) -> Element:
    """Which element a description speaks of: magnesium, unless it only tells of calcium.

    Examples
    --------
    >>> named_element(OwnProduct("my chews", "supplement", formula="CaCO3"))
    'Ca'
    """
    if own.elemental is not None:
        return "Mg"
    if own.formula is not None:
        return "Mg" if elemental_fraction(own.formula) > 0 else "Ca"
    return "Ca" if own.calcium is not None and own.strength is None else "Mg"


@cache
def own_product(own: OwnProduct) -> Product:
    """A product that the person described, as one of the table."""
    return _of_calcium(own) if named_element(own) == "Ca" else _of_magnesium(own)


def _of_magnesium(own: OwnProduct) -> Product:
    """One whose label speaks of magnesium, with the calcium that is said to stand beside it."""
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
        calcium=own.calcium,
        amount_means="elemental" if per_unit is not None else "compound",
        solubility=_solubility(own.kind, salt),
        elemental_mg_per_ml=_per_ml(own, salt),
        tablet_mass_mg=own.unit_mass_mg if per_unit is None else per_unit,
        unit_counted=holds.counted if holds is not None and per_unit is not None else "tablet",
        elemental_share=shared,
        form=_form(own),
        own_strength=_strength(own),
        source=OWN_SOURCE,
        status="assumed",
        note=own.note,
    )


def _of_calcium(own: OwnProduct) -> Product:
    """One that holds calcium and no magnesium."""
    salt = None
    if own.formula is not None:
        salt = calcium_salts_by_formula().get(own.formula) or Salt(own.name, own.formula)
    holds = own.calcium
    if holds is None and own.strength is not None and salt is not None:
        fraction = elemental_fraction(salt.formula, "Ca")
        holds = Elemental(own.strength.text, "mg/mL", _by_strength(own.strength, fraction))
    per_unit = holds.value if holds is not None and holds.kind == "mg/unit" else None
    return Product(
        kind=own.kind,
        name=own.name,
        element="Ca",
        calcium_salt=salt,
        calcium=holds,
        amount_means="elemental" if per_unit is not None else "compound",
        tablet_mass_mg=own.unit_mass_mg if per_unit is None else per_unit,
        unit_counted=(holds.counted if holds is not None else "") or ("tablet" if per_unit is None else "serving"),
        counts_anything=per_unit is not None and holds is not None and not holds.counted,
        by_unit=per_unit is not None,
        elemental_share=0.0,
        source=OWN_SOURCE,
        status="assumed",
        note=own.note,
    )


def _solubility(kind: Kind, salt: Salt | None) -> Solubility:
    if kind in ("topical", "bath"):
        return "skin" if kind == "topical" else "bath"
    return salt.solubility if salt is not None else "soluble"


def _by_strength(strength: Strength, fraction: float) -> float:
    """mg of an element in 1 mL of a liquid to swallow: as given, else from the grams of its salt in 1 mL."""
    return strength.value if strength.kind == "mg/mL" else strength.value * fraction * MG_PER_G


def _per_ml(own: OwnProduct, salt: Salt | None) -> float | None:
    """mg of magnesium in 1 mL of a liquid to swallow, where its description says so."""
    if own.elemental is not None and own.elemental.kind == "mg/mL":
        return own.elemental.value
    if own.strength is None or (own.strength.kind != "mg/mL" and salt is None):
        return None
    return _by_strength(own.strength, elemental_fraction(salt.formula) if salt is not None else 0.0)


def _strength(own: OwnProduct) -> Strength | None:
    """The strength of a liquid on the skin, where its description says so."""
    if own.strength is None and own.elemental is not None and own.elemental.kind == "mg/mL":
        return Strength(own.elemental.text, "mg/mL", own.elemental.value)
    return own.strength


def _form(own: OwnProduct) -> Form:
    """A bath holds crystals; on the skin, whatever has no strength and is weighed with its water of crystals."""
    if own.kind == "bath":
        return "flakes"
    crystals = own.formula is not None and "H2O" in own.formula
    return "flakes" if own.kind == "topical" and _strength(own) is None and crystals else "solution"
