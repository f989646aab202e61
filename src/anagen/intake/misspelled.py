"""Finding a product by the name on a label, which may be misspelled; what was corrected is said.

Each word is corrected to the one known word that differs least; names of other compounds take part.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from anagen.intake.catalogue import MOST_REMEMBERED, exact, known, plain, spelled
from anagen.intake.products import Product
from anagen.routine import Kind

# A word this long may differ from a known one in so many letters; shorter words must be right.
SLIPS = ((9, 2), (5, 1))
# Words that look like one of ours and are not: a name that holds one of these, or is nearer to one, is unknown.
OTHERS = (
    "manganese manganesium calcium zinc potassium sodium iron ferrous copper lithium aluminum aluminium selenium"
    " chromium magnetite magnesite magnolia magnet maleate sulfite sulfide sulfadiazine nitrate nitrite nitride"
    " chlorate chlorite perchlorate chlorine oxalate tartrate succinate fumarate lactobionate lactulose acetone"
    " acetyl peroxide carbide carbamate bicarbonate salicylate trisilicate silicate valproate fluoride bromide iodide"
    " gluconic glutamate glutarate glycerin glycerol glycine taurine malic citric orthophosphate picolinate"
    " methionate ethoxide hydride borate benzoate caprylate laurate palmitate myristate tablets nicotinate"
)


@dataclass(frozen=True)
class Match:
    """A name found: what it stands for, how it is spelled there, and whether a misspelling was corrected."""

    product: Product
    name: str
    corrected: bool


@cache
def _words(kind: Kind) -> tuple[str, ...]:
    """Every word of the names of one kind, and the words that are none of them."""
    words = {word for name in known(kind) for word in re.findall(r"[a-z]+", spelled(name))}
    return tuple(sorted(words | set(OTHERS.split())))


def slips_allowed(word: str) -> int:
    """How many letters of a word may be wrong."""
    return next((slips for length, slips in SLIPS if len(word) >= length), 0)


@lru_cache(maxsize=MOST_REMEMBERED)
def corrected_word(kind: Kind, word: str) -> str:
    """The one known word that differs least from `word`, else `word` itself."""
    from rapidfuzz.distance import DamerauLevenshtein

    allowed, words = slips_allowed(word), _words(kind)
    if allowed == 0 or word in words:
        return word
    by_slips: dict[int, list[str]] = {}
    for one in words:
        slips = DamerauLevenshtein.distance(word, one, score_cutoff=allowed)
        if slips <= allowed:
            by_slips.setdefault(slips, []).append(one)
    nearest_words = by_slips[min(by_slips)] if by_slips else []
    return nearest_words[0] if len(nearest_words) == 1 else word


@lru_cache(maxsize=MOST_REMEMBERED)
def match_name(kind: Kind, name: str) -> Match | None:
    """A product by a name that may be misspelled; None where nothing, or more than one thing, is near.

    Each word is corrected to the one known word that differs least, by one letter from five letters on and by two
    from nine. Names of other compounds take part, so that a maleate is not taken for a malate.

    Examples
    --------
    >>> match_name("supplement", "magnesium glycenate").product.name
    'magnesium bisglycinate'
    >>> match_name("supplement", "manganese citrate") is None
    True
    """
    found = exact(kind, name)
    if isinstance(found, Product):
        return Match(found, plain(name), False)
    words = spelled(name).split()
    better = [corrected_word(kind, word) for word in words]
    if better == words:
        return None  # as it was looked up already
    found = exact(kind, " ".join(better))
    return Match(found, " ".join(better), True) if isinstance(found, Product) else None
