"""Builders of intakes for the tests: amounts and strengths are read from text as in a file."""

from __future__ import annotations

from typing import Any

from anagen.quantities import read_amount, read_strength
from anagen.routine import Intake, Kind, Person
from anagen.scenario import Scenario


def intake(kind: Kind, product: str, amount: str, strength: str | None = None, **keys: Any) -> Intake:
    """An intake as a file would write it."""
    read = None if strength is None else read_strength(strength)
    return Intake(kind, product, read_amount(amount), strength=read, **keys)


def brine(amount: str = "4 mL", strength: str = "31 % w/w", **keys: Any) -> Intake:
    """Magnesium chloride brine on the scalp."""
    return intake("topical", "magnesium chloride brine", amount, strength, **keys)


def epsom_bath(**keys: Any) -> Intake:
    """500 g of Epsom salt in 150 L for 20 min, twice a week."""
    settings: dict[str, Any] = {"volume_l": 150.0, "duration_h": 1 / 3, "per": "week", "times": 2.0}
    return intake("bath", "epsom salt", "500 g", **(settings | keys))


def woman(**keys: Any) -> Person:
    """A woman of 34 in the United States."""
    settings: dict[str, Any] = {"age": 34.0, "sex": "female"}
    return Person(**(settings | keys))


def scenario(*intakes: Intake, **person: Any) -> Scenario:
    """A woman's routine."""
    return Scenario(woman(**person), intakes)


def codes(ledger: Any) -> list[str]:
    """The codes of a ledger's findings."""
    return [finding.code for finding in ledger.findings]
