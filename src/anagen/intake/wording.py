"""Numbers and frequencies in plain words, for the arithmetic that the ledger shows."""

from __future__ import annotations

import math

from anagen.routine import Intake

FIGURES = 3  # significant figures: more would claim a precision no label has
MINUTES_PER_HOUR = 60
TIMES_WORDS = {1.0: "once", 2.0: "twice"}


def figure(number: float) -> str:
    """A number to three significant figures, with commas: 405, 49,300, 60.3, 0.27.

    Examples
    --------
    >>> figure(49308.0), figure(60.303), figure(70.0), figure(0.0)
    ('49,300', '60.3', '70', '0')
    """
    if number == 0 or not math.isfinite(number):
        return "0" if number == 0 else str(number)
    places = FIGURES - 1 - math.floor(math.log10(abs(number)))
    rounded = round(number, places)
    text = f"{rounded:,.{max(places, 0)}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def milligrams(mg: float) -> str:
    """A sum of mg to one decimal, with commas, so that sums and differences agree: "1,365.4", "122.5", "405"."""
    return f"{mg:,.1f}".removesuffix(".0")


def percent(fraction: float) -> str:
    """A fraction as a percentage: 0.603 is "60.3 %"."""
    return f"{figure(100 * fraction)} %"


def how_often(intake: Intake) -> str:
    """How often an intake is taken: "twice a week", "3 times a day"."""
    word = TIMES_WORDS.get(intake.times, f"{figure(intake.times)} times")
    return f"{word} a {intake.per}"


def once_a_day(intake: Intake) -> bool:
    """True where one taking is one day's."""
    return intake.per == "day" and intake.times == 1


def with_frequency(sentence: str, intake: Intake, mg_per_taking: float) -> str:
    """A sentence about one taking, carried on to a day where that is not the same."""
    if once_a_day(intake):
        return sentence
    return f"{sentence}, {how_often(intake)} = {figure(mg_per_taking * intake.takings_per_day)} mg a day"


def minutes_or_hours(hours: float) -> str:
    """A duration: "20 min" below an hour, "8 h" from there on."""
    return f"{figure(hours * MINUTES_PER_HOUR)} min" if hours < 1 else f"{figure(hours)} h"
