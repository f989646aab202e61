"""Side effects as they were counted in people, each with its source, and the rate that a treatment adds to placebo.

The records are data, in `side_effects.toml`, which says what its keys mean. A rate is worked out from the two arms (see
`proportions`). What has no placebo arm has no rate of its own: some would have had it anyway.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Literal, get_args

from anagen.errors import Problem, UnusableFile, nearest_sentence
from anagen.evidence.parameters import Status
from anagen.evidence.proportions import Interval, difference, share
from anagen.evidence.study_words import TreatmentKind
from anagen.nearest import nearest
from anagen.toml_files import FileKind

Who = Literal["men", "women", "both"]
Way = Literal["oral", "topical"]
MAGNESIUM = "magnesium"
TREATMENTS: tuple[str, ...] = (*get_args(TreatmentKind), MAGNESIUM)


class SideEffectsError(UnusableFile):
    """Records of side effects that cannot be used, with every problem found in them."""


RECORDS = FileKind("side effects", SideEffectsError)


@dataclass(frozen=True)
class Arm:
    """How many of an arm had it."""

    events: int
    n: int

    @property
    def share(self) -> Interval:
        """The share, with its 95 % interval."""
        return share(self.events, self.n)


@dataclass(frozen=True)
class SideEffect:
    """One side effect of one treatment, as one source counted it.

    Attributes
    ----------
    treatment, route : what of a scenario it belongs to; "magnesium" is what is swallowed of it.
    dose, effect, who : in plain words; who was looked at.
    drug, placebo : the arms; None where there is none here, for the reason in `no_rate` or `no_placebo`.
    weeks : how long, None where no rate is known; `weeks_at_least` where that is the shortest time.
    source, place, status : where it stands and how it was read.
    counted : what was counted, where it was not people.
    contested : where sources conflict, in one sentence; `also` holds the keys of further sources.
    """

    name: str
    treatment: str
    route: Way
    dose: str
    effect: str
    who: Who
    source: str
    place: str
    status: Status
    drug: Arm | None = None
    placebo: Arm | None = None
    no_rate: str = ""
    no_placebo: str = ""
    weeks: float | None = None
    weeks_at_least: bool = False
    counted: str = ""
    contested: str = ""
    also: tuple[str, ...] = ()

    @property
    def sources(self) -> tuple[str, ...]:
        """The keys of its sources, the first the one that counted."""
        return (self.source, *self.also)

    @property
    def added(self) -> Interval | None:
        """What the drug adds to placebo, as a share of people; None where it cannot be told."""
        if self.drug is None or self.placebo is None:
            return None
        return difference(self.drug.events, self.drug.n, self.placebo.events, self.placebo.n)


TEXTS = ("treatment", "route", "dose", "effect", "who", "source", "place", "status")
MAY = ("no_rate", "no_placebo", "counted", "contested")
CHOICES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"treatment": TREATMENTS, "route": get_args(Way), "who": get_args(Who), "status": get_args(Status)}
)
KEYS = (*TEXTS, *MAY, "drug", "placebo", "weeks", "weeks_at_least", "also")


def _arm(record: Mapping[str, Any], key: str, wrong: list[tuple[str, str]]) -> Arm | None:
    """One arm; what is wrong with it is added to `wrong`."""
    given = record.get(key)
    if given is None:
        return None
    if (
        not isinstance(given, dict)
        or set(given) != {"events", "n"}
        or any(type(one) is not int for one in given.values())
    ):
        wrong.append((key, "it must hold two whole numbers, such as { events = 36, n = 945 }"))
        return None
    arm = Arm(**given)
    if not 0 <= arm.events <= arm.n or arm.n == 0:
        wrong.append((key, f"{arm.events} of {arm.n} people cannot be"))
        return None
    return arm


def _texts(record: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What is wrong with the keys and texts of a record."""
    wrong = [
        (key, f"no key is called this; {nearest_sentence(nearest(key, KEYS))}") for key in record if key not in KEYS
    ]
    wrong += [(key, "this key is needed") for key in TEXTS if key not in record]
    wrong += [(key, "it must be text in quotes") for key in (*TEXTS, *MAY) if not isinstance(record.get(key, ""), str)]
    for key, known in CHOICES.items():
        if record.get(key, known[0]) not in known:
            wrong.append((key, f"it must be one of {', '.join(known)}"))
    also = record.get("also", [])
    if not isinstance(also, list) or any(not isinstance(one, str) for one in also):  # pyright: ignore[reportUnknownVariableType]
        wrong.append(("also", 'it must be a list of texts, such as ["kaufman1998"]'))
    return wrong


def _counts(record: Mapping[str, Any], drug: Arm | None, placebo: Arm | None) -> list[tuple[str, str]]:
    """What is wrong with how the arms, and the reasons for leaving them out, go together."""
    wrong: list[tuple[str, str]] = []
    weeks = record.get("weeks")
    if ("drug" in record) == ("no_rate" in record):
        wrong.append(("drug", "either it or no_rate must be given, and not both"))
    elif drug is not None and ("placebo" in record) == ("no_placebo" in record):
        wrong.append(("placebo", "either it or no_placebo must be given, and not both"))
    if placebo is not None and "drug" not in record:
        wrong.append(("placebo", "it stands beside drug alone"))
    if drug is not None and (isinstance(weeks, bool) or not isinstance(weeks, int | float) or weeks <= 0):
        wrong.append(("weeks", "a number above 0 is needed where something was counted"))
    if not isinstance(record.get("weeks_at_least", False), bool):
        wrong.append(("weeks_at_least", "it must be true or false"))
    return wrong


def read_side_effects(text: str, source: str) -> Mapping[str, SideEffect]:
    """The records of a file by name; raises SideEffectsError with everything that is wrong."""
    found: dict[str, SideEffect] = {}
    problems: list[Problem] = []
    for name, record in RECORDS.data(text, source).items():
        if not isinstance(record, dict):
            problems.append(Problem(source, name, "", "it must be a table, [name]"))
            continue
        wrong = _texts(record)
        drug, placebo = (_arm(record, key, wrong) for key in ("drug", "placebo"))
        wrong += _counts(record, drug, placebo) if not wrong else []
        problems += [Problem(source, f"{name}.{key}", "", mend) for key, mend in wrong]
        if not wrong:
            arms: dict[str, Any] = {"drug": drug, "placebo": placebo, "also": tuple(record.get("also", ()))}
            found[name] = SideEffect(name, **{**record, **arms})
    if problems:
        raise SideEffectsError(problems)
    return MappingProxyType(found)


@cache
def side_effects() -> Mapping[str, SideEffect]:
    """Every side effect of the package by its name, in the order of the file."""
    text = files("anagen.evidence").joinpath("side_effects.toml").read_text(encoding="utf-8")
    return read_side_effects(text, "side_effects.toml")
