"""The claims of the thread and the flowchart: what each says, what speaks for and against it, and what would test it.

The records are data, in `claims.toml`: `[figure.NAME]` is a published number that an experiment is held against, and
`[claim.NAME]` a claim. The grade of a piece of evidence is that of the evidence as it bears on the claim: that bald
scalp holds more DHT was measured in people, and is still only a hypothesis about inflammation.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Literal, get_args

from anagen.errors import UnknownName
from anagen.evidence.parameters import EvidenceError, Grade, Status
from anagen.nearest import nearest

Standing = Literal["supported", "limited", "contested", "unproven", "against"]
UNGRADED = ""
"""In the place of a grade: a rule, a matter of chemistry, or that no study was found."""

SEARCHED = "nonefound"
"""The source of what was looked for and not found."""

STANDING_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "supported": "the evidence speaks for it",
        "limited": "true, with a limit",
        "contested": "sources conflict",
        "unproven": "unproven",
        "against": "the evidence speaks against it",
    }
)
WEAKEST_FIRST: tuple[Status, ...] = ("assumed", "recalled", "secondary", "derived", "checked")


@dataclass(frozen=True)
class Ground:
    """One piece of evidence, for a claim or against it.

    Attributes
    ----------
    source : key of the bibliography; says : what it found, in one sentence.
    grade : A to E as it bears on the claim, or "" where a grade has no meaning.
    status : how it was read (checked, secondary, derived, recalled).
    """

    source: str
    says: str
    grade: Grade | Literal[""]
    status: Status


@dataclass(frozen=True)
class Claim:
    """A claim and what is known of it.

    Attributes
    ----------
    name : kebab-case; topic : what it is about; says : the claim, fairly put, in one sentence.
    arrows : names of the arrows of the flowchart that it rests on; empty where it is about a routine.
    grounds_for, grounds_against : the evidence.
    grade : of the best evidence for it.
    would_need : what would have to be true.
    experiment : name of the experiment that the model can run, or None.
    standing : how it stands, in one of five words; verdict : the same in a line.
    """

    name: str
    topic: str
    says: str
    arrows: tuple[str, ...]
    grounds_for: tuple[Ground, ...]
    grounds_against: tuple[Ground, ...]
    grade: Grade
    would_need: str
    experiment: str | None
    standing: Standing
    verdict: str

    @property
    def grounds(self) -> tuple[Ground, ...]:
        """All of the evidence, for it first."""
        return self.grounds_for + self.grounds_against

    @property
    def status(self) -> Status:
        """How the least well read piece of its evidence was read."""
        found = {ground.status for ground in self.grounds}
        return next(status for status in WEAKEST_FIRST if status in found)

    @property
    def sources(self) -> tuple[str, ...]:
        """The keys of its sources, each once, in reading order."""
        return tuple(dict.fromkeys(ground.source for ground in self.grounds))

    def to_dict(self) -> dict[str, object]:
        """As it stands in the JSON."""
        return {
            "name": self.name,
            "topic": self.topic,
            "says": self.says,
            "verdict": self.verdict,
            "standing": self.standing,
            "grade": self.grade,
            "status": self.status,
            "arrows": list(self.arrows),
            "for": [asdict(ground) for ground in self.grounds_for],
            "against": [asdict(ground) for ground in self.grounds_against],
            "would_need": self.would_need,
            "experiment": self.experiment,
        }


@dataclass(frozen=True)
class Figure:
    """A published number that an experiment is held against; `place` says what it is and where it stands."""

    name: str
    value: float
    unit: str
    source: str
    place: str
    status: Status


def _one_of(word: Any, words: tuple[str, ...], key: str) -> Any:
    if word not in words:
        raise EvidenceError(f"{key} = {word!r}: it must be one of {', '.join(repr(one) for one in words)}")
    return word


def _whole(record: dict[str, Any], keys: tuple[str, ...]) -> None:
    """Raise EvidenceError where a record lacks a key or has one too many."""
    if missing := [key for key in keys if key not in record]:
        raise EvidenceError(f"it lacks {', '.join(missing)}")
    if extra := [key for key in record if key not in keys]:
        raise EvidenceError(f"it has {', '.join(extra)}, which no record has")


def _ground(record: dict[str, Any]) -> Ground:
    _whole(record, ("source", "says", "grade", "status"))
    grade = _one_of(record["grade"], (UNGRADED, *get_args(Grade)), "grade")
    return Ground(record["source"], record["says"], grade, _one_of(record["status"], get_args(Status), "status"))


def best_grade(grounds: tuple[Ground, ...]) -> Grade:
    """The best grade among some pieces of evidence; E where none has one."""
    found = {ground.grade for ground in grounds}
    return next((grade for grade in get_args(Grade) if grade in found), "E")


CLAIM_KEYS = ("topic", "says", "arrows", "for", "against", "grade", "would_need", "experiment", "standing", "verdict")


def _claim(name: str, record: dict[str, Any]) -> Claim:
    _whole(record, CLAIM_KEYS)
    grounds_for, grounds_against = (tuple(_ground(one) for one in record[side]) for side in ("for", "against"))
    best = best_grade(grounds_for)
    if record["grade"] != best:
        raise EvidenceError(f"grade = {record['grade']!r}: the best evidence for it is of grade {best}")
    return Claim(
        name=name,
        topic=record["topic"],
        says=record["says"],
        arrows=tuple(record["arrows"]),
        grounds_for=grounds_for,
        grounds_against=grounds_against,
        grade=best,
        would_need=record["would_need"],
        experiment=record["experiment"] or None,
        standing=_one_of(record["standing"], get_args(Standing), "standing"),
        verdict=record["verdict"],
    )


def _figure(name: str, record: dict[str, Any]) -> Figure:
    _whole(record, ("value", "unit", "source", "place", "status"))
    status = _one_of(record["status"], get_args(Status), "status")
    return Figure(name, float(record["value"]), record["unit"], record["source"], record["place"], status)


def read_claims(text: str) -> tuple[Mapping[str, Claim], Mapping[str, Figure]]:
    """The claims and the figures of a file, by name; raises EvidenceError that names every broken record."""
    tables = tomllib.loads(text)
    claims: dict[str, Claim] = {}
    figures: dict[str, Figure] = {}
    problems: list[str] = []
    for kind, read, found in (("claim", _claim, claims), ("figure", _figure, figures)):
        for name, record in tables.pop(kind, {}).items():
            try:
                found[name] = read(name, record)  # type: ignore[assignment]
            except (EvidenceError, TypeError, ValueError) as error:
                problems.append(f"claims.toml: {kind}.{name}: {error}")
    problems += [f"claims.toml: {name}: only [claim.NAME] and [figure.NAME] stand here" for name in tables]
    if problems:
        raise EvidenceError("\n".join(problems))
    return MappingProxyType(claims), MappingProxyType(figures)


@cache
def _records() -> tuple[Mapping[str, Claim], Mapping[str, Figure]]:
    return read_claims(files("anagen.evidence").joinpath("claims.toml").read_text(encoding="utf-8"))


def claims() -> Mapping[str, Claim]:
    """Every claim by its name, in the order of the file."""
    return _records()[0]


def figures() -> Mapping[str, Figure]:
    """Every published number that an experiment is held against."""
    return _records()[1]


def find_claim(name: str) -> Claim:
    """One claim by its name, however it is spaced; raises UnknownName, with the nearest, where there is none."""
    wanted = "-".join(name.casefold().replace("_", " ").replace("-", " ").split())
    if wanted not in claims():
        raise UnknownName("claim", name, nearest(wanted, claims()))
    return claims()[wanted]
