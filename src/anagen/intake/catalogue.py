"""Finding a food or a product by the name a person wrote.

A scenario file must name a thing exactly, up to spacing, case and usual short forms; a misspelled name is an error
that offers the nearest. A label is read with its misspellings: see `misspelled`.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from anagen.errors import UnknownName
from anagen.intake.foods import Food, find_food, foods
from anagen.intake.own_products import own_product
from anagen.intake.products import Product, products, water
from anagen.intake.salts import dry_names
from anagen.nearest import MOST, nearest
from anagen.routine import Intake, Kind, OwnProduct

LONGEST_NAME = 120
MOST_REMEMBERED = 4096  # words, and runs of words: a label may hold any
SHORT_FORMS = tuple(
    (re.compile(pattern), long)
    for pattern, long in (
        (r"^magnesium(?=[a-z])", "magnesium "),
        (r"^(?:mag|mg)(?=[ -])", "magnesium"),
        (r"^calcium(?=[a-z])", "calcium "),
        (r"^ca(?=[ -])", "calcium"),
        (r"sulph", "sulf"),
        (r"hydrocloride", "hydrochloride"),
    )
)


def plain(name: str) -> str:
    """A name as it is compared: lower case, single spaces."""
    return " ".join(name.casefold().split())


@lru_cache(maxsize=MOST_REMEMBERED)
def spelled(name: str) -> str:
    """A name in its usual long form: "Mag. sulphate" is "magnesium sulfate", "MgCl\u2082" is "mgcl2"."""
    text = plain(unicodedata.normalize("NFKC", name[:LONGEST_NAME]).replace(".", " "))
    for pattern, long in SHORT_FORMS:
        text = pattern.sub(long, text)
    return text


def compact(name: str) -> str:
    """Letters and digits alone: "bis-glycinate" and "bisglycinate" are one word."""
    return "".join(filter(str.isalnum, name))


@cache
def known(kind: Kind) -> dict[str, Food | Product]:
    """Every name and alias of one kind with what it stands for.

    Names win over aliases, and named products over bare salts, wherever two would answer to the same word.
    """
    entries: tuple[Food | Product, ...] = foods() if kind == "food" else products(kind)
    table: dict[str, Food | Product] = {}
    for entry in entries:
        table.setdefault(plain(entry.name), entry)
    for entry in entries:
        for alias in entry.aliases:
            table.setdefault(plain(alias), entry)
    return table


@cache
def known_compact(kind: Kind) -> dict[str, Food | Product]:
    """The same without spaces and marks, and with names put together: "collards, boiled", "anhydrous X"."""
    table: dict[str, Food | Product] = {}
    for name, entry in known(kind).items():
        table.setdefault(compact(spelled(name)), entry)
    for entry in known(kind).values():
        for name in _with_its_making(entry) if isinstance(entry, Food) else _without_water(entry):
            table.setdefault(compact(spelled(name)), entry)
    return table


def _without_water(product: Product) -> tuple[str, ...]:
    """What a salt is called that is said to hold no water: "anhydrous magnesium acetate"."""
    salt = product.named_salt
    return dry_names(salt) if salt is not None and salt.name == product.name else ()


def _with_its_making(food: Food) -> list[str]:
    """Names of a food put together from an alias and what stands behind the comma of its name, in either order."""
    name, _, made = food.name.partition(", ")
    if not made or "," in made:
        return []
    return [whole for one in (name, *food.aliases) for whole in (f"{one}, {made}", f"{made} {one}")]


def exact(kind: Kind, name: str) -> Food | Product | None:
    """What a name stands for, spacing, marks, case and short forms aside; None where nothing."""
    found = known(kind).get(plain(name))
    for key in (compact(spelled(name)), compact(plain(unicodedata.normalize("NFKC", name[:LONGEST_NAME])))):
        found = found if found is not None else known_compact(kind).get(key)
    return found


def find_product(kind: Kind, name: str, own: tuple[OwnProduct, ...] = ()) -> Food | Product:
    """What `name` stands for among the things of one kind.

    Parameters
    ----------
    kind : of the intake; a water may have any name.
    name : in any case, a name or an alias.
    own : products that the person described; they are asked first.

    Raises
    ------
    UnknownName
        With up to three of the nearest names.

    Examples
    --------
    >>> find_product("supplement", "MgO").name
    'magnesium oxide'
    """
    mine = find_own(kind, name, own)
    if mine is not None:
        return own_product(mine)
    if kind == "water":
        return water(name)
    found = exact(kind, name)
    if found is None and kind == "food":
        found = find_food(name)
    if found is None:
        raise UnknownName(kind, name, near_names(kind, name, own))
    return found


def find_own(kind: Kind, name: str, own: tuple[OwnProduct, ...]) -> OwnProduct | None:
    """The described product of that name, if any."""
    return next((one for one in own if one.kind == kind and plain(one.name) == plain(name)), None)


def product_of(intake: Intake) -> Food | Product:
    """What an intake is of: the product that the person described, else the one of the tables."""
    return own_product(intake.own) if intake.own is not None else find_product(intake.kind, intake.product)


def near_names(kind: Kind, name: str, own: tuple[OwnProduct, ...] = ()) -> tuple[str, ...]:
    """Up to three known names near to `name`, best first, of different things; each as it may be written."""
    table = {key: entry.name for key, entry in known(kind).items()}
    table |= {plain(one.name): one.name for one in own if one.kind == kind}
    found: dict[str, str] = {}
    for match in nearest(name, table, most=len(table)):
        full = table[match]
        found.setdefault(full, full if plain(full) == match else match)
    return tuple(found.values())[:MOST]
