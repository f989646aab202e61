"""What a label's amounts are for, and how much of that is taken: servings, and what one serving is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from anagen.intake.label_words import LabelError
from anagen.intake.wording import figure
from anagen.quantities import Amount
from anagen.routine import Intake, Jurisdiction, OwnProduct


@dataclass(frozen=True)
class Taking:
    """How much is taken of what a label describes, and what the line leaves open.

    Attributes
    ----------
    servings : of the line's own serving, where no amount is given.
    amount : what is taken, "1 capsule"; serving : what one serving is, where the line does not say.
    label : "compound" or "elemental", where the line leaves it open.
    year, jurisdiction : whose daily value a percentage is of.
    own : products that the person described.
    """

    servings: float = 1.0
    amount: Amount | None = None
    serving: Amount | None = None
    label: Literal["compound", "elemental"] | None = None
    year: int | None = None
    jurisdiction: Jurisdiction = "US"
    own: tuple[OwnProduct, ...] = ()


@dataclass
class Content:
    """What a line says of an element: a mass, the element in it, a percentage, what they are for, what is taken."""

    mass: Amount | None = None
    stated: bool = False  # that the mass is of the element itself
    element: Amount | None = None
    percent: float | None = None
    word: str = ""
    basis: Amount | None = None
    taken: Amount | None = None


def times(amount: Amount, servings: float) -> Amount:
    """So many servings of an amount."""
    if servings == 1:
        return amount
    return replace(amount, text=f"{figure(servings)} x {amount.text}", magnitude=amount.magnitude * servings)


def by_serving(base: Intake, milligrams: float, content: Content, taking: Taking) -> tuple[Intake, float]:
    """An amount for each serving: takings are the user's, a serving is the label's; and what one serving is of it."""
    basis = _basis_of(content, taking)
    if basis is None:
        return replace(base, amount=_without_basis(milligrams, content, taking)), milligrams
    if basis.magnitude <= 0:
        raise LabelError(f'"{basis.text}" is no serving')
    if basis.kind == "volume":
        servings = taking.servings if taking.amount is None else _ratio(taking.amount, basis)
        one = Amount(f"{figure(milligrams)} mg in {basis.text}", milligrams, "mass")
        return replace(base, amount=times(one, servings)), milligrams
    taken = times(basis, taking.servings) if taking.amount is None else taking.amount
    if taken.counted == "serving" and basis.counted != "serving":
        taken = times(basis, taken.magnitude)
    _ratio(taken, basis)
    return replace(base, amount=taken, unit_mass_mg=milligrams / basis.magnitude), basis.magnitude


def _without_basis(milligrams: float, content: Content, taking: Taking) -> Amount:
    """So many servings of what the line gives, where it does not say what a serving is."""
    if taking.amount is not None and taking.amount.counted != "serving":
        raise LabelError(
            f'the line does not say how much "{taking.amount.text}" is of it;'
            ' paste "per 2 capsules" with it, or write serving = "2 capsules"'
        )
    servings = taking.servings if taking.amount is None else taking.amount.magnitude
    shown = content.mass.text if content.mass is not None and content.mass.magnitude == milligrams else ""
    return times(Amount(shown or f"{figure(milligrams)} mg", milligrams, "mass"), servings)


def _ratio(taken: Amount, basis: Amount) -> float:
    """How many of the label's servings an amount is."""
    if taken.counted == "serving":
        return taken.magnitude
    if taken.kind != basis.kind or taken.counted != basis.counted or basis.magnitude <= 0:
        raise LabelError(f'the label is for {basis.text}, and "{taken.text}" cannot be held against that')
    return taken.magnitude / basis.magnitude


def _basis_of(content: Content, taking: Taking) -> Amount | None:
    """What the amounts are for: the label's own words, where "per serving" may be spelled out by the user."""
    basis = content.basis
    if taking.serving is not None and (basis is None or basis.counted == "serving"):
        return times(taking.serving, basis.magnitude if basis is not None else 1.0)
    if taking.serving is not None:
        raise LabelError("the line itself says what a serving is; leave serving out")
    return basis
