"""The published studies: whole, sourced, in units that are known, and as typed a second time."""

from __future__ import annotations

import math
import re
import subprocess
import sys
from dataclasses import asdict
from importlib.resources import files
from typing import get_args

import pytest

from anagen.evidence.parameters import EvidenceError
from anagen.evidence.sources import bibliography
from anagen.evidence.studies import effects, studies
from anagen.evidence.study import After, Arm, Endpoint, Given, Spread, Study
from anagen.evidence.study_reading import read_studies
from anagen.evidence.study_words import DAYS, WHAT, ScalpRegion, TreatmentKind
from anagen.quantities import registry, unit
from anagen.routine import REGIONS, Treatment
from anagen.routine import TreatmentKind as RoutineKind
from anagen.table_records import DOSES, treatment_of
from anagen.tables import TreatmentTable

EVERY = list(studies().values())
ENDPOINTS = [(study, endpoint) for study in EVERY for endpoint in study.endpoints]
GIVEN = [(study.key, arm.name, given) for study in EVERY for arm in study.arms for given in arm.treatments]
DOI = re.compile(r"10\.\d{4,9}/[^\s\"{}]*[^\s\"{}.,;]")


def test_there_are_as_many_as_were_written() -> None:
    assert len(EVERY) == 51
    assert len(ENDPOINTS) == 176
    assert sum(len(study.comparisons) for study in EVERY) == 32


def test_only_these_may_be_fitted_to() -> None:
    assert {study.key for study in EVERY if study.use == "calibration"} == {
        "vanneste2000",
        "olsen2006",
        "gubelinharcha2014",
        "olsen2002",
        "drake1999",
        "kaufman2008",
        "rushton1991",
    }


@pytest.mark.parametrize("study", EVERY, ids=lambda study: study.key)
def test_a_study_is_whole(study: Study) -> None:
    assert study.sources
    assert set(study.sources) <= set(bibliography()), "every source is in the bibliography"
    assert "assumed" not in study.sources
    assert study.says
    assert not study.says.endswith(".")
    names = [arm.name for arm in study.arms]
    assert len(set(names)) == len(names)
    used = {one.arm for one in study.endpoints} | {one.net_of for one in study.endpoints if one.net_of}
    used |= {one.arm for one in study.comparisons} | {one.than for one in study.comparisons} - {"start"}
    assert used <= set(names)
    assert used == set(names), "no arm stands idle"
    if study.design in ("randomized", "meta-analysis", "network meta-analysis"):
        assert study.grade == "A"
    else:
        assert study.grade in "BC"
    if study.status == "recalled":
        assert "Recalled" in study.note or "recalled" in study.note


@pytest.mark.parametrize(
    ("study", "endpoint"), ENDPOINTS, ids=[f"{study.key}-{endpoint.what}" for study, endpoint in ENDPOINTS]
)
def test_an_endpoint_is_whole(study: Study, endpoint: Endpoint) -> None:
    assert endpoint.what in WHAT
    if endpoint.unit:
        assert unit(endpoint.unit) is not None
    assert math.isfinite(endpoint.center)
    assert endpoint.months is None or endpoint.months > 0
    if endpoint.area_cm2 is not None:
        assert unit(endpoint.unit) == unit("hair")
        assert 0 < endpoint.area_cm2 < 10
    spread = endpoint.spread
    if spread is not None and spread.value is not None:
        assert spread.value > 0
    elif spread is not None:
        assert spread.low < spread.high
    people = study.population.n
    if people is not None:
        assert (endpoint.n or 0) <= people
        assert (study.arm(endpoint.arm).n or 0) <= people


def test_a_share_of_people_is_from_0_to_100() -> None:
    for _, endpoint in ENDPOINTS:
        if endpoint.what in ("prevalence", "improved", "worsened", "graft survival"):
            assert endpoint.unit == "percent"
            assert 0 < endpoint.center < 100


def test_prevalence_of_men_rises_with_age() -> None:
    for key in ("paik2001", "wang2010", "rhodes1998"):
        bands = [one for one in studies()[key].endpoints if one.arm == "men" and one.ages is not None]
        shares = [one.center for one in sorted(bands, key=lambda one: one.ages.low)]
        assert shares == sorted(shares)


def test_words_are_those_of_the_routine() -> None:
    assert get_args(TreatmentKind) == get_args(RoutineKind)
    assert get_args(ScalpRegion) == REGIONS
    for name, days in DAYS.items():
        assert days == pytest.approx(registry().Quantity(1, name).to("day").magnitude)


@pytest.mark.parametrize(("study", "arm", "given"), GIVEN, ids=str)
def test_what_was_given_is_what_a_scenario_can_say(study: str, arm: str, given: Given) -> None:
    """The number of a dose and its text, read as in a scenario file, are one; and so is the treatment made of them."""
    if given.dose is None or given.per is None:
        assert not given.text or given.kind == "botulinum", "a dose in words has its number, and how often"
        return
    table = TreatmentTable(
        kind=given.kind,
        dose=given.text,
        per=given.per,
        times=given.times,
        route="topical" if given.route == "topical" else None,
        strength=given.strength,
    )
    read = treatment_of(table)
    named = {name: value for name, value in asdict(given).items() if name not in ("times", "per", "dose")}
    made = Treatment(dose=pytest.approx(given.dose), per_day=given.per_day, **named)
    assert made == read
    assert given.kind in (*DOSES, "minoxidil")


SECOND_TYPING = (
    # study, what, arm, net of, months, mean, unit, spread
    ("vanneste2000", "anagen hairs", "finasteride", "placebo", 48 * 7 / 30.4375, 27, "hair", ("se", 2.9)),
    ("vanneste2000", "total hairs", "finasteride", "placebo", 48 * 7 / 30.4375, 17.3, "hair", ("se", 2.5)),
    ("olsen2006", "total hairs", "2.5 mg", None, 24 * 7 / 30.4375, 21.66, "hair/cm**2", None),
    ("gubelinharcha2014", "total hairs", "0.1 mg", None, 24 * 7 / 30.4375, 12.45, "hair/cm**2", None),
    ("olsen2002", "non-vellus hairs", "5 %", None, 48 * 7 / 30.4375, 18.6, "hair/cm**2", ("sd", 25.4)),
    ("drake1999", "scalp DHT", "0.2 mg", None, 42 / 30.4375, -56.5, "percent", None),
    ("kaufman2008", "total hairs", "placebo", None, 60, -239, "hair", None),
    ("rushton1991", "non-vellus hairs", "pattern loss", None, 24, -22.7, "percent", None),
    ("kaufman1998", "total hairs", "finasteride", "placebo", 12, 107, "hair", None),
    ("klemp1989", "blood flow", "pattern loss", None, None, 13.7, "mL/hg/min", ("sd", 9.6)),
    ("dallob1994_pattern", "scalp DHT", "bald", None, None, 7.37, "nmol/kg", ("sem", 1.24)),
    ("mella2010", "total hairs", "finasteride", "placebo", 24, 24.3, "percent", ("ci95", 17.9, 30.6)),
)


@pytest.mark.parametrize(
    ("key", "what", "arm", "net_of", "months", "mean", "of_unit", "spread"), SECOND_TYPING, ids=lambda value: str(value)
)
def test_key_numbers_typed_a_second_time(
    key: str,
    what: str,
    arm: str,
    net_of: str | None,
    months: float | None,
    mean: float,
    of_unit: str,
    spread: tuple | None,
) -> None:
    found = [
        one
        for one in studies()[key].endpoints
        if (one.what, one.arm, one.net_of, one.unit) == (what, arm, net_of, of_unit) and one.measure != "baseline"
        and (months is None or one.months == pytest.approx(months))
    ]  # fmt: skip
    assert len(found) == 1
    assert found[0].mean == mean
    assert (found[0].months is None) == (months is None)
    if spread is None:
        assert found[0].spread is None
    else:
        written = found[0].spread
        assert tuple(x for x in (written.kind, written.value, written.low, written.high) if x is not None) == spread


def test_derived_numbers_follow_from_the_others() -> None:
    loss = {one.unit: one.mean for one in studies()["kaufman2008"].endpoints if one.what == "total hairs"}
    start = [one.mean for one in studies()["kaufman2008"].endpoints if one.measure == "baseline"]
    assert start == [pytest.approx(239 / 0.263, abs=0.5)]
    assert loss["hair/cm**2/year"] == pytest.approx(-239 / 5.07 / 5, abs=0.05)
    assert loss["percent/year"] == pytest.approx(100 * math.log(1 - 0.263) / 5, abs=0.05)
    rates = {one.what: one.mean for one in studies()["rushton1991"].endpoints if one.measure == "rate"}
    assert rates["total hairs"] == pytest.approx(100 * math.log(1 - 0.119) / 2, abs=0.05)
    assert rates["non-vellus hairs"] == pytest.approx(100 * math.log(1 - 0.227) / 2, abs=0.05)
    dht = [one.mean for one in studies()["dallob1994_pattern"].endpoints]
    assert dht[2] == pytest.approx(dht[0] / dht[1], abs=0.006)
    arms = {one.arm: one.mean for one in studies()["kaufman1998"].endpoints if one.months == 12 and one.net_of is None}
    assert arms["finasteride"] - arms["placebo"] == 107


def test_effects_are_flat_and_in_the_unit_asked_for() -> None:
    found = {
        (one.study.key, one.arm.name, one.months): one
        for one in effects("total hairs", "hair/cm**2")
        if one.against is not None and one.endpoint.measure == "change"
    }
    one = found["kaufman1998", "finasteride", 12]
    assert one.mean == pytest.approx(107 / 5.07)
    assert one.status == "secondary"
    assert one.region == "vertex"
    assert found["kaufman1998", "finasteride", 24].status == "recalled"
    five, two, placebo = (
        one for one in effects("non-vellus hairs", "hair/cm**2") if one.study.key == "olsen2002"
    )  # fmt: skip
    assert five.standard_error == pytest.approx(25.4 / math.sqrt(139))
    assert two.standard_error == pytest.approx(20.7 / math.sqrt(141))
    assert placebo.n == 78
    assert all(one.endpoint.unit == "percent" for one in effects("total hairs", "percent"))
    assert effects("total hairs", "kg") == []


def test_an_error_is_known_only_where_it_can_be() -> None:
    assert Spread("se", 2.0).standard_error(None) == 2
    assert Spread("sd", 4.0).standard_error(16) == 1
    assert Spread("sd", 4.0).standard_error(None) is None
    assert Spread("ci95", low=-1.959963984540054, high=1.959963984540054).standard_error(None) == pytest.approx(1)
    assert Spread("unstated", 4.0).standard_error(16) is None
    assert Spread("range", low=1, high=2).standard_error(16) is None


def test_times_are_read() -> None:
    assert After("1 year").months == 12
    assert After("8 to 18 years").months == 13 * 12
    assert After("7 days").months == pytest.approx(7 / 30.4375)
    with pytest.raises(ValueError, match="is no time"):
        After("soon").months  # noqa: B018


GOOD = """
[one]
says = "a trial"
sources = ["one"]
population = { sex = "male", who = "men" }
design = "open"
grade = "B"
status = "checked"
arms = [{ name = "a" }, { name = "b" }]
endpoints = [{ what = "total hairs", arm = "a", measure = "change", after = "1 year", mean = 1, unit = "hair" }]
"""


def test_a_good_record_is_read() -> None:
    study = read_studies({"group": GOOD})["one"]
    assert study.arms == (Arm("a"), Arm("b"))
    assert (study.group, study.use, study.endpoints[0].center) == ("group", "validation", 1)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('grade = "B"', 'grade = "F"', "group.toml: one: grade: 'F' must be one of A, B, C, D, E"),
        ('grade = "B"', "", "group.toml: one: grade: this key is needed"),
        ("mean = 1,", 'mean = "1",', "endpoint[0].mean: '1' must be a plain number"),
        ("mean = 1,", "mean = nan,", "endpoint[0].mean: nan must be a plain number"),
        ("mean = 1,", "", "endpoint[0] (total hairs): a mean is needed, or a range in its place"),
        ("mean = 1,", "mean = 1, men = 2,", "endpoint[0]: no key is called men"),
        ('after = "1 year"', 'after = "later"', "endpoint[0].after: \"later\" is no time"),
        ('after = "1 year"', 'after = "0 weeks"', "endpoint[0].after: \"0 weeks\" must be later than the start"),
        ('after = "1 year", ', "", "endpoint[0] (total hairs): a change needs after"),
        ('{ name = "a" }', '{ name = "a", n = 1.5 }', "arm[0].n: 1.5 must be a whole number"),
        ('{ name = "a" }', '{ name = "a", n = 0 }', "arm: n must be above 0"),
        ('{ name = "a" }', '{ name = "b" }', 'no arm is called "a"; there are b, b'),
        ('{ name = "a" }', '{ name = "b" }', 'the arm "b" stands 2 times'),
        ('arm = "a"', 'arm = "c"', 'no arm is called "c"; there are a, b'),
        ('arm = "a"', 'arm = "a", net_of = "c"', 'no arm is called "c"; there are a, b'),
        ('arm = "a"', 'arm = "a", net_of = "a"', "net_of must be another arm"),
        ('"total hairs"', '"hares"', 'nothing measured is called "hares"; it is one of total hairs'),
        ('sources = ["one"]', 'sources = "one"', "sources: 'one' must be a list"),
        ('sources = ["one"]', "sources = []", "sources: at least one is needed"),
        ("mean = 1,", "mean = 1, spread = { kind = 'sd', value = 0 },", "the sd must be above 0"),
        ("mean = 1,", "mean = 1, spread = { kind = 'sd', low = 0, high = 2 },", "a spread that is sd has a value"),
        ("mean = 1,", "mean = 1, spread = { kind = 'ci95', low = 2, high = 0 },", "the ci95 must have low below high"),
        ("mean = 1,", "mean = 1, spread = { kind = 'ci95', low = 2, high = 3 },", "lies outside its ci95"),
        ("mean = 1,", "mean = 1, spread = { kind = 'ci95', value = 3 },", "a ci95 has low and high, and no value"),
        ("mean = 1,", "mean = 1, status = 'derived',", "a derived number needs a note"),
        ('who = "men"', 'who = "men", ages = [40, 18]', "population.ages: [40, 18] must not end before it begins"),
        ("[one]", "[one", "group.toml: "),
        ("[one]", "one = 3\n[two]", "group.toml: one: "),
    ],
)  # fmt: skip
def test_a_defect_is_said_in_a_sentence(before: str, after: str, said: str) -> None:
    assert before in GOOD
    with pytest.raises(EvidenceError) as caught:
        read_studies({"group": GOOD.replace(before, after, 1)})
    assert said in str(caught.value)


def test_every_defect_is_said_at_once() -> None:
    broken = GOOD.replace('grade = "B"', 'grade = "F"').replace("mean = 1", 'mean = "1"').replace("[one]", "[two]")
    with pytest.raises(EvidenceError) as caught:
        read_studies({"first": GOOD, "second": GOOD, "third": broken})
    assert str(caught.value).splitlines() == [
        "second.toml: one: it stands in first.toml already",
        "third.toml: two: grade: 'F' must be one of A, B, C, D, E",
        "third.toml: two: endpoint[0].mean: '1' must be a plain number",
    ]


def test_the_same_number_twice_is_a_defect() -> None:
    start = GOOD.index("[{ what") + 1
    line = GOOD[start : GOOD.rindex("]")]
    with pytest.raises(EvidenceError, match='the endpoint "total hairs" of "a" stands 2 times'):
        read_studies({"group": GOOD[:start] + line + ", " + line.replace("mean = 1", "mean = 2") + "]\n"})


def test_dois_are_well_formed_and_stand_once() -> None:
    dois = {key: source.doi for key, source in bibliography().items() if source.doi}
    assert [key for key, doi in dois.items() if not DOI.fullmatch(doi)] == []
    lowered = [doi.lower() for doi in dois.values()]
    assert len(set(lowered)) == len(lowered), "one paper has one key"


def test_every_source_of_a_study_says_who_and_when() -> None:
    for key in {key for study in EVERY for key in study.sources}:
        source = bibliography()[key]
        assert source.author
        assert source.title
        assert re.fullmatch(r"(19|20)\d\d", source.year)


def test_no_source_written_for_the_studies_stands_idle() -> None:
    text = files("anagen.evidence").joinpath("sources", "studies.bib").read_text(encoding="utf-8")
    assert set(re.findall(r"^@\w+\{(\w+),", text, re.MULTILINE)) <= {key for study in EVERY for key in study.sources}


def test_importing_is_quick_and_reads_nothing() -> None:
    """Nothing heavy is imported, and no file read, before a study is asked for."""
    code = """
import sys, time
start = time.process_time()
import anagen.evidence.studies as s
took = time.process_time() - start
heavy = {"cattrs", "pint", "numpy", "pybtex", "numba"} & set(sys.modules)
assert not heavy, heavy
assert s.studies.cache_info().currsize == 0
print(took)
"""
    took = min(
        float(subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout)
        for _ in range(3)
    )
    assert took < 0.1
