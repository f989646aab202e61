"""Blind second version of the magnesium arithmetic: absorption, salts, brine, skin flux, upper levels.

Written from: Fine and co-workers, J Clin Invest 1991, 88:396 (gut absorption: a hyperbola plus 7 % of the dose);
the porcine skin permeability of the Kokki group, Magnes Res 2019, 32(4); the density of magnesium chloride solutions
of the CRC Handbook; the upper levels of IOM 1997, SCF 2001 and EFSA 2006, FAO/WHO and BfR 2017.
Standard atomic weights (abridged, IUPAC) are typed in by hand below.

Masses are in mg of elemental magnesium unless a name says otherwise.
"""

from __future__ import annotations

from typing import Final, Literal

ATOMIC_WEIGHT: Final[dict[str, float]] = {
    "H": 1.008,
    "C": 12.011,
    "N": 14.007,
    "O": 15.999,
    "Mg": 24.305,
    "P": 30.974,
    "S": 32.06,
    "Cl": 35.45,
    "Ca": 40.078,
}

MG_MOLAR: Final = ATOMIC_WEIGHT["Mg"]

# --- formulas ---------------------------------------------------------------------------------------------------------


def count_atoms(formula: str) -> dict[str, int]:
    """Count the atoms of a formula such as ``Mg3(C6H5O7)2.9H2O``.

    A dot starts a hydrate part, whose leading number multiplies all of it. Brackets may be nested.
    Raises ValueError for anything that is not a formula, and KeyError for an element outside the table.
    """
    total: dict[str, int] = {}
    for part in formula.replace("·", ".").split("."):
        digits = len(part) - len(part.lstrip("0123456789"))
        times = int(part[:digits]) if digits else 1
        counts, end = _group(part, digits, depth=0)
        if end != len(part) or not counts:
            raise ValueError(f"not a formula: {formula!r}")
        for symbol, n in counts.items():
            total[symbol] = total.get(symbol, 0) + times * n
    return total


def _group(text: str, i: int, depth: int) -> tuple[dict[str, int], int]:
    """Read atoms and brackets from position ``i`` to the end or to the bracket that closes this group."""
    counts: dict[str, int] = {}
    while i < len(text):
        if text[i] == ")":
            if depth == 0:
                raise ValueError(f"bracket closed but never opened: {text!r}")
            return counts, i + 1
        if text[i] == "(":
            inner, i = _group(text, i + 1, depth + 1)
        elif text[i].isupper():
            j = i + 1
            while j < len(text) and text[j].islower():
                j += 1
            if text[i:j] not in ATOMIC_WEIGHT:
                raise KeyError(text[i:j])
            inner, i = {text[i:j]: 1}, j
        else:
            raise ValueError(f"unexpected {text[i]!r} in {text!r}")
        j = i
        while j < len(text) and text[j].isdigit():
            j += 1
        times = int(text[i:j]) if j > i else 1
        i = j
        for symbol, n in inner.items():
            counts[symbol] = counts.get(symbol, 0) + times * n
    if depth:
        raise ValueError(f"bracket opened but never closed: {text!r}")
    return counts, i


def molar_mass(formula: str) -> float:
    """Return g/mol."""
    return sum(ATOMIC_WEIGHT[symbol] * n for symbol, n in count_atoms(formula).items())


def elemental_fraction(formula: str, element: str = "Mg") -> float:
    """Return the mass fraction of one element in a compound."""
    return count_atoms(formula).get(element, 0) * ATOMIC_WEIGHT[element] / molar_mass(formula)


# --- brine ------------------------------------------------------------------------------------------------------------

MG_IN_CHLORIDE: Final = elemental_fraction("MgCl2")
ANHYDROUS_IN_FLAKES: Final = molar_mass("MgCl2") / molar_mass("MgCl2.6H2O")
DENSITY_POINTS: Final = ((0.0, 0.9982), (10.0, 1.0816), (20.0, 1.1706), (30.0, 1.2688))
SATURATED_PERCENT_WW: Final = 100.0 * 54.8 / 154.8
"""54.8 g of MgCl2 per 100 g of water at 20 C."""


def brine_density(percent_ww: float) -> float:
    """Return g/mL at 20 C: the one cubic through the four density points, used beyond 30 % as well."""
    if not 0.0 <= percent_ww <= 40.0:
        raise ValueError(f"{percent_ww} % w/w is outside 0-40 %")
    total = 0.0
    for i, (xi, yi) in enumerate(DENSITY_POINTS):
        weight = yi
        for j, (xj, _) in enumerate(DENSITY_POINTS):
            if j != i:
                weight *= (percent_ww - xj) / (xi - xj)
        total += weight
    return total


def brine_mg_per_ml_ww(percent_ww: float) -> float:
    """Return mg of magnesium per mL of a MgCl2 solution given in g of anhydrous salt per 100 g of solution.

    Refuses what cannot dissolve at 20 C.
    """
    if percent_ww > SATURATED_PERCENT_WW + 0.05:
        raise ValueError(f"{percent_ww} % w/w is above saturation ({SATURATED_PERCENT_WW:.1f} %)")
    return 1000.0 * brine_density(percent_ww) * percent_ww / 100.0 * MG_IN_CHLORIDE


def brine_mg_per_ml_wv(percent_wv: float) -> float:
    """Return mg of magnesium per mL of a MgCl2 solution given in g of anhydrous salt per 100 mL of solution."""
    if percent_wv < 0.0:
        raise ValueError("a strength cannot be negative")
    value = 10.0 * percent_wv * MG_IN_CHLORIDE
    if value > brine_mg_per_ml_ww(SATURATED_PERCENT_WW):
        raise ValueError(f"{percent_wv} % w/v is above saturation")
    return value


def flakes_percent_ww(flakes: float, water: float) -> float:
    """Return % w/w of anhydrous MgCl2 for parts by mass of hexahydrate flakes and water."""
    if flakes < 0.0 or water < 0.0 or flakes + water <= 0.0:
        raise ValueError("parts must not be negative, nor both zero")
    return 100.0 * ANHYDROUS_IN_FLAKES * flakes / (flakes + water)


def flakes_mg_per_ml(flakes: float, water: float) -> float:
    """Return mg of magnesium per mL for parts by mass of hexahydrate flakes and water."""
    return brine_mg_per_ml_ww(flakes_percent_ww(flakes, water))


# --- gut --------------------------------------------------------------------------------------------------------------

HYPERBOLA_MG: Final = 40.2
HALF_MG: Final = 32.9
LINEAR: Final = 0.07

SALT_FACTOR: Final[dict[str, tuple[float, float]]] = {
    **dict.fromkeys(
        ("chloride", "citrate", "lactate", "aspartate", "gluconate", "glycinate", "acetate", "sulfate"), (1.0, 1.0)
    ),
    "hydroxide": (0.6, 0.8),
    "carbonate": (0.6, 0.8),
    "oxide": (0.25, 0.6),
    "enteric-coated": (0.5, 0.5),
}
"""Low and high multiplier of the curve by salt: a judgment from small trials, good to 30 % at best."""


def absorbed_mg(meal_mg: float, factor: float = 1.0) -> float:
    """Return mg absorbed from one meal: factor * (40.2 x/(32.9 + x) + 0.07 x)."""
    if meal_mg < 0.0:
        raise ValueError("an amount cannot be negative")
    return factor * (HYPERBOLA_MG * meal_mg / (HALF_MG + meal_mg) + LINEAR * meal_mg)


def fit_hyperbola(
    low_mg: float, low_fraction: float, top_mg: float, top_fraction: float, linear: float = LINEAR
) -> tuple[float, float]:
    """Solve A/(B + x) + linear = fraction at two intakes for A and B (mg), in closed form."""
    p, q = low_fraction - linear, top_fraction - linear
    half = (q * top_mg - p * low_mg) / (p - q)
    return p * (half + low_mg), half


# --- skin -------------------------------------------------------------------------------------------------------------

PERMEABILITY_CM_PER_S: Final[dict[str, float]] = {"low": 0.1e-8, "mid": 0.9e-8, "high": 3.8e-8, "menthol-high": 8.1e-8}


def skin_flux_bound_mg(
    permeability_cm_per_s: float, mg_per_ml: float, area_cm2: float, hours: float, applied_mg: float | None = None
) -> float:
    """Return permeability x concentration x area x time in mg, at most the mass applied when that is given."""
    passed = permeability_cm_per_s * mg_per_ml * area_cm2 * hours * 3600.0
    return passed if applied_mg is None else min(passed, applied_mg)


# --- upper levels -----------------------------------------------------------------------------------------------------

Jurisdiction = Literal["US", "WHO", "EU", "DE"]


def upper_level_mg(jurisdiction: Jurisdiction, age_years: float) -> float | None:
    """Return the daily upper level for added magnesium, or None where the body set none.

    Ages are completed years. The US bands are 1-3, 4-8 and 9 or more; the WHO ones 1-3, 4-10 and 11 or more.
    """
    if jurisdiction in ("EU", "DE"):
        return 250.0 if age_years >= 4 else None
    if age_years < 1:
        return None
    if age_years < 4:
        return 65.0
    return 110.0 if age_years < (9 if jurisdiction == "US" else 11) else 350.0


if __name__ == "__main__":
    for meal in (70, 100, 150, 200, 350, 973):
        print(f"meal {meal} mg: {100 * absorbed_mg(meal) / meal:.1f} % absorbed")
    print("fit from 36 and 973 mg   ", fit_hyperbola(36.0, 0.65, 973.0, 0.11))
    print("fit from 36.46 and 973 mg", fit_hyperbola(1.5 * MG_MOLAR, 0.65, 973.0, 0.11))
    for strength in (1, 3, 5, 8, 10, 15, 20, 25, 31, 33, 35.4):
        print(f"{strength} % w/w: {brine_density(strength):.4f} g/mL, {brine_mg_per_ml_ww(strength):.1f} mg/mL")
    print(f"31 % w/v: {brine_mg_per_ml_wv(31):.1f} mg/mL")
    print(f"31 % w/w of hexahydrate: {brine_mg_per_ml_ww(31 * ANHYDROUS_IN_FLAKES):.1f} mg/mL")
    for flakes, water in ((2, 1), (1, 1), (1, 2), (1, 3)):
        strength, mg = flakes_percent_ww(flakes, water), flakes_mg_per_ml(flakes, water)
        print(f"{flakes}:{water}: {strength:.1f} % w/w, {mg:.1f} mg/mL")
    for conc in (25.0, 50.0, 101.0, 120.0):
        print(conc, [round(skin_flux_bound_mg(p, conc, 600.0, 1.0), 2) for p in PERMEABILITY_CM_PER_S.values()])
