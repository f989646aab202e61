"""How much of a dose of magnesium the gut takes up.

Counting against a limit never uses this: limits are set on what is swallowed. It is for the body stage.
"""

from __future__ import annotations

from anagen.evidence.parameters import value
from anagen.intake.salts import Solubility


def absorbed(dose: float, active_ceiling: float, half_saturation: float, passive_fraction: float) -> float:
    """Magnesium absorbed from one meal: a carrier that saturates, and a share that leaks through.

    absorbed(x) = ceiling x / (half saturation + x) + passive fraction x

    Parameters
    ----------
    dose : mg in the meal; active_ceiling, half_saturation : mg; passive_fraction : share of the dose.

    Returns
    -------
    float
        mg.

    Notes
    -----
    The form is that of Fine 1991 (acetate with a meal, healthy men). Its three parameters are arguments, because
    the body stage fits its own.
    """
    return active_ceiling * dose / (half_saturation + dose) + passive_fraction * dose


def salt_multiplier(solubility: Solubility, coating: str = "none") -> float:
    """How well a salt is absorbed beside a soluble one.

    Parameters
    ----------
    solubility : "oxide" and "hydroxide" need acid; food, water and soluble salts are 1.
    coating : "enteric" delays and lowers the uptake, and then stands in for the salt's own factor if lower.

    Returns
    -------
    float
        A factor on the curve of one meal; 0 for what is on the skin or in a bath.
    """
    if solubility in ("skin", "bath"):
        return 0.0
    name = solubility if solubility in ("oxide", "hydroxide") else "soluble"
    factor = value(f"meal_multiplier_{name}")
    return min(factor, value("meal_multiplier_enteric")) if coating == "enteric" else factor
