"""What the tests of the model share: usual inputs, and every parameter at its central value."""

from __future__ import annotations

from typing import Any

import numpy as np

from anagen.evidence.parameters import parameters
from anagen.flowchart.chart import flowchart
from anagen.flowchart.evaluate import Evaluator

USUAL: dict[str, float] = {
    "age": 40.0,
    "androgen_production": 1.0,
    "ovaries": 0.0,
    "castration": 0.0,
    "finasteride_dose": 0.0,
    "topical_finasteride_dose": 0.0,
    "dutasteride_dose": 0.0,
    "spironolactone_dose": 0.0,
    "clascoterone_dose": 0.0,
    "food_magnesium": 280.0,
    "oral_magnesium": 0.0,
    "skin_magnesium": 0.0,
    "glomerular_filtration": 100.0,
    "body_mass": 70.0,
    "smoking": 0.0,
    "whole_food_diet": 0.0,
    "stress": 0.0,
    "c_reactive_protein": 1.5,
    "massage_time": 0.0,
    "botulinum_dose": 0.0,
    "topical_minoxidil_dose": 0.0,
    "oral_minoxidil_dose": 0.0,
    "microneedling": 0.0,
    "sensitivity": 1.0,
    "genetic_score": 0.0,
    "skull_shape": 0.0,
    "network_luck": 0.0,
}
# somebody who does everything at once, so that every arrow has something to carry
EVERYTHING: dict[str, float] = {
    **USUAL,
    "ovaries": 1.0,
    "castration": 0.4,
    "androgen_production": 0.9,
    "finasteride_dose": 0.5,
    "topical_finasteride_dose": 0.005,
    "dutasteride_dose": 0.1,
    "spironolactone_dose": 2.0,
    "clascoterone_dose": 1.0,
    "oral_magnesium": 300.0,
    "skin_magnesium": 20.0,
    "glomerular_filtration": 50.0,
    "body_mass": 95.0,
    "smoking": 1.0,
    "whole_food_diet": 0.5,
    "stress": 1.0,
    "c_reactive_protein": 6.0,
    "massage_time": 8.0,
    "botulinum_dose": 150.0,
    "topical_minoxidil_dose": 50.0,
    "oral_minoxidil_dose": 2.0,
    "microneedling": 1.0,
    "genetic_score": 0.8,
    "skull_shape": 0.6,
    "network_luck": 0.7,
}
LIVED_IN: dict[str, float] = {"fibrosis": 0.2, "scar": 0.1, "calcification": 0.3, "vessel_density": 0.6}
PEOPLE: tuple[dict[str, float], ...] = (
    USUAL,
    EVERYTHING,
    {**EVERYTHING, "age": 14.2, "castration": 0.0, "finasteride_dose": 0.05, "dutasteride_dose": 0.3},
    {**USUAL, "age": 20.0, "topical_minoxidil_dose": 70.0, "botulinum_dose": 100.0, "massage_time": 6.0},
    {**USUAL, "topical_finasteride_dose": 0.5, "spironolactone_dose": 150.0, "clascoterone_dose": 80.0},
)
# what a user sees of the flowchart: what drives follicles, and what is reported of the tissue
OUTPUTS = (
    "anagen_speed",
    "kenogen_stretch",
    "size_loss",
    "ceiling_drop",
    "follicle_loss",
    "telogen_release",
    "serum_dht",
    "plasma_magnesium",
    "blood_flow",
    "bulb_po2",
)


def central(region: str = "vertex") -> dict[str, float]:
    """Every parameter at its central value, in one region."""
    return {name: record.by_region.get(region, record.value) for name, record in parameters().items()}


def outputs(
    inputs: dict[str, Any], parameters_: dict[str, Any], gates: dict[str, Any], states: dict[str, Any] = LIVED_IN
) -> np.ndarray:
    """Everything a user could see move: the outputs, and the rates of the slow states."""
    evaluator = Evaluator(flowchart(), parameters_, gates)
    values = evaluator.nodes(inputs, states)
    rates = evaluator.rates(inputs, states)
    return np.array([float(values[name]) for name in OUTPUTS] + [float(rates[name]) for name in flowchart().states])


def moves(change_parameters: dict[str, Any], change_gates: dict[str, Any], gates: dict[str, Any]) -> bool:
    """Whether changed parameters or gates move any output for any of the people."""
    before = central()
    for person in PEOPLE:
        one = outputs(person, before, gates)
        other = outputs(person, {**before, **change_parameters}, {**gates, **change_gates})
        if np.abs(one - other).max() > 1e-12:
            return True
    return False
