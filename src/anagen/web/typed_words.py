"""The words of a typed line: amounts, how often, strength, serving and spray, each taken out where it stands.

What is left of the line is the name of the thing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from anagen.web.pairs import Table

NUMBER = r"(?P<number>[0-9]+(?:[.,][0-9]+)?|half|an?|one|two|three|four|five|six|ten)"
COUNTED = r"tablets?|tabs?|pills?|capsules?|caps?"
UNIT = (
    r"(?P<unit>mg|mcg|µg|g|grams?|kg|ml|l|liters?|oz|tbsp|tsp|tablespoons?|teaspoons?|cups?|sprays?|"
    rf"{COUNTED}|slices?|portions?|servings?|handfuls?|min|minutes?|h|hours?|iu|u|units?|grafts?(?:/cm2)?)"
)
AMOUNT = re.compile(rf"(?<![\w.]){NUMBER}\s*{UNIT}(?![\w])", re.IGNORECASE)
BARE = re.compile(r"(?<![\w.])(?P<number>[0-9]+(?:\.[0-9]+)?)(?![\w%.])")
PERCENT = re.compile(r"(?P<number>[0-9]+(?:\.[0-9]+)?)\s*%(?:\s*(?P<basis>w\s*/\s*[wv]))?", re.IGNORECASE)
A_SPRAY = re.compile(r"(?P<number>[0-9]*\.?[0-9]+)\s*ml\s*(?:a|per|each|/)\s*spray\b", re.IGNORECASE)
SERVING = re.compile(
    rf"\b(?:per|in|a\s+serving\s+(?:is|of)|serving\s+size)\s+{NUMBER}\s*(?P<unit>{COUNTED})\b"
    rf"|(?<![\w.])(?P<number2>[0-9]+|two|three|four)\s*(?P<unit2>{COUNTED})\s*(?:a|per|each|in\s+a)\s*serving\b",
    re.IGNORECASE,
)
WORD_NUMBERS = {"half": "0.5", "a": "1", "an": "1", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5",
                "six": "6", "ten": "10"}  # fmt: skip
UNITS = {"gram": "g", "grams": "g", "ml": "mL", "l": "L", "liter": "L", "liters": "L", "tab": "tablet",
         "tabs": "tablets", "pill": "tablet", "pills": "tablets", "cap": "capsule", "caps": "capsules",
         "minutes": "min", "minute": "min", "hour": "h", "hours": "h", "u": "U", "unit": "U", "units": "U",
         "tablespoon": "tbsp", "tablespoons": "tbsp", "teaspoon": "tsp", "teaspoons": "tsp", "graft": "grafts/cm2",
         "grafts": "grafts/cm2"}  # fmt: skip
OFTEN = (
    (re.compile(r"\b(?P<n>[0-9]+|once|twice|two|three|four|five)\s*(?:x|times)?\s*(?:a|per|every|each|/)\s*"
                r"(?P<per>day|week)\b", re.I), None),
    (re.compile(r"\b(?P<n>[0-9]+)\s*x?\s*(?P<per>daily|weekly)\b", re.I), None),
    (re.compile(r"\b(?:every|each|a|per)\s+(?P<per>day|week|night|morning|evening)\b", re.I), 1),
    (re.compile(r"\b(?P<per>daily|weekly|nightly)\b", re.I), 1),
)  # fmt: skip
TIMES = {"once": 1, "twice": 2, "two": 2, "three": 3, "four": 4, "five": 5}


@dataclass
class Words:
    """A line taken apart.

    Attributes
    ----------
    left : what is not an amount; with_amounts : the line without how often, as a treatment is looked for in it.
    amounts : in their order, "500 mg"; a number without a unit stands alone, and only where there is no other.
    often : `per` and `times`; strength : "31 % w/w"; serving : "2 tablets"; spray : "0.15 mL".
    """

    left: str
    with_amounts: str = ""
    amounts: list[str] = field(default_factory=list[str])
    often: Table = field(default_factory=dict[str, object])
    strength: str = ""
    serving: str = ""
    spray: str = ""

    @property
    def amount(self) -> str:
        """The first amount, "" where there is none."""
        return self.amounts[0] if self.amounts else ""

    def first(self, *units: str) -> str:
        """The first amount in one of some units, "" where there is none."""
        return next((one for one in self.amounts if one.partition(" ")[2] in units), "")


def _take(pattern: re.Pattern[str], words: Words) -> re.Match[str] | None:
    """What a pattern finds, taken out of the line."""
    found = pattern.search(words.left)
    if found is not None:
        words.left = f"{words.left[: found.start()]} {words.left[found.end() :]}"
    return found


def _told(number: str, unit: str) -> str:
    number, unit = WORD_NUMBERS.get(number.lower(), number.replace(",", ".")), unit.lower()
    return f"{number} {UNITS.get(unit, unit)}".strip()


def _take_often(words: Words) -> None:
    for pattern, times in OFTEN:
        found = _take(pattern, words)
        if found is None:
            continue
        said = found.groupdict().get("n")
        count = times if said is None else TIMES.get(said.lower()) or int(said[:3])
        words.often = {} if "week" not in found["per"].lower() else {"per": "week"}
        if count != 1:
            words.often["times"] = count
        return


def taken_apart(line: str) -> Words:
    """A line taken apart.

    Examples
    --------
    >>> found = taken_apart("mag citrate 500 mg per 2 tablets, 1 tablet twice a day")
    >>> found.amounts, found.serving, found.often["times"], found.left.split()
    (['500 mg', '1 tablet'], '2 tablets', 2, ['mag', 'citrate', ','])
    """
    words = Words(line)
    _take_often(words)
    words.with_amounts = words.left
    if spray := _take(A_SPRAY, words):
        words.spray = f"{spray['number']} mL"
    if serving := _take(SERVING, words):
        words.serving = _told(serving["number"] or serving["number2"], serving["unit"] or serving["unit2"])
    if strength := _take(PERCENT, words):
        basis = "".join((strength["basis"] or "").lower().split())
        words.strength = f"{strength['number']} % {basis}".strip()
    while found := _take(AMOUNT, words):
        words.amounts.append(_told(found["number"], found["unit"]))
    if not words.amounts and (bare := _take(BARE, words)):
        words.amounts.append(_told(bare["number"], ""))
    return words
