"""Brine: how much magnesium is in a milliliter of it.

Strengths are written in four ways; of a 31 % brine, by mass means 101 mg of magnesium in 1 mL and by volume only 79.
"""

from __future__ import annotations

from anagen.evidence.parameters import value
from anagen.intake.salts import Salt, elemental_fraction
from anagen.quantities import Strength

MG_PER_G = 1000.0
ROUNDS = 200  # of the fixed point in `mass_fraction_of`; each round shrinks the error by a factor of about two


def density(fraction: float, constant: float, linear: float, quadratic: float, cubic: float) -> float:
    """Density of a solution at 20 C.

    rho(w) = constant + linear w + quadratic w^2 + cubic w^3

    Parameters
    ----------
    fraction : mass of anhydrous salt in a mass of solution, w.
    constant, linear, quadratic, cubic : g/mL.

    Returns
    -------
    float
        g/mL.
    """
    return constant + fraction * (linear + fraction * (quadratic + fraction * cubic))


def family(salt: Salt) -> str:
    """Which density curve a salt goes by: "chloride" or "sulfate"."""
    return "sulfate" if salt.formula.startswith("MgSO4") else "chloride"


def anhydrous_formula(salt: Salt) -> str:
    """The formula without its water: percentages of density curves are of this."""
    return "MgSO4" if family(salt) == "sulfate" else "MgCl2"


def solution_density(salt: Salt, fraction: float) -> float:
    """g/mL at 20 C of a solution with a mass fraction of the anhydrous salt, by the recorded curve."""
    terms = (value(f"{family(salt)}_density_{term}") for term in ("constant", "linear", "quadratic", "cubic"))
    return density(fraction, *terms)


def saturation(salt: Salt) -> float:
    """The most magnesium that 1 mL of a solution of the salt can hold at room temperature, mg/mL."""
    return value(f"{family(salt)}_saturation")


def _from_mass_fraction(salt: Salt, fraction: float) -> float:
    """mg of magnesium in 1 mL, from the mass fraction of the anhydrous salt."""
    return fraction * solution_density(salt, fraction) * elemental_fraction(anhydrous_formula(salt)) * MG_PER_G


def magnesium_per_ml(strength: Strength, salt: Salt) -> float:
    """Elemental magnesium in 1 mL of a solution.

    w/w: w rho(w) f; w/v: c f; parts r of crystals to 1 of water by mass: w = r / (1 + r) x f_crystal / f, then as w/w;
    where f is the magnesium in the salt that the percentage is of.

    Parameters
    ----------
    strength : as written; a strength in mg/mL is of magnesium already.
    salt : what a percentage is of (parts are always of the hydrated crystals).

    Returns
    -------
    float
        mg/mL.
    """
    if strength.kind == "mg/mL":
        return strength.value
    if strength.kind == "w/v":
        return strength.value * elemental_fraction(salt.formula) * MG_PER_G
    dry = elemental_fraction(anhydrous_formula(salt))
    if strength.kind == "parts":
        crystals = "MgSO4.7H2O" if family(salt) == "sulfate" else "MgCl2.6H2O"
        share = strength.value / (1 + strength.value)
        return _from_mass_fraction(salt, share * elemental_fraction(crystals) / dry)
    return _from_mass_fraction(salt, strength.value * elemental_fraction(salt.formula) / dry)


def mass_fraction_of(salt: Salt, mg_per_ml: float) -> float:
    """The mass fraction of anhydrous salt that holds `mg_per_ml` of magnesium: `_from_mass_fraction` turned round.

    Solved by the fixed point w = c / (rho(w) f), which converges because density rises slowly with strength.
    """
    per_gram = elemental_fraction(anhydrous_formula(salt)) * MG_PER_G
    fraction = 0.0
    for _ in range(ROUNDS):
        fraction = mg_per_ml / (solution_density(salt, fraction) * per_gram)
    return fraction


def volume_ml(mass_g: float, mg_per_ml: float, salt: Salt) -> float:
    """Volume of a mass of brine of the strength `mg_per_ml`, mL."""
    return mass_g / solution_density(salt, mass_fraction_of(salt, mg_per_ml))
