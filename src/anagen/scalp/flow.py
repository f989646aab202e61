"""Blood flow through one region of the scalp (mL per 100 g per minute)."""

from __future__ import annotations

from typing import Any

from anagen.mechanism import Node, arrow, hill

NODES = (
    Node("topical_minoxidil_dose", "Minoxidil on the scalp", "mg/day", "you do", False, "input"),
    Node("oral_minoxidil_dose", "Minoxidil by mouth", "mg/day", "you do", False, "input"),
    Node("blood_flow", "Blood flow", "mL/hg/min", "scalp", True, "product", base="blood_flow_healthy"),
)


@arrow("vessel_density", "blood_flow", "raises", "E", ("klemp1989",))
def vessels_raise_flow(vessel_density: Any, gate: Any, flow_vessel_exponent: Any) -> Any:
    """Fewer vessels carry less blood."""
    return vessel_density ** (gate * flow_vessel_exponent)


@arrow("calcification", "blood_flow", "lowers", "E", ("english2018",), ("shahar2008", "pechlivanis2019"))
def calcification_lowers_flow(calcification: Any, gate: Any, arteriole_narrowing: Any, poiseuille_exponent: Any) -> Any:
    """Calcified arterioles are narrower, and flow falls with the fourth power of their radius."""
    return (1 - gate * arteriole_narrowing * calcification) ** poiseuille_exponent


@arrow("fibrosis", "blood_flow", "lowers", "E", ("klemp1989", "li2024"))
def fibrosis_lowers_flow(fibrosis: Any, gate: Any, flow_fibrosis_loss: Any) -> Any:
    """Fibrosis squeezes small vessels; the low flow of bald scalp may also follow the loss of hair."""
    return 1 - gate * flow_fibrosis_loss * fibrosis


@arrow("topical_minoxidil_dose", "blood_flow", "raises", "B", ("wester1984",), ("tur1991",))
def topical_minoxidil_raises_flow(
    topical_minoxidil_dose: Any,
    gate: Any,
    flow_topical_effect: Any,
    flow_topical_half_dose: Any,
    flow_topical_steepness: Any,
) -> Any:
    """Minoxidil widens vessels; flow rose for an hour in one study and not at all in another."""
    return 1 + gate * flow_topical_effect * hill(topical_minoxidil_dose, flow_topical_half_dose, flow_topical_steepness)


@arrow("oral_minoxidil_dose", "blood_flow", "raises", "E", ("wester1984",), ("tur1991",))
def oral_minoxidil_raises_flow(
    oral_minoxidil_dose: Any, gate: Any, flow_oral_effect: Any, flow_oral_half_dose: Any, flow_oral_steepness: Any
) -> Any:
    """Swallowed minoxidil widens vessels too."""
    return 1 + gate * flow_oral_effect * hill(oral_minoxidil_dose, flow_oral_half_dose, flow_oral_steepness)
