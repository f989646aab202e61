"""Conditions as a person writes them: read by whole words, and refused where they deny.

A name stands for itself as a word of its own, singular or plural ("kidney" is in "polycystic kidneys", "renal" is not
in "adrenal"); `*` in a name stands for any letters. The names are in `spacing.toml`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import Any, Literal

from anagen import rules
from anagen.errors import Problem, ScenarioError
from anagen.intake.calcium import table as calcium_table
from anagen.intake.spacing import table
from anagen.quantities import QuantityError

Gut = Literal["usual", "constipated", "blocked"]
Group = Literal["kidney", "constipated", "blocked", "pregnant"]

KEY = "person.conditions"
READ_TEXTS = 1000  # conditions whose reading is kept; a planner asks for the same ones many times
LONGEST_SHOWN = 60
DASHES = dict.fromkeys((*range(0x2010, 0x2016), 0x2212), "-")
APOSTROPHES = dict.fromkeys((0x2018, 0x2019, 0x02BC), "'")
UNSEEN = dict.fromkeys((0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF))
JOINT = r"[\s\-_/]*"
BEFORE, AFTER = r"(?<![^\W_])", r"(?![^\W_])"  # the edges of a word; an underscore is no letter

DENIALS = (
    r"no|not|none|nil|nope|never|without|w/o|neither|nor|deny|denies|denied|denying|r/o|rul(?:e|es|ed|ing) out"
    r"|exclud(?:e|es|ed|ing)|(?:negative|neg) for|free (?:of|from)|absence of"
    r"|(?:is|are|was|were|has|have|had|do|does|did)n'?t"
)
"""Words that say of what follows them that it is not there."""
DENIALS_AFTER = r"negative|absent|free|unlikely|ruled out|excluded|denied"
"""Words that say so of what stands before them."""
OPENERS = (
    r"i|we|he|she|they|it|you|patient|person|the|an?|has|have|had|having|am|is|are|was|were|be|been|do|does|did|there"
    r"|currently|definitely|clinically|known"
)
"""Words that may stand before a denial at the beginning."""
GONE = (
    r"present|found|seen|shown|there|confirmed|detected|diagnosed|proven|suspected|had|evident|an issue"
    r"|problems?|issues?|trouble"
)

OPENS = re.compile(rf"^[\W_]*(?:(?:{OPENERS})[\W_]+)*({DENIALS}){AFTER}")
ENDS = re.compile(rf"{BEFORE}(no|not|none|nil|nope|never|false|n/a|absent|denied|denies){AFTER}[\W_]*$")
OUT = re.compile(
    rf"{BEFORE}(rul(?:e|ed|ing) out|r/o|excluded|no longer|(?:not|never) (?:present|there|any ?more|any longer)){AFTER}"
)
FORWARD = re.compile(rf"{BEFORE}({DENIALS}){AFTER}")


@lru_cache(READ_TEXTS)
def folded(text: str) -> str:
    """A text as it is compared: small letters, plain dashes and apostrophes, nothing that is not seen."""
    plain = unicodedata.normalize("NFKC", text).translate(DASHES | APOSTROPHES | UNSEEN)
    return " ".join(unicodedata.normalize("NFKC", plain.casefold()).split())


def _pattern(name: str) -> str:
    """A name as a regular expression, without its edges."""
    words = [re.escape(word).replace(r"\*", r"\w*") for word in re.split(r"[\s\-_/]+", folded(name)) if word]
    return JOINT.join(words) + ("" if name.endswith("*") else "(?:e?s)?")


@cache
def _matcher(names: tuple[str, ...]) -> re.Pattern[str]:
    """What finds one of the names as whole words."""
    return re.compile(rf"{BEFORE}(?:{'|'.join(map(_pattern, names))}){AFTER}")


def holds(names: Sequence[str], text: str) -> bool:
    """Whether a condition holds one of the names as whole words.

    Examples
    --------
    >>> holds(["renal"], "Renal stones"), holds(["renal"], "adrenal tumor"), holds(["ckd*"], "CKD4")
    (True, False, True)
    """
    return _matcher(tuple(names)).search(folded(text)) is not None


@cache
def words_of(group: Group) -> tuple[str, ...]:
    """The names of a group of conditions, from the table."""
    return tuple(str(word) for word in table()["words"][group])


@cache
def known_names() -> tuple[str, ...]:
    """Every name that anything in the package goes by: those that forbid, and those of the groups."""
    found = [str(name) for row in table()["condition"] for name in (row["name"], *row["aliases"])]
    for words in table()["words"].values():
        found += [str(word) for word in words]
    found += [str(name) for row in calcium_table()["condition"] for name in (row["name"], *row["aliases"])]
    return tuple(dict.fromkeys(found))


@cache
def _not_there() -> tuple[re.Pattern[str], ...]:
    """A known name said not to be there: with "non" before it, or "negative" or "not found" after it."""
    one = f"(?:{'|'.join(map(_pattern, known_names()))})"
    return (
        re.compile(rf"{BEFORE}(non){JOINT}{one}{AFTER}"),
        re.compile(rf"{BEFORE}{one}[\s\-:,]*(?:is |was )?({DENIALS_AFTER}){AFTER}"),
        re.compile(rf"{BEFORE}{one}{AFTER}.*{BEFORE}((?:no|not|never|\w+n't)(?: been)?) (?:{GONE}){AFTER}"),
    )


@lru_cache(READ_TEXTS)
def denial(text: str) -> str | None:
    """The word by which a condition denies, or None where it says that something is there.

    A text denies that begins or ends with such a word, or in which one stands to a name the package goes by ("gout, no
    heart block"). "Migraine without aura" is a migraine.

    Examples
    --------
    >>> denial("no heart block"), denial("heart block: ruled out"), denial("migraine without aura")
    ('no', 'ruled out', None)
    """
    plain = folded(text)
    for pattern in (OPENS, OUT, ENDS, *_not_there()):
        if match := pattern.search(plain):
            return match[1]
    found = (match for match in FORWARD.finditer(plain) if holds(known_names(), plain[match.end() :]))
    return next((match[1] for match in found), None)


def _mend(text: str, word: str) -> str:
    """How to mend a condition that denies, in one sentence."""
    flat = "".join(letter if letter.isprintable() else "?" for letter in text)
    shown = flat if len(flat) <= LONGEST_SHOWN else flat[: LONGEST_SHOWN - 1] + "…"
    return f'"{shown}" says "{word}", as if something were not there; list only what is there, and leave this out'


def stated(value: Any) -> str:
    """A condition that says that something is there: the rule of one entry of a scenario file.

    Raises
    ------
    QuantityError
        With the sentence that mends it, where it is no short text or denies.
    """
    text = rules.text(value)
    word = denial(text)
    if word is not None:
        raise QuantityError(_mend(text, word))
    return text


def refuse_denied(conditions: Iterable[str], source: str) -> None:
    """Raise ScenarioError where a condition denies; `source` names the file."""
    listed = tuple(conditions)
    denied = [(text, word) for text in listed if (word := denial(text)) is not None]
    if denied:
        raise ScenarioError([Problem(source, KEY, "", _mend(text, word)) for text, word in denied])


def gut_of(conditions: Iterable[str]) -> Gut:
    """How the person's gut is, by their conditions: blocked, constipated, or (where none says so) usual.

    Examples
    --------
    >>> gut_of(("gout",)), gut_of(("chronic constipation",)), gut_of(("constipated", "paralytic ileus"))
    ('usual', 'constipated', 'blocked')
    """
    listed = tuple(conditions)
    for gut in ("blocked", "constipated"):
        if any(holds(words_of(gut), text) for text in listed):
            return gut
    return "usual"
