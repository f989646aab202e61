"""A small made-up outlook: smooth declining curves with some spread, and a ledger in its agreed form."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, cast

import numpy as np
import pytest
import xarray as xr

from anagen.intake.ledger import Ledger
from anagen.outlook.records import Hairs, Outlook, Provenance
from anagen.quantities import read_amount
from anagen.routine import REGIONS, Intake, Person, Treatment
from anagen.scenario import Scenario

HYPOTHESES = ("androgen-first", "calcification-first", "hybrid")
ARMS = ("baseline", "plan")
DRAWS = 200
FALL = {"frontal": 0.011, "mid-scalp": 0.009, "vertex": 0.014, "temporal": 0.004, "occipital": 0.002}
PACE = {"androgen-first": 1.0, "calcification-first": 0.7, "hybrid": 1.2}
UNITS = {
    "hairs_per_cm2": "1/cm**2", "terminal_per_cm2": "1/cm**2", "anagen_per_cm2": "1/cm**2", "empty_per_cm2": "1/cm**2",
    "diameter_um": "um", "longest_cm": "cm", "shed_per_day_cm2": "1/cm**2/day", "blood_flow": "mL/hg/min",
    "bulb_po2_mmhg": "mmHg", "fibrosis": "", "calcification": "", "vessel_density": "",
}  # fmt: skip


@dataclass(frozen=True)
class FakeLedger:
    """A ledger that is nothing but its JSON."""

    whole: dict[str, Any]

    def to_dict(self) -> dict[str, Any]:
        return self.whole


def finding(code: str, severity: str, message: str, item: str | None = None) -> dict[str, Any]:
    return {"code": code, "severity": severity, "item": item, "message": message, "sources": []}


def ledger_json(**changes: Any) -> dict[str, Any]:
    """The routine of a thread: brine on the scalp, a multivitamin, beans; over the limit as counted."""
    totals = {
        "food": 120.0, "water": 0.0, "supplement": 52.0, "medicine": 0.0, "skin_applied": 405.3,
        "skin_flux": {"low": 4.0, "mid": 16.2, "high": 64.8}, "counted": 457.3, "counted_evidence": 116.1,
    }  # fmt: skip
    whole: dict[str, Any] = {
        "limits": {"jurisdiction": "US", "supplemental_ul_mg_per_day": 350.0, "margin": 0.35,
                   "allowance_mg_per_day": 122.5, "rda_mg_per_day": 320.0, "table_ul_mg_per_day": 350.0},
        "totals_mg_per_day": totals,
        "items": [
            {"name": "magnesium chloride brine", "kind": "topical", "elemental_mg_per_day": 405.3,
             "counted_mg_per_day": 405.3,
             "arithmetic": "4 mL x 1.29 g/mL x 31 % w/w = 1.60 g MgCl2; x 25.5 % magnesium = 405 mg"},
            {"name": "multivitamin", "kind": "supplement", "elemental_mg_per_day": 52.0, "counted_mg_per_day": 52.0,
             "arithmetic": "1 tablet x 52 mg of elemental magnesium, as labeled = 52 mg"},
            {"name": "black beans, boiled", "kind": "food", "elemental_mg_per_day": 120.0, "counted_mg_per_day": 0.0,
             "arithmetic": "1 cup = 172 g; x 70 mg per 100 g = 120 mg"},
        ],
        "findings": [
            finding("over-limit", "caution", "What counts is more than the limit for supplemental magnesium."),
            finding("food-not-counted", "note", "Magnesium that food holds by nature never counts."),
            finding("film-limit", "note", "This is more liquid than the skin holds as a film.", "brine"),
            finding("ambiguous-label", "note", "The label can be read two ways.", "multivitamin"),
        ],
        "verdict": "over_limit",
    }  # fmt: skip
    whole.update(changes)
    return whole


def fake_data(age: float = 34.0, effect: float = 0.0, seed: int = 7) -> xr.Dataset:
    """Curves that fall with age, each draw at its own pace; the plan lifts every hypothesis but one by `effect`."""
    ages = np.concatenate([age + np.arange(0, 2, 0.25), age + np.arange(2, 51)])
    luck = np.random.default_rng(seed)
    pace, start = luck.lognormal(0, 0.5, DRAWS), 190 * luck.lognormal(0, 0.08, DRAWS)
    shape = (len(HYPOTHESES), len(ARMS), len(REGIONS), DRAWS, len(ages))
    hairs = np.empty(shape)
    for h, hypothesis in enumerate(HYPOTHESES):
        for a, arm in enumerate(ARMS):
            for r, region in enumerate(REGIONS):
                gone = ages - age
                lift = effect * (1 - np.exp(-gone / 2)) * PACE[hypothesis] if arm == "plan" else 0.0
                fall = np.exp(-np.outer(pace * FALL[region] * PACE[hypothesis], gone))
                hairs[h, a, r] = start[:, None] * fall * (1 + lift)
    scale = {"terminal_per_cm2": 0.8, "anagen_per_cm2": 0.85, "diameter_um": 0.35, "bulb_po2_mmhg": 0.1}
    dims = ("hypothesis", "arm", "region", "draw", "age")
    variables = {name: (dims, hairs * scale.get(name, 0.01), {"units": unit}) for name, unit in UNITS.items()}
    variables["hairs_per_cm2"] = (dims, hairs, {"units": "1/cm**2"})
    plasma = (("arm", "draw", "age"), np.full((2, DRAWS, len(ages)), 0.85), {"units": "mmol/L"})
    coords = {"hypothesis": list(HYPOTHESES), "arm": list(ARMS), "region": list(REGIONS), "age": ages,
              "weight": ("hypothesis", [0.5, 0.12, 0.38])}  # fmt: skip
    return xr.Dataset({**variables, "plasma_magnesium_mmol_l": plasma}, coords)


def fake_hairs(age: float = 34.0, effect: float = 0.0, seed: int = 3) -> tuple[Hairs, ...]:
    """Patches of one square centimeter that thin with age; the same follicles keep their places."""
    luck = np.random.default_rng(seed)
    units = luck.random((90, 2))
    place = np.clip(np.repeat(units, 2, axis=0) + luck.normal(0, 0.012, (180, 2)), 0, 1)
    sensitivity, size = luck.random(180), luck.normal(72, 9, 180)
    patches: list[Hairs] = []
    for when, loss in ((age, 0.25), (age + 20, 0.75)):
        for arm in ARMS:
            drive = loss * (1 - effect if arm == "plan" else 1)
            thickness = size * (1 - 0.75 * drive * sensitivity)
            seen = luck.random(180) > 0.3 * drive
            length = np.clip((thickness - 20) * 2.0, 1.0, 300.0)
            patches.append(Hairs("hybrid", arm, "vertex", when, thickness[seen], length[seen], place[seen], 1.0))
    return tuple(patches)


def fake_outlook(effect: float = 0.0, ledger: dict[str, Any] | None = None, **scenario: Any) -> Outlook:
    """A whole outlook; `effect` is what the plan adds to the hair, as a share."""
    person = Person(age=34, sex="female", name="Sam", onset_age=27, hairs_per_cm2={"vertex": 185.0})
    made = {"intakes": (Intake("topical", "magnesium chloride brine", read_amount("4 mL")),), **scenario}
    return Outlook(
        scenario=replace(Scenario(person), **made),
        ledger=cast(Ledger, FakeLedger(ledger or ledger_json())),
        data=fake_data(effect=effect),
        hairs=fake_hairs(effect=effect),
        provenance=Provenance("0.1.0", 20, DRAWS, 256, "examples/thread.toml", "published", ("vanneste2000",)),
    )


NOTHING = ledger_json(
    items=[], findings=[], verdict="within_margin",
    totals_mg_per_day={"food": 0.0, "water": 0.0, "supplement": 0.0, "medicine": 0.0, "skin_applied": 0.0,
                       "skin_flux": {"low": 0.0, "mid": 0.0, "high": 0.0}, "counted": 0.0, "counted_evidence": 0.0},
)  # fmt: skip


@pytest.fixture
def outlook() -> Outlook:
    """A routine of magnesium that changes nothing."""
    return fake_outlook()


@pytest.fixture
def treated() -> Outlook:
    """Finasteride only: nothing counts, hair changes."""
    treatment = Treatment("finasteride", 1.0, text="1 mg")
    return fake_outlook(effect=0.2, ledger=NOTHING, intakes=(), treatments=(treatment,))


@pytest.fixture
def idle() -> Outlook:
    """No plan at all."""
    return fake_outlook(ledger=NOTHING, intakes=())


@pytest.fixture
def stopped() -> Outlook:
    """Kidneys that clear too little."""
    stop = finding("kidney-stop", "stop", "The kidneys clear too little for any magnesium beyond food.")
    ledger = ledger_json(verdict="do_not_use", findings=[stop])
    ledger["limits"] |= {"supplemental_ul_mg_per_day": 175.0, "allowance_mg_per_day": 61.25}
    return fake_outlook(ledger=ledger)
