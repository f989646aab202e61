"""What the ledger finds to say."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anagen.errors import ScenarioError
from anagen.intake.cautions import FINDING_CODES
from anagen.intake.conditions import denial, gut_of, holds, known_names, stated, words_of
from anagen.intake.ledger import tally
from anagen.intake.spacing import clock_hours, gap_for, table
from anagen.quantities import QuantityError
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


# --- conditions: whole words, and nothing that denies ---

DENIED = [
    "no heart block", "No Heart-Block", "not pregnant", "without kidney disease", "never had a heart attack",
    "denies dialysis", "ruled out heart block", "heart block (ruled out)", "heart block: no", "heart block excluded",
    "heart block was never found", "heart block not present", "I have never had kidney disease", "gout, no heart block",
    "gout; never constipated", "non-dialysis CKD", "nondialysis CKD 3", "heart block negative", "dialysis-free",
    "hasn't had heart block", "hasn\u2019t heart block", "none", "n/a", "no\u00a0heart\u2011block",
    "CKD 4, not on dialysis", "w/o constipation", "negative for myasthenia", "free of kidney disease",
    "no evidence of heart block", "absence of renal failure", "kidneys: no problem", "constipation - none",
    "no lo\u200dnger constipated",
]  # fmt: skip
STATED = [
    "heart block", "migraine without aura", "kidney disease stage 4", "kidney disease without proteinuria",
    "kidney disease, not otherwise specified", "non-Hodgkin lymphoma", "non-insulin-dependent diabetes", "Rh negative",
    "nonalcoholic fatty liver", "triple-negative breast cancer", "seronegative arthritis", "absence seizures",
    "Noonan syndrome", "norovirus", "knot in the chest", "heart block treated with a pacemaker", "nephrotic syndrome",
    "lactose-free diet", "kidney disease of unknown cause",
]  # fmt: skip


@pytest.mark.parametrize("condition", DENIED)
def test_a_condition_that_denies_is_refused_with_its_mend(condition: str) -> None:
    with pytest.raises(QuantityError, match="list only what is there"):
        stated(condition)
    for routine in (scenario(PILL, conditions=("gout", condition)), scenario(BEANS, conditions=(condition,))):
        with pytest.raises(ScenarioError) as refused:
            tally(routine)
        (problem,) = refused.value.problems
        assert problem.key == "person.conditions"
        assert len(str(problem).splitlines()) == 1
        assert denial(condition) is not None


@pytest.mark.parametrize("condition", STATED)
def test_a_condition_that_is_there_is_taken(condition: str) -> None:
    assert stated(condition) == condition
    assert denial(condition) is None


def test_every_denied_condition_is_named() -> None:
    with pytest.raises(ScenarioError) as refused:
        tally(scenario(PILL, conditions=("no heart block", "gout", "not pregnant")))
    assert [word for word in ("no heart block", "not pregnant") if word in str(refused.value)] == [
        "no heart block", "not pregnant",
    ]  # fmt: skip
    assert "gout" not in str(refused.value)


@pytest.mark.parametrize(
    "condition",
    ["adrenal tumor", "heartburn", "roadblock", "heart blockbuster", "multikidneys", "sackcloth", "renaldo", "smileus"],
)
def test_a_name_inside_a_word_is_not_the_name(condition: str) -> None:
    assert codes(tally(scenario(PILL, conditions=(condition,)))) == codes(tally(scenario(PILL)))


@pytest.mark.parametrize(
    "condition",
    ["kidney disease stage 4", "CKD", "ckd4", "CKD-3b", "Polycystic Kidneys", "renal insufficiency", "nephropathy",
     "glomerulonephritis", "Nephrotic syndrome", "kidney_stones", "cardiorenal syndrome", "hydronephrosis"],
)  # fmt: skip
def test_a_condition_of_the_kidneys(condition: str) -> None:
    assert "kidney-caution" in codes(tally(scenario(PILL, conditions=(condition,))))


@pytest.mark.parametrize(
    "condition",
    ["HEART BLOCK", "heart\u2010block", "heart  block", "heart blocks", "on dialysis", "AV-block", "a-v block"],
)
def test_spelling_does_not_hide_a_condition(condition: str) -> None:
    assert "condition-stop" in codes(tally(scenario(PILL, conditions=(condition,))))


def test_every_name_of_the_table_is_found_in_itself() -> None:
    for name in known_names():
        plain = name.replace("*", "")
        assert holds([name], plain), name
        assert holds([name], f"severe {plain}, since May"), name
        assert denial(plain) is None, name
        assert denial(f"no {plain}") == "no", name
        assert denial(f"gout but without {plain}") == "without", name
    row = next(row for row in table()["condition"] if "bowel" in row["name"])
    for name in words_of("blocked"):
        assert holds([row["name"], *row["aliases"]], name), "a blocked gut forbids magnesium, too"
        assert gut_of((name,)) == "blocked"


TEXTS = st.text(max_size=140) | st.builds(
    " ".join,
    st.lists(
        st.sampled_from(["no", "not", "without", "never", "kidney", "heart", "block", "disease", "ruled", "out", "non-",
                         "(", "*", "\\", "[", "n't", "?", "\u00df", "\u0130", "\u200b", "constipation", ",", "\n"]),
        max_size=9,
    ),
)  # fmt: skip


@given(st.lists(TEXTS, max_size=4))
def test_no_condition_gives_a_traceback(conditions: list[str]) -> None:
    """Any text is taken or refused with one plain sentence for each entry that denies."""
    routine = replace(scenario(PILL), person=replace(scenario(PILL).person, conditions=tuple(conditions)))
    denied = [text for text in conditions if denial(text) is not None]
    if not denied:
        assert set(codes(tally(routine))) <= set(FINDING_CODES)
        return
    with pytest.raises(ScenarioError) as refused:
        tally(routine)
    assert len(refused.value.problems) == len(denied)
    assert all(str(problem).isprintable() for problem in refused.value.problems)


@given(TEXTS, st.sampled_from([name for name in known_names() if "*" not in name]))
def test_a_denial_before_a_name_never_stops_and_never_passes(text: str, name: str) -> None:
    assert denial(f"no {name} {text}") is not None
    assert denial(f"{text} , without {name}") is not None
