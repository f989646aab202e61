"""Importing the official downloads of USDA FoodData Central into the local table.

A download is a folder or a zip of CSV files (`food.csv`, `food_nutrient.csv` and, where they are there,
`nutrient.csv`, `food_portion.csv` and `measure_unit.csv`), or one JSON file. It is read row by row: memory does not
grow with the file. An amount that cannot be, such as a negative one, is left out as unknown and counted; a file that
is cut off, misaligned or not UTF-8 is refused whole, and the table of before stays.

Here everything is put together; what is opened stands in `import_limits`, what is read in `import_csv` and
`import_json`, and what a row may say in `import_rows`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from anagen.intake.foods import ML_PER_CUP
from anagen.intake.foods_store import new_store, store_path
from anagen.intake.import_csv import csv_amounts, csv_foods, csv_portions, measure_units, nutrient_scales, open_table
from anagen.intake.import_json import json_amounts, json_foods, json_portions
from anagen.intake.import_limits import MOST_ROWS, ImportFailed, JsonFile, Opener, in_plain_words, open_parts
from anagen.intake.import_rows import AmountRow, FoodRow, Imported, food_row

STAGING = """
CREATE TEMP TABLE staged_food (fdc_id INTEGER PRIMARY KEY, name TEXT, plain TEXT, data_type TEXT);
CREATE TEMP TABLE amount (fdc_id INTEGER, nutrient INTEGER, value REAL, PRIMARY KEY (fdc_id, nutrient)) WITHOUT ROWID;
CREATE TEMP TABLE portion (fdc_id INTEGER, place INTEGER, words TEXT, grams REAL, volume REAL);
"""
GATHER = """
CREATE INDEX temp.portion_food ON portion (fdc_id, place);
INSERT INTO food
SELECT f.fdc_id, f.name, f.plain, f.data_type,
  (SELECT value FROM amount a WHERE a.fdc_id = f.fdc_id AND nutrient = 1090),
  (SELECT value FROM amount a WHERE a.fdc_id = f.fdc_id AND nutrient = 1087),
  (SELECT value FROM amount a WHERE a.fdc_id = f.fdc_id AND nutrient = 1091),
  coalesce((SELECT value FROM amount a WHERE a.fdc_id = f.fdc_id AND nutrient = 1008),
           (SELECT value FROM amount a WHERE a.fdc_id = f.fdc_id AND nutrient = 2048),
           (SELECT value FROM amount a WHERE a.fdc_id = f.fdc_id AND nutrient = 2047)),
  (SELECT words FROM portion p WHERE p.fdc_id = f.fdc_id ORDER BY place LIMIT 1),
  (SELECT grams FROM portion p WHERE p.fdc_id = f.fdc_id ORDER BY place LIMIT 1),
  (SELECT volume FROM portion p WHERE p.fdc_id = f.fdc_id ORDER BY place LIMIT 1),
  (SELECT ? * grams / volume FROM portion p WHERE p.fdc_id = f.fdc_id AND volume > 0 ORDER BY place LIMIT 1)
FROM staged_food f ORDER BY f.fdc_id
"""


def import_foods(path: Path, table: Path | None = None) -> Imported:
    """Read a download of FoodData Central into the local table, which replaces the one of before.

    Parameters
    ----------
    path : a folder or a zip of CSV files, `food.csv` of such a folder, a JSON file, or a zip of one.
    table : where the local table goes; its usual place where left out.

    Raises
    ------
    ImportFailed
        Where the download cannot be used; the table of before is then as it was.
    """
    target = store_path() if table is None else table
    report = Imported(str(path), str(target))
    with in_plain_words(path), ExitStack() as stack:
        parts = open_parts(path, stack)
        with new_store(target) as store:
            store.executescript(STAGING)
            store.execute("BEGIN")
            if isinstance(parts, JsonFile):
                _read_json(parts, store, report)
            else:
                _read_csv(parts, store, report)
            _gather(store, report)
    return report


def _read_csv(parts: dict[str, Opener], store: sqlite3.Connection, report: Imported) -> None:
    """Every table of a CSV download."""
    if "food_nutrient.csv" not in parts:
        raise ImportFailed("there is no food_nutrient.csv beside food.csv")
    scales = nutrient_scales(parts, MOST_ROWS, report)
    with open_table(parts, MOST_ROWS, "food.csv", ("fdc_id", "description"), ("data_type",)) as table:
        _insert_foods(csv_foods(table, report), store, report)
    with open_table(parts, MOST_ROWS, "food_nutrient.csv", ("fdc_id", "nutrient_id", "amount")) as table:
        _insert_amounts(csv_amounts(table, scales, report), store, report)
    if "food_portion.csv" in parts:
        units = measure_units(parts, MOST_ROWS)
        useful = ("seq_num", "amount", "measure_unit_id", "portion_description", "modifier")
        with open_table(parts, MOST_ROWS, "food_portion.csv", ("fdc_id", "gram_weight"), useful) as table:
            store.executemany("INSERT INTO portion VALUES (?, ?, ?, ?, ?)", csv_portions(table, units, report))


def _read_json(part: JsonFile, store: sqlite3.Connection, report: Imported) -> None:
    """A JSON download, in batches so that each table gets its rows."""
    batch: list[dict[str, Any]] = []
    for item in json_foods(part, MOST_ROWS):
        batch.append(item)
        if len(batch) >= 100:
            _insert_batch(batch, store, report)
            batch.clear()
    _insert_batch(batch, store, report)


def _insert_batch(batch: list[dict[str, Any]], store: sqlite3.Connection, report: Imported) -> None:
    """Some foods of a JSON download."""
    foods = [
        food_row(item.get("fdcId"), item.get("description") or "", item.get("dataType") or "", report) for item in batch
    ]
    kept = [(item, food) for item, food in zip(batch, foods, strict=True) if food is not None]
    _insert_foods((food for _, food in kept), store, report)
    _insert_amounts((row for item, food in kept for row in json_amounts(item, food[0], report)), store, report)
    portions = (row for item, food in kept for row in json_portions(item, food[0], report))
    store.executemany("INSERT INTO portion VALUES (?, ?, ?, ?, ?)", portions)


def _insert_foods(rows: Iterable[FoodRow], store: sqlite3.Connection, report: Imported) -> None:
    """Foods; of two with one number the first stays."""
    _insert(
        rows, store, "INSERT OR IGNORE INTO staged_food VALUES (?, ?, ?, ?)", "foods whose number came before", report
    )


def _insert_amounts(rows: Iterable[AmountRow], store: sqlite3.Connection, report: Imported) -> None:
    """Amounts; of two for one nutrient of one food the first stays."""
    _insert(rows, store, "INSERT OR IGNORE INTO amount VALUES (?, ?, ?)", "amounts given twice", report)


def _insert(rows: Iterable[Any], store: sqlite3.Connection, query: str, why: str, report: Imported) -> None:
    """Rows in one stream; those that were there already are counted."""
    sent = 0

    def counted() -> Iterator[Any]:
        nonlocal sent
        for row in rows:
            sent += 1
            yield row

    inserted = store.executemany(query, counted()).rowcount
    report.leave_out(why, sent - max(inserted, 0))


def _gather(store: sqlite3.Connection, report: Imported) -> None:
    """What was staged, as one row to a food."""
    statements = GATHER.split(";")
    store.execute(statements[0])
    store.execute(statements[1], (ML_PER_CUP,))
    store.execute("CREATE INDEX food_plain ON food (plain)")
    found = store.execute("SELECT count(*), count(magnesium), count(portion_g) FROM food").fetchone()
    report.foods, report.with_magnesium, report.with_portion = (int(one) for one in found)
    if report.foods == 0:
        raise ImportFailed("there is no food in it")
    store.execute("INSERT INTO about VALUES ('source', ?)", (Path(report.source).name,))
