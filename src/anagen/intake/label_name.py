"""Which product a label line means: the longest run of its words that names one, or "magnesium" and its source.

"Magnesium (as magnesium citrate)" is an amount of the element, and the words behind "as" or "from" tell the salt.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from anagen.intake.catalogue import Match, find_own, match_name
from anagen.intake.label_words import LabelError, Line, Token
from anagen.intake.products import own_product
from anagen.routine import Kind, OwnProduct

LONGEST_RUN = 7  # words of a name
SOURCE_WORDS = {"as", "from"}


@dataclass(frozen=True)
class Head:
    """The name in a line: where it stands, what it is, and whether it says that the amount is of the element."""

    start: int
    end: int
    kind: Kind
    match: Match
    element: bool


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


def _source_phrase(line: Line, head_end: int) -> tuple[int, int] | None:
    """Where "(as magnesium citrate" stands behind a name: the words behind as or from."""
    place = head_end + (1 if line.kind(head_end) == "open" else 0)
    if line.word(place) not in SOURCE_WORDS:
        return None
    first = end = place + 1
    while line.kind(end) == "word" or (line.kind(end) == "mark" and line.tokens[end].text in ",&-"):
        end += 1
    return (first, end) if end > first else None


def head_of(line: Line, kinds: tuple[Kind, ...], own: tuple[OwnProduct, ...]) -> Head:
    """The name of the line: "magnesium" with a source behind it, else the longest run of words that names a product."""
    for place, token in enumerate(line.tokens):
        found = find(kinds, [token.word], own) if token.kind == "word" else None
        if found is not None and found[1].product.name == "magnesium":
            phrase = _source_phrase(line, place + 1)
            if phrase is not None:
                return _with_source(line, kinds, own, place, phrase, found)
    for start, end in runs(line):
        found = find(kinds, [line.word(place) for place in range(start, end)], own)
        if found is not None:
            element = found[1].product.salt is None and found[1].product.elemental_share is None
            line.used |= set(range(start, end))
            _tell_corrected(line, start, end, found[1])
            return Head(start, end, found[0], found[1], element)
    _refuse_other_kind(line, kinds)
    raise LabelError(f"no {' or '.join(kinds)} with magnesium is named in it that is known")


def _refuse_other_kind(line: Line, kinds: tuple[Kind, ...]) -> None:
    """Say where the line names something of the other kind."""
    both: tuple[Kind, ...] = ("supplement", "medicine")
    rest: tuple[Kind, ...] = tuple(kind for kind in both if kind not in kinds)
    for start, end in runs(line) if rest else ():
        found = find(rest, [line.word(place) for place in range(start, end)], ())
        if found is not None:
            raise LabelError(f'it names a {found[0]}, {found[1].product.name}; write kind = "{found[0]}"')


def _salt_within(
    kinds: tuple[Kind, ...], words: list[str], own: tuple[OwnProduct, ...]
) -> tuple[tuple[Kind, Match] | None, list[str]]:
    """The salt that the longest run of some words names, and the words that are no part of it."""
    for length in range(min(len(words), LONGEST_RUN), 0, -1):
        for first in range(len(words) - length + 1):
            found = find(kinds, words[first : first + length], own)
            if found is not None and found[1].product.name != "magnesium":
                return found, words[:first] + words[first + length :]
    return None, words


def _with_source(
    line: Line,
    kinds: tuple[Kind, ...],
    own: tuple[OwnProduct, ...],
    place: int,
    phrase: tuple[int, int],
    plain_magnesium: tuple[Kind, Match],
) -> Head:
    """ "Magnesium (as X)": the amount is of the element, and X tells which salt it comes from."""
    line.used |= {place} | set(range(place + 1, phrase[1]))
    names, last = [], list[str]()
    for at in range(*phrase):
        if line.kind(at) != "word" or line.word(at) in ("and", "or", "with"):
            names.append(last)
            last = []
        else:
            last.append(line.word(at))
    names = [words for words in [*names, last] if words]
    within = [_salt_within(kinds, words, own) for words in names]
    found = [one for one, _ in within]
    known = [one for one in found if one is not None]
    foreign = {word for _, rest in within for word in rest}
    line.used -= {at for at in range(*phrase) if line.word(at) in foreign}
    if len(known) == 1 and len(names) == 1:
        if known[0][1].corrected:
            _tell(line, " ".join(names[0]), known[0][1])
        return Head(place, phrase[1], known[0][0], known[0][1], True)
    if known:
        listed = " and ".join(one[1].product.name for one in known)
        line.say("label-read", "note", f"A blend with {listed}: how much of each is not said.", "labelrules")
    return Head(place, phrase[1], plain_magnesium[0], plain_magnesium[1], True)


def _tell_corrected(line: Line, start: int, end: int, match: Match) -> None:
    """Say where a misspelling was corrected."""
    if match.corrected:
        _tell(line, " ".join(line.tokens[place].text for place in range(start, end)), match)


def _tell(line: Line, written: str, match: Match) -> None:
    line.say("label-read", "note", f'"{written}" is read as {match.product.name}.')
