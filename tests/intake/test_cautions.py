"""What the ledger finds to say."""

from __future__ import annotations

import pytest

from anagen.intake.cautions import FINDING_CODES
from anagen.intake.ledger import tally
from anagen.intake.spacing import clock_hours, gap_for
from anagen.routine import Medicine

from .routines import brine, codes, epsom_bath, intake, scenario

PILL = intake("supplement", "multivitamin", "50 mg")
BEANS = intake("food", "black beans, boiled", "1 cup")


def test_kidney_stop_needs_something_beyond_food() -> None:
    assert tally(scenario(BEANS, egfr=20.0)).verdict == "within_margin"
    stopped = tally(scenario(BEANS, PILL, egfr=20.0))
    assert stopped.verdict == "do_not_use"
    assert stopped.exit_status == 1
    assert stopped.findings[0].code == "kidney-stop"


@pytest.mark.parametrize("egfr", [59.0, 45.0, 44.0, 30.0])
def test_kidney_caution_halves_the_limit(egfr: float) -> None:
    ledger = tally(scenario(intake("supplement", "magnesium", "200 mg"), egfr=egfr))
    assert {"kidney-caution", "over-limit"} <= set(codes(ledger))


def test_kidney_disease_without_a_number() -> None:
    assert "kidney-caution" in codes(tally(scenario(PILL, conditions=("chronic kidney disease",))))


@pytest.mark.parametrize(
    "condition", ["Myasthenia gravis", "second-degree AV block", "on dialysis", "bowel obstruction"]
)
def test_condition_stop(condition: str) -> None:
    ledger = tally(scenario(PILL, conditions=(condition,)))
    assert ledger.verdict == "do_not_use"
    assert "condition-stop" in codes(ledger)
    assert tally(scenario(BEANS, conditions=(condition,))).verdict == "within_margin"


@pytest.mark.parametrize(
    ("pill_at", "medicine", "medicine_at", "severity"),
    [
        (("07:00",), "levothyroxine", "07:00", "caution"), (("10:59",), "levothyroxine", "07:00", "caution"),
        (("11:00",), "levothyroxine", "07:00", None), (("12:00", "08:00"), "levothyroxine", "07:00", "caution"),
        (("05:00",), "levothyroxine", "07:00", "caution"), (("23:30",), "levothyroxine", "01:00", "caution"),
        (("10:00",), "doxycycline 100 mg", "07:00", None), (("05:00",), "doxycycline", "07:00", "caution"),
        (("02:00",), "ciprofloxacin", "07:00", "caution"), (("09:00",), "ciprofloxacin", "07:00", None),
        (("07:30",), "gabapentin", "07:00", None), (("06:00",), "gabapentin", "07:00", "caution"),
        (("08:00",), "ferrous sulfate", "07:00", "caution"), (("08:00",), "alendronate", "07:00", "caution"),
        ((), "levothyroxine", "07:00", "note"), (("07:00",), "levothyroxine", None, "note"),
    ],
)  # fmt: skip
def test_spacing(pill_at: tuple[str, ...], medicine: str, medicine_at: str | None, severity: str | None) -> None:
    pill = intake("supplement", "magnesium citrate", "200 mg", label="elemental", at=pill_at)
    ledger = tally(scenario(pill, medicines=(Medicine(medicine, medicine_at),)))
    found = [finding.severity for finding in ledger.findings if finding.code == "spacing"]
    assert found == ([] if severity is None else [severity])


def test_skin_and_bath_never_meet_a_medicine() -> None:
    ledger = tally(scenario(brine(at=("07:00",)), epsom_bath(), BEANS, medicines=(Medicine("levothyroxine", "07:00"),)))
    assert "spacing" not in codes(ledger)


def test_a_medicine_no_table_holds() -> None:
    ledger = tally(scenario(PILL, medicines=(Medicine("zorkamycin"),)))
    assert [finding.severity for finding in ledger.findings if finding.code == "spacing"] == ["note"]


def test_clock_and_names() -> None:
    assert clock_hours("07:30") == 7.5
    assert clock_hours("noon") is None
    assert gap_for("Synthroid 50 ug") is not None
    assert gap_for("environmental spray") is None  # "iron" inside a word is not iron


def test_laxative_range() -> None:
    ledger = tally(scenario(intake("medicine", "milk of magnesia", "30 mL")))
    assert {"laxative-range", "over-limit"} <= set(codes(ledger))
    assert "laxative-range" not in codes(tally(scenario(brine())))


def test_water_counts_where_it_does() -> None:
    water = intake("water", "Gerolsteiner", "1.5 L", "108 mg/L")
    american, world = tally(scenario(water)), tally(scenario(water, jurisdiction="WHO"))
    assert american.totals.counted == 0
    assert american.totals.water == pytest.approx(162)
    assert world.totals.counted == pytest.approx(162)
    assert "water-counts" in codes(world)


def test_no_limit_for_age() -> None:
    ledger = tally(scenario(PILL, age=3.0, jurisdiction="EU"))
    assert ledger.verdict == "no_limit"
    assert ledger.exit_status == 0
    assert "no-limit-for-age" in codes(ledger)
    assert tally(scenario(BEANS, age=3.0, jurisdiction="EU")).verdict == "within_margin"


def test_ambiguous_label_counts_the_larger() -> None:
    ledger = tally(scenario(intake("supplement", "magnesium oxide", "400 mg")))
    (finding,) = [finding for finding in ledger.findings if finding.code == "ambiguous-label"]
    assert ledger.totals.counted == 400
    assert "241" in finding.message
    assert "400" in finding.message
    settled = tally(scenario(intake("supplement", "magnesium oxide", "400 mg", label="compound")))
    assert settled.totals.counted == pytest.approx(241.2, abs=0.1)
    assert "ambiguous-label" not in codes(settled)


def test_unknown_food_is_not_zero() -> None:
    ledger = tally(scenario(intake("food", "goat meat, raw", "100 g")))
    assert "unknown-content" in codes(ledger)
    assert ledger.items[0].elemental_mg_per_day is None


def test_not_now() -> None:
    ledger = tally(scenario(brine(from_age=40.0), intake("supplement", "magnesium", "50 mg", to_age=34.0)))
    assert codes(ledger) == ["not-now", "not-now"]
    assert ledger.totals.counted == 0
    assert tally(scenario(brine(from_age=34.0, to_age=40.0))).totals.counted > 0


def test_impossible_stops() -> None:
    strong = tally(scenario(brine("5 mL", "210 mg/mL")))
    assert strong.verdict == "do_not_use"
    assert strong.findings[0].code == "impossible-strength"
    heavy = tally(scenario(intake("supplement", "magnesium oxide", "1 tablet", unit_mass_mg=5e6, label="compound")))
    assert heavy.findings[0].code == "impossible-amount"


def test_findings_stand_in_order_and_in_the_table() -> None:
    ledger = tally(scenario(brine("20 mL", "31 %", skin="broken", mixed_with=("olive oil",)), BEANS, PILL, egfr=20.0))
    order = [{"stop": 0, "caution": 1, "note": 2}[finding.severity] for finding in ledger.findings]
    assert order == sorted(order)
    assert set(codes(ledger)) <= set(FINDING_CODES)
    assert all(code == code.lower() and " " not in code for code in FINDING_CODES)
