"""What holds whatever is changed: one code for all hypotheses, no dead arrow, sources whole, no magnesium lost."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pybtex.database import Entry, parse_string

import anagen as ag
from anagen.body.absorption_view import absorption_view
from anagen.body.acute_answer import acute
from anagen.body.takings import takings_by_mouth
from anagen.evidence.claims import claims, figures
from anagen.evidence.parameters import parameters
from anagen.evidence.sources import bibliography
from anagen.evidence.studies import studies
from anagen.flowchart.chart import flowchart
from anagen.flowchart.evaluate import Evaluator
from anagen.flowchart.hypotheses import HYPOTHESES, Hypothesis, Override, chosen
from anagen.outlook.people import draw_parameters
from anagen.outlook.simulate import Frame, course, person_parameters
from anagen.quantities import read_amount
from anagen.routine import REGIONS, Intake, Person, Treatment

from .bench import EVERYTHING, LIVED_IN, PEOPLE, USUAL, central

CHART = flowchart()
HOME = Path(ag.__file__).parent
MAN = Person(age=35, sex="male")
OWN = Hypothesis(
    "own", "", frozenset({"calcification-lowers-flow"}), (Override("calcification_formation_rate", 0.02, 0.02),)
)
EVERY = (*HYPOTHESES.values(), OWN)


# one code for all hypotheses


@pytest.mark.parametrize("person", PEOPLE, ids=range(len(PEOPLE)))
def test_all_hypotheses_come_from_one_evaluator_by_gates(person: dict[str, float]) -> None:
    """Side by side along an axis of gates, each is what it is alone."""
    gates = {name: np.array([one.gates(CHART)[name] for one in EVERY]) for name in CHART.arrows}
    together = Evaluator(CHART, central(), gates)
    nodes, rates = together.nodes(person, LIVED_IN), together.rates(person, LIVED_IN)
    for place, one in enumerate(EVERY):
        alone = Evaluator(CHART, central(), one.gates(CHART))
        for found, theirs in ((alone.nodes(person, LIVED_IN), nodes), (alone.rates(person, LIVED_IN), rates)):
            for name, value in found.items():
                assert np.broadcast_to(theirs[name], (len(EVERY),))[place] == pytest.approx(value, rel=1e-12, abs=1e-15)


def frame(*hypotheses: Hypothesis, people: int = 12, person: Person = MAN) -> Frame:
    scenario = ag.Scenario(person, (), (Treatment("finasteride", dose=1.0),))
    return Frame(scenario, chosen(hypotheses), REGIONS, np.arange(people), 12.0, 12 * 50, 2, 8, 5)


def test_courses_side_by_side_are_those_alone() -> None:
    together = frame(*EVERY)
    whole = course(together, person_parameters(together))
    for place, one in enumerate(EVERY):
        single = frame(one)
        alone = course(single, person_parameters(single))
        for name, values in alone.tissue.items():
            np.testing.assert_allclose(values[:, 0], whole.tissue[name][:, place], rtol=1e-12, atol=1e-15)
        for name, parts in alone.drives.items():
            for mine, theirs in zip(parts, whole.drives[name], strict=True):
                np.testing.assert_allclose(mine[:, 0], theirs[:, place], rtol=1e-12, atol=1e-15)


def test_switching_hypotheses_compiles_nothing() -> None:
    from anagen.flowchart.compiled import assembled

    def run(*hypotheses: Hypothesis) -> int:
        one = frame(*hypotheses, people=2)
        course(one, person_parameters(one))
        return len(assembled().courses.signatures)

    before, module = run(HYPOTHESES["hybrid"]), assembled()
    for hypotheses in ((OWN,), (HYPOTHESES["calcification-first"],), EVERY):
        assert run(*hypotheses) == before
    assert assembled() is module


# no dead arrow


# somebody in whom each of these alone is anything but usual: an arrow may show in one person and not in another
ONLY_ONE: tuple[dict[str, float], ...] = tuple(
    {**USUAL, name: EVERYTHING[name]} for name in USUAL if EVERYTHING[name] != USUAL[name]
)


def everything_shown(person: dict[str, Any], gates: dict[str, Any]) -> np.ndarray:
    """Every node and rate, shape (what, gates tried)."""
    evaluator = Evaluator(CHART, central(), gates)
    found = {**evaluator.nodes(person, LIVED_IN), **evaluator.rates(person, LIVED_IN)}
    return np.array([np.broadcast_to(one, len(CHART.arrows) + 1) for one in found.values()])


def test_every_gate_moves_its_own_head_in_somebody() -> None:
    """All arrows at once: column 0 has every arrow on, column i the i-th off."""
    off = 1 - np.eye(len(CHART.arrows) + 1)[1:]
    gates = {name: off[place] for place, name in enumerate(CHART.arrows)}
    moved = np.zeros(len(CHART.arrows), dtype=bool)
    for person in (*PEOPLE, *ONLY_ONE):
        shown = everything_shown(person, gates)
        moved |= (np.abs(shown[:, 1:] - shown[:, :1]) > 1e-12).any(axis=0)
    assert [name for name, one in zip(CHART.arrows, moved, strict=True) if not one] == []


def test_every_hypothesis_moves_hair_or_scalp_in_drawn_people() -> None:
    together = frame(*EVERY)
    run = course(together, person_parameters(together))
    for i in range(len(EVERY)):
        for j in range(i):
            moved = [np.abs(values[:, i] - values[:, j]).max() for values in run.tissue.values()]
            moved += [np.abs(part[:, i] - part[:, j]).max() for parts in run.drives.values() for part in parts]
            assert max(moved) > 1e-6, (EVERY[i].name, EVERY[j].name)


# the bibliography


def keys_in_data() -> dict[str, set[str]]:
    """The keys that the evidence itself asks for, by where."""
    found: dict[str, set[str]] = {}
    for one in CHART.arrows.values():
        found[f"arrow {one.name}"] = {*one.sources_for, *one.sources_against}
    for record in parameters().values():
        found[f"record {record.name}"] = {record.source} - {"assumed"}
    for key, study in studies().items():
        found[f"study {key}"] = set(study.sources)
    for name, claim in claims().items():
        found[f"claim {name}"] = set(claim.sources)
    for name, figure in figures().items():
        found[f"figure {name}"] = {figure.source}
    return found


TABLES = re.compile(r'^\s*"?sources?"?\s*[=:]\s*(?P<keys>\[[^\]]*\]|"[^"]*")', re.MULTILINE)


def keys_in_tables() -> dict[str, set[str]]:
    """The keys that the tables of the ledger name: foods, products, limits, calcium, spacing."""
    found: dict[str, set[str]] = {}
    for path in sorted((HOME / "intake").rglob("*.toml")):
        text = path.read_text(encoding="utf-8")
        named = {key for match in TABLES.finditer(text) for key in re.findall(r'"([^"]+)"', match["keys"])}
        found[path.name] = named - {"assumed"}
    return found


def quoted_words() -> set[str]:
    """Every quoted word of the package's code and data."""
    texts = [path.read_text(encoding="utf-8") for path in HOME.rglob("*") if path.suffix in (".py", ".toml", ".csv")]
    return {word for text in texts for word in re.findall(r'"([A-Za-z0-9_]+)"', text)}


def bib_entries() -> dict[str, Entry]:
    folder = files("anagen.evidence").joinpath("sources")
    text = "\n".join(path.read_text("utf-8") for path in folder.iterdir() if path.name.endswith(".bib"))
    return dict(parse_string(text, "bibtex").entries)


def test_every_key_asked_for_is_in_the_bibliography() -> None:
    asked = {**keys_in_data(), **keys_in_tables()}
    assert {where: keys - set(bibliography()) for where, keys in asked.items() if keys - set(bibliography())} == {}
    assert sum(len(keys) for keys in keys_in_tables().values()) > 30, "the tables were read"


def told_in_records() -> set[str]:
    """The words of where in its source a record stands, and of its note: they may name a second source."""
    return {word for one in parameters().values() for word in re.findall(r"\w+", f"{one.place} {one.note}")}


def test_every_entry_is_used_by_something() -> None:
    asked = set[str]().union(*keys_in_data().values(), *keys_in_tables().values())
    assert set(bibliography()) - {"assumed"} - asked - quoted_words() - told_in_records() == set()


def test_dois_and_years_are_well_formed() -> None:
    wrong: list[str] = []
    for key, entry in bib_entries().items():
        doi, year = entry.fields.get("doi"), entry.fields.get("year")
        if doi is not None and re.fullmatch(r"10\.\d{4,9}/[^\s{}\"]+", doi) is None:
            wrong.append(f"{key}: doi = {doi}")
        if year is not None and re.fullmatch(r"1[5-9]\d\d|20\d\d", year) is None:
            wrong.append(f"{key}: year = {year}")
        if not (entry.fields.get("title") or entry.fields.get("note")):
            wrong.append(f"{key}: neither title nor note")
    assert wrong == []


def test_no_doi_stands_under_two_keys() -> None:
    seen: dict[str, list[str]] = {}
    for key, entry in bib_entries().items():
        if doi := entry.fields.get("doi"):
            seen.setdefault(doi.lower(), []).append(key)
    assert {doi: keys for doi, keys in seen.items() if len(keys) > 1} == {}


# magnesium

CLOCK = ("00:00", "07:00", "07:30", "12:00", "19:00", "23:45")
SALTS = ("magnesium oxide", "magnesium citrate", "magnesium glycinate", "magnesium hydroxide")
PILLS = st.builds(
    lambda salt, mg, at, coating: Intake(
        "supplement", salt, read_amount(f"{mg} mg"), label="elemental", at=tuple(at), times=float(len(at)),
        coating=coating,
    ),
    st.sampled_from(SALTS),
    st.integers(1, 900),
    st.lists(st.sampled_from(CLOCK), min_size=1, max_size=3, unique=True),
    st.sampled_from(["none", "enteric"]),
)  # fmt: skip
FOODS = st.builds(
    lambda food, grams: Intake("food", food, read_amount(f"{grams} g")),
    st.sampled_from(["black beans, boiled", "brown rice, cooked"]),
    st.integers(1, 600),
)


def routine(pills: list[Intake], foods: list[Intake], egfr: float = 90.0) -> ag.Scenario:
    return ag.Scenario(Person(age=50, sex="female", egfr=egfr), (*pills, *foods))


@settings(max_examples=60, deadline=None)
@given(st.lists(PILLS, max_size=3), st.lists(FOODS, max_size=2))
def test_no_meal_gives_more_than_was_swallowed(pills: list[Intake], foods: list[Intake]) -> None:
    scenario = routine(pills, foods)
    rows = absorption_view(scenario)
    for row in rows:
        assert 0 <= row.mg_absorbed <= row.mg_in * (1 + 1e-12)
        assert all(0 <= factor <= 1 for factor in row.factors.values())
    swallowed = sum(row.mg_in for row in rows)
    taken = sum(taking.mg for taking in takings_by_mouth(scenario))
    diet = sum(taking.mg for taking in takings_by_mouth(scenario) if taking.is_diet)
    usual = sum(row.mg_in for row in absorption_view(routine([], [])))
    assert swallowed == pytest.approx(taken + max(usual - diet, 0), rel=1e-9), "food is made up to a usual day's"


@settings(max_examples=12, deadline=None)
@given(st.lists(PILLS, min_size=1, max_size=3), st.lists(FOODS, max_size=1), st.sampled_from([8.0, 25.0, 60.0, 120.0]))
def test_the_acute_view_loses_no_magnesium(pills: list[Intake], foods: list[Intake], egfr: float) -> None:
    found = acute(routine(pills, foods, egfr), draws=0, hours=24.0)
    assert abs(found.imbalance) < 1e-6 * max(sum(one.mg for one in found.doses), 1.0)
    assert sum(one.mg for one in found.doses) == pytest.approx(
        sum(one.mg for one in takings_by_mouth(routine(pills, foods, egfr)) if not one.is_diet)
    )


def test_the_flowchart_absorbs_no_more_than_is_taken_in() -> None:
    """From the usual diet up; drawn people, and the most the skin could let through."""
    drawn = draw_parameters(parameters(), REGIONS, np.arange(400), 2)
    evaluator = Evaluator(CHART, drawn, {})
    for food in (280.0, 400.0, 2000.0):
        for oral in (0.0, 1.0, 300.0, 3000.0):
            for skin in (0.0, 50.0):
                given_now = {**USUAL, "food_magnesium": food, "oral_magnesium": oral, "skin_magnesium": skin}
                absorbed = evaluator.nodes(given_now, LIVED_IN, ("absorbed_magnesium",))["absorbed_magnesium"]
                assert (absorbed > 0).all()
                assert (absorbed <= food + oral + skin).all()


def test_the_ledger_counts_every_milligram_once() -> None:
    """What the lines hold is what the totals say, and what is counted is no more than what is there."""
    for path in sorted((Path(__file__).parents[2] / "examples").glob("*.toml")):
        ledger = ag.tally(ag.Scenario.load(path))
        lines, totals = sum(item.known_mg_per_day for item in ledger.items if item.kind != "bath"), ledger.totals
        added = totals.food + totals.water + totals.supplement + totals.medicine + totals.skin_applied
        assert added == pytest.approx(lines)
        assert totals.counted <= added + totals.skin_flux.high + 1e-9
