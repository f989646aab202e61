"""Oxygen at the bulb from flow, vessels, vessel walls and fibrosis: a closure of ten fitted numbers.

It stands for a solved three-dimensional oxygen field. Blood that comes to a bulb has given some of what tissue and
bulbs take; P_b is its pO2 there. A bulb is fed in two ways at once: by the capillaries around it, through their walls,
the tissue between follicles and the bulb's own (conductance G_c), and by the tissue it stands in (G_t), whose pO2 lies
`dermis` below that of the blood. If pO2 did not limit uptake, the bulb's whole demand q = M_b V_b would leave P_full:

    G_c (P_b - P_full) + G_t (P_b - dermis - P_full) = q

It does limit it (Michaelis and Menten), and the drop shrinks with the uptake:

    P_b - P = (P_b - P_full) P / (P + h),

a quadratic in P. Inside, lengths are in um, times in s, pressures in mmHg. What is fitted was fitted to solved fields
in synthetic vessel networks (`anagen oxygen fit`). Which vessels die matters: `scatter`, the logarithm of what divides
the drop, carries the spread of bulbs over networks.
"""

from __future__ import annotations

from math import pi
from typing import Any

from anagen.mechanism import Node, arrow, exp, hill, log, soft_positive


def blood_po2(
    perfusion: Any,
    bulb_consumption: Any,
    tissue_consumption: Any,
    inlet_po2: Any,
    hemoglobin_capacity: Any,
    hemoglobin_half_saturation: Any,
    hemoglobin_steepness: Any,
    saturation_softness: Any,
    closure_blood: Any,
    closure_bulb_blood: Any,
) -> Any:
    """PO2 of the blood at the bulbs (mmHg), by mass balance of the oxygen bound to hemoglobin.

    S = S_in - (a0 M + a1 M_b) / (perfusion H), with Hill saturation S = P^n / (P50^n + P^n); a0 is the share of what
    the tissue takes that blood has given before, a1 the same of bulbs, times the share of the tissue that is bulb.
    """
    inlet = hill(inlet_po2, hemoglobin_half_saturation, hemoglobin_steepness)
    taken = closure_blood * tissue_consumption + closure_bulb_blood * bulb_consumption
    left = soft_positive(inlet - taken / (perfusion * hemoglobin_capacity), saturation_softness)
    return hemoglobin_half_saturation * (left / (1 - left)) ** (1 / hemoglobin_steepness)


def limited_po2(full: Any, source: Any, half: Any) -> Any:
    """PO2 (mmHg) where uptake falls with it: `full` is what whole uptake would leave of `source` (it may be below 0).

    The root of source - P = (source - full) P / (P + half), written so that a starved bulb loses no digits.
    """
    short = half - full
    return 2 * half * source / (short + (short * short + 4 * half * source) ** (1 / 2))


def bulb_po2_of(
    perfusion: Any,
    capillary_loss: Any,
    wall_resistance: Any,
    diffusivity: Any,
    scatter: Any,
    bulb_consumption: Any,
    tissue_consumption: Any,
    inlet_po2: Any,
    hemoglobin_capacity: Any,
    hemoglobin_half_saturation: Any,
    hemoglobin_steepness: Any,
    saturation_softness: Any,
    tissue_permeability: Any,
    capillary_density: Any,
    capillary_loss_reach: Any,
    capillary_radius: Any,
    intravascular_resistance: Any,
    basket_capillaries: Any,
    basket_length: Any,
    bulb_radius: Any,
    bulb_volume: Any,
    closure_blood: Any,
    closure_bulb_blood: Any,
    closure_wall: Any,
    closure_dermis: Any,
    closure_basket_wall: Any,
    closure_basket_tissue: Any,
    closure_basket_inside: Any,
    closure_surroundings: Any,
    closure_half_po2: Any,
) -> Any:
    """Mean pO2 of the bulb (mmHg).

    `perfusion` (1/s) is the blood that passes each tissue volume, whatever vessels are left to carry it;
    `capillary_loss` a share, 0 to 1; `wall_resistance` in mmHg s/um2; `diffusivity` the factor on the permeability to
    oxygen of the tissue between follicles (1 healthy); `scatter` the logarithm of what divides one bulb's drop.
    """
    blood = blood_po2(
        perfusion,
        bulb_consumption,
        tissue_consumption,
        inlet_po2,
        hemoglobin_capacity,
        hemoglobin_half_saturation,
        hemoglobin_steepness,
        saturation_softness,
        closure_blood,
        closure_bulb_blood,
    )
    density = capillary_density * (1 - capillary_loss_reach * capillary_loss)
    territory_radius = (1 / (pi * density)) ** (1 / 2)
    resistance = intravascular_resistance + wall_resistance
    between = tissue_permeability * diffusivity
    outward = log(territory_radius / capillary_radius) / (2 * pi * between)
    dermis = tissue_consumption / density * (closure_wall * resistance + closure_dermis * outward)
    baskets = basket_capillaries * basket_length * (1 - capillary_loss)
    tissue = closure_basket_tissue / between + closure_basket_inside / tissue_permeability
    around = baskets / (closure_basket_wall * resistance + tissue / (2 * pi))
    beyond = closure_surroundings * 4 * pi * bulb_radius * between
    drop = (bulb_consumption * bulb_volume + beyond * dermis) / (around + beyond)
    return limited_po2(blood - drop * exp(-scatter), blood, closure_half_po2)


NODES = (
    Node("network_luck", "Chance of the vessel network", "", "oxygen", True, "input"),
    Node("bulb_po2", "Oxygen at the bulb", "mmHg", "oxygen", True, "function", function=bulb_po2_of),
    Node("hypoxia", "Hypoxia of the bulb", "", "oxygen", True, "sum"),
)


@arrow("blood_flow", "bulb_po2", "raises", "E", ("goldman1996",), ("takiwaki1991", "jaszczak1988"), role="perfusion")
def flow_raises_oxygen(
    blood_flow: Any, gate: Any, nutritive_share: Any, perfusion_of_flow: Any, flow_at_rest: Any
) -> Any:
    """More blood brings more oxygen to the bulb; skin has far more flow than it burns."""
    return nutritive_share * perfusion_of_flow * (flow_at_rest + gate * (blood_flow - flow_at_rest))


@arrow(
    "vessel_density", "bulb_po2", "raises", "E", ("anagenfield", "deng2022"), ("piccini2022",), role="capillary_loss"
)
def vessels_raise_oxygen(vessel_density: Any, gate: Any, rarefaction_share: Any) -> Any:
    """Fewer capillaries leave longer ways for oxygen to diffuse: the drop is steep beyond 70 % lost."""
    return gate * rarefaction_share * (1 - vessel_density)


@arrow("calcification", "bulb_po2", "lowers", "E", ("english2018",), ("nephrol2020",), role="wall_resistance")
def calcification_lowers_oxygen(calcification: Any, gate: Any, calcified_wall_resistance: Any) -> Any:
    """Calcified walls hold oxygen back; capillaries have no layer that could calcify."""
    return gate * calcified_wall_resistance * calcification


@arrow("fibrosis", "bulb_po2", "lowers", "E", ("english2018",), role="diffusivity")
def fibrosis_lowers_oxygen(fibrosis: Any, gate: Any, fibrosis_diffusion_loss: Any) -> Any:
    """Oxygen diffuses worse through fibrotic tissue."""
    return 1 - gate * fibrosis_diffusion_loss * fibrosis


@arrow("network_luck", "bulb_po2", "raises", "E", ("anagenfield",), role="scatter")
def network_scatters_oxygen(
    network_luck: Any, vessel_density: Any, gate: Any, network_scatter: Any, network_scatter_loss: Any
) -> Any:
    """Which vessels happen to be lost changes the oxygen of one bulb against the next.

    Every lost vessel counts here as a lost capillary, as `rarefaction_share` of 1 has it.
    """
    return gate * network_luck * (network_scatter + network_scatter_loss * (1 - vessel_density))


@arrow("bulb_po2", "hypoxia", "lowers", "C", ("jiang1996",), ("upton2015", "liu2022", "figlak2021"))
def oxygen_lowers_hypoxia(bulb_po2: Any, gate: Any, hypoxia_half_po2: Any, hypoxia_steepness: Any) -> Any:
    """The cell's oxygen sensor (HIF-1) is half on at about 12 mmHg."""
    return gate * (1 - hill(bulb_po2, hypoxia_half_po2, hypoxia_steepness))
