"""How to mend a key, a table or a list that a file cannot hold, in the same words for every kind of file."""

from __future__ import annotations

from collections.abc import Iterable

from anagen import rules
from anagen.errors import nearest_sentence
from anagen.nearest import nearest

MISTYPED = 75.0
"""How alike two keys must be for the one to be the other mistyped; a guess that is wrong misleads."""


def unknown_key(key: str, known: Iterable[str]) -> str:
    """For a key that nothing reads: the one that was meant, or all there are.

    Examples
    --------
    >>> unknown_key("nmae", ["name", "says"])
    'unknown key; did you mean "name"?'
    >>> unknown_key("color", ["name", "says"])
    'unknown key; those known here are name, says'
    """
    keys = list(known)
    near = nearest(key, keys, most=1, alike=MISTYPED)
    return f"unknown key; {nearest_sentence(near) if near else 'those known here are ' + ', '.join(keys)}"


def no_table(header: str) -> str:
    """For what is no table; `header` is the line above its keys, such as "[person]"."""
    return f"it must be a table: write {header} on a line of its own, and its keys below"


def too_many(count: int) -> str | None:
    """For a table or a list with more entries than are read; None where there are not."""
    if count <= rules.MOST_ENTRIES:
        return None
    return f"{count} entries are too many; at most {rules.MOST_ENTRIES} are read"
