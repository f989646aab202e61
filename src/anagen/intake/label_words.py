"""The words and numbers of a label line: the line cut into tokens, and which of them have been understood.

A number is joined with its unit or its percent sign; one that can be read two ways is an error.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Literal

from anagen.quantities import Amount, QuantityError, read_amount
from anagen.routine import Remark

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
HOLDS = {"contains", "contain", "provides", "provide", "supplies", "delivers", "has"}
GRADES = {"usp", "bp", "ph", "eur"}  # the pharmacopoeia whose grade it is
QUIET = {"of", "supplement", "facts", "dietary", "amount", "to", "the", "providing"} | HOLDS | GRADES  # of no weight
PERCENT_WORDS = {"dv", "nrv", "ri", "rda", "rdi", "rdv"}
VULGAR = re.compile("[\u00bc-\u00be\u2150-\u215e]")
WATER_WORDS = r"(?:(?:mono|di|tri|tetra|penta|hexa|hepta|nona)hydrate|anhydrous)"
WATER = rf"(?i)\s?\(\s?({WATER_WORDS})\s?\)|,\s?({WATER_WORDS})\b"
METALS = r"(?:CaMg|Mg|Ca)"
FORMULA = (
    rf"{METALS}[A-Za-z0-9]*(?:\([A-Z][A-Za-z0-9]{{0,12}}\)\d{{0,2}}){{1,3}}(?:[A-Z]{{1,2}})?(?:\.\d{{0,2}}H2O)?"
    rf"|{METALS}[A-Z][A-Za-z0-9]{{0,12}}\.\d{{0,2}}H2O"
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
class Token:
    """One piece of the line; `amount` of a mass, volume or count, `number` of a percentage or bare number."""

    kind: TokenKind
    text: str
    amount: Amount | None = None
    number: float = 0.0
    word: str = ""


@dataclass
class Line:
    """A line being read: its tokens, whether its kind was told, and which tokens have been understood."""

    tokens: list[Token]
    kind_told: bool = True
    used: set[int] = field(default_factory=set[int])
    remarks: list[Remark] = field(default_factory=list[Remark])

    def kind(self, place: int) -> str:
        """The kind of the token at a place; "end" outside the line."""
        return self.tokens[place].kind if 0 <= place < len(self.tokens) else "end"

    def word(self, place: int) -> str:
        """The word at a place; nothing where no word stands."""
        return self.tokens[place].word if 0 <= place < len(self.tokens) else ""

    def amount(self, place: int) -> Amount:
        """The amount at a place where one stands."""
        found = self.tokens[place].amount
        assert found is not None
        return found

    def free(self, kind: TokenKind) -> list[int]:
        """The places of one kind that have not been understood yet."""
        return [place for place, token in enumerate(self.tokens) if token.kind == kind and place not in self.used]

    def say(self, code: str, severity: Literal["caution", "note"], message: str, *sources: str) -> None:
        """Keep a remark on the line."""
        self.remarks.append(Remark(code, severity, message, sources))


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """The line cut into numbers, words, formulas and marks."""
    text = VULGAR.sub(lambda found: " " + unicodedata.normalize("NFKC", found[0]), text)
    text = unicodedata.normalize("NFKC", text).replace("\u00b7", ".")
    text = re.sub(r"(?i)\bfl(?:uid)?\.?\s{0,3}(?:oz|ounces?)\b\.?", "floz", text)
    text = re.sub(r"(?i)\bdaily\s{1,3}value\b", "DV", text)
    text = re.sub(WATER, lambda found: f" {found[1] or found[2]}", text)  # chloride (anhydrous), malate, trihydrate
    text = re.sub(r"(?i)\bbis\(([a-z][a-z -]{1,30})\)", r"bis \1", text)  # bis(hydrogen malate)
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


def unit_of(word: str) -> tuple[TokenKind, str] | None:
    """What a unit measures and how `read_amount` writes it."""
    return _units().get(word.casefold())


def _measured(number: str, unit: str) -> Token:
    """A number and its unit as one token."""
    kind, spelled = unit_of(unit) or ("mark", unit)
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
    number, rest = pieces[place][1], [piece for _, piece in pieces[place + 1 : place + 1 + 4]]
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
        return Token("percent", f"{number} % {rest[1 + behind]}", number=size, word=tail[behind]), 3 + behind
    coat = 1 if len(rest) > 1 and rest[0].casefold() in CAPSULE_COATS else 0
    if len(rest) > coat and unit_of(rest[coat]) is not None:
        return _measured(number, rest[coat]), 2 + coat
    return Token("number", number, number=_number(number) or 0.0), 1
