"""Which of an entry's keys have a control in its row, in which words, and which of them are folded away."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from anagen.intake.catalogue import exact
from anagen.intake.products import Product
from anagen.routine import Kind
from anagen.web.forms_of_salt import forms_of
from anagen.web.pairs import Table
from anagen.web.servings import SERVING, SWALLOWED, TAKEN, is_plain

Options = tuple[tuple[str, str], ...]
LABELS: Options = (
    ("", "not said"),
    ("compound", "the compound, a salt"),
    ("elemental", "the element itself"),
)
AGES = ("from_age", "to_age")


@dataclass(frozen=True)
class Field:
    """One control: its key and words, an example, and what may be chosen where it is a choice.

    `folded` ones stand under "Correct it".
    """

    key: str
    words: str
    example: str = ""
    options: Options = ()
    folded: bool = False


def _kind(table: Table) -> str:
    return str(table.get("kind", ""))


def _named(table: Table) -> Product | None:
    """The product of an entry, where its name is known."""
    kind: Kind = "medicine" if _kind(table) == "medicine" else "supplement"
    found = exact(kind, str(table.get("product", "")))
    return found if isinstance(found, Product) else None


def _asks_label(table: Table) -> bool:
    """Whether a mass may be of the compound or of the element; a pasted line, and a product of one's own, may too."""
    if "label" in table or "label_text" in table:
        return True
    product = _named(table)
    return is_plain(table) and (product is None or product.amount_means in ("open", "active"))


def _salt_forms(table: Table) -> Options:
    kind: Kind = "medicine" if _kind(table) == "medicine" else "supplement"
    return tuple((one.name, one.words) for one in forms_of(kind, str(table.get("product", ""))))


def _swallowed(table: Table) -> list[Field]:
    found: list[Field] = []
    if "daily_value_percent" in table:
        found.append(Field("daily_value_percent", "Percent of the daily value"))
    if "label_text" in table:
        found += [Field("label_text", "The line of the label"), Field("amount", "Taken at once", "1 tablet")]
    elif "amount" in table or is_plain(table):
        found.append(Field("amount", "Amount", "500 mg"))
    if _asks_label(table):
        found.append(Field("label", "The number on the label is of", options=LABELS))
    if is_plain(table):
        found += _corrections(table)
    elif "label_text" in table:
        found.append(Field(SERVING, "A serving on the label is", "2 tablets", folded=True))
    return found


def _corrections(table: Table) -> list[Field]:
    """Of something told by product and amount: its hydrate, its tablets, its serving, and the strength of a liquid."""
    forms = _salt_forms(table)
    product = _named(table)
    found = [Field("product", "The salt is", options=forms, folded=True)] if forms else []
    if product is None or not product.own_by_unit:
        found += [
            Field(SERVING, "The amount is that of a serving of", "2 tablets", folded=True),
            Field(TAKEN, "Of which is taken at once", "1 tablet", folded=True),
            Field("unit_mass", "One tablet holds, where the amount is in tablets", "250 mg", folded=True),
        ]
    if _kind(table) == "medicine":
        found.append(Field("strength", "Strength of a liquid", "8 % w/v", folded=True))
    return found


def _topical(_: Table) -> list[Field]:
    return [
        Field("amount", "Amount", "10 sprays"),
        Field("strength", "Strength", "31 % w/w"),
        Field("spray_volume", "One spray holds", "0.15 mL"),
        Field("area", "Where", "scalp", folded=True),
        Field("contact", "Stays on for", "8 h", folded=True),
    ]


def _bath(_: Table) -> list[Field]:
    return [
        Field("amount", "Amount", "500 g"),
        Field("volume", "Water in the bath", "150 L"),
        Field("duration", "Time in it", "20 min"),
    ]


def _water(_: Table) -> list[Field]:
    return [Field("amount", "Amount", "1 L"), Field("strength", "Magnesium in it", "50 mg/L")]


def _food(_: Table) -> list[Field]:
    return [Field("amount", "Amount", "100 g")]


BY_KIND: Mapping[str, Callable[[Table], list[Field]]] = {
    "topical": _topical,
    "bath": _bath,
    "water": _water,
    "food": _food,
    **dict.fromkeys(SWALLOWED, _swallowed),
}


def fields_of(letter: str, table: Table) -> list[Field]:
    """The controls of an intake ("i") or a treatment ("t"), but for the ages it starts and stops at."""
    if letter == "i":
        return BY_KIND.get(_kind(table), _food)(table)
    found = [Field("dose", "Dose")] if "dose" in table else []
    return found + ([Field("strength", "Strength", "5 %")] if "strength" in table else [])


def keys_of(letter: str, table: Table) -> frozenset[str]:
    """Every key with a control of its own; the others travel along unseen."""
    return frozenset({*AGES, *(one.key for one in fields_of(letter, table))})
