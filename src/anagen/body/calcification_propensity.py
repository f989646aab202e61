"""How ready serum is to calcify: T50, the minutes until its calcium-phosphate particles ripen.

A longer T50 is a better defense. Magnesium lengthens it, phosphate shortens it, each by a constant share for each
mmol/L, so that T50 stays above zero whatever the plasma holds.
"""

from __future__ import annotations

from typing import Any

from anagen.mechanism import Node, arrow, exp

NODES = (
    Node("plasma_phosphate", "Plasma phosphate", "mmol/L", "body", False, "product", base="plasma_phosphate_reference"),
    Node("t50", "Resistance to calcifying (T50)", "min", "body", False, "product", base="t50_reference"),
)


@arrow("glomerular_filtration", "plasma_phosphate", "lowers", "B", ("kdigo2017",))
def filtration_lowers_plasma_phosphate(
    glomerular_filtration: Any, gate: Any, phosphate_filtration_reference: Any, phosphate_filtration_gain: Any
) -> Any:
    """Kidneys that filter less let plasma phosphate climb."""
    return (glomerular_filtration / phosphate_filtration_reference) ** (-gate * phosphate_filtration_gain)


@arrow("plasma_magnesium", "t50", "raises", "A", ("bressendorff2017", "bressendorff2018"), ("magicalckd2023",))
def magnesium_raises_t50(
    plasma_magnesium: Any, gate: Any, t50_magnesium_gain: Any, t50_magnesium_reference: Any
) -> Any:
    """Plasma magnesium slows the ripening of calcium-phosphate particles (shown in kidney patients)."""
    return exp(gate * t50_magnesium_gain * (plasma_magnesium - t50_magnesium_reference))


@arrow("plasma_phosphate", "t50", "lowers", "C", ("pasch2012", "terbraake2018"))
def phosphate_lowers_t50(
    plasma_phosphate: Any, gate: Any, t50_phosphate_gain: Any, t50_phosphate_reference: Any
) -> Any:
    """Phosphate hastens the ripening of calcium-phosphate particles."""
    return exp(-gate * t50_phosphate_gain * (plasma_phosphate - t50_phosphate_reference))
