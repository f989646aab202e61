"""Which product a label line means: the longest run of its words that names one, or an element and its source.

"Magnesium (as magnesium citrate)" is an amount of the element, and the words behind "as" or "from" tell the salt. A
line may name one thing for its magnesium and one for its calcium.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from anagen.intake.catalogue import exact, find_own
from anagen.intake.label_words import QUIET, LabelError, Line, Token
from anagen.intake.misspelled import Match, match_name
from anagen.intake.own_products import own_product
from anagen.intake.products import Product
from anagen.intake.salts import ELEMENT_WORDS, Element, elemental_fraction
from anagen.routine import Kind, OwnProduct

LONGEST_RUN = 7  # words of a name
SOURCE_WORDS = {"as", "from"}
JOINING_WORDS = {"and", "or", "with"}


@dataclass(frozen=True)
class Head:
    """A name in a line: where it stands, what it is, whether the amount is of the element, and of which element."""

    start: int
    end: int
    kind: Kind
    match: Match
    element: bool
    of: Element = "Mg"

    @property
    def word(self) -> str:
        """The element in words."""
        return ELEMENT_WORDS[self.of]


def kinds_of(kind: Kind | None, tokens: list[Token]) -> tuple[Kind, ...]:
    """The tables a name is looked up in: a line in milliliters is a medicine's before it is a supplement's."""
    if kind is not None:
        return (kind,)
    return ("medicine", "supplement") if any(token.kind == "volume" for token in tokens) else ("supplement", "medicine")


def find(kinds: tuple[Kind, ...], words: list[str], own: tuple[OwnProduct, ...]) -> tuple[Kind, Match] | None:
    """What a run of words names; a product of the person's first."""
    name = " ".join(words)
    for kind in kinds:
        mine = find_own(kind, name, own)
        if mine is not None:
            return kind, Match(own_product(mine), mine.name, False)
    for kind in kinds:
        found = match_name(kind, name)
        if found is not None:
            return kind, found
    return None


def runs(line: Line, start: int = 0) -> Iterator[tuple[int, int]]:
    """Every run of words that could be a name, the longest first."""
    for length in range(LONGEST_RUN, 0, -1):
        for first in range(start, len(line.tokens) - length + 1):
            places = range(first, first + length)
            if all(line.kind(place) == "word" and place not in line.used for place in places):
                yield first, first + length


def name_at(
    line: Line, kinds: tuple[Kind, ...], start: int, end: int, own: tuple[OwnProduct, ...]
) -> tuple[Kind, Match] | None:
    """What the words of a run name, unless they belong to a word before them.

    "citrate" behind "zinc" is no magnesium citrate, and "(as calcium ascorbate)" behind a vitamin is that vitamin's.
    """
    found = find(kinds, [line.word(place) for place in range(start, end)], own)
    if found is None or (_is_short(*found) and _of_another(line, start)):
        return None
    a_source = line.word(start - 1) in SOURCE_WORDS
    return None if a_source and (line.kind(start - 2) == "open" or found[1].product.element == "Ca") else found


def _is_short(kind: Kind, match: Match) -> bool:
    """Whether a name is the short form of a salt of magnesium: "oxide", "citrate"."""
    return isinstance(exact(kind, f"magnesium {match.name}"), Product)


def _of_another(line: Line, start: int) -> bool:
    """Whether the words right before a short form name another thing that it is a form of."""
    for place in range(start - 1, -1, -1):
        word = line.word(place)
        if line.kind(place) != "word" or word == "magnesium":
            return False
        if word not in QUIET | SOURCE_WORDS | JOINING_WORDS | {"elemental"}:
            return True
    return False


def _source_phrase(line: Line, head_end: int) -> tuple[int, int] | None:
    """Where "(as magnesium citrate" stands behind a name or behind its amount: the words behind as or from."""
    place = head_end
    while line.kind(place) in ("mass", "percent") or (line.kind(place) == "mark" and line.tokens[place].text in ":,-"):
        place += 1
    place += 1 if line.kind(place) == "open" else 0
    if line.word(place) not in SOURCE_WORDS:
        return None
    first = end = place + 1
    while line.kind(end) == "word" or (line.kind(end) == "mark" and line.tokens[end].text in ",&-"):
        end += 1
    return (first, end) if end > first else None


def head_of(line: Line, kinds: tuple[Kind, ...], own: tuple[OwnProduct, ...], of: Element) -> Head | None:
    """The name that a line's amount of an element belongs to: the element with a source, else the longest run of words.

    Where no amount stands beside that ("Cal-Mag: magnesium 100 mg"), another name that has one is preferred.
    """
    for place, token in enumerate(line.tokens):
        if token.kind != "word" or place in line.used:
            continue
        found = find(kinds, [token.word], own)
        phrase = _source_phrase(line, place + 1) if found is not None and _is_element(found[1].product, of) else None
        if found is not None and phrase is not None:
            return _with_source(line, kinds, own, place, phrase, (*found, of))
    candidates = list(_named(line, kinds, own, of))
    if not candidates:
        return None
    weighed = [head for head in candidates if _amount_behind(line, head)]
    head = weighed[0] if weighed and not _amount_before(line, candidates[0]) else candidates[0]
    line.used |= set(range(head.start, head.end))
    _tell_corrected(line, head.start, head.end, head.match)
    return head


def _is_element(product: Product, of: Element) -> bool:
    """Whether a name is that of the element itself."""
    return product.name == ELEMENT_WORDS[of]


def _named(line: Line, kinds: tuple[Kind, ...], own: tuple[OwnProduct, ...], of: Element) -> Iterator[Head]:
    """Every run of words that names something whose label speaks of the element, the longest first."""
    for start, end in runs(line):
        found = name_at(line, kinds, start, end, own)
        if found is not None and found[1].product.element == of:
            yield Head(start, end, found[0], found[1], found[1].product.element_alone, of)


def _amount_behind(line: Line, head: Head) -> bool:
    """Whether an amount stands right behind a name."""
    behind = head.end
    while line.kind(behind) in ("mark", "open", "close") or line.word(behind) in QUIET | {"elemental", head.word}:
        behind += 1
    return line.kind(behind) in ("mass", "percent")


def _amount_before(line: Line, head: Head) -> bool:
    """Whether an amount stands right before a name."""
    before = head.start - 1
    while line.kind(before) in ("mark", "open", "close") or line.word(before) in QUIET | {"elemental"}:
        before -= 1
    return line.kind(before) in ("mass", "percent")


def refuse_unnamed(line: Line, kinds: tuple[Kind, ...]) -> LabelError:
    """Why a line names nothing that is known: perhaps it names something of the other kind."""
    both: tuple[Kind, ...] = ("supplement", "medicine")
    rest: tuple[Kind, ...] = tuple(kind for kind in both if kind not in kinds)
    for start, end in runs(line) if rest else ():
        found = name_at(line, rest, start, end, ())
        if found is not None:
            return LabelError(f'it names a {found[0]}, {found[1].product.name}; write kind = "{found[0]}"')
    return LabelError(f"no {' or '.join(kinds)} with magnesium or calcium is named in it that is known")


def _holds(product: Product, of: Element) -> bool:
    """Whether a source holds an element: a salt of it, or of both."""
    return product.element == of or (
        of == "Ca" and product.salt is not None and elemental_fraction(product.salt.formula, of) > 0
    )


def _salt_within(
    kinds: tuple[Kind, ...], words: list[str], own: tuple[OwnProduct, ...], of: Element
) -> tuple[tuple[Kind, Match] | None, list[str]]:
    """The salt that the longest run of some words names, and the words that are no part of it.

    A bare "carbonate" behind calcium is calcium's.
    """
    for length in range(min(len(words), LONGEST_RUN), 0, -1):
        for first in range(len(words) - length + 1):
            run = words[first : first + length]
            for name in (run, [ELEMENT_WORDS[of], *run]):
                found = find(kinds, name, own)
                if found is not None and _holds(found[1].product, of) and not _is_element(found[1].product, of):
                    return found, words[:first] + words[first + length :]
    return None, words


def _with_source(
    line: Line,
    kinds: tuple[Kind, ...],
    own: tuple[OwnProduct, ...],
    place: int,
    phrase: tuple[int, int],
    plain: tuple[Kind, Match, Element],
) -> Head:
    """ "Magnesium (as X)": the amount is of the element, and X tells which salt it comes from."""
    of = plain[2]
    amounts = {at for at in range(place + 1, phrase[0]) if line.kind(at) in ("mass", "percent")}
    end = place + 1 if amounts else phrase[1]
    line.used |= set(range(place, phrase[1])) - amounts
    names, last = [], list[str]()
    for at in range(*phrase):
        if line.kind(at) != "word" or line.word(at) in JOINING_WORDS:
            names.append(last)
            last = []
        else:
            last.append(line.word(at))
    names = [words for words in [*names, last] if words]
    within = [_salt_within(kinds, words, own, of) for words in names]
    known = [one for one, _ in within if one is not None]
    foreign = {word for _, rest in within for word in rest}
    line.used -= {at for at in range(*phrase) if line.word(at) in foreign}
    if len(known) == 1 and len(names) == 1:
        if known[0][1].corrected:
            _tell(line, " ".join(names[0]), known[0][1])
        return Head(place, end, known[0][0], known[0][1], True, of)
    if known:
        listed = " and ".join(one[1].product.name for one in known)
        line.say("label-read", "note", f"A blend with {listed}: how much of each is not said.", "labelrules")
    return Head(place, end, plain[0], plain[1], True, of)


def _tell_corrected(line: Line, start: int, end: int, match: Match) -> None:
    """Say where a misspelling was corrected."""
    if match.corrected:
        _tell(line, " ".join(line.tokens[place].text for place in range(start, end)), match)


def _tell(line: Line, written: str, match: Match) -> None:
    line.say("label-read", "note", f'"{written}" is read as {match.product.name}.')
