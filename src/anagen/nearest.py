"""The nearest known names to one that is not known."""

from __future__ import annotations

from collections.abc import Iterable

MOST = 3
ALIKE = 55.0


def nearest(
    name: str, known: Iterable[str], most: int = MOST, whole: bool = False, alike: float = ALIKE
) -> tuple[str, ...]:
    """Up to `most` of the known names that are like `name`, the most alike first; may be none.

    How much they must be `alike` goes from 0 to 100, the same name.

    Names of several words are alike where a part of one is like a part of the other; with `whole`, only a word that
    is alike from end to end is ("man" is nearer to "male" than to "female", which holds more of its letters).

    Examples
    --------
    >>> nearest("vertx", ["frontal", "vertex", "occipital"], most=1)
    ('vertex',)
    >>> nearest("man", ["female", "male"], whole=True)
    ('male',)
    """
    from rapidfuzz import fuzz, process, utils

    scorer = fuzz.ratio if whole else fuzz.WRatio
    found = process.extract(
        name[:80], list(known), scorer=scorer, processor=utils.default_process, limit=most, score_cutoff=alike
    )
    return tuple(match for match, _, _ in found)
