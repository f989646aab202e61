"""Hours between magnesium by mouth and medicines, the day as a clock, and medicines that waste or keep magnesium."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anagen.evidence.sources import bibliography
from anagen.intake.ledger import Ledger, tally
from anagen.intake.spacing import clock_text, day_clock, gap_for, gaps, table, watched, watched_for
from anagen.routine import Medicine

from .routines import brine, codes, epsom_bath, intake, scenario

NOON = 12.0
WINDOWS = [
    ("levothyroxine", 4, 4),
    ("doxycycline", 3, 6),
    ("minocycline", 3, 6),
    ("tetracycline", 3, 6),
    ("moxifloxacin", 4, 8),
    ("gemifloxacin", 2, 3),
    ("ciprofloxacin", 2, 6),
    ("levofloxacin", 2, 6),
    ("alendronate", 4, 4),
    ("risedronate", 4, 4),
    ("ferrous fumarate", 4, 4),
    ("iron 65 mg", 4, 4),
    ("nitrofurantoin", 4, 4),
    ("penicillamine", 4, 4),
    ("eltrombopag", 4, 4),
    ("quinidine", 4, 4),
    ("hydroxychloroquine", 4, 4),
    ("nitroxoline", 4, 4),
    ("gabapentin", 0, 2),
    ("rilpivirine", 4, 2),
    ("edetate", 1, 1),
    ("cellulose phosphate", 1, 1),
    ("rosuvastatin", 2, 2),
    ("digoxin", 2, 2),
    ("mycophenolate mofetil", 2, 2),
    ("fexofenadine", 2, 2),
    ("azithromycin", 2, 2),
    ("ketoconazole", 2, 2),
    ("itraconazole", 2, 2),
    ("atazanavir", 2, 2),
    ("lisinopril", 2, 2),
    ("phenytoin", 2, 2),
    ("lansoprazole", 2, 2),
    ("dolutegravir", 2, 6),
]


def pill(*at: str, name: str = "magnesium citrate") -> Any:
    return intake("supplement", name, "100 mg", label="elemental", at=at)


def spacing(ledger: Ledger) -> list[Any]:
    return [finding for finding in ledger.findings if finding.code == "spacing"]


@pytest.mark.parametrize(("medicine", "after", "before"), WINDOWS)
def test_windows_before_and_after_may_differ(medicine: str, after: float, before: float) -> None:
    for offset, near in ((after or 0.5, False), (after - 0.5, True), (-before, False), (-before + 0.5, True)):
        at = clock_text(NOON + offset)
        ledger = tally(scenario(pill(at), medicines=(Medicine(medicine, "12:00"),)))
        assert [one.severity for one in spacing(ledger)] == (["caution"] if near else []), (medicine, at)
        assert bool(ledger.clock.clashes) == near


def test_every_row_has_a_source_and_answers_to_its_names() -> None:
    assert len(gaps()) == len(table()["medicine"])
    for gap in gaps():
        assert gap.source in bibliography()
        for alias in gap.aliases:
            found = gap_for(f"{alias} 10 mg")
            assert found is not None
            assert found.name == gap.name
    for row in watched():
        assert row.source in bibliography()
        assert all(row in watched_for(alias) for alias in row.aliases)
    for part in ("condition", "course"):
        assert all(row["source"] in bibliography() for row in table()[part])


@given(st.floats(0, 23.99), st.floats(0, 23.99), st.sampled_from(gaps()))
def test_the_clock_has_no_midnight(medicine: float, magnesium: float, gap: Any) -> None:
    shift = 5.0
    here, there = gap.kept(medicine, magnesium), gap.kept((medicine + shift) % 24, (magnesium + shift) % 24)
    assert here == there or gap.shortfall(medicine, magnesium) < 1e-9
    start, end = gap.clear(medicine)
    assert gap.kept(medicine, start + (0 if gap.medicine_first_h else 0.1))
    assert gap.kept(medicine, end)


@pytest.mark.parametrize("minute", range(0, 60, 7))
def test_a_gap_kept_to_the_minute_is_kept(minute: int) -> None:
    ledger = tally(scenario(pill(f"14:{minute:02d}"), medicines=(Medicine("levothyroxine", f"10:{minute:02d}"),)))
    assert spacing(ledger) == []


def test_what_is_clear_is_said() -> None:
    (finding,) = spacing(tally(scenario(pill("08:00", "13:00"), medicines=(Medicine("levothyroxine", "07:00"),))))
    assert "at 08:00 is too close" in finding.message
    assert "13:00" not in finding.message
    assert "From 11:00 to 03:00 is clear." in finding.message


def test_the_closest_stands_first_and_every_medicine_once_before_any_twice() -> None:
    taken = (Medicine("doxycycline", "20:00"), Medicine("levothyroxine", "07:00"))
    ledger = tally(
        scenario(pill("08:00"), pill("20:00", name="magnesium oxide"), pill("21:00", name="ZMA"), medicines=taken)
    )
    said = [finding.message for finding in spacing(ledger)]
    assert "doxycycline" in said[0]
    assert "levothyroxine" in said[1]
    assert len(said) == 3


def test_skin_and_baths_never() -> None:
    taken = (Medicine("levothyroxine", "07:00"), Medicine("nilotinib", "07:00"), Medicine("zork", "07:00"))
    ledger = tally(scenario(brine(at=("07:00",)), epsom_bath(at=("07:00",)), medicines=taken))
    assert spacing(ledger) == []
    assert ledger.clock.magnesium == ()


def test_a_medicine_to_have_no_antacid_with() -> None:
    (finding,) = spacing(tally(scenario(pill("20:00"), medicines=(Medicine("nilotinib", "08:00"),))))
    assert finding.severity == "caution"
    assert "at any hour" in finding.message


@pytest.mark.parametrize(
    ("at", "medicine", "found"),
    [("07:00", "zork", ["note"]), ("12:00", "zork", []), ("12:00", "cisplatin", []), ("07:00", "cisplatin", []),
     ("07:00", "amlodipine", ["note"])],
)  # fmt: skip
def test_general_advice_for_what_the_table_does_not_hold(at: str, medicine: str, found: list[str]) -> None:
    ledger = tally(scenario(pill(at), medicines=(Medicine(medicine, "07:30"),)))
    assert [finding.severity for finding in spacing(ledger)] == found


@pytest.mark.parametrize(
    ("medicine", "code"),
    [
        ("omeprazole 20 mg", "magnesium-wasting"),
        ("hydrochlorothiazide", "magnesium-wasting"),
        ("furosemide", "magnesium-wasting"),
        ("cisplatin", "magnesium-wasting"),
        ("gentamicin", "magnesium-wasting"),
        ("ciclosporin", "magnesium-wasting"),
        ("amphotericin B", "magnesium-wasting"),
        ("foscarnet", "magnesium-wasting"),
        ("pentamidine", "magnesium-wasting"),
        ("cetuximab", "magnesium-wasting"),
        ("sirolimus", "magnesium-wasting"),
        ("amiloride", "magnesium-retaining"),
        ("spironolactone", "magnesium-retaining"),
        ("gentamicin", "additive-effect"),
        ("nifedipine", "additive-effect"),
        ("rocuronium", "additive-effect"),
        ("sodium polystyrene sulfonate", "alkalosis"),
    ],
)
def test_medicines_that_waste_keep_or_act_with_magnesium(medicine: str, code: str) -> None:
    ledger = tally(scenario(pill("08:00"), medicines=(Medicine(medicine),)))
    assert [one.severity for one in ledger.findings if one.code == code] == ["note"]
    nothing = tally(scenario(medicines=(Medicine(medicine),)))
    assert (code in codes(nothing)) == (code == "magnesium-wasting")


def test_the_clock_of_the_json() -> None:
    taken = (Medicine("levothyroxine", "07:00"), Medicine("iron"), Medicine("zork", "20:00"))
    ledger = tally(scenario(pill("08:00", "22:30"), pill(name="ZMA"), medicines=taken))
    clock: dict[str, Any] = json.loads(json.dumps(ledger.to_dict()))["clock"]
    assert clock == {
        "medicines": [
            {"name": "levothyroxine", "hour": 7.0, "free_before_h": 4.0, "free_after_h": 4.0, "general": False},
            {"name": "zork", "hour": 20.0, "free_before_h": 2.0, "free_after_h": 2.0, "general": True},
        ],
        "magnesium": [{"name": "magnesium citrate", "hour": 8.0}, {"name": "magnesium citrate", "hour": 22.5}],
        "clashes": [
            {"medicine": "levothyroxine", "item": "magnesium citrate", "medicine_hour": 7.0, "magnesium_hour": 8.0,
             "lacking_h": 3.0}
        ],
        "timeless": ["iron", "ZMA"],
    }  # fmt: skip
    assert day_clock([], taken).medicines == ()


def test_what_is_not_in_use_meets_nothing() -> None:
    later = intake("supplement", "magnesium", "100 mg", at=("07:00",), from_age=60.0)
    ledger = tally(scenario(later, medicines=(Medicine("levothyroxine", "07:00"),)))
    assert spacing(ledger) == []
    assert ledger.clock.clashes == ()
