"""The rows of a CSV download: foods, amounts and portions, one at a time.

A file is read line by line: memory does not grow with it. One that is cut off, misaligned or not UTF-8 is refused.
"""

from __future__ import annotations

import csv
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from functools import partial
from io import TextIOWrapper

from anagen.intake.import_limits import SMALL_FILE, ImportFailed, Opener
from anagen.intake.import_rows import (
    LEGACY,
    LONGEST_PORTION,
    WANTED,
    AmountRow,
    FoodRow,
    Imported,
    PortionRow,
    amount_per_100_g,
    food_row,
    portion_row,
    read_identity,
    read_words,
    unit_factor,
)

MOST_COLUMNS = 100
MOST_LINE = 2**18
MOST_LINES_IN_ROW = 1000
NOT_FOODS = ("sample_food", "sub_sample_food", "market_acquisition", "agricultural_acquisition", "experimental_food")


class Table:
    """The rows of one CSV file, with the columns that are asked for."""

    def __init__(
        self, name: str, text: TextIOWrapper, most_rows: int, needed: tuple[str, ...], useful: tuple[str, ...] = ()
    ) -> None:
        self.name = name
        self.most_rows = most_rows
        self.taken = 0
        self.reader = csv.reader(self._lines(text), strict=True)
        try:
            self.header = [cell.strip().casefold() for cell in next(self.reader, [])]
        except csv.Error as error:
            raise self.refusal(str(error)) from None
        except UnicodeDecodeError as error:
            raise self.refusal(_not_utf8("at its beginning", error)) from None
        if len(self.header) > MOST_COLUMNS:
            raise self.refusal(f"it has {len(self.header):,} columns; a download has a dozen")
        missing = [column for column in needed if column not in self.header]
        if missing:
            raise self.refusal(f"there is no column {' or '.join(missing)} in it")
        self.places = [self.header.index(one) if one in self.header else len(self.header) for one in (*needed, *useful)]

    def refusal(self, why: str) -> ImportFailed:
        """Why this file cannot be used."""
        return ImportFailed(f"{self.name}: {why}")

    def _lines(self, text: TextIOWrapper) -> Iterator[str]:
        """Lines of bounded length, and a bounded number of them to a row."""
        for number, line in enumerate(iter(partial(text.readline, MOST_LINE), ""), start=1):
            if len(line) >= MOST_LINE:
                raise self.refusal(f"line {number:,} is longer than {MOST_LINE:,} characters")
            if number - self.taken > MOST_LINES_IN_ROW:
                raise self.refusal(f"line {self.taken + 1:,} begins a quotation that does not end")
            yield line

    def rows(self) -> Iterator[list[str]]:
        """Every row with its cells; raises ImportFailed where one has not as many as the header."""
        columns, reader = len(self.header), self.reader
        try:
            for row in reader:
                if len(row) != columns:
                    if not row:
                        continue
                    raise self.refusal(
                        f"line {reader.line_num:,} has {len(row):,} columns and the first has {columns}: the file is"
                        " cut off or damaged"
                    )
                self.taken = reader.line_num
                if self.taken > self.most_rows:
                    raise self.refusal(f"it has more than {self.most_rows:,} rows")
                row.append("")  # what a column that is not there says
                yield row
        except csv.Error as error:
            raise self.refusal(f"line {reader.line_num:,}: {error}: the file is cut off or damaged") from None
        except UnicodeDecodeError as error:
            raise self.refusal(_not_utf8(f"after line {reader.line_num:,}", error)) from None


def _not_utf8(where: str, error: UnicodeDecodeError) -> str:
    """That a text is in another encoding."""
    return f"the text {where} is not UTF-8 (byte {error.object[error.start]:#04x}); save the file as UTF-8"


@contextmanager
def open_table(
    parts: dict[str, Opener], most_rows: int, name: str, needed: tuple[str, ...], useful: tuple[str, ...] = ()
) -> Generator[Table, None, None]:
    """One CSV file of a download, closed at the end."""
    with parts[name]() as file, TextIOWrapper(file, encoding="utf-8-sig", newline="") as text:
        yield Table(name, text, most_rows, needed, useful)


def nutrient_scales(parts: dict[str, Opener], most_rows: int, report: Imported) -> dict[str, tuple[int, float]]:
    """What `nutrient_id` says, with the factor into mg or kcal; a wanted nutrient in another unit is left out."""
    scales = {str(number): (number, 1.0) for number in WANTED}
    scales |= {old: (number, 1.0) for old, number in LEGACY.items()}
    if "nutrient.csv" not in parts:
        return scales
    with open_table(parts, most_rows, "nutrient.csv", ("id", "unit_name"), ("name",)) as table:
        for row in table.rows():
            said, unit, name = (row[place].strip() for place in table.places)
            if said in LEGACY and not WANTED[LEGACY[said]].startswith(name.casefold().split(",")[0] or "?"):
                scales.pop(said, None)  # here an old number is the id of something else
            if said in scales:
                factor = unit_factor(scales[said][0], unit)
                if factor is None:
                    report.leave_out(f"{WANTED[scales[said][0]]} in {read_words(unit, LONGEST_PORTION) or 'no unit'}")
                    scales.pop(said)
                else:
                    scales[said] = (scales[said][0], factor)
    return scales


def csv_foods(table: Table, report: Imported) -> Iterator[FoodRow]:
    """The foods of food.csv."""
    at, name_at, type_at = table.places
    for row in table.rows():
        data_type = row[type_at]
        if data_type in NOT_FOODS:
            continue
        food = food_row(row[at], row[name_at], data_type, report)
        if food is not None:
            yield food


def csv_amounts(table: Table, scales: dict[str, tuple[int, float]], report: Imported) -> Iterator[AmountRow]:
    """The wanted amounts of food_nutrient.csv."""
    at, nutrient_at, amount_at = table.places
    scale_of = scales.get
    for row in table.rows():
        scale = scale_of(row[nutrient_at])
        if scale is None:
            continue
        fdc_id = read_identity(row[at])
        amount = amount_per_100_g(row[amount_at], scale[1], scale[0], report)
        if fdc_id is not None and amount is not None:
            yield fdc_id, scale[0], amount


def measure_units(parts: dict[str, Opener], most_rows: int) -> dict[str, str]:
    """The names of the units of portions by their number."""
    if "measure_unit.csv" not in parts:
        return {}
    units: dict[str, str] = {}
    with open_table(parts, most_rows, "measure_unit.csv", ("id", "name")) as table:
        for row in table.rows():
            if len(units) < SMALL_FILE:
                units[row[table.places[0]]] = row[table.places[1]]
    return units


def csv_portions(table: Table, units: dict[str, str], report: Imported) -> Iterator[PortionRow]:
    """The portions of food_portion.csv."""
    at, grams_at, place_at, amount_at, unit_at, described_at, modifier_at = table.places
    for row in table.rows():
        portion = portion_row(
            row[at], row[place_at], row[grams_at], row[amount_at], units.get(row[unit_at], ""), row[described_at],
            row[modifier_at], report,
        )  # fmt: skip
        if portion is not None:
            yield portion
