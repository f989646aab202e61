"""How ready serum is to calcify: T50, the minutes until its calcium-phosphate particles ripen.

A longer T50 is a better defense. Magnesium lengthens it, phosphate shortens it.
"""

from __future__ import annotations

from typing import Any

from anagen.mechanism import Node, arrow

NODES = (
    Node("plasma_phosphate", "Plasma phosphate", "mmol/L", "body", False, "product", base="plasma_phosphate_reference"),
    Node("t50", "Resistance to calcifying (T50)", "min", "body", False, "sum", base="t50_reference"),
)


@arrow("glomerular_filtration", "plasma_phosphate", "lowers", "B", ("kdigo2017",))
def filtration_lowers_plasma_phosphate(
    glomerular_filtration: Any, gate: Any, phosphate_filtration_reference: Any, phosphate_filtration_gain: Any
) -> Any:
    """Kidneys that filter less let plasma phosphate climb."""
    return (glomerular_filtration / phosphate_filtration_reference) ** (-gate * phosphate_filtration_gain)


@arrow("plasma_magnesium", "t50", "raises", "A", ("bressendorff2017", "bressendorff2018"), ("magicalckd2023",))
def magnesium_raises_t50(
    plasma_magnesium: Any, gate: Any, t50_magnesium_slope: Any, t50_magnesium_reference: Any
) -> Any:
    """Plasma magnesium slows the ripening of calcium-phosphate particles (shown in kidney patients)."""
    return gate * t50_magnesium_slope * (plasma_magnesium - t50_magnesium_reference)


@arrow("plasma_phosphate", "t50", "lowers", "C", ("pasch2012", "terbraake2018"))
def phosphate_lowers_t50(
    plasma_phosphate: Any, gate: Any, t50_phosphate_slope: Any, t50_phosphate_reference: Any
) -> Any:
    """Phosphate hastens the ripening of calcium-phosphate particles."""
    return -gate * t50_phosphate_slope * (plasma_phosphate - t50_phosphate_reference)
