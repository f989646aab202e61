"""What a mass on a label is of: the compound or the element, and what of it the label may claim to hold.

The label of a medicine states its active ingredient, which is the compound; that of a supplement may mean either, and
of two readings the one that counts more is used. Where a line does not tell what it is of, a known medicine's own
content may settle it.
"""

from __future__ import annotations

from typing import Literal

from anagen.evidence.parameters import value
from anagen.intake.catalogue import exact
from anagen.intake.label_name import Head
from anagen.intake.label_words import Line
from anagen.intake.products import Product, products, share_of
from anagen.intake.swallowed import active_words
from anagen.intake.wording import figure

Label = Literal["compound", "elemental"]


def element_of(line: Line, head: Head, mass: float, element: float) -> float:
    """The element that a mass is said to hold: what the label says, and a finding where no such salt could hold it.

    Less than the formula of the dry salt gives is believed, because a salt with water in it holds less.
    """
    if head.element:
        return element
    share = share_of(head.match.product)
    by_formula, rounding = mass * share, (1 + share) * value("label_mass_step") / 2
    name, declared = head.match.product.name, f"{figure(element)} mg of {head.word} in {figure(mass)} mg"
    if element > by_formula + rounding:
        message = (
            f"The label declares {declared} of {name}, and the formula gives {figure(by_formula)} mg at most; the"
            " larger is counted."
        )
        line.say("label-contradiction", "caution", message, "molarmass")
    elif element < by_formula * (1 - value("label_agreement")):
        message = (
            f"The label declares {declared} of {name}; by its formula the dry salt would hold {figure(by_formula)} mg."
            " The label is believed: water in the crystals, or a filler, leaves less."
        )
        line.say("label-read", "note", message, "molarmass")
    return element


def of_mass(line: Line, head: Head, milligrams: float, label: Label | None) -> Label | None:
    """What a mass in one serving is of, where nothing in the line settles it; None where the ledger will say it."""
    if label is not None or head.match.product.amount_means != "active" or _a_medicine(line, head):
        return label
    _say_ambiguous(line, head, f"{figure(milligrams)} mg", milligrams, "")
    return "elemental"


def of_calcium(line: Line, head: Head, milligrams: float, label: Label | None) -> Label | None:
    """The same of calcium beside magnesium, of which the ledger itself says nothing."""
    product = head.match.product
    if label is not None or product.element != head.of or share_of(product) >= 1:
        return label
    if _a_medicine(line, head):
        _say_active(line, head, f"{figure(milligrams)} mg", milligrams, "")
        return "compound"
    _say_ambiguous(line, head, f"{figure(milligrams)} mg", milligrams, "")
    return "elemental"


def of_strength(line: Line, head: Head, per_ml: float, label: Label | None, text: str) -> Label:
    """What a mass in a volume is of; a known medicine's own content settles it."""
    product = head.match.product
    declared, of_compound = product.named_mg_per_ml, per_ml * share_of(product)
    if product.named_salt is None:
        return "elemental"
    if declared is not None and label != "compound" and _same(of_compound, declared):
        if label == "elemental":
            message = (
                f'"{text}" is printed as {head.word}; that much {product.name} holds {figure(of_compound)} mg/mL and is'
                " the compound: the line is read so."
            )
            line.say("label-contradiction", "caution", message, product.source)
        return "compound"
    if label is not None:
        return label
    if _a_medicine(line, head) or any(_same(of_compound, one) for one in _declared_of(product)):
        _say_active(line, head, f'"{text}"', per_ml, " in 1 mL")
        return "compound"
    _say_ambiguous(line, head, f'"{text}"', per_ml, " in 1 mL")
    return "elemental"


def _same(mg: float, declared: float) -> bool:
    """Whether a content is the same as one that is declared, but for rounding."""
    return abs(mg - declared) <= value("label_agreement") * declared


def _declared_of(product: Product) -> list[float]:
    """mg in 1 mL that medicines of the same salt declare."""
    known = products("medicine") if product.kind == "medicine" else ()
    declared = [one.named_mg_per_ml for one in known if one.named_salt == product.named_salt]
    return [one for one in declared if one is not None]


def _a_medicine(line: Line, head: Head) -> bool:
    """Whether a thing is a medicine for sure: the person says so, or no supplement has its name."""
    return head.kind == "medicine" and (line.kind_told or exact("supplement", head.match.name) is None)


def _say_active(line: Line, head: Head, shown: str, mass: float, per: str) -> None:
    """Say that a mass was read as the active ingredient of a medicine."""
    product = head.match.product
    line.say("label-read", "note", active_words(shown, product, mass * share_of(product), mass, per), product.source)


def _say_ambiguous(line: Line, head: Head, shown: str, mass: float, per: str) -> None:
    """Say that a mass can be read two ways."""
    product = head.match.product
    message = (
        f"{shown} may be of {product.name} ({figure(mass * share_of(product))} mg of {head.word}{per}) or of"
        f' {head.word} itself ({figure(mass)} mg); the larger is counted. Write label = "compound" or label ='
        ' "elemental".'
    )
    line.say("ambiguous-label", "caution", message, product.source)
