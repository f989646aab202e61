"""The daily value a percentage on a label is of, for either element: of the same places and years.

Of calcium: 1,300 mg in the United States since 2016, 1,000 mg before, 800 mg in Europe.
"""

from __future__ import annotations

from anagen.evidence.parameters import parameters
from anagen.intake.dailyvalue import PLACES, DailyValue, daily_value, of_record, others
from anagen.intake.salts import Element
from anagen.routine import Jurisdiction

CALCIUM = "calcium_"


def of_calcium(magnesium: DailyValue) -> DailyValue:
    """The daily value of calcium of the place and year of one of magnesium."""
    one = parameters()[CALCIUM + magnesium.record]
    return DailyValue(one.name, one.value, magnesium.place, one.source)


def daily_value_of(
    element: Element, year: int | None = None, jurisdiction: Jurisdiction = "US", word: str = ""
) -> DailyValue:
    """The daily value that a label goes by; the parameters are those of `dailyvalue.daily_value`.

    Examples
    --------
    >>> [daily_value_of("Ca", year).mg for year in (None, 2010)], daily_value_of("Ca", word="NRV").mg
    ([1300.0, 1000.0], 800.0)
    """
    chosen = daily_value(year, jurisdiction, word)
    return chosen if element == "Mg" else of_calcium(chosen)


def others_of(chosen: DailyValue) -> tuple[DailyValue, ...]:
    """The daily values of the same element that a label might go by instead."""
    if not chosen.record.startswith(CALCIUM):
        return others(chosen)
    every = (of_calcium(of_record(record)) for record in PLACES)
    return tuple(one for one in every if one.record != chosen.record)
