"""Reading one pasted line of a label: "Magnesium (as magnesium citrate) 150 mg 36 % per 2 capsules".

The line is cut into tokens, the tokens are grouped into amounts, percentages and names, and what belongs to the
magnesium is taken by the grammar of `docs/labels.md`. What was not read is listed; nothing is guessed: a number that
stands where it could mean two things is an error or a finding, and of two readings the one that counts more is used.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Literal

from anagen.evidence.parameters import value
from anagen.intake.catalogue import Match, exact, find_own, match_name, spelled
from anagen.intake.dailyvalue import DailyValue, daily_value, others
from anagen.intake.products import Product, own_product, share_of
from anagen.intake.wording import figure, percent
from anagen.quantities import Amount, QuantityError, Strength, read_amount
from anagen.routine import Intake, Jurisdiction, Kind, OwnProduct, Remark

LONGEST_LABEL = 300
LONGEST_RUN = 7  # words of a name
SHOWN_WORDS = 12  # of those that were not read
DIGITS = 9
DECIMALS = 6
UNITS: dict[str, dict[str, str]] = {  # what is measured: a spelling `read_amount` knows -> how labels spell it
    "mass": {"mg": "mg milligram milligrams", "g": "g gm gram grams", "ug": "mcg ug \u03bcg microgram micrograms"},
    "volume": {
        "mL": "ml milliliter milliliters millilitre millilitres",
        "L": "l liter liters litre litres",
        "fl oz": "floz",
        "tsp": "tsp teaspoon teaspoons teaspoonful teaspoonfuls",
        "tbsp": "tbsp tablespoon tablespoons tablespoonful tablespoonfuls",
    },
    "count": {
        "tablet": "tablet tablets tab tabs capsule capsules cap caps vcap vcaps vegcap vegcaps caplet caplets softgel"
        " softgels pill pills gummy gummies",
        "sachet": "sachet sachets packet packets stick sticks scoop scoops",
        "serving": "serving servings portion portions dose doses",
        "piece": "piece pieces lozenge lozenges chew chews",
    },
}
CAPSULE_COATS = {"vegetarian", "veggie", "vegan", "vegetable", "veg", "enteric-coated", "coated", "chewable"}
PERCENT_WORDS = {"dv", "nrv", "ri", "rda", "rdi", "rdv"}
SOURCE_WORDS = {"as", "from"}
GIVES = {"providing", "provides", "provide", "yielding", "yields", "supplying", "supplies", "equivalent", "which"}
HOLDS = {"contains", "contain", "provides", "provide", "supplies", "delivers", "has"}
QUIET = {"of", "contains", "contain", "supplement", "facts", "dietary", "amount", "to", "the", "providing"} | HOLDS
ELEMENT = {"magnesium", "elemental"}
VULGAR = re.compile("[\u00bc-\u00be\u2150-\u215e]")
FORMULA = (
    r"Mg[A-Za-z0-9]*(?:\([A-Z][A-Za-z0-9]{0,12}\)\d{0,2}){1,3}(?:\.\d{0,2}H2O)?|Mg[A-Z][A-Za-z0-9]{0,12}\.\d{0,2}H2O"
)
TOKEN = re.compile(
    rf"(?P<formula>{FORMULA})"
    r"|(?P<number>\d+\s+\d{1,3}\s?[/\u2044]\s?\d{1,3}(?![\d/])|\d{1,3}\s?[/\u2044]\s?\d{1,3}(?![\d/.])|\d+(?:[.,]\d+)*)"
    r"|(?P<word>[^\W\d_]+(?:['\u2019-]?[^\W_]+)*)"
    r"|(?P<mark>\S)"
)
MIXED = re.compile(r"(?:(?P<whole>\d+)\s+)?(?P<top>\d+)\s?[/\u2044]\s?(?P<bottom>\d+)")

TokenKind = Literal["mass", "volume", "count", "percent", "number", "per", "open", "close", "word", "mark"]


class LabelError(QuantityError):
    """A line that cannot be read as a label; the text says what would be right."""


@dataclass(frozen=True)
class Taking:
    """How much is taken of what a label describes, and what the line leaves open.

    Attributes
    ----------
    servings : of the line's own serving, where no amount is given.
    amount : what is taken, "1 capsule"; serving : what one serving is, where the line does not say.
    label : "compound" or "elemental", where the line leaves it open.
    year, jurisdiction : whose daily value a percentage is of.
    own : products that the person described.
    """

    servings: float = 1.0
    amount: Amount | None = None
    serving: Amount | None = None
    label: Literal["compound", "elemental"] | None = None
    year: int | None = None
    jurisdiction: Jurisdiction = "US"
    own: tuple[OwnProduct, ...] = ()


@dataclass(frozen=True)
class LabelReading:
    """A line as it was read: the intake, the words that were not read, and what there is to say about it."""

    intake: Intake
    unread: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Token:
    """One piece of the line; `amount` of a mass, volume or count, `number` of a percentage or bare number."""

    kind: TokenKind
    text: str
    amount: Amount | None = None
    number: float = 0.0
    word: str = ""


@dataclass
class _Line:
    """A line being read: its tokens, and which of them have been understood."""

    tokens: list[Token]
    used: set[int] = field(default_factory=set[int])
    remarks: list[Remark] = field(default_factory=list[Remark])

    def kind(self, place: int) -> str:
        return self.tokens[place].kind if 0 <= place < len(self.tokens) else "end"

    def word(self, place: int) -> str:
        return self.tokens[place].word if 0 <= place < len(self.tokens) else ""

    def amount(self, place: int) -> Amount:
        found = self.tokens[place].amount
        assert found is not None
        return found

    def free(self, kind: TokenKind) -> list[int]:
        return [place for place, token in enumerate(self.tokens) if token.kind == kind and place not in self.used]

    def say(self, code: str, severity: Literal["caution", "note"], message: str, *sources: str) -> None:
        self.remarks.append(Remark(code, severity, message, sources))


# --- tokens ---


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """The line cut into numbers, words, formulas and marks."""
    text = VULGAR.sub(lambda found: " " + unicodedata.normalize("NFKC", found[0]), text)
    text = unicodedata.normalize("NFKC", text).replace("\u00b7", ".")
    text = re.sub(r"(?i)\bfl(?:uid)?\.?\s{0,3}(?:oz|ounces?)\b\.?", "floz", text)
    text = re.sub(r"(?i)\bdaily\s{1,3}value\b", "DV", text)
    for found in TOKEN.finditer(text):
        yield str(found.lastgroup), found[0]


def _number(text: str) -> float | None:
    """A plain number or fraction; None where it can be read two ways or is too long to be one."""
    if mixed := MIXED.fullmatch(text):
        top, bottom = int(mixed["top"]), int(mixed["bottom"])
        whole = int(mixed["whole"][:DIGITS]) if mixed["whole"] else 0
        return None if bottom == 0 else whole + top / bottom
    whole, _, decimals = text.partition(".")
    plain_number = whole.isascii() and whole.isdigit() and (decimals == "" or decimals.isdigit())
    return float(text) if plain_number and len(whole) <= DIGITS and len(decimals) <= DECIMALS else None


@cache
def _units() -> dict[str, tuple[TokenKind, str]]:
    """Every spelling of a unit with what it measures and how `read_amount` writes it."""
    kinds: tuple[TokenKind, ...] = ("mass", "volume", "count")
    return {word: (kind, unit) for kind in kinds for unit, words in UNITS[kind].items() for word in words.split()}


def _unit(word: str) -> tuple[TokenKind, str] | None:
    """What a unit measures and how `read_amount` writes it."""
    return _units().get(word.casefold())


def _measured(number: str, unit: str) -> Token:
    """A number and its unit as one token."""
    kind, spelled = _unit(unit) or ("mark", unit)
    size = _number(number)
    if size is None:
        if "," in number:
            raise LabelError(f'"{number} {unit}": a comma in a number can be read two ways; write 1745 or 1.745')
        raise LabelError(f'"{number[:DIGITS]}... {unit}" is no amount that can be read')
    amount = read_amount(f"{size:.9g} {spelled}")
    shown = f"{figure_text(number)} {'fl oz' if unit == 'floz' else unit}"
    return Token(kind, shown, replace(amount, text=shown))


def figure_text(number: str) -> str:
    """A number as it was written, on one line."""
    return " ".join(number.replace("\u2044", "/").split())


def tokens_of(text: str) -> list[Token]:
    """A line as tokens: numbers joined with their units and percent signs, "per" and brackets marked."""
    pieces, found, place = list(_pieces(text)), list[Token](), 0
    while place < len(pieces):
        kind, piece = pieces[place]
        step = 1
        if kind == "number":
            token, step = _after_number(pieces, place)
        elif kind == "mark":
            token = Token({"(": "open", "[": "open", ")": "close", "]": "close", "/": "per"}.get(piece, "mark"), piece)  # type: ignore[arg-type]
        elif piece.casefold() in ("per", "each"):
            token = Token("per", piece)
        else:
            token = Token("word", piece, word=piece.casefold() if kind == "word" else piece)
        found.append(token)
        place += step
    return found


def _after_number(pieces: list[tuple[str, str]], place: int) -> tuple[Token, int]:
    """A number with what follows it, and how many pieces that took."""
    number, rest = pieces[place][1], [piece for _, piece in pieces[place + 1 : place + 1 + 2 + 2]]
    if rest and rest[0] == "%":
        size = _number(number)
        if size is None:
            raise LabelError(f'"{number[:DIGITS]} %" is no percentage that can be read; write it like 25 % or 12.5 %')
        tail = [word.casefold() for word in rest[1:]]
        behind = next((at for at, word in enumerate(tail) if word not in ("of", "the", "your", "*")), len(tail))
        if behind == len(tail) or tail[behind] not in PERCENT_WORDS:
            behind = None
        if behind is None:
            return Token("percent", f"{number} %", number=size), 2
        return Token("percent", f"{number} % {rest[1 + behind]}", number=size, word=tail[behind]), 2 + 1 + behind
    coat = 1 if len(rest) > 1 and rest[0].casefold() in CAPSULE_COATS else 0
    if len(rest) > coat and _unit(rest[coat]) is not None:
        return _measured(number, rest[coat]), 2 + coat
    return Token("number", number, number=_number(number) or 0.0), 1


# --- names ---


def _kinds(kind: Kind | None, tokens: list[Token]) -> tuple[Kind, ...]:
    """The tables a name is looked up in: a line in milliliters is a medicine's before it is a supplement's."""
    if kind is not None:
        return (kind,)
    return ("medicine", "supplement") if any(token.kind == "volume" for token in tokens) else ("supplement", "medicine")


def _find(kinds: tuple[Kind, ...], words: list[str], own: tuple[OwnProduct, ...]) -> tuple[Kind, Match] | None:
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


@dataclass(frozen=True)
class _Head:
    """The name in a line: where it stands, what it is, and whether it says that the amount is of the element."""

    start: int
    end: int
    kind: Kind
    match: Match
    element: bool


def _runs(line: _Line, start: int = 0) -> Iterator[tuple[int, int]]:
    """Every run of words that could be a name, the longest first."""
    for length in range(LONGEST_RUN, 0, -1):
        for first in range(start, len(line.tokens) - length + 1):
            places = range(first, first + length)
            if all(line.kind(place) == "word" and place not in line.used for place in places):
                yield first, first + length


def _source_phrase(line: _Line, head_end: int) -> tuple[int, int] | None:
    """Where "(as magnesium citrate" stands behind a name: the words behind as or from."""
    place = head_end + (1 if line.kind(head_end) == "open" else 0)
    if line.word(place) not in SOURCE_WORDS:
        return None
    first = end = place + 1
    while line.kind(end) == "word" or (line.kind(end) == "mark" and line.tokens[end].text in ",&-"):
        end += 1
    return (first, end) if end > first else None


def _head_of(line: _Line, kinds: tuple[Kind, ...], own: tuple[OwnProduct, ...]) -> _Head:
    """The name of the line: "magnesium" with a source behind it, else the longest run of words that names a product."""
    for place, token in enumerate(line.tokens):
        found = _find(kinds, [token.word], own) if token.kind == "word" else None
        if found is not None and found[1].product.name == "magnesium":
            phrase = _source_phrase(line, place + 1)
            if phrase is not None:
                return _with_source(line, kinds, own, place, phrase, found)
    for start, end in _runs(line):
        found = _find(kinds, [line.word(place) for place in range(start, end)], own)
        if found is not None:
            element = found[1].product.salt is None and found[1].product.elemental_share is None
            line.used |= set(range(start, end))
            _tell_corrected(line, start, end, found[1])
            return _Head(start, end, found[0], found[1], element)
    _refuse_other_kind(line, kinds)
    raise LabelError(f"no {' or '.join(kinds)} with magnesium is named in it that is known")


def _refuse_other_kind(line: _Line, kinds: tuple[Kind, ...]) -> None:
    """Say where the line names something of the other kind."""
    both: tuple[Kind, ...] = ("supplement", "medicine")
    rest: tuple[Kind, ...] = tuple(kind for kind in both if kind not in kinds)
    for start, end in _runs(line) if rest else ():
        found = _find(rest, [line.word(place) for place in range(start, end)], ())
        if found is not None:
            raise LabelError(f'it names a {found[0]}, {found[1].product.name}; write kind = "{found[0]}"')


def _salt_within(
    kinds: tuple[Kind, ...], words: list[str], own: tuple[OwnProduct, ...]
) -> tuple[tuple[Kind, Match] | None, list[str]]:
    """The salt that the longest run of some words names, and the words that are no part of it."""
    for length in range(min(len(words), LONGEST_RUN), 0, -1):
        for first in range(len(words) - length + 1):
            found = _find(kinds, words[first : first + length], own)
            if found is not None and found[1].product.name != "magnesium":
                return found, words[:first] + words[first + length :]
    return None, words


def _with_source(
    line: _Line,
    kinds: tuple[Kind, ...],
    own: tuple[OwnProduct, ...],
    place: int,
    phrase: tuple[int, int],
    plain_magnesium: tuple[Kind, Match],
) -> _Head:
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
        return _Head(place, phrase[1], known[0][0], known[0][1], True)
    if known:
        listed = " and ".join(one[1].product.name for one in known)
        line.say("label-read", "note", f"A blend with {listed}: how much of each is not said.", "labelrules")
    return _Head(place, phrase[1], plain_magnesium[0], plain_magnesium[1], True)


def _tell_corrected(line: _Line, start: int, end: int, match: Match) -> None:
    """Say where a misspelling was corrected."""
    if match.corrected:
        _tell(line, " ".join(line.tokens[place].text for place in range(start, end)), match)


def _tell(line: _Line, written: str, match: Match) -> None:
    line.say("label-read", "note", f'"{written}" is read as {match.product.name}.')


# --- amounts ---


@dataclass
class _Content:
    """What a line says of its magnesium: a mass, the element in it, a percentage, what they are for, what is taken."""

    mass: Amount | None = None
    stated: bool = False  # that the mass is of magnesium itself
    element: Amount | None = None
    percent: float | None = None
    word: str = ""
    basis: Amount | None = None
    taken: Amount | None = None


def _skip(line: _Line, place: int, step: int) -> int:
    """The next token, in one direction, that is not a bracket, a mark, or a word of no weight."""
    while line.kind(place) in ("open", "close", "mark") or place in line.used or line.word(place) in QUIET | ELEMENT:
        if line.kind(place) == "mark" and line.tokens[place].text not in ":-,.*\u2020\u2021|\u2022\u2013\u2014;=":
            break
        place += step
    return place


def _basis(line: _Line) -> Amount | None:
    """What the amounts are for: "per 2 capsules", "in each tablet", "serving size 2 capsules", "2 capsules contain"."""
    for place in [*line.free("count"), *line.free("volume")]:
        before = _back(line, place)
        if line.word(before) == "size" and line.word(before - 1) == "serving":
            line.used |= {place, before, before - 1}
            for per in line.free("per"):
                line.used |= {per, per + 1} if line.word(per + 1) == "serving" else set[int]()
            return line.amount(place)
    for place in line.free("per"):
        found = _basis_behind(line, place)
        if found is not None:
            return found
    for place in [*line.free("count"), *line.free("volume")]:
        if line.word(place + 1) in HOLDS:
            line.used |= {place, place + 1}
            return line.amount(place)
    return None


def _back(line: _Line, place: int) -> int:
    """The token before, marks aside."""
    place -= 1
    while line.kind(place) == "mark":
        place -= 1
    return place


def _basis_behind(line: _Line, place: int) -> Amount | None:
    """The amount behind one "per"; a unit without a number is one of it."""
    behind = place + 1
    if line.kind(behind) in ("mass", "volume", "count"):
        if line.kind(behind) == "mass":
            raise LabelError(f"it gives magnesium per {line.tokens[behind].text}; paste what one serving holds")
        found = line.amount(behind)
    elif line.kind(behind) == "word" and (unit := _unit(line.word(behind))) is not None and unit[0] != "mass":
        found = replace(read_amount(f"1 {unit[1]}"), text=f"1 {'fl oz' if unit[1] == 'fl oz' else line.word(behind)}")
    else:
        return None
    line.used |= {place, behind}
    if line.word(place - 1) == "in":
        line.used.add(place - 1)
    inner = behind + 1 + (1 if line.kind(behind + 1) == "open" or line.word(behind + 1) == "of" else 0)
    if (
        found.counted == "serving"
        and found.magnitude == 1
        and line.kind(inner) in ("count", "volume")
        and inner > behind + 1
    ):
        line.used |= {inner, inner - 1}
        return line.amount(inner)
    return found


def _belongs(line: _Line, head: _Head, kind: TokenKind) -> int | None:
    """Where the mass or the percentage of the named thing stands: behind it, else right before it."""
    behind = _skip(line, head.end, 1)
    for _ in range(2):
        if line.kind(behind) == kind and behind not in line.used:
            return behind
        if line.kind(behind) not in ("mass", "percent"):
            break
        behind = _skip(line, behind + 1, 1)
    before = _skip(line, head.start - 1, -1)
    return before if before >= 0 and line.kind(before) == kind and before not in line.used else None


def _element_mass(line: _Line, main: int) -> Amount | None:
    """The second mass of "1000 mg, providing 100 mg elemental magnesium"."""
    for place in line.free("mass"):
        before = {line.word(_back(line, place)), line.word(_back(line, _back(line, place)))}
        if place > main and (before & GIVES or _says_element(line, place, None)):
            line.used.add(place)
            return line.amount(place)
    return None


def _says_element(line: _Line, mass: int, head: _Head | None) -> bool:
    """Whether the words beside a mass say that it is of magnesium itself, apart from the name it belongs to."""
    named = range(head.start, head.end) if head is not None else range(0)
    before = _back(line, mass)
    if before not in named and line.word(before) in ELEMENT:
        return True
    behind = mass + (2 if line.word(mass + 1) == "of" else 1)
    if behind in named:
        return False
    return line.word(behind) == "elemental" or (line.word(behind) == "magnesium" and line.kind(behind + 1) != "word")


def _refuse_doubtful(line: _Line, mass: int) -> None:
    """A range or a multiplication is no one amount."""
    before = line.tokens[mass - 1] if mass > 0 else Token("mark", "")
    if line.kind(mass - 2) != "number" and line.kind(mass - 2) != "mass":
        return
    if before.kind == "mark" and before.text in "-\u2013\u2014":
        raise LabelError("it gives a range; write the one amount that a serving holds")
    if before.word == "x" or before.text == "\u00d7":
        raise LabelError("it multiplies an amount; paste what one tablet or one serving holds")


def _content(line: _Line, head: _Head) -> _Content:
    """Everything the line says of its magnesium."""
    content = _Content(basis=_basis(line))
    for place in line.free("mass"):
        _refuse_doubtful(line, place)
    mass = _belongs(line, head, "mass")
    share = _belongs(line, head, "percent")
    if mass is not None:
        line.used.add(mass)
        content.mass = line.amount(mass)
        content.stated = head.element or _says_element(line, mass, head)
        content.element = _element_mass(line, mass)
    if share is not None:
        line.used.add(share)
        content.percent, content.word = line.tokens[share].number, line.tokens[share].word
    _taken(line, head, content)
    return content


def _taken(line: _Line, head: _Head, content: _Content) -> None:
    """What the line says is taken: a volume of what it gives a strength for, or of a liquid whose content is known."""
    product, volumes, counts = head.match.product, line.free("volume"), line.free("count")
    rate = content.mass is not None and content.basis is not None and content.basis.kind == "volume"
    liquid = product.elemental_mg_per_ml is not None or product.bulk
    alone = content.mass is None and content.percent is None
    if len(volumes) == 1 and (rate or (alone and liquid)):
        line.used.add(volumes[0])
        content.taken = line.amount(volumes[0])
    elif alone and len(counts) == 1 and product.tablet_mass_mg is not None:
        line.used.add(counts[0])
        content.taken = line.amount(counts[0])


# --- meaning ---


def read_label(text: object, kind: Kind | None = None, taking: Taking | None = None) -> LabelReading:
    """Read one line of a label as an intake.

    Parameters
    ----------
    text : the line, at most 300 characters.
    kind : "supplement" or "medicine"; None to let the line tell.
    taking : how much of it is taken, and what the line leaves open; one serving where left out.

    Returns
    -------
    LabelReading
        The intake holds what there is to say as `remarks`; the ledger turns them into findings.

    Raises
    ------
    LabelError
        Where no magnesium or no amount of it is found, or an amount could mean two things.

    Examples
    --------
    >>> reading = read_label("Magnesium (as magnesium citrate) 150 mg 36 % per 2 capsules")
    >>> reading.intake.product, reading.intake.amount.text, reading.intake.unit_mass_mg, reading.unread
    ('magnesium citrate', '2 capsules', 75.0, ())
    """
    taking = taking or Taking()
    if not isinstance(text, str) or not text.strip():
        raise LabelError(
            'write the line of the label, such as "Magnesium (as magnesium citrate) 150 mg per 2 capsules"'
        )
    if len(text) > LONGEST_LABEL:
        raise LabelError(f"it is longer than {LONGEST_LABEL} characters; paste the one line about magnesium")
    try:
        line = _Line(tokens_of(text))
        head = _head_of(line, _kinds(kind, line.tokens), taking.own)
        content = _content(line, head)
        _refuse_two(line, head, taking.own)
        intake = _intake(line, head, content, taking)
    except LabelError:
        raise
    except QuantityError as error:
        raise LabelError(str(error)) from None
    unread = _unread(line)
    written = "".join(letter if letter.isprintable() else " " for letter in " ".join(text.split()))
    intake = replace(intake, label_text=written, remarks=tuple(line.remarks))
    return LabelReading(intake, unread, tuple(remark.message for remark in line.remarks))


def _refuse_two(line: _Line, head: _Head, own: tuple[OwnProduct, ...]) -> None:
    """A line with two amounts of two sources of magnesium is refused."""
    for start, end in _runs(line):
        if line.kind(_skip(line, end, 1)) != "mass":
            continue
        found = _find((head.kind,), [line.word(place) for place in range(start, end)], own)
        if found is not None:
            first, second = head.match.product.name, found[1].product.name
            raise LabelError(f"it gives amounts of {first} and of {second}; paste one line for each")


def _unread(line: _Line) -> tuple[str, ...]:
    """The words and numbers that were not read, told in a finding: a caution where one is a number."""
    left = [
        token
        for place, token in enumerate(line.tokens)
        if place not in line.used
        and token.kind not in ("open", "close", "mark")
        and token.word not in QUIET | ELEMENT | GIVES
    ]
    words = tuple(token.text for token in left)
    if words:
        severity: Literal["caution", "note"] = "note" if all(token.kind == "word" for token in left) else "caution"
        more = f" and {len(words) - SHOWN_WORDS} more" if len(words) > SHOWN_WORDS else ""
        listed = ", ".join(f'"{word[: SHOWN_WORDS * 2]}"' for word in words[:SHOWN_WORDS])
        line.say("label-not-read", severity, f"Not read on the label, and left out: {listed}{more}.")
    return words


def _intake(line: _Line, head: _Head, content: _Content, taking: Taking) -> Intake:
    """The intake that a line describes."""
    own = find_own(head.kind, head.match.name, taking.own)
    base = Intake(head.kind, _shown_name(head), Amount("", 0.0, "mass"), label=taking.label, own=own)
    if content.stated and taking.label == "compound":
        raise LabelError("the line itself says that the amount is of magnesium; leave label out")
    if content.mass is None and content.percent is None:
        return _by_content(base, content, taking)
    if content.basis is not None and content.basis.kind == "volume" and content.mass is not None:
        return _by_strength(line, head, content, taking, base)
    milligrams, label = _milligrams(line, head, content, taking)
    return _by_serving(replace(base, label=label), milligrams, content, taking)


def _shown_name(head: _Head) -> str:
    """The name as the ledger shows it: as on the label where that is a full name, else the table's."""
    full = spelled(head.match.name)
    found = exact(head.kind, full)
    named = isinstance(found, Product) and found.name == head.match.product.name and full.startswith("magnesium ")
    return full if named else head.match.product.name


def _by_content(base: Intake, content: _Content, taking: Taking) -> Intake:
    """A line without a content of its own: "Milk of magnesia 30 mL"."""
    amount = taking.amount or (None if content.taken is None else _times(content.taken, taking.servings))
    if amount is None:
        raise LabelError('no amount of magnesium is found in it, such as "150 mg", "25 % DV" or "30 mL"')
    return replace(base, amount=amount)


def _milligrams(
    line: _Line, head: _Head, content: _Content, taking: Taking
) -> tuple[float, Literal["compound", "elemental"] | None]:
    """mg in one serving and what they are of; mass, element and percentage are held against each other."""
    chosen = daily_value(taking.year, taking.jurisdiction, content.word)
    label = "elemental" if content.stated else taking.label
    if content.mass is None:
        assert content.percent is not None
        _tell_percent(line, content.percent, chosen, taking)
        return chosen.mg_of(content.percent), "elemental"
    mass = content.mass.magnitude
    if content.element is not None:
        mass, label = _element_of(line, head, mass, content.element.magnitude), "elemental"
    if content.percent is None:
        return mass, label
    return _held_against(line, head, content.percent, mass, label, chosen)


def _element_of(line: _Line, head: _Head, mass: float, element: float) -> float:
    """The element that a compound is said to hold; a finding where the formula gives something else."""
    by_formula = mass * share_of(head.match.product)
    if not head.element and abs(element - by_formula) > value("label_agreement") * by_formula:
        line.say(
            "label-contradiction",
            "caution",
            f"The label declares {figure(element)} mg of magnesium in {figure(mass)} mg of {head.match.product.name},"
            f" and the formula gives {figure(by_formula)} mg; the larger is counted.",
            "molarmass",
        )
    return max(element, by_formula) if not head.element else element


def _held_against(
    line: _Line,
    head: _Head,
    share: float,
    mass: float,
    label: Literal["compound", "elemental"] | None,
    chosen: DailyValue,
) -> tuple[float, Literal["compound", "elemental"] | None]:
    """A mass and a percentage together: they may settle what the mass is of, or contradict each other."""
    compound = mass * share_of(head.match.product)
    readings: list[tuple[Literal["compound", "elemental"], float]] = [("elemental", mass), ("compound", compound)]
    for meant, magnesium in readings:
        if label not in (None, meant):
            continue
        for one in (chosen, *others(chosen)):
            if one.agrees(share, magnesium):
                _tell_agreement(line, share, one, chosen, meant if label is None else None)
                return mass, meant
    stated = mass if label != "compound" else compound
    by_percent = chosen.mg_of(share)
    larger = max(stated, by_percent)
    line.say(
        "label-contradiction",
        "caution",
        f"{figure(stated)} mg is {figure(100 * stated / chosen.mg)} % of {figure(chosen.mg)} mg ({chosen.place}), and"
        f" the label prints {figure(share)} %; the larger, {figure(larger)} mg, is counted.",
        chosen.source,
    )
    return larger, "elemental"


def _tell_agreement(line: _Line, share: float, one: DailyValue, chosen: DailyValue, settles: str | None) -> None:
    """Say what the percentage was good for, if anything."""
    if settles is not None:
        of = "of magnesium itself" if settles == "elemental" else "of the compound"
        line.say(
            "daily-value", "note", f"{figure(share)} % of {figure(one.mg)} mg tells that the mass is {of}.", one.source
        )
    elif one.record != chosen.record:
        line.say("daily-value", "note", f"{figure(share)} % is of {figure(one.mg)} mg, {one.place}.", one.source)


def _tell_percent(line: _Line, share: float, chosen: DailyValue, taking: Taking) -> None:
    """Say what a lone percentage was taken of, and what it would be of another daily value."""
    line.say("daily-value", "note", percent_message(share, chosen, taking.year is None), chosen.source)


def percent_message(share: float, chosen: DailyValue, open_year: bool) -> str:
    """A percentage in milligrams, in one or two sentences."""
    message = f"{figure(share)} % of {figure(chosen.mg)} mg, {chosen.place}, is {figure(chosen.mg_of(share))} mg."
    if not open_year:
        return message
    rest = ", ".join(f"{figure(one.mg_of(share))} mg by {one.place} ({figure(one.mg)} mg)" for one in others(chosen))
    return f"{message} It would be {rest}."


def _times(amount: Amount, servings: float) -> Amount:
    """So many servings of an amount."""
    if servings == 1:
        return amount
    return replace(amount, text=f"{figure(servings)} x {amount.text}", magnitude=amount.magnitude * servings)


def _ratio(taken: Amount, basis: Amount) -> float:
    """How many of the label's servings an amount is."""
    if taken.counted == "serving":
        return taken.magnitude
    if taken.kind != basis.kind or taken.counted != basis.counted or basis.magnitude <= 0:
        raise LabelError(f'the label is for {basis.text}, and "{taken.text}" cannot be held against that')
    return taken.magnitude / basis.magnitude


def _by_serving(base: Intake, milligrams: float, content: _Content, taking: Taking) -> Intake:
    """An amount for each serving: takings are the user's, a serving is the label's."""
    basis = _basis_of(content, taking)
    if basis is None:
        if taking.amount is not None and taking.amount.counted != "serving":
            raise LabelError(
                f'the line does not say how much "{taking.amount.text}" is of it;'
                ' paste "per 2 capsules" with it, or write serving = "2 capsules"'
            )
        servings = taking.servings if taking.amount is None else taking.amount.magnitude
        shown = content.mass.text if content.mass is not None and content.mass.magnitude == milligrams else ""
        return replace(base, amount=_times(Amount(shown or f"{figure(milligrams)} mg", milligrams, "mass"), servings))
    if basis.magnitude <= 0:
        raise LabelError(f'"{basis.text}" is no serving')
    if basis.kind == "volume":
        servings = taking.servings if taking.amount is None else _ratio(taking.amount, basis)
        return replace(
            base, amount=_times(Amount(f"{figure(milligrams)} mg in {basis.text}", milligrams, "mass"), servings)
        )
    taken = _times(basis, taking.servings) if taking.amount is None else taking.amount
    if taken.counted == "serving" and basis.counted != "serving":
        taken = _times(basis, taken.magnitude)
    _ratio(taken, basis)
    return replace(base, amount=taken, unit_mass_mg=milligrams / basis.magnitude)


def _basis_of(content: _Content, taking: Taking) -> Amount | None:
    """What the amounts are for: the label's own words, where "per serving" may be spelled out by the user."""
    basis = content.basis
    if taking.serving is not None and (basis is None or basis.counted == "serving"):
        return _times(taking.serving, basis.magnitude if basis is not None else 1.0)
    if taking.serving is not None:
        raise LabelError("the line itself says what a serving is; leave serving out")
    return basis


def _by_strength(line: _Line, head: _Head, content: _Content, taking: Taking, base: Intake) -> Intake:
    """A liquid: mg in a volume, and the volume that is taken."""
    basis, mass = content.basis, content.mass
    assert basis is not None
    assert mass is not None
    if basis.magnitude <= 0:
        raise LabelError(f'"{basis.text}" is no volume to hold anything')
    per_ml = mass.magnitude / basis.magnitude
    text = f"{mass.text} per {basis.text}"
    label = "elemental" if content.stated or content.element is not None else taking.label
    if content.element is not None:
        per_ml = _element_of(line, head, mass.magnitude, content.element.magnitude) / basis.magnitude
    label = _meant_by_strength(line, head.match.product, per_ml, label, text)
    strength = Strength(text, "mg/mL", per_ml)
    if label == "compound":
        strength = Strength(text, "mg/mL", per_ml * share_of(head.match.product))
    taken = taking.amount or _times(content.taken or basis, taking.servings)
    if taken.counted == "serving":
        taken = _times(basis, taken.magnitude)
    if taken.kind != "volume":
        raise LabelError(f'the label is for {basis.text}, and "{taken.text}" cannot be held against that')
    return replace(base, amount=taken, strength=strength, label=None)


def _meant_by_strength(
    line: _Line, product: Product, per_ml: float, label: Literal["compound", "elemental"] | None, text: str
) -> Literal["compound", "elemental"]:
    """Whether the mass in a volume is of the compound; a known medicine's own content settles it."""
    declared, of_compound = product.elemental_mg_per_ml, per_ml * share_of(product)
    if product.salt is None:
        return "elemental"
    same = declared is not None and abs(of_compound - declared) <= value("label_agreement") * declared
    if same and label != "compound":
        if label == "elemental":
            message = (
                f'"{text}" is printed as magnesium; that much {product.name} holds {figure(of_compound)} mg/mL and is'
                " the compound: the line is read so."
            )
            line.say("label-contradiction", "caution", message, product.source)
        return "compound"
    if label is not None:
        return label
    message = (
        f'"{text}" may be of {product.name} ({figure(of_compound)} mg of magnesium in 1 mL) or of magnesium itself'
        f' ({figure(per_ml)} mg); the larger is counted. Write label = "compound" or label = "elemental".'
    )
    line.say("ambiguous-label", "caution", message, product.source)
    return "elemental"


def read_percent(share: float, product: str, kind: Kind, taking: Taking) -> Intake:
    """A percentage of the daily value, as an intake of magnesium itself.

    Parameters
    ----------
    share : such as 25; product, kind : what it stands on; taking : how much is taken, and whose daily value it is.
    """
    chosen = daily_value(taking.year, taking.jurisdiction)
    base = Intake(kind, product, Amount("", 0.0, "mass"), label="elemental", own=find_own(kind, product, taking.own))
    intake = _by_serving(base, chosen.mg_of(share), _Content(percent=share), taking)
    remark = Remark("daily-value", "note", percent_message(share, chosen, taking.year is None), (chosen.source,))
    if intake.amount.kind == "mass":
        shown = f"{percent(share / 100)} of {figure(chosen.mg)} mg"
        ratio = intake.amount.magnitude / chosen.mg_of(share) if share > 0 else 1.0
        intake = replace(intake, amount=_times(Amount(shown, chosen.mg_of(share), "mass"), ratio))
    return replace(intake, remarks=(remark,))
