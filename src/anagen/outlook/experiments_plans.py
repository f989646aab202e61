"""The plans that experiments try: the thread's routine and parts of it, magnesium by mouth and in food, and treatments.

They are read as a scenario file is, so that an experiment says what a user could write.
"""

from __future__ import annotations

from functools import cache

from anagen.scenario import Scenario

MAN = '[person]\nname = "a man"\nage = 35\nsex = "male"\n'
WOMAN = '[person]\nname = "a woman"\nage = 34\nsex = "female"\nmass_kg = 62\n'

BRINE = """
[[intake]]
kind = "topical"
product = "magnesium chloride brine"
strength = "31 % w/w"
amount = "4 mL"
area = "scalp"
contact = "8 h"
"""
SHORT_BRINE = BRINE.replace('"8 h"', '"1 h"')
VITAMIN = """
[[intake]]
kind = "supplement"
product = "multivitamin"
amount = "50 mg"
label = "elemental"
"""
BATH = """
[[intake]]
kind = "bath"
product = "epsom salt"
amount = "500 g"
volume = "150 L"
duration = "20 min"
"""
WITH_ALOE = 'mixed_with = ["aloe gel 4 mL"]\n'
TWICE_A_WEEK = 'times = 2\nper = "week"\n'
BEANS_AND_RICE = """
[[intake]]
kind = "food"
product = "black beans, boiled"
amount = "1 cup"

[[intake]]
kind = "food"
product = "brown rice, cooked"
amount = "1 cup"
"""
WATER = """
[[intake]]
kind = "water"
product = "mineral water"
amount = "1.5 L"
strength = "110 mg/L"
"""
LAXATIVE = """
[[intake]]
kind = "medicine"
product = "milk of magnesia"
amount = "30 mL"
"""
PILL = """
[[intake]]
kind = "supplement"
product = "magnesium citrate"
amount = "300 mg"
label = "elemental"
"""
SEEDS = """
[[intake]]
kind = "food"
product = "pumpkin seeds, dried"
amount = "40 g"
from_age = 12
"""


@cache
def plan(*parts: str, person: str = MAN) -> Scenario:
    """A scenario made of parts."""
    return Scenario.loads(person + "".join(parts), "(an experiment)")


def treated(kind: str, start: float, **keys: str | float) -> str:
    """A treatment from an age on, as a part of a plan."""
    told = {"kind": kind, "from_age": start, **keys}
    lines = [f'{key} = "{what}"' if isinstance(what, str) else f"{key} = {what:g}" for key, what in told.items()]
    return "\n[[treatment]]\n" + "\n".join(lines) + "\n"


def taken_from(part: str, start: float) -> str:
    """An intake from an age on."""
    return f"{part}from_age = {start:g}\n"


def routine() -> Scenario:
    """The thread's own routine: brine over the whole scalp, a multivitamin, Epsom baths, beans and rice."""
    return plan(BRINE + WITH_ALOE, VITAMIN, BATH + TWICE_A_WEEK, BEANS_AND_RICE, person=WOMAN)
