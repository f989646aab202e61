"""The nearest known names to one that is not known."""

from __future__ import annotations

from collections.abc import Iterable

MOST = 3
ALIKE = 55.0


def nearest(name: str, known: Iterable[str], most: int = MOST) -> tuple[str, ...]:
    """Up to `most` of the known names that are like `name`, the most alike first; may be none.

    Examples
    --------
    >>> nearest("vertx", ["frontal", "vertex", "occipital"], most=1)
    ('vertex',)
    """
    from rapidfuzz import fuzz, process, utils

    found = process.extract(
        name[:80], list(known), scorer=fuzz.WRatio, processor=utils.default_process, limit=most, score_cutoff=ALIKE
    )
    return tuple(match for match, _, _ in found)
