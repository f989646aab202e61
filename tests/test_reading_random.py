"""Random, mutated and meaningless files: a scenario or plain sentences, never anything else."""

from __future__ import annotations

import json
import math
from dataclasses import fields
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, get_args

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anagen.errors import Problem, ScenarioError
from anagen.intake.ledger import Verdict, tally
from anagen.reading import KIND_TABLES, PersonTable, TreatmentTable
from anagen.routine import TreatmentKind
from anagen.scenario import Scenario

THREAD = (Path(__file__).parents[1] / "examples" / "thread.toml").read_text(encoding="utf-8")
PERSON = '[person]\nage = 34\nsex = "female"\n'
LONGEST_SENTENCE = 600
EXAMPLES = 250


def check_sentences(problems: tuple[Problem, ...]) -> None:
    """A refusal names at least one problem, each in one plain sentence that says how to mend it."""
    assert problems
    assert all(problem.mend for problem in problems)
    assert all(str(problem).isprintable() and len(str(problem)) < LONGEST_SENTENCE for problem in problems)


def loaded_or_refused(text: str) -> Scenario | None:
    """The scenario a text holds, weighed without a slip; or None where it is refused in plain sentences."""
    try:
        scenario = Scenario.loads(text)
    except ScenarioError as error:
        check_sentences(error.problems)
        return None
    ledger = tally(scenario)
    assert ledger.verdict in get_args(Verdict)
    assert ledger.exit_status in (0, 1)
    assert len(ledger.items) == len(scenario.intakes)
    assert math.isfinite(ledger.totals.counted)
    assert ledger.totals.counted >= 0
    back = json.loads(json.dumps(ledger.to_dict(), allow_nan=False, ensure_ascii=False).encode())
    assert back["verdict"] == ledger.verdict
    return scenario


# a tiny writer of TOML


def toml(value: Any) -> str:
    """A value as TOML."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, list):
        return f"[{', '.join(map(toml, value))}]"
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{quoted(key)} = {toml(inner)}' for key, inner in value.items())} }}"
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    return repr(value)


def quoted(text: str) -> str:
    """A text as a basic string; what TOML allows only escaped is escaped."""
    return '"' + "".join(c if c.isprintable() and c not in '"\\' else f"\\U{ord(c):08x}" for c in text) + '"'


def document(tables: dict[str, Any]) -> str:
    """Top-level keys as one line each, in inline tables."""
    return "".join(f"{quoted(key)} = {toml(value)}\n" for key, value in tables.items())


def test_the_writer_writes_toml() -> None:
    import tomllib

    tables = {"a b": [1, -2.5, True, 'q"\\\n\x1b'], "d": {"e.f": [], "": {"g": date(2024, 1, 2)}}, "t": time(7, 30)}
    assert tomllib.loads(document(tables)) == tables


# random files that are nearly right

LETTERS = st.characters(exclude_categories=["Cs"])
TEXT = st.text(LETTERS, max_size=12)
NUMBER = st.one_of(
    st.integers(-10, 200), st.floats(), st.floats(0, 100), st.sampled_from([0, 10**30, 2**64, -0.0, 1e300, 5e-324])
)
NUMBER_TEXT = st.sampled_from(
    ["4", "0", "-1", "1e3", "1/2", "31", "500", "150", "1e308", "0.15", "nan", ".5", "1,5", "2", "99", "1e-9"]
)
UNIT_TEXT = st.sampled_from(
    ["mL", "mg", "g", "kg", "tablets", "sprays", "h", "min", "% w/w", "% w/v", "%", "mg/mL", "mg/L", "cup", "serving",
     "L", "cm2", "years", "tsp", "sachet", "piece", ": 1", ": 3 flakes : water by mass", "g^9", "", "blobs", "U"]
)  # fmt: skip
QUANTITY = st.builds("{} {}".format, NUMBER_TEXT, UNIT_TEXT)
WORD = st.sampled_from(
    ["magnesium chloride brine", "magnesium oxide", "MgO", "multivitamin", "epsom salt", "milk of magnesia", "the tap",
     "black beans, boiled", "brown rice, cooked", "magnesium chloride flakes", "magnesium lotion", "beans", "oil",
     "day", "week", "compound", "elemental", "scalp", "thinning area", "intact", "broken", "enteric", "none", "female",
     "male", "US", "EU", "UK", "DE", "NO", "WHO", "ANZ", "JP", "western", "III vertex", "Ludwig II", "vertex", "07:00",
     "oral", "topical", "myasthenia gravis", "kidney disease", "levothyroxine", "aloe gel 4 mL", "coconut oil 1 tsp"]
)  # fmt: skip
DATES = st.one_of(st.dates(), st.times(), st.datetimes())
SCALAR = st.one_of(TEXT, NUMBER, st.booleans(), QUANTITY, WORD, DATES)
VALUE = st.recursive(
    SCALAR, lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(TEXT, inner, max_size=3)), max_leaves=5
)

INTAKE_TABLES = set(KIND_TABLES.values())
PERSON_KEYS = [*(one.name for one in fields(PersonTable)), "agee"]
INTAKE_KEYS = sorted({one.name for table in INTAKE_TABLES for one in fields(table)} - {"kind"} | {"dose"})
TREATMENT_KEYS = [*(one.name for one in fields(TreatmentTable)), "label"]
LIKELY = st.one_of(
    QUANTITY, WORD, st.integers(1, 110), st.floats(0, 10), st.booleans(), st.lists(WORD, max_size=2), VALUE
)


def among(*values: object) -> st.SearchStrategy[Any]:
    return st.sampled_from(values)


def table(needed: dict[str, Any], others: dict[str, Any], keys: list[str]) -> st.SearchStrategy[dict[str, Any]]:
    """A table that is right, or has up to two keys spoiled."""
    spoiling = st.one_of(st.just({}), st.dictionaries(st.sampled_from(keys), LIKELY, max_size=2))
    return st.builds(lambda right, wrong: {**right, **wrong}, st.fixed_dictionaries(needed, optional=others), spoiling)


PERSONS = table(
    {"age": st.integers(1, 110), "sex": st.just("female")},
    {
        "mass_kg": st.floats(2, 400),
        "egfr": st.floats(0, 200),
        "creatinine_mg_dl": st.floats(0.1, 30),
        "jurisdiction": among("US", "EU", "UK", "DE", "NO", "WHO", "ANZ", "JP"),
        "margin": st.floats(0, 1),
        "pregnant": st.booleans(),
        "smoker": st.booleans(),
        "conditions": st.lists(among("myasthenia gravis", "kidney disease", "gout"), max_size=2),
        "medicines": st.just([{"name": "levothyroxine", "at": "07:00"}, {"name": "doxycycline"}]),
        "hairs_per_cm2": st.just({"vertex": 150}),
    },
    PERSON_KEYS,
)
LABELS, STRENGTHS = among("compound", "elemental"), among("31 % w/w", "31 %", "20 % w/v", "101 mg/mL", "1 : 3")
PRODUCTS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {  # by kind: what an intake needs, and what it may have
    "food": (
        {
            "product": among("black beans, boiled", "Brown Rice, cooked"),
            "amount": among("1 cup", "150 g", "1/2 serving"),
        },
        {},
    ),
    "water": (
        {
            "product": among("the tap", "mine"),
            "amount": among("1.5 L", "0 mL"),
            "strength": among("110 mg/L", "9 mg/L"),
        },
        {},
    ),
    "supplement": (
        {"product": among("multivitamin", "MgO", "magnesium citrate"), "amount": among("400 mg", "0.2 g", "2 tablets")},
        {"label": LABELS, "unit_mass": among("500 mg", "1 g"), "coating": among("enteric", "none")},
    ),
    "medicine": (
        {"product": among("milk of magnesia", "epsom salt"), "amount": among("15 mL", "2 tsp", "500 mg")},
        {"label": LABELS, "strength": among("8 % w/v", "33 mg/mL", "8 %")},
    ),
    "topical": (
        {
            "product": among("magnesium chloride brine", "magnesium chloride flakes", "magnesium lotion"),
            "amount": among("4 mL", "10 g", "10 sprays"),
            "strength": STRENGTHS,
            "spray_volume": among("0.15 mL", "0.05 mL"),
        },
        {
            "contact": among("8 h", "90 min", "0 h"),
            "area": among("scalp", "thinning area", "50 cm2"),
            "skin": among("intact", "broken"),
            "mixed_with": st.lists(among("aloe gel 4 mL", "coconut oil 1 tsp", "water"), max_size=2),
        },
    ),
    "bath": (
        {
            "product": among("epsom salt", "magnesium chloride flakes"),
            "amount": among("500 g", "0 g", "2 kg"),
            "volume": among("150 L", "10 L"),
            "duration": among("20 min", "1 hour"),
        },
        {},
    ),
}
TIMING = {
    "per": among("day", "week"),
    "times": st.floats(0, 4),
    "at": st.lists(among("07:00", "21:30"), max_size=2),
    "from_age": st.integers(1, 40),
    "to_age": st.integers(41, 110),
}


def intakes_of(kind: str) -> st.SearchStrategy[dict[str, Any]]:
    """An [[intake]] of one kind."""
    needed, others = PRODUCTS[kind]
    return table({"kind": st.just(kind), **needed}, {**others, **TIMING}, INTAKE_KEYS)


INTAKES = st.sampled_from(sorted(PRODUCTS)).flatmap(intakes_of)
TREATMENT = table(
    {
        "kind": among(*get_args(TreatmentKind)),
        "dose": among("1 mg", "1 mL", "4 min", "150 U", "40 grafts/cm2", "2.5 mg"),
    },
    {"strength": st.just("5 %"), "per": among("day", "week", "month", "year"), "region": st.just("vertex")},
    TREATMENT_KEYS,
)
FILES = st.fixed_dictionaries(
    {"person": PERSONS},
    optional={
        "intake": st.lists(INTAKES, max_size=3),
        "treatment": st.lists(TREATMENT, max_size=2),
    },
)
CAREFREE = settings(
    deadline=None, max_examples=EXAMPLES, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@given(FILES)
@CAREFREE
def test_files_that_are_right_or_nearly_so(tables: dict[str, Any]) -> None:
    loaded_or_refused(document(tables))


@given(st.lists(INTAKES, min_size=1, max_size=1))
@CAREFREE
def test_one_intake_that_is_right_or_nearly_so(intakes: list[dict[str, Any]]) -> None:
    scenario = loaded_or_refused(document({"person": {"age": 34, "sex": "male"}, "intake": intakes}))
    assert scenario is None or len(scenario.intakes) == 1


@given(st.dictionaries(st.one_of(TEXT, st.sampled_from(["person", "intake", "treatment"])), VALUE, max_size=4))
@CAREFREE
def test_files_that_are_toml_and_no_more(tables: dict[str, Any]) -> None:
    loaded_or_refused(document(tables))


@given(QUANTITY, st.one_of(STRENGTHS, QUANTITY), st.one_of(among("8 h"), QUANTITY))
@CAREFREE
def test_brines_of_any_quantity(amount: str, strength: str, contact: str) -> None:
    keys = {"amount": amount, "strength": strength, "contact": contact, "spray_volume": "0.15 mL"}
    one = {"kind": "topical", "product": "magnesium chloride brine", **keys}
    loaded_or_refused(document({"person": {"age": 34, "sex": "male"}, "intake": [one]}))


# a good file, spoiled

LINES = THREAD.splitlines()
Edit = tuple[str, int, Any]
EDITS = st.one_of(
    st.tuples(st.just("delete"), st.integers(0, len(LINES) - 1), st.none()),
    st.tuples(st.just("double"), st.integers(0, len(LINES) - 1), st.none()),
    st.tuples(st.just("replace"), st.integers(0, len(LINES) - 1), st.text(max_size=20)),
    st.tuples(st.just("value"), st.integers(0, len(LINES) - 1), VALUE.map(toml)),
    st.tuples(st.just("value"), st.integers(0, len(LINES) - 1), LIKELY.map(toml)),
    st.tuples(st.just("key"), st.integers(0, len(LINES) - 1), st.sampled_from(INTAKE_KEYS + PERSON_KEYS)),
    st.tuples(st.just("move"), st.integers(0, len(LINES) - 1), st.integers(0, len(LINES) - 1)),
    st.tuples(st.just("cut"), st.integers(0, len(LINES) - 1), st.integers(0, 40)),
)


def spoiled(edits: list[Edit]) -> str:
    """The thread's scenario after some edits."""
    lines = list(LINES)
    for what, number, new in edits:
        at = number % len(lines) if lines else 0
        line = lines[at] if lines else ""
        key, sign, value = line.partition(" = ")
        changed = {
            "delete": [],
            "double": [line, line],
            "replace": [new],
            "value": [f"{key} = {new}"] if sign else [line],
            "key": [f"{new} = {value}"] if sign else [line],
            "cut": [line[: new or 0]] if what == "cut" else [],
        }
        if what == "move":
            lines.insert(new % max(len(lines), 1), lines.pop(at) if lines else "")
        else:
            lines[at : at + 1] = changed[what]
    return "\n".join(lines)


def test_the_file_that_is_spoiled_is_good() -> None:
    assert loaded_or_refused(spoiled([])) is not None


@given(st.lists(EDITS, min_size=1, max_size=4))
@CAREFREE
def test_a_good_file_spoiled(edits: list[Edit]) -> None:
    loaded_or_refused(spoiled(edits))


@given(st.integers(0, len(THREAD)), st.integers(0, 5), st.text(max_size=5))
@CAREFREE
def test_a_good_file_with_a_few_letters_changed(place: int, length: int, new: str) -> None:
    loaded_or_refused(THREAD[:place] + new + THREAD[place + length :])


# no file at all


@given(st.text())
@CAREFREE
def test_any_text_at_all(text: str) -> None:
    assert loaded_or_refused(text) is None


@given(st.text(alphabet="[]{}\"'=.,#\n 0-_aeinprsotk+:T\\", max_size=80))
@CAREFREE
def test_any_text_that_looks_like_toml(text: str) -> None:
    loaded_or_refused(text)


@given(st.text(max_size=30))
@CAREFREE
def test_any_name(text: str) -> None:
    scenario = loaded_or_refused(f"{PERSON}name = {quoted(text.encode('utf-8', 'ignore').decode())}\n")
    assert scenario is None or scenario.person.name == " ".join(scenario.person.name.split())
