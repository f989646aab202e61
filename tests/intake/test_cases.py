"""The ledger against the worked cases of qc/, each a sum by hand; more than half by an author who never saw it."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from anagen.intake.kidney import egfr_of, excretion_ceiling
from anagen.intake.ledger import Ledger, tally
from anagen.scenario import Scenario

PATH = Path(__file__).parents[2] / "qc" / "cases.py"
AGREES_TO = 0.005


def load() -> ModuleType:
    """The blind cases, from their file."""
    spec = importlib.util.spec_from_file_location("blind_cases", PATH)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


BLIND = load()
CASES: list[Any] = BLIND.cases()


def ceiling(scenario: Scenario) -> float | None:
    egfr = egfr_of(scenario.person)
    return None if egfr is None else excretion_ceiling(egfr)


OURS: dict[str, Callable[[Scenario, Ledger], float | None]] = {
    "counted": lambda _, ledger: ledger.items[0].counted_mg_per_day,
    "holds": lambda _, ledger: ledger.items[0].elemental_mg_per_day,
    "evidence": lambda _, ledger: ledger.items[0].counted_evidence_mg_per_day,
    "flux-mid": lambda _, ledger: ledger.items[0].flux_mg_per_day.mid,
    "limit": lambda _, ledger: ledger.limits.supplemental_ul_mg_per_day,
    "allowance": lambda _, ledger: ledger.limits.allowance_mg_per_day,
    "need": lambda _, ledger: ledger.limits.rda_mg_per_day,
    "egfr": lambda scenario, _: egfr_of(scenario.person),
    "ceiling": lambda scenario, _: ceiling(scenario),
    "calcium-need": lambda _, ledger: ledger.calcium.rda_mg_per_day,
    "calcium-food": lambda _, ledger: ledger.calcium.food_mg_per_day,
    "unasked": lambda _, ledger: ledger.limits.unasked_mg_per_day,
    "total-counted": lambda _, ledger: ledger.totals.counted,
}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_worked_case(case: Any) -> None:
    scenario = Scenario.loads(case.scenario, case.name)
    ledger = tally(scenario)
    assert OURS[case.of](scenario, ledger) == pytest.approx(case.result, rel=AGREES_TO, abs=1e-9)
    if case.verdict is not None:
        assert ledger.verdict == case.verdict


def test_the_cases_are_many_and_cover_every_kind() -> None:
    blind, known = [case for case in CASES if case.blind], [case for case in CASES if not case.blind]
    assert len(blind) >= 40
    assert (len(blind), len(known)) == (177, 79), "a case is added or dropped on purpose only"
    assert len({case.name for case in CASES}) == len(CASES)
    for kind in ("food", "water", "supplement", "medicine", "topical", "bath"):
        for group in (blind, known):
            assert any(f'kind = "{kind}"' in case.scenario for case in group)
    assert set(BLIND.KINDS) == set(OURS) == {case.of for case in CASES} == {case.of for case in blind}


def test_every_blind_case_says_where_it_comes_from_and_what_was_decided() -> None:
    for case in CASES:
        assert bool(case.source and case.working) == case.blind, case.name
    decided = {case.name for case in CASES if case.decision}
    assert decided == {"flakes weighed and dissolved", "hydroxide line", "providing", "eGFR 40"}


@pytest.mark.parametrize("sum_by_hand", ["__import__('os')", "a", "1 if 2 else 3", "abs(1)", "'a' x 2"])
def test_only_arithmetic_is_worked_out(sum_by_hand: str) -> None:
    with pytest.raises((ValueError, SyntaxError)):
        BLIND.work_out(sum_by_hand)


def test_a_sum_is_worked_out() -> None:
    assert BLIND.work_out("2 x (3 + 4) ^ 2 / 1,000") == pytest.approx(0.098)
