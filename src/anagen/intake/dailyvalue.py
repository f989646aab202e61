"""The percentages on labels: of 420 mg in the United States since 2016, of 400 before, of 375 in Europe."""

from __future__ import annotations

from dataclasses import dataclass

from anagen.evidence.parameters import parameters, value
from anagen.routine import Jurisdiction

EUROPE: tuple[Jurisdiction, ...] = ("EU", "UK", "DE", "NO")
WORDS = {"dv": "US", "rdv": "US", "nrv": "EU", "ri": "EU", "rda": "", "rdi": "", "": ""}
PLACES = {
    "daily_value_us_2016": "the daily value in the United States since 2016",
    "daily_value_us_before": "the daily value in the United States before 2016",
    "daily_value_eu": "the nutrient reference value in the European Union",
}


@dataclass(frozen=True)
class DailyValue:
    """What a percentage on a label is of: mg, in words whose it is, and its source."""

    record: str
    mg: float
    place: str
    source: str

    def mg_of(self, percent: float) -> float:
        """Milligrams of a percentage of it."""
        return percent / 100 * self.mg

    def agrees(self, percent: float, mg: float) -> bool:
        """Whether a percentage and an amount are the same but for rounding of either."""
        slack = (value("label_percent_step") + 100 * value("label_mass_step") / self.mg) / 2
        return abs(percent - 100 * mg / self.mg) <= slack


def of_record(record: str) -> DailyValue:
    """A daily value by its record."""
    one = parameters()[record]
    return DailyValue(record, one.value, PLACES[record], one.source)


def daily_value(year: int | None = None, jurisdiction: Jurisdiction = "US", word: str = "") -> DailyValue:
    """The daily value that a label goes by.

    Parameters
    ----------
    year : of the label, None for today's.
    jurisdiction : of the person; Europe has its own value, everyone else is held to the American one.
    word : behind the percent sign: "DV" is American and "NRV" European, whoever reads them.

    Examples
    --------
    >>> daily_value().mg, daily_value(2010).mg, daily_value(word="NRV").mg
    (420.0, 400.0, 375.0)
    """
    whose = WORDS.get(word.casefold(), "") or ("EU" if jurisdiction in EUROPE else "US")
    if whose == "EU":
        return of_record("daily_value_eu")
    old = year is not None and year < value("daily_value_change")
    return of_record("daily_value_us_before" if old else "daily_value_us_2016")


def others(chosen: DailyValue) -> tuple[DailyValue, ...]:
    """The daily values a label might go by instead."""
    return tuple(of_record(record) for record in PLACES if record != chosen.record)
