"""What a label line amounts to: milligrams, percentages of a daily value, strengths, and where they contradict.

A mass, the element in it and a percentage are held against each other; of two readings the one that counts more is
used.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from anagen.evidence.parameters import value
from anagen.intake.catalogue import exact, find_own, spelled
from anagen.intake.dailyvalue import DailyValue, daily_value, others
from anagen.intake.label_name import Head
from anagen.intake.label_words import LabelError, Line
from anagen.intake.products import Product, share_of
from anagen.intake.wording import figure
from anagen.quantities import Amount, Strength
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
    """What a line says of its magnesium: a mass, the element in it, a percentage, what they are for, what is taken."""

    mass: Amount | None = None
    stated: bool = False  # that the mass is of magnesium itself
    element: Amount | None = None
    percent: float | None = None
    word: str = ""
    basis: Amount | None = None
    taken: Amount | None = None


def intake_of(line: Line, head: Head, content: Content, taking: Taking) -> Intake:
    """The intake that a line describes."""
    own = find_own(head.kind, head.match.name, taking.own)
    base = Intake(head.kind, _shown_name(head), Amount("", 0.0, "mass"), label=taking.label, own=own)
    if content.stated and taking.label == "compound":
        raise LabelError("the line itself says that the amount is of magnesium; leave label out")
    if content.mass is None and content.percent is None:
        return _by_content(base, content, taking)
    if content.basis is not None and content.basis.kind == "volume" and content.mass is not None:
        return _by_strength(line, head, content, taking, base)
    milligrams, label = _milligrams(line, head, content, taking)
    return by_serving(replace(base, label=label), milligrams, content, taking)


def _shown_name(head: Head) -> str:
    """The name as the ledger shows it: as on the label where that is a full name, else the table's."""
    full = spelled(head.match.name)
    found = exact(head.kind, full)
    named = isinstance(found, Product) and found.name == head.match.product.name and full.startswith("magnesium ")
    return full if named else head.match.product.name


def _by_content(base: Intake, content: Content, taking: Taking) -> Intake:
    """A line without a content of its own: "Milk of magnesia 30 mL"."""
    amount = taking.amount or (None if content.taken is None else times(content.taken, taking.servings))
    if amount is None:
        raise LabelError('no amount of magnesium is found in it, such as "150 mg", "25 % DV" or "30 mL"')
    return replace(base, amount=amount)


def _milligrams(
    line: Line, head: Head, content: Content, taking: Taking
) -> tuple[float, Literal["compound", "elemental"] | None]:
    """mg in one serving and what they are of; mass, element and percentage are held against each other."""
    chosen = daily_value(taking.year, taking.jurisdiction, content.word)
    label = "elemental" if content.stated else taking.label
    if content.mass is None:
        assert content.percent is not None
        _tell_percent(line, content.percent, chosen, taking)
        return chosen.mg_of(content.percent), "elemental"
    mass = content.mass.magnitude
    if content.element is not None:
        mass, label = _element_of(line, head, mass, content.element.magnitude), "elemental"
    if content.percent is None:
        return mass, label
    return _held_against(line, head, content.percent, mass, label, chosen)


def _element_of(line: Line, head: Head, mass: float, element: float) -> float:
    """The element that a compound is said to hold; a finding where the formula gives something else."""
    by_formula = mass * share_of(head.match.product)
    if not head.element and abs(element - by_formula) > value("label_agreement") * by_formula:
        line.say(
            "label-contradiction",
            "caution",
            f"The label declares {figure(element)} mg of magnesium in {figure(mass)} mg of {head.match.product.name},"
            f" and the formula gives {figure(by_formula)} mg; the larger is counted.",
            "molarmass",
        )
    return max(element, by_formula) if not head.element else element


def _held_against(
    line: Line,
    head: Head,
    share: float,
    mass: float,
    label: Literal["compound", "elemental"] | None,
    chosen: DailyValue,
) -> tuple[float, Literal["compound", "elemental"] | None]:
    """A mass and a percentage together: they may settle what the mass is of, or contradict each other."""
    compound = mass * share_of(head.match.product)
    readings: list[tuple[Literal["compound", "elemental"], float]] = [("elemental", mass), ("compound", compound)]
    for meant, magnesium in readings:
        if label not in (None, meant):
            continue
        for one in (chosen, *others(chosen)):
            if one.agrees(share, magnesium):
                _tell_agreement(line, share, one, chosen, meant if label is None else None)
                return mass, meant
    stated = mass if label != "compound" else compound
    by_percent = chosen.mg_of(share)
    larger = max(stated, by_percent)
    line.say(
        "label-contradiction",
        "caution",
        f"{figure(stated)} mg is {figure(100 * stated / chosen.mg)} % of {figure(chosen.mg)} mg ({chosen.place}), and"
        f" the label prints {figure(share)} %; the larger, {figure(larger)} mg, is counted.",
        chosen.source,
    )
    return larger, "elemental"


def _tell_agreement(line: Line, share: float, one: DailyValue, chosen: DailyValue, settles: str | None) -> None:
    """Say what the percentage was good for, if anything."""
    if settles is not None:
        of = "of magnesium itself" if settles == "elemental" else "of the compound"
        line.say(
            "daily-value", "note", f"{figure(share)} % of {figure(one.mg)} mg tells that the mass is {of}.", one.source
        )
    elif one.record != chosen.record:
        line.say("daily-value", "note", f"{figure(share)} % is of {figure(one.mg)} mg, {one.place}.", one.source)


def _tell_percent(line: Line, share: float, chosen: DailyValue, taking: Taking) -> None:
    """Say what a lone percentage was taken of, and what it would be of another daily value."""
    line.say("daily-value", "note", percent_message(share, chosen, taking.year is None), chosen.source)


def percent_message(share: float, chosen: DailyValue, open_year: bool) -> str:
    """A percentage in milligrams, in one or two sentences."""
    message = f"{figure(share)} % of {figure(chosen.mg)} mg, {chosen.place}, is {figure(chosen.mg_of(share))} mg."
    if not open_year:
        return message
    rest = ", ".join(f"{figure(one.mg_of(share))} mg by {one.place} ({figure(one.mg)} mg)" for one in others(chosen))
    return f"{message} It would be {rest}."


def times(amount: Amount, servings: float) -> Amount:
    """So many servings of an amount."""
    if servings == 1:
        return amount
    return replace(amount, text=f"{figure(servings)} x {amount.text}", magnitude=amount.magnitude * servings)


def _ratio(taken: Amount, basis: Amount) -> float:
    """How many of the label's servings an amount is."""
    if taken.counted == "serving":
        return taken.magnitude
    if taken.kind != basis.kind or taken.counted != basis.counted or basis.magnitude <= 0:
        raise LabelError(f'the label is for {basis.text}, and "{taken.text}" cannot be held against that')
    return taken.magnitude / basis.magnitude


def by_serving(base: Intake, milligrams: float, content: Content, taking: Taking) -> Intake:
    """An amount for each serving: takings are the user's, a serving is the label's."""
    basis = _basis_of(content, taking)
    if basis is None:
        if taking.amount is not None and taking.amount.counted != "serving":
            raise LabelError(
                f'the line does not say how much "{taking.amount.text}" is of it;'
                ' paste "per 2 capsules" with it, or write serving = "2 capsules"'
            )
        servings = taking.servings if taking.amount is None else taking.amount.magnitude
        shown = content.mass.text if content.mass is not None and content.mass.magnitude == milligrams else ""
        return replace(base, amount=times(Amount(shown or f"{figure(milligrams)} mg", milligrams, "mass"), servings))
    if basis.magnitude <= 0:
        raise LabelError(f'"{basis.text}" is no serving')
    if basis.kind == "volume":
        servings = taking.servings if taking.amount is None else _ratio(taking.amount, basis)
        return replace(
            base, amount=times(Amount(f"{figure(milligrams)} mg in {basis.text}", milligrams, "mass"), servings)
        )
    taken = times(basis, taking.servings) if taking.amount is None else taking.amount
    if taken.counted == "serving" and basis.counted != "serving":
        taken = times(basis, taken.magnitude)
    _ratio(taken, basis)
    return replace(base, amount=taken, unit_mass_mg=milligrams / basis.magnitude)


def _basis_of(content: Content, taking: Taking) -> Amount | None:
    """What the amounts are for: the label's own words, where "per serving" may be spelled out by the user."""
    basis = content.basis
    if taking.serving is not None and (basis is None or basis.counted == "serving"):
        return times(taking.serving, basis.magnitude if basis is not None else 1.0)
    if taking.serving is not None:
        raise LabelError("the line itself says what a serving is; leave serving out")
    return basis


def _by_strength(line: Line, head: Head, content: Content, taking: Taking, base: Intake) -> Intake:
    """A liquid: mg in a volume, and the volume that is taken."""
    basis, mass = content.basis, content.mass
    assert basis is not None
    assert mass is not None
    if basis.magnitude <= 0:
        raise LabelError(f'"{basis.text}" is no volume to hold anything')
    per_ml = mass.magnitude / basis.magnitude
    text = f"{mass.text} per {basis.text}"
    label = "elemental" if content.stated or content.element is not None else taking.label
    if content.element is not None:
        per_ml = _element_of(line, head, mass.magnitude, content.element.magnitude) / basis.magnitude
    label = _meant_by_strength(line, head.match.product, per_ml, label, text)
    strength = Strength(text, "mg/mL", per_ml)
    if label == "compound":
        strength = Strength(text, "mg/mL", per_ml * share_of(head.match.product))
    taken = taking.amount or times(content.taken or basis, taking.servings)
    if taken.counted == "serving":
        taken = times(basis, taken.magnitude)
    if taken.kind != "volume":
        raise LabelError(f'the label is for {basis.text}, and "{taken.text}" cannot be held against that')
    return replace(base, amount=taken, strength=strength, label=None)


def _meant_by_strength(
    line: Line, product: Product, per_ml: float, label: Literal["compound", "elemental"] | None, text: str
) -> Literal["compound", "elemental"]:
    """Whether the mass in a volume is of the compound; a known medicine's own content settles it."""
    declared, of_compound = product.elemental_mg_per_ml, per_ml * share_of(product)
    if product.salt is None:
        return "elemental"
    same = declared is not None and abs(of_compound - declared) <= value("label_agreement") * declared
    if same and label != "compound":
        if label == "elemental":
            message = (
                f'"{text}" is printed as magnesium; that much {product.name} holds {figure(of_compound)} mg/mL and is'
                " the compound: the line is read so."
            )
            line.say("label-contradiction", "caution", message, product.source)
        return "compound"
    if label is not None:
        return label
    message = (
        f'"{text}" may be of {product.name} ({figure(of_compound)} mg of magnesium in 1 mL) or of magnesium itself'
        f' ({figure(per_ml)} mg); the larger is counted. Write label = "compound" or label = "elemental".'
    )
    line.say("ambiguous-label", "caution", message, product.source)
    return "elemental"
