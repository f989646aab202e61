"""The local table of imported foods: where it lies, how it is made whole or not at all, and the search in it.

A SQLite file in the user's data folder (or in ANAGEN_DATA). It is opened for reading only; an import writes a new
file beside it and moves it into place.
"""

from __future__ import annotations

import heapq
import os
import re
import sqlite3
import tempfile
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path

from anagen.errors import AnagenError, UnknownName
from anagen.intake.foods import Food, foods

FDC_SOURCE = "usda_fdc"
PREFIX = "fdc:"
TABLE_FORMAT = "1"
FILE_NAME = "foods.sqlite3"
LONGEST_QUERY = 80
LARGEST_ID = 2**62
OFFERED = 3
ALIKE = 70.0
BEGINNING = 3
BETWEEN = re.compile(r"[\s,%-]+")
PERCENT_SPACE = re.compile(r"\s+%")  # FoodData Central writes "2% milkfat"
COLUMNS = (
    "fdc_id, name, magnesium, calcium, phosphorus, energy, portion, portion_g, portion_volume_ml, cup_g, data_type"
)
SCHEMA = """
CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE food (
  fdc_id INTEGER PRIMARY KEY, name TEXT NOT NULL, plain TEXT NOT NULL, data_type TEXT NOT NULL,
  magnesium REAL, calcium REAL, phosphorus REAL, energy REAL,
  portion TEXT, portion_g REAL, portion_volume_ml REAL, cup_g REAL
);
"""


class StoreError(AnagenError):
    """The local table cannot be read or written; the text says why."""


class AmbiguousFood(UnknownName):
    """A name that several imported foods have; `near` lists what to write instead."""

    def __init__(self, name: str, near: tuple[str, ...]) -> None:
        super().__init__("food", name, near)
        self.args = (f"several imported foods are called {name!r}; write {' or '.join(near)}",)


def plain(name: str) -> str:
    """A name as it is compared: lower case, single spaces."""
    return " ".join(name.casefold().split())


def data_folder() -> Path:
    """Where the local table lies: ANAGEN_DATA, else the user's data folder of this platform."""
    named = os.environ.get("ANAGEN_DATA", "")
    if named:
        return Path(named)
    from platformdirs import user_data_dir

    return Path(user_data_dir("anagen", appauthor=False))


def store_path() -> Path:
    """The file of the local table, whether or not it is there."""
    return data_folder() / FILE_NAME


@contextmanager
def new_store(path: Path) -> Generator[sqlite3.Connection, None, None]:
    """A new empty table that replaces the old one where the block ends well; else the old one stays as it was."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        os.close(handle)
    except OSError as error:
        raise StoreError(f"{path}: the table of foods cannot be written: {error.strerror}") from None
    try:
        with closing(sqlite3.connect(name, isolation_level=None)) as table:
            # no journal: a half-written file is thrown away, never mended
            table.executescript(f"PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA temp_store=FILE;{SCHEMA}")
            table.execute("INSERT INTO about VALUES ('format', ?)", (TABLE_FORMAT,))
            yield table
            if table.in_transaction:
                table.execute("COMMIT")
        os.replace(name, path)
        _tables.cache_clear()
    except sqlite3.OperationalError as error:
        raise StoreError(f"{path}: the table of foods cannot be written: {error}") from None
    except OSError as error:
        raise StoreError(f"{path}: the table of foods cannot be written: {error.strerror}") from None
    finally:
        Path(name).unlink(missing_ok=True)


@cache
def _tables(path: Path) -> sqlite3.Connection:
    """A connection for reading; raises StoreError where the file is no table of foods."""
    table = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, check_same_thread=False)
    try:
        found = table.execute("SELECT value FROM about WHERE key = 'format'").fetchone()
    except sqlite3.Error:
        found = None
    if found is None or found[0] != TABLE_FORMAT:
        table.close()
        raise StoreError(f"{path}: this is no table of foods that this version can read; import the foods again")
    return table


def _open() -> sqlite3.Connection | None:
    """The local table, None where nothing was imported."""
    path = store_path()
    return _tables(path) if path.is_file() else None


def close_store() -> None:
    """Let go of the open table, so that the file can be moved or deleted."""
    path = store_path()
    if path.is_file():
        _tables(path).close()
    _tables.cache_clear()


def _rows(table: sqlite3.Connection, query: str, values: tuple[object, ...] = ()) -> Iterator[Food]:
    """The foods a query finds."""
    try:
        for row in table.execute(f"SELECT {COLUMNS} FROM food {query}", values):
            yield _food(row)
    except sqlite3.Error as error:
        raise StoreError(f"{store_path()}: the table of foods is damaged ({error}); import the foods again") from None


def _food(row: tuple[object, ...]) -> Food:
    """One row as a food."""
    fdc_id, name, magnesium, calcium, phosphorus, energy, portion, grams, volume, cup, data_type = row
    number: Callable[[object], float | None] = lambda cell: cell if isinstance(cell, float) else None  # noqa: E731
    mass = number(grams)
    return Food(
        name=str(name), aliases=(), ndb_no="", magnesium_mg_per_100g=number(magnesium),
        calcium_mg_per_100g=number(calcium), portion=str(portion) if mass is not None else "100 g",
        portion_volume_ml=number(volume), portion_g=100.0 if mass is None else mass, cup_g=number(cup),
        phosphorus_mg_per_100g=number(phosphorus), energy_kcal_per_100g=number(energy), group=str(data_type),
        source=FDC_SOURCE, fdc_id=fdc_id if isinstance(fdc_id, int) else None,
    )  # fmt: skip


def imported_food(name: str) -> Food | None:
    """An imported food by its exact name or by "fdc:123456"; None where there is none."""
    table = _open()
    if table is None:
        return None
    written = plain(name)
    if written.startswith(PREFIX):
        digits = written.removeprefix(PREFIX).strip()
        if not (digits.isascii() and digits.isdigit()) or int(digits[:LONGEST_QUERY]) > LARGEST_ID:
            return None
        return next(_rows(table, "WHERE fdc_id = ?", (int(digits),)), None)
    spellings = (written, PERCENT_SPACE.sub("%", written))
    found = list(_rows(table, "WHERE plain IN (?, ?) ORDER BY fdc_id LIMIT 100", spellings))
    if len({(food.magnesium_mg_per_100g, food.calcium_mg_per_100g, food.portion_g) for food in found}) > 1:
        raise AmbiguousFood(name, tuple(food.reference for food in found[:OFFERED]))
    return found[0] if found else None


def imported_count() -> int:
    """How many foods were imported; 0 where there is no table."""
    table = _open()
    return 0 if table is None else int(table.execute("SELECT count(*) FROM food").fetchone()[0])


def _words(name: str) -> list[str]:
    """The words of a name; "2%" is the number alone, as it is written "2 %" elsewhere."""
    return [word for word in BETWEEN.split(name) if word]


def _score(query: str, wanted: list[str], name: str, own: bool) -> tuple[float, ...] | None:
    """How well a name answers a query, the larger the better; None where a word of the query is not like any of it."""
    from rapidfuzz import fuzz

    words = _words(name)
    near = [max((fuzz.ratio(word, one[: len(word) + 1]) for one in words), default=0.0) for word in wanted]
    if min(near) < ALIKE:
        return None
    begins = sum(any(one.startswith(word) for one in words) for word in wanted)
    return (float(name == query), begins, round(sum(near)), float(own), fuzz.token_sort_ratio(query, name), -len(name))


def _candidates(table: sqlite3.Connection | None, wanted: list[str]) -> Iterator[tuple[str, Food | int]]:
    """Names with the food they stand for, or with the number of an imported one.

    Of the imported foods, which may be a million, only those that hold the beginning of some word.
    """
    for food in foods():
        for name in (food.name, *food.aliases):
            yield name, food
    if table is not None:
        begins = [word[:BEGINNING] for word in wanted]
        either = " OR ".join("instr(plain, ?)" for _ in begins)
        yield from table.execute(f"SELECT plain, fdc_id FROM food WHERE {either}", begins)


def search(words: str, limit: int) -> tuple[Food, ...]:
    """The foods that a few words call for, the likeliest first; see `foods.search_foods`."""
    query = plain(words[:LONGEST_QUERY])
    wanted = _words(query)
    if not wanted or limit < 1:
        return ()
    table = _open()
    best = heapq.nlargest(limit + limit, _scored(query, wanted, _candidates(table, wanted)), key=lambda pair: pair[0])
    found: dict[str, Food] = {}
    for _, entry in best:
        food = entry if isinstance(entry, Food) else _by_id(table, entry)
        if food is not None:
            found.setdefault(food.reference, food)
    return tuple(found.values())[:limit]


def _scored(
    query: str, wanted: list[str], candidates: Iterable[tuple[str, Food | int]]
) -> Iterator[tuple[tuple[float, ...], Food | int]]:
    """Those candidates that answer the query, with their scores."""
    for name, entry in candidates:
        score = _score(query, wanted, plain(name) if isinstance(entry, Food) else name, isinstance(entry, Food))
        if score is not None:
            yield score, entry


def _by_id(table: sqlite3.Connection | None, fdc_id: int) -> Food | None:
    """An imported food by its number."""
    return None if table is None else next(_rows(table, "WHERE fdc_id = ?", (fdc_id,)), None)
