"""The intake that a label line describes: its milligrams for each serving, or its strength, and what is taken of it."""

from __future__ import annotations

from dataclasses import replace

from anagen.intake.catalogue import exact, find_own, spelled
from anagen.intake.label_meaning import element_of, of_calcium, of_mass, of_strength
from anagen.intake.label_name import Head
from anagen.intake.label_percent import milligrams_of
from anagen.intake.label_serving import Content, Taking, by_serving, times
from anagen.intake.label_words import LabelError, Line
from anagen.intake.products import Product, share_of
from anagen.quantities import Amount, Strength
from anagen.routine import Intake


def intake_of(line: Line, head: Head, content: Content, taking: Taking) -> tuple[Intake, float | None]:
    """The intake that a line describes, and what the line's own serving is in the unit of its amount.

    The serving is None where the line gives no amount for one.
    """
    own = find_own(head.kind, head.match.name, taking.own)
    base = Intake(head.kind, _shown_name(head), Amount("", 0.0, "mass"), label=taking.label, own=own)
    if content.stated and taking.label == "compound":
        raise LabelError(f"the line itself says that the amount is of {head.word}; leave label out")
    if content.mass is None and content.percent is None:
        return _by_content(base, head, content, taking), None
    if content.basis is not None and content.basis.kind == "volume" and content.mass is not None:
        return _by_strength(line, head, content, taking, base), content.basis.magnitude
    milligrams, label = milligrams_of(line, head, content, taking)
    return by_serving(replace(base, label=of_mass(line, head, milligrams, label)), milligrams, content, taking)


def calcium_rate(line: Line, head: Head, content: Content, taking: Taking, serving: float) -> float | None:
    """mg of calcium beside the magnesium of a line, in one mg, mL or thing of the intake's amount.

    Parameters
    ----------
    serving : what the line's own serving is in that unit; above 0.
    """
    milligrams, label = milligrams_of(line, head, content, taking)
    share = share_of(head.match.product) if head.match.product.element == head.of else 1.0
    label = of_calcium(line, head, milligrams, label)
    return (milligrams * share if label == "compound" else milligrams) / serving if serving > 0 else None


def _shown_name(head: Head) -> str:
    """The name as the ledger shows it: as on the label where that is a full name, else the table's."""
    full = spelled(head.match.name)
    found = exact(head.kind, full)
    named = isinstance(found, Product) and found.name == head.match.product.name and full.startswith(f"{head.word} ")
    return full if named else head.match.product.name


def _by_content(base: Intake, head: Head, content: Content, taking: Taking) -> Intake:
    """A line without a content of its own: "Milk of magnesia 30 mL"."""
    amount = taking.amount or (None if content.taken is None else times(content.taken, taking.servings))
    if amount is None:
        raise LabelError(f'no amount of {head.word} is found in it, such as "150 mg", "25 % DV" or "30 mL"')
    return replace(base, amount=amount)


def _by_strength(line: Line, head: Head, content: Content, taking: Taking, base: Intake) -> Intake:
    """A liquid: mg in a volume, and the volume that is taken."""
    basis, mass = content.basis, content.mass
    assert basis is not None
    assert mass is not None
    if basis.magnitude <= 0:
        raise LabelError(f'"{basis.text}" is no volume to hold anything')
    text = f"{mass.text} per {basis.text}"
    if content.element is not None:
        per_ml = element_of(line, head, mass.magnitude, content.element.magnitude) / basis.magnitude
        label = "elemental"
    else:
        per_ml = mass.magnitude / basis.magnitude
        label = of_strength(line, head, per_ml, "elemental" if content.stated else taking.label, text)
    strength = Strength(text, "mg/mL", per_ml * share_of(head.match.product) if label == "compound" else per_ml)
    taken = taking.amount or times(content.taken or basis, taking.servings)
    if taken.counted == "serving":
        taken = times(basis, taken.magnitude)
    if taken.kind != "volume":
        raise LabelError(f'the label is for {basis.text}, and "{taken.text}" cannot be held against that')
    return replace(base, amount=taken, strength=strength, label=None)
