"""What is asked of a patch of scalp on the page: a severity by its name, or four numbers; both stand in the address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from math import isfinite
from urllib.parse import urlencode

from anagen.errors import Problem, ScenarioError, UnknownName
from anagen.evidence.claims import figures
from anagen.evidence.parameters import value
from anagen.nearest import nearest
from anagen.oxygen.damage import Damage
from anagen.oxygen.scene import Scene

EXPECTED = "expected"
STEPS = {"none": 0.0, "mild": 1 / 3, "moderate": 2 / 3, "severe": 1.0}
"""Severities by name, as shares of the way from health to `WORST_LOSS` and the rest."""
WORST_LOSS = 70.0
"""Percent of capillaries, at the severest that has a name."""
PERCENT = 100.0
FLOW_DIGITS, SHARE_DIGITS = 1, 0


@dataclass(frozen=True)
class Range:
    """What one number may be, and how it is asked for."""

    words: str
    unit: str
    low: float
    high: float
    digits: int
    hint: str


RANGES: dict[str, Range] = {
    "flow": Range("Blood flow", "mL/100 g/min", 0.1, 60, FLOW_DIGITS, "healthy scalp about 36, under bald scalp 14"),
    "loss": Range("Capillaries lost", "%", 0, 95, SHARE_DIGITS, "everywhere alike"),
    "calcium": Range("Calcium in vessel walls", "%", 0, 1000, SHARE_DIGITS, "of the worst that the model makes"),
    "scar": Range("Scarred tissue", "%", 0, 100, SHARE_DIGITS, "between follicles"),
}
ASKED_KEYS = ("severity", *RANGES)
"""Keys of the address that are about this screen alone."""


@dataclass(frozen=True)
class Asked:
    """One patch: `flow` in mL/hg/min, and how much is lost, calcified and scarred, in percent."""

    flow: float
    loss: float
    calcium: float
    scar: float

    @staticmethod
    def rounded(flow: float, loss: float, calcium: float, scar: float) -> Asked:
        """As precise as the page asks for, and within its bounds."""
        given = dict(zip(RANGES, (flow, loss, calcium, scar), strict=True))
        return Asked(**{key: _fitted(RANGES[key], number) for key, number in given.items()})

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """As they stand in an address."""
        return [(one.name, f"{getattr(self, one.name):g}") for one in fields(self)]

    @property
    def query(self) -> str:
        """The same, written."""
        return urlencode(self.pairs)

    @property
    def wall_resistance(self) -> float:
        """Of every vessel wall (mmHg s/um2)."""
        return value("calcified_wall_resistance") * self.calcium / PERCENT

    @property
    def diffusivity(self) -> float:
        """Factor on how well tissue between follicles lets oxygen through."""
        return 1 - value("fibrosis_diffusion_loss") * self.scar / PERCENT

    def scene(self, seed: int) -> Scene:
        """As the solver takes it; what is left of the vessels carries all the flow, as the closure reads it."""
        damage = Damage(
            loss=self.loss / PERCENT,
            wall_resistance=self.wall_resistance,
            permeability=self.diffusivity,
            keep_flow=True,
        )
        return Scene(flow=self.flow, damage=damage, seed=seed, source="this page")


def _fitted(one: Range, number: float) -> float:
    return round(min(max(number, one.low), one.high), one.digits)


@cache
def severities() -> Mapping[str, Asked]:
    """The four severities that have a name: even steps from health to the worst."""
    healthy, bald = value("flow_at_rest"), figures()["bald-scalp-flow"].value
    return {
        name: Asked.rounded(healthy + share * (bald - healthy), share * WORST_LOSS, share * PERCENT, share * PERCENT)
        for name, share in STEPS.items()
    }


def asked_of(given: Mapping[str, str]) -> Asked | None:
    """What an address asks for; None where it leaves that to what is expected of the person.

    Raises
    ------
    ScenarioError
        With a sentence for each number that cannot be used.
    UnknownName
        Where a severity has no such name.
    """
    name = given.get("severity", "").strip()
    numbers = {key: given.get(key, "").strip() for key in RANGES}
    if not any(numbers.values()):
        if name in ("", EXPECTED):
            return None
        if name not in severities():
            raise UnknownName("severity", name[:60], nearest(name, (*severities(), EXPECTED)))
        return severities()[name]
    healthy = severities()["none"]
    wrong: list[Problem] = []
    found = [_number(key, numbers[key], getattr(healthy, key), wrong) for key in RANGES]
    if wrong:
        raise ScenarioError(wrong)
    return Asked.rounded(*found)


def _number(key: str, text: str, otherwise: float, wrong: list[Problem]) -> float:
    """One number of an address; what is left out is as in health."""
    one = RANGES[key]
    try:
        number = float(text) if text else otherwise
    except ValueError:
        number = float("nan")
    if not (isfinite(number) and one.low <= number <= one.high):
        mend = f"write a number from {one.low:g} to {one.high:g} ({one.unit})"
        wrong.append(Problem("this page", one.words, f'"{text[:40]}"', mend))
        return otherwise
    return number
