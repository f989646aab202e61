"""The forms in which a salt is sold, with more or less water of crystallization, for the choice in a row."""

from __future__ import annotations

import re
from dataclasses import dataclass

from anagen.intake.calcium_salts import CALCIUM_SALTS
from anagen.intake.catalogue import exact
from anagen.intake.products import Product
from anagen.intake.salts import ELEMENT_WORDS, SALTS, elemental_fraction
from anagen.intake.wording import percent
from anagen.routine import Kind

WATER = re.compile(r"\.(\d*)H2O$")


@dataclass(frozen=True)
class Form:
    """One form: the name that a scenario writes, and what it is in words."""

    name: str
    words: str


def _dry(formula: str) -> str:
    return WATER.sub("", formula)


def _water_words(formula: str) -> str:
    found = WATER.search(formula)
    return f"with {found[1] or '1'} of water" if found else "without water"


def bare_salt(kind: Kind, written: str) -> Product | None:
    """The product of a name where that is a salt sold as it is; None where it is anything else."""
    found = exact(kind, written)
    is_salt = isinstance(found, Product) and found.named_salt is not None and found.named_salt.name == found.name
    return found if is_salt and isinstance(found, Product) else None


def forms_of(kind: Kind, written: str) -> tuple[Form, ...]:
    """Every form of the salt that a name stands for, the one it stands for by that name; none where there is but one.

    Examples
    --------
    >>> [one.words for one in forms_of("supplement", "epsom salt")]
    ['without water, 20.2 % magnesium', 'with 7 of water, 9.86 % magnesium']
    """
    product = bare_salt(kind, written)
    if product is None or product.named_salt is None:
        return ()
    mine, element = product.named_salt, product.element
    salts = SALTS if element == "Mg" else CALCIUM_SALTS
    family = [one for one in salts if _dry(one.formula) == _dry(mine.formula)]
    if len(family) < 2:
        return ()

    def words(formula: str) -> str:
        share = percent(elemental_fraction(formula, element))
        return f"{_water_words(formula)}, {share} {ELEMENT_WORDS[element]}"

    return tuple(Form(written if one is mine else one.name, words(one.formula)) for one in family)
