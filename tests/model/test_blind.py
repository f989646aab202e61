"""Our equations against the blind second versions in qc/, written from the sources alone."""

from __future__ import annotations

import importlib.util
import inspect
import random
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from anagen.body.magnesium import absorbed_from_meals
from anagen.evidence.parameters import parameters
from anagen.follicle.census import Census
from anagen.follicle.clock import Clock
from anagen.follicle.grow import grow
from anagen.follicle.laws import CycleLaws
from anagen.follicle.patches import Follicles, Intervention, Patches
from anagen.intake.brine import magnesium_per_ml
from anagen.intake.salts import SALTS, elemental_fraction
from anagen.intake.skin import crossing
from anagen.oxygen.closure import blood_po2, bulb_po2_of
from anagen.quantities import read_strength

from .bench import central

QC = Path(__file__).parents[2] / "qc"


def blind(name: str) -> ModuleType:
    """One blind version, loaded from its file."""
    spec = importlib.util.spec_from_file_location(f"blind_{name}", QC / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


FIELD_DEMAND = 1.77e-5  # 1/s: what the tissue of a solved block burns in the mean


def bulb_po2(
    flow: float, loss: float, wall: float, diffusivity: float, bulb: float, tissue: float | None = None
) -> float:
    """The closure of the model, all other records at their centers."""
    names = inspect.signature(bulb_po2_of).parameters
    asked = ("perfusion", "capillary_loss", "wall_resistance", "diffusivity", "scatter")
    values = {name: central()[name] for name in names if name not in asked} | {"bulb_consumption": bulb}
    if tissue is not None:
        values["tissue_consumption"] = tissue
    return float(bulb_po2_of(flow * central()["perfusion_of_flow"], loss, wall, diffusivity, 0.0, **values))


@pytest.mark.parametrize("perfusion", [36.0, 13.7, 2.0])
@pytest.mark.parametrize("loss", [0.0, 0.5, 0.95])
@pytest.mark.parametrize(("wall", "factor"), [(0.0, 1.0), (40.0, 0.5), (100.0, 0.25)])
@pytest.mark.parametrize(("scatter", "bulb", "tissue"), [(0.0, 2e-4, 2.2e-5), (0.4, 0.8e-4, 1e-5), (-0.4, 5e-4, 4e-5)])
def test_the_fitted_closure(
    perfusion: float, loss: float, wall: float, factor: float, scatter: float, bulb: float, tissue: float
) -> None:
    """The form in use, written again from its description and solved by halving instead of formulas."""
    theirs = blind("closure_fitted")
    names = list(inspect.signature(bulb_po2_of).parameters)[5:]
    values = {**{name: central()[name] for name in names}, "bulb_consumption": bulb, "tissue_consumption": tissue}
    per_second = perfusion * central()["perfusion_of_flow"]
    ours = bulb_po2_of(per_second, loss, wall, factor, scatter, **values)
    constants = theirs.Constants(**{name: values[name] for name in values})
    expected = theirs.bulb_po2(per_second, loss, wall, factor, scatter, bulb, tissue, constants)
    assert float(ours) == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("perfusion", [36.0, 13.7, 5.0])
@pytest.mark.parametrize("loss", [0.0, 0.4, 0.7, 0.8])
@pytest.mark.parametrize(("wall", "diffusivity", "bulb"), [(0.0, 1.0, 2e-4), (40.0, 0.6, 1e-4), (10.0, 0.3, 4e-4)])
def test_the_closure(perfusion: float, loss: float, wall: float, diffusivity: float, bulb: float) -> None:
    """The blind version is of the first form, fitted to another field: they need only say much the same."""
    theirs = blind("closure").bulb_po2(perfusion, loss, wall, diffusivity, bulb)
    assert bulb_po2(perfusion, loss, wall, diffusivity, bulb) == pytest.approx(theirs, abs=6)


@pytest.mark.parametrize("anchor", blind("closure").ANCHORS, ids=lambda anchor: anchor[0])
def test_the_closure_against_the_field_of_the_blind_version(anchor: tuple[str, tuple[float, ...], float]) -> None:
    """Solved by a third program, in networks of its own: at each anchor, and nearer than the first form in health."""
    _, inputs, solved = anchor
    ours, theirs = bulb_po2(*inputs, tissue=FIELD_DEMAND), blind("closure").bulb_po2(*inputs)
    assert ours == pytest.approx(solved, abs=11)
    if inputs[1] == 0:  # no capillaries lost, where networks differ least
        assert abs(ours - solved) < 5
        assert abs(ours - solved) < abs(theirs - solved)


@pytest.mark.parametrize("perfusion", [36.0, 13.7, 5.0, 2.0])
def test_the_balance_of_the_blood(perfusion: float) -> None:
    """Where blood has given all that tissue takes; ours leaves dissolved oxygen out."""
    theirs = blind("closure")
    left = theirs.blood_content(theirs.INLET_MMHG) - 2.2e-5 / (perfusion * 1.05 / 6000)
    names = list(inspect.signature(blood_po2).parameters)[3:-2]
    values = {name: central()[name] for name in names}
    ours = blood_po2(perfusion * central()["perfusion_of_flow"], 0.0, 2.2e-5, **values, closure_blood=1.0,
                     closure_bulb_blood=0.0)  # fmt: skip
    assert float(ours) == pytest.approx(theirs.blood_pressure_of(left), abs=0.6)


@pytest.mark.parametrize("meal", [5.0, 36.0, 70.0, 150.0, 350.0, 973.0])
def test_gut_absorption(meal: float) -> None:
    value = central()
    ours = absorbed_from_meals(
        meal, 1.0, value["gut_capacity"], value["gut_half_saturation"], value["gut_passive_share"]
    )
    # never more than there is, which the bare fit would have of a meal below some 10 mg
    assert ours == pytest.approx(min(blind("magnesium").absorbed_mg(meal), meal), rel=1e-9)


@pytest.mark.parametrize(("concentration", "hours"), [(25.0, 1.0), (101.0, 8.0), (120.0, 24.0)])
@pytest.mark.parametrize("permeability", [0.1e-8, 0.9e-8, 3.8e-8])
def test_skin_flux(permeability: float, concentration: float, hours: float) -> None:
    ours = crossing(permeability, concentration, 600.0, hours)
    assert ours == pytest.approx(
        blind("magnesium").skin_flux_bound_mg(permeability, concentration, 600.0, hours), rel=1e-9
    )


@pytest.mark.parametrize("percent", [1, 5, 10, 20, 31, 35])
def test_brine(percent: int) -> None:
    theirs = blind("magnesium")
    chloride = next(salt for salt in SALTS if salt.formula == "MgCl2")
    ours = magnesium_per_ml(read_strength(f"{percent} % w/w"), chloride)
    assert ours == pytest.approx(theirs.brine_mg_per_ml_ww(percent), rel=5e-3)
    by_volume = magnesium_per_ml(read_strength(f"{percent} % w/v"), chloride)
    assert by_volume == pytest.approx(theirs.brine_mg_per_ml_wv(percent), rel=2e-3)


def test_elemental_fractions() -> None:
    theirs = blind("magnesium")
    for salt in SALTS:
        assert elemental_fraction(salt.formula) == pytest.approx(theirs.elemental_fraction(salt.formula), rel=2e-3)


ROSE = 24
INTERVENTIONS = {
    "none": (),
    "shock": (Intervention("shock", 90.0, 0.6),),
    "pluck": (Intervention("pluck", 90.0, 0.5, 2.0),),
    "shave": (Intervention("shave", 90.0),),
    "release": (Intervention("release", 90.0, 0.6, 2.0),),
}
WHEN = (0.0, 12.0, 60.0, 89.9, 90.0, 91.0, 92.5, 94.2, 100.0, 120.0, 180.0, 240.0)


def one_person(sensitivity: float, follicles: int, deeds: tuple[Intervention, ...], seed: int) -> Census:
    """One patch by our automaton; the signal is 0.3 up to month 24 and rises to 1.75 within a month."""
    value, month = central(), np.arange(241)
    signal = np.where(month < ROSE, 0.3, 1.75)[np.newaxis, :]
    drive = np.maximum(signal - value["androgen_threshold"], 0)
    flat = np.ones_like(drive)
    patches = Patches(
        Clock.from_speeds(flat, value["anagen_drive_gain"] * drive),
        flat,
        value["kenogen_drive_gain"] * drive,
        0 * flat,
        value["size_drive_gain"] * drive,
        0 * flat,
        CycleLaws.central(1),
        interventions=deeds,
    )
    within = parameters()["sensitivity_within_person"].value
    own = sensitivity * np.exp(within * np.random.default_rng(seed).standard_normal(follicles))
    return grow(patches, Follicles.in_one_patch(follicles, own), seed, np.array(WHEN), countable_only=False)


def _signal(month: float) -> float:
    """The same signal: between whole months ours is linear."""
    return float(np.interp(month, [ROSE - 1, ROSE], [0.3, 1.75]))


@pytest.mark.parametrize(
    ("sensitivity", "deed"),
    [(0.3, "none"), (0.7, "none"), (1.2, "none"), (0.3, "shock"), (0.7, "pluck"), (0.3, "shave"), (0.7, "release")],
)
def test_the_automaton(sensitivity: float, deed: str) -> None:
    """Counts of a losing patch against the blind version's, by z-scores: both are shares of independent follicles."""
    ours, blinds, deeds = 40_000, 1500, INTERVENTIONS[deed]
    mine = one_person(sensitivity, ours, deeds, 3)
    theirs = blind("follicle").simulate_person(
        random.Random(5), _signal, sensitivity, blinds, 240.0, list(WHEN), [_as_theirs(one) for one in deeds]
    )
    pairs = {
        "hairs": mine.hairs, "anagen_hairs": mine.anagen, "terminal": mine.terminal, "vellus": mine.vellus,
        "empty": mine.empty, "in_anagen": mine.in_anagen, "in_catagen": mine.in_catagen, "in_telogen": mine.in_telogen,
    }  # fmt: skip
    scores: list[float] = []
    for name, counts in pairs.items():
        assert counts is not None
        other = np.array([getattr(one, name) for one in theirs])
        pooled = (counts[0] + other) / (ours + blinds)
        spread = np.sqrt(pooled * (1 - pooled) * (1 / ours + 1 / blinds))
        some = spread > 1e-3
        scores += list((counts[0] / ours - other / blinds)[some] / spread[some])
        assert np.abs(counts[0] / ours - other / blinds)[~some].max(initial=0) < 4e-3
    assert np.abs(scores).max() < 4.2, scores
    assert np.sqrt(np.mean(np.square(scores))) < 1.6


def _as_theirs(one: Intervention) -> tuple[object, ...]:
    """An intervention as the blind version spells it."""
    if one.kind == "shave":
        return (one.kind, one.month)
    waits = one.kind in ("pluck", "release")
    return (one.kind, one.month, one.share, one.wait) if waits else (one.kind, one.month, one.share)


@pytest.mark.parametrize("sensitivity", [0.3, 0.7])
def test_lengths_and_masses_of_the_automaton(sensitivity: float) -> None:
    mine = one_person(sensitivity, 40_000, (), 4)
    theirs = blind("follicle").simulate_person(random.Random(6), _signal, sensitivity, 3000, 240.0, list(WHEN))
    assert mine.length is not None
    assert mine.mass is not None
    assert mine.length[0] == pytest.approx([one.mean_length for one in theirs], rel=0.06)
    assert mine.mass[0] / 40_000 == pytest.approx([one.mass_mg / 3000 for one in theirs], rel=0.07)


def test_a_graft_carries_its_origin_as_in_the_blind_version() -> None:
    """Follicles from a haired place put into a bald one at month 0 keep their hair in both versions."""
    module = blind("follicle")
    mine = one_person(0.0, 20_000, (), 5)
    theirs = module.simulate(
        random.Random(7), [module.Group(lambda _: 0.3, 1.2, 1500)], 240.0, list(WHEN)
    )  # what the haired place sends is below the threshold, so that no sensitivity tells
    share = np.array([one.hairs for one in theirs]) / 1500
    assert np.abs(mine.hairs[0] / 20_000 - share).max() < 4 * np.sqrt(0.92 * 0.08 / 1500)
