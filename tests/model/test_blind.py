"""Our equations against the blind second versions in qc/, written from the sources alone."""

from __future__ import annotations

import importlib.util
import random
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from anagen.body.magnesium import absorbed_from_meals
from anagen.evidence.parameters import parameters
from anagen.flowchart.chart import flowchart
from anagen.follicle.clock import Clock
from anagen.follicle.grow import grow
from anagen.follicle.laws import CycleLaws
from anagen.follicle.patches import Follicles, Patches
from anagen.intake.brine import magnesium_per_ml
from anagen.intake.salts import SALTS, elemental_fraction
from anagen.intake.skin import crossing
from anagen.oxygen.closure import bulb_po2_of
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


@pytest.mark.parametrize("perfusion", [36.0, 13.7, 5.0])
@pytest.mark.parametrize("loss", [0.0, 0.4, 0.7, 0.8])
@pytest.mark.parametrize(("wall", "diffusivity", "bulb"), [(0.0, 1.0, 2e-4), (40.0, 0.6, 1e-4), (10.0, 0.3, 4e-4)])
def test_the_closure(perfusion: float, loss: float, wall: float, diffusivity: float, bulb: float) -> None:
    node = flowchart().nodes["bulb_po2"]
    names = list(node.function.__code__.co_varnames[: node.function.__code__.co_argcount])[5:]
    values = {**{name: central()[name] for name in names}, "bulb_consumption": bulb}
    per_second = perfusion * central()["perfusion_of_flow"]
    ours = bulb_po2_of(per_second, loss, wall, diffusivity, 0.0, **values)
    theirs = blind("closure").bulb_po2(perfusion, loss, wall, diffusivity, bulb)
    assert float(ours) == pytest.approx(theirs, abs=0.25)  # ours leaves dissolved oxygen out of the balance


@pytest.mark.parametrize("meal", [5.0, 36.0, 70.0, 150.0, 350.0, 973.0])
def test_gut_absorption(meal: float) -> None:
    value = central()
    ours = absorbed_from_meals(
        meal, 1.0, value["gut_capacity"], value["gut_half_saturation"], value["gut_passive_share"]
    )
    assert ours == pytest.approx(blind("magnesium").absorbed_mg(meal), rel=1e-9)


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


def one_person(sensitivity: float, follicles: int, months: np.ndarray, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Counted hairs and anagen hairs of one bald-prone patch, by our automaton; a signal of 1.75 from month 24 on."""
    last = int(months[-1])
    signal = np.where(np.arange(last + 1) < 24, 0.3, 1.75)[np.newaxis, :]
    drive = np.maximum(signal - central()["androgen_threshold"], 0)
    value = central()
    flat = np.ones_like(drive)
    patches = Patches(
        Clock.from_speeds(flat, value["anagen_drive_gain"] * drive),
        flat,
        value["kenogen_drive_gain"] * drive,
        0 * flat,
        value["size_drive_gain"] * drive,
        0 * flat,
        CycleLaws.central(1),
    )
    own = sensitivity * np.exp(
        parameters()["sensitivity_within_person"].value * np.random.default_rng(seed).standard_normal(follicles)
    )
    counted = grow(patches, Follicles.in_one_patch(follicles, own), seed, months)
    return counted.hairs[0], counted.anagen[0]


@pytest.mark.parametrize("sensitivity", [0.3, 0.7, 1.2])
def test_the_automaton(sensitivity: float) -> None:
    """Counts of a losing patch against the blind version's, by z-scores: both are shares of independent follicles."""
    theirs = blind("follicle")
    months = np.array([12, 60, 120, 180, 240.0])
    ours, blinds = 4000, 1500
    hairs, anagen = one_person(sensitivity, ours, months, 3)
    counts = theirs.simulate_person(random.Random(5), _signal, sensitivity, blinds, 240.0, [float(m) for m in months])
    for mine, other in ((hairs, [c.hairs for c in counts]), (anagen, [c.anagen_hairs for c in counts])):
        p, q = mine / ours, np.array(other) / blinds
        pooled = (mine + np.array(other)) / (ours + blinds)
        spread = np.sqrt(np.maximum(pooled * (1 - pooled), 1e-4) * (1 / ours + 1 / blinds))
        z = (p - q) / spread
        assert np.abs(z).max() < 4, z


def _signal(month: float) -> float:
    return 0.3 if month < 24 else 1.75
