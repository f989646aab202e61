"""Finding a food or a product by the name a person wrote."""

from __future__ import annotations

from functools import cache

from anagen.errors import UnknownName
from anagen.intake.foods import Food, foods
from anagen.intake.products import Product, products, water
from anagen.nearest import MOST, nearest
from anagen.routine import Kind


def plain(name: str) -> str:
    """A name as it is compared: lower case, single spaces."""
    return " ".join(name.casefold().split())


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


def find_product(kind: Kind, name: str) -> Food | Product:
    """What `name` stands for among the things of one kind.

    Parameters
    ----------
    kind : of the intake; a water may have any name.
    name : in any case, a name or an alias.

    Raises
    ------
    UnknownName
        With up to three of the nearest names.

    Examples
    --------
    >>> find_product("supplement", "MgO").name
    'magnesium oxide'
    """
    if kind == "water":
        return water(name)
    found = known(kind).get(plain(name))
    if found is None:
        raise UnknownName(kind, name, near_names(kind, name))
    return found


def near_names(kind: Kind, name: str) -> tuple[str, ...]:
    """Up to three known names near to `name`, best first."""
    table = known(kind)
    alike = nearest(name, table, most=len(table))
    return tuple(dict.fromkeys(table[match].name for match in alike))[:MOST]
