"""Importing the official downloads of USDA FoodData Central into the local table.

A download is a folder or a zip of CSV files (`food.csv`, `food_nutrient.csv` and, where they are there,
`nutrient.csv`, `food_portion.csv` and `measure_unit.csv`), or one JSON file. It is read row by row: memory does not
grow with the file. An amount that cannot be, such as a negative one, is left out as unknown and counted; a file that
is cut off, misaligned or not UTF-8 is refused whole, and the table of before stays.
"""

from __future__ import annotations

import csv
import lzma
import math
import sqlite3
import zipfile
import zlib
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from io import TextIOWrapper
from pathlib import Path
from typing import IO, Any, cast

from anagen.errors import AnagenError
from anagen.intake.foods import ML_PER_CUP
from anagen.intake.foods_store import new_store, plain, store_path
from anagen.quantities import QuantityError, read_amount

MOST_COLUMNS = 100
MOST_ROWS = 200_000_000
MOST_LINE = 2**18
MOST_LINES_IN_ROW = 1000
MOST_BYTES = 2**34
MOST_RATIO = 200
SMALL_FILE = 2**24
MOST_MEMBERS = 1000
MOST_FOOD_BYTES = 2**24
MOST_DEPTH = 500
PIECE = 2**14
LONGEST_NAME = 300
LONGEST_PORTION = 60
LARGEST_ID = 2**62
LONGEST_ID = 20
MOST_MG = 100_000.0
MOST_KCAL = 1000.0
MOST_PORTION_G = 10_000.0
KCAL_PER_KJ = 1 / 4.184
MASS_UNITS = {"g": 1000.0, "mg": 1.0, "ug": 0.001, "µg": 0.001, "mcg": 0.001}
ENERGY_UNITS = {"kcal": 1.0, "kj": KCAL_PER_KJ}
WANTED = {
    1090: "magnesium", 1087: "calcium", 1091: "phosphorus", 1008: "energy", 2047: "energy_general",
    2048: "energy_specific",
}  # fmt: skip
"""FoodData Central's own numbers; Foundation foods give their energy under the last two."""
LEGACY = {
    "304": 1090, "301": 1087, "305": 1091, "208": 1008, "957": 2047, "958": 2048,
}  # fmt: skip
"""The numbers of the same nutrients in the older releases."""
NOT_FOODS = ("sample_food", "sub_sample_food", "market_acquisition", "agricultural_acquisition", "experimental_food")
LISTS = ("FoundationFoods", "SRLegacyFoods", "BrandedFoods", "SurveyFoods")
UNDETERMINED = ("undetermined", "quantity not specified", "")
MEASURES = {"tbsp": "tablespoon", "tsp": "teaspoon", "fl": "fl oz", "cups": "cup", "tablespoons": "tablespoon"}
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


class ImportFailed(AnagenError):
    """A download that cannot be used; the text says why and what is left as it was."""


@dataclass
class Imported:
    """What an import brought.

    Attributes
    ----------
    source : the file; table : where the local table lies.
    foods, with_magnesium, with_portion : how many foods there are, and of how many these are known.
    left_out : why something was left out, with how often.
    """

    source: str
    table: str
    foods: int = 0
    with_magnesium: int = 0
    with_portion: int = 0
    left_out: dict[str, int] = field(default_factory=dict[str, int])

    def leave_out(self, why: str, times: int = 1) -> None:
        """Count something left out."""
        if times:
            self.left_out[why] = self.left_out.get(why, 0) + times

    def to_dict(self) -> dict[str, object]:
        """As it stands in the JSON."""
        return {
            "source": self.source,
            "table": self.table,
            "foods": self.foods,
            "with_magnesium": self.with_magnesium,
            "with_portion": self.with_portion,
            "left_out": dict(sorted(self.left_out.items())),
        }


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
    with _readable(path), ExitStack() as stack:
        parts = _parts(path, stack)
        with new_store(target) as store:
            store.executescript(STAGING)
            store.execute("BEGIN")
            if isinstance(parts, _Json):
                _read_json(parts, store, report)
            else:
                _read_csv(parts, store, report)
            _gather(store, report)
    return report


@contextmanager
def _readable(path: Path) -> Generator[None, None, None]:
    """Whatever can be wrong with a file, in one plain sentence."""
    try:
        yield
    except ImportFailed as error:
        raise ImportFailed(f"{path}: {error}; the foods imported before are as they were") from None
    except UnicodeDecodeError as error:
        told = f"the text is not UTF-8 (byte {error.object[error.start]:#04x}); save it as UTF-8"
        raise ImportFailed(f"{path}: {told}; the foods imported before are as they were") from None
    except (zipfile.BadZipFile, EOFError, zlib.error, lzma.LZMAError) as error:
        told = f"the zip is damaged or cut off ({error}); download it again"
        raise ImportFailed(f"{path}: {told}; the foods imported before are as they were") from None
    except (NotImplementedError, RuntimeError) as error:  # an encrypted member; an odd compression
        raise ImportFailed(f"{path}: the zip cannot be unpacked ({error})") from None
    except OSError as error:
        raise ImportFailed(f"{path}: it cannot be read: {error.strerror or error}") from None
    except sqlite3.Error as error:
        raise ImportFailed(f"{path}: the table of foods cannot be written: {error}") from None


# --- the parts of a download ---


Opener = Callable[[], IO[bytes]]


@dataclass
class _Json:
    """A JSON download."""

    name: str
    open: Opener


def _parts(path: Path, stack: ExitStack) -> _Json | dict[str, Opener]:
    """The files of a download by name; or the JSON file where it is one."""
    if path.is_dir():
        return _named({one.name: partial(one.open, "rb") for one in sorted(path.glob("*")) if one.is_file()})
    if not path.exists():
        raise ImportFailed("there is no such file")
    if not path.is_file():
        raise ImportFailed("this is no file and no folder")
    if path.name.casefold() == "food.csv":
        return _named({one.name: partial(one.open, "rb") for one in sorted(path.parent.glob("*.csv"))})
    with path.open("rb") as file:
        begins = file.read(2)
    if begins == b"PK":
        return _members(stack.enter_context(zipfile.ZipFile(path)))
    if path.suffix.casefold() == ".json" or begins[:1] in (b"{", b"["):
        return _Json(path.name, partial(path.open, "rb"))
    raise ImportFailed(
        "this is no download of FoodData Central: give the zip, the JSON file, or the folder with food.csv"
    )


def _members(archive: zipfile.ZipFile) -> _Json | dict[str, Opener]:
    """The files of a zip; one that would unpack to more than a download ever does is refused before unpacking."""
    infos = [info for info in archive.infolist() if not info.is_dir()]
    if len(infos) > MOST_MEMBERS:
        raise ImportFailed(f"the zip holds {len(infos):,} files; a download has a few dozen")
    wanted = [info for info in infos if Path(info.filename).suffix.casefold() in (".csv", ".json")]
    for info in wanted:
        bomb = info.file_size > SMALL_FILE and info.file_size > MOST_RATIO * max(info.compress_size, 1)
        if bomb or info.file_size > MOST_BYTES:
            raise ImportFailed(
                f"{info.filename} in the zip would unpack to {info.file_size:,} bytes from {info.compress_size:,};"
                " no download does that"
            )
    return _named({Path(info.filename).name: partial(archive.open, info) for info in wanted})


def _named(files: dict[str, Any]) -> _Json | dict[str, Opener]:
    """CSV files by their name in small letters, or the one JSON file."""
    by_name = {name.casefold(): cast(Opener, opener) for name, opener in files.items()}
    if "food.csv" in by_name:
        return by_name
    texts = [name for name in by_name if name.endswith(".json")]
    if len(texts) == 1:
        return _Json(texts[0], by_name[texts[0]])
    raise ImportFailed("there is no food.csv in it, and no single JSON file")


# --- CSV ---


class _Table:
    """The rows of one CSV file, with the columns that are asked for."""

    def __init__(self, name: str, text: TextIOWrapper, needed: tuple[str, ...], useful: tuple[str, ...] = ()) -> None:
        self.name = name
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
                if self.taken > MOST_ROWS:
                    raise self.refusal(f"it has more than {MOST_ROWS:,} rows")
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
def _table(
    parts: dict[str, Opener], name: str, needed: tuple[str, ...], useful: tuple[str, ...] = ()
) -> Generator[_Table, None, None]:
    """One CSV file of a download, closed at the end."""
    with parts[name]() as file, TextIOWrapper(file, encoding="utf-8-sig", newline="") as text:
        yield _Table(name, text, needed, useful)


def _read_csv(parts: dict[str, Opener], store: sqlite3.Connection, report: Imported) -> None:
    """Every table of a CSV download."""
    if "food_nutrient.csv" not in parts:
        raise ImportFailed("there is no food_nutrient.csv beside food.csv")
    scales = _scales(parts, report)
    with _table(parts, "food.csv", ("fdc_id", "description"), ("data_type",)) as table:
        _insert_foods(_csv_foods(table, report), store, report)
    with _table(parts, "food_nutrient.csv", ("fdc_id", "nutrient_id", "amount")) as table:
        _insert_amounts(_csv_amounts(table, scales, report), store, report)
    if "food_portion.csv" in parts:
        units = _measure_units(parts)
        useful = ("seq_num", "amount", "measure_unit_id", "portion_description", "modifier")
        with _table(parts, "food_portion.csv", ("fdc_id", "gram_weight"), useful) as table:
            store.executemany("INSERT INTO portion VALUES (?, ?, ?, ?, ?)", _csv_portions(table, units, report))


def _number(cell: object) -> float | None:
    """A finite number, or None for anything else: an empty cell, a word, a formula."""
    if isinstance(cell, bool) or not isinstance(cell, str | int | float):
        return None
    try:
        number = float(cell)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def _identity(cell: object) -> int | None:
    """A whole number above zero that SQLite can hold, or None."""
    if isinstance(cell, str):
        digits = cell.strip()
        cell = int(digits) if digits.isascii() and digits.isdigit() and len(digits) < LONGEST_ID else None
    return cell if isinstance(cell, int) and not isinstance(cell, bool) and 0 < cell < LARGEST_ID else None


def _words(text: object, longest: int) -> str:
    """Words fit to be shown: no control characters, single spaces, not too long."""
    shown = "".join(letter if letter.isprintable() else " " for letter in str(text)[: longest + longest])
    return " ".join(shown.split())[:longest]


def _scales(parts: dict[str, Opener], report: Imported) -> dict[str, tuple[int, float]]:
    """What `nutrient_id` says, with the factor into mg or kcal; a wanted nutrient in another unit is left out."""
    scales = {str(number): (number, 1.0) for number in WANTED}
    scales |= {old: (number, 1.0) for old, number in LEGACY.items()}
    if "nutrient.csv" not in parts:
        return scales
    with _table(parts, "nutrient.csv", ("id", "unit_name"), ("name",)) as table:
        for row in table.rows():
            said, unit, name = (row[place].strip() for place in table.places)
            if said in LEGACY and not WANTED[LEGACY[said]].startswith(name.casefold().split(",")[0] or "?"):
                scales.pop(said, None)  # here an old number is the id of something else
            if said in scales:
                factor = _factor(scales[said][0], unit)
                if factor is None:
                    report.leave_out(f"{WANTED[scales[said][0]]} in {_words(unit, LONGEST_PORTION) or 'no unit'}")
                    scales.pop(said)
                else:
                    scales[said] = (scales[said][0], factor)
    return scales


def _factor(nutrient: int, unit: object) -> float | None:
    """What turns a nutrient's unit into mg or kcal; None for a unit that is neither."""
    units = ENERGY_UNITS if WANTED[nutrient].startswith("energy") else MASS_UNITS
    return units.get(str(unit).strip().casefold())


FoodRow = tuple[int, str, str, str]
AmountRow = tuple[int, int, float]
PortionRow = tuple[int, int, str, float, float | None]


def _csv_foods(table: _Table, report: Imported) -> Iterator[FoodRow]:
    """The foods of food.csv."""
    at, name_at, type_at = table.places
    for row in table.rows():
        data_type = row[type_at]
        if data_type in NOT_FOODS:
            continue
        food = _food_row(row[at], row[name_at], data_type, report)
        if food is not None:
            yield food


def _food_row(number: object, name: object, data_type: object, report: Imported) -> FoodRow | None:
    """One food, or None where it has no number or no name."""
    fdc_id, shown = _identity(number), _words(name, LONGEST_NAME)
    if fdc_id is None or not shown:
        report.leave_out("foods without a number or a name")
        return None
    return fdc_id, shown, plain(shown), _words(data_type, LONGEST_PORTION)


def _csv_amounts(table: _Table, scales: dict[str, tuple[int, float]], report: Imported) -> Iterator[AmountRow]:
    """The wanted amounts of food_nutrient.csv."""
    at, nutrient_at, amount_at = table.places
    scale_of = scales.get
    for row in table.rows():
        scale = scale_of(row[nutrient_at])
        if scale is None:
            continue
        fdc_id = _identity(row[at])
        amount = _amount(row[amount_at], scale[1], scale[0], report)
        if fdc_id is not None and amount is not None:
            yield fdc_id, scale[0], amount


def _amount(cell: object, factor: float, nutrient: int, report: Imported) -> float | None:
    """An amount in mg or kcal in 100 g; None where it is blank, or cannot be."""
    if cell is None or cell == "":
        return None
    number = _number(cell)
    if number is None:
        report.leave_out("amounts that are no number")
        return None
    amount = number * factor
    if amount < 0:
        report.leave_out("amounts below zero")
        return None
    if amount > (MOST_KCAL if WANTED[nutrient].startswith("energy") else MOST_MG):
        report.leave_out("amounts larger than the food")
        return None
    return amount


def _measure_units(parts: dict[str, Opener]) -> dict[str, str]:
    """The names of the units of portions by their number."""
    if "measure_unit.csv" not in parts:
        return {}
    units: dict[str, str] = {}
    with _table(parts, "measure_unit.csv", ("id", "name")) as table:
        for row in table.rows():
            if len(units) < SMALL_FILE:
                units[row[table.places[0]]] = row[table.places[1]]
    return units


def _csv_portions(table: _Table, units: dict[str, str], report: Imported) -> Iterator[PortionRow]:
    """The portions of food_portion.csv."""
    at, grams_at, place_at, amount_at, unit_at, described_at, modifier_at = table.places
    for row in table.rows():
        portion = _portion_row(
            row[at], row[place_at], row[grams_at], row[amount_at], units.get(row[unit_at], ""), row[described_at],
            row[modifier_at], report,
        )  # fmt: skip
        if portion is not None:
            yield portion


def _portion_row(
    number: object, place: object, grams: object, amount: object, unit: object, described: object, modifier: object,
    report: Imported,
) -> PortionRow | None:  # fmt: skip
    """One portion: its words ("1 cup, chopped"), its grams, and its volume where it is one."""
    fdc_id, mass = _identity(number), _number(grams)
    if fdc_id is None or mass is None or not 0 < mass < MOST_PORTION_G:
        report.leave_out("portions without a mass")
        return None
    measure, extra = _words(unit, LONGEST_PORTION), _words(modifier, LONGEST_PORTION)
    words = _words(described, LONGEST_PORTION)
    if words.casefold() in UNDETERMINED:
        many = _number(amount) or 1.0
        kinds = [one for one in (measure, extra) if one.casefold() not in UNDETERMINED and not one.isdigit()]
        words = f"{many:g} {', '.join(kinds) or 'serving'}"
    return fdc_id, int(_number(place) or 0) % LARGEST_ID, words[:LONGEST_PORTION], mass, _volume_ml(words)


def _volume_ml(words: str) -> float | None:
    """The volume a portion's words begin with, mL: "1/2 cup, chopped" is 118; None where they name none."""
    head = words.split(",")[0].split("(")[0].split()
    for many in (2 + 1, 2):
        try:
            amount = read_amount(" ".join([*head[:1], *(MEASURES.get(one.casefold(), one) for one in head[1:many])]))
        except QuantityError:
            continue
        return amount.magnitude if amount.kind == "volume" and amount.magnitude > 0 else None
    return None


# --- JSON ---


class _Bounded:
    """A file that refuses to be read further than a bound, which moves on with every food.

    It also refuses brackets within brackets without end, on which the parser's time grows with the square.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.done, self.bound = file, 0, MOST_FOOD_BYTES
        self.depth, self.shallow = 0, 0

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        piece = self.file.read(min(size, SMALL_FILE) if size >= 0 else SMALL_FILE)
        self.done += len(piece)
        if self.done > self.bound:
            raise ImportFailed(f"one food of it is larger than {MOST_FOOD_BYTES:,} bytes")
        self.depth += piece.count(b"[") + piece.count(b"{") - piece.count(b"]") - piece.count(b"}")
        if self.depth - self.shallow > MOST_DEPTH:
            raise ImportFailed(f"one food of it has more than {MOST_DEPTH} brackets within brackets")
        return piece

    def move_on(self) -> None:
        """A food was read whole."""
        self.bound, self.shallow = self.done + MOST_FOOD_BYTES, self.depth


def _json_foods(part: _Json) -> Iterator[dict[str, Any]]:
    """Every food of a JSON download, one at a time."""
    import ijson

    with part.open() as file:
        begins = file.read(SMALL_FILE // MOST_RATIO)
    if begins.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ImportFailed(f"{part.name}: it is UTF-16; save it as UTF-8")
    head = begins.removeprefix(b"\xef\xbb\xbf").lstrip()
    named = [name for name in LISTS if f'"{name}"'.encode() in head]
    prefix = "item" if head.startswith(b"[") else f"{named[0]}.item" if named else ""
    if not prefix:
        raise ImportFailed(f"{part.name}: it holds none of the lists {', '.join(LISTS)}")
    with part.open() as file:
        if begins != begins.removeprefix(b"\xef\xbb\xbf"):
            file.read(len(b"\xef\xbb\xbf"))
        bounded, number = _Bounded(file), 0
        try:
            for item in ijson.items(bounded, prefix, use_float=True, buf_size=PIECE):
                number += 1
                bounded.move_on()
                if number > MOST_ROWS:
                    raise ImportFailed(f"{part.name}: it has more than {MOST_ROWS:,} foods")
                yield cast("dict[str, Any]", item) if isinstance(item, dict) else {}
        except (ijson.JSONError, ValueError, OverflowError) as error:
            if isinstance(error, UnicodeDecodeError):
                raise
            reason = _words(error, LONGEST_NAME).split("(right here)")[0].strip()
            raise ImportFailed(
                f"{part.name}: after {number:,} foods it is no JSON ({reason}): cut off or damaged"
            ) from None


def _read_json(part: _Json, store: sqlite3.Connection, report: Imported) -> None:
    """A JSON download, in batches so that each table gets its rows."""
    batch: list[dict[str, Any]] = []
    for item in _json_foods(part):
        batch.append(item)
        if len(batch) >= 100:
            _insert_batch(batch, store, report)
            batch.clear()
    _insert_batch(batch, store, report)


def _insert_batch(batch: list[dict[str, Any]], store: sqlite3.Connection, report: Imported) -> None:
    """Some foods of a JSON download."""
    foods = [
        _food_row(item.get("fdcId"), item.get("description") or "", item.get("dataType") or "", report)
        for item in batch
    ]
    kept = [(item, food) for item, food in zip(batch, foods, strict=True) if food is not None]
    _insert_foods((food for _, food in kept), store, report)
    _insert_amounts((row for item, food in kept for row in _json_amounts(item, food[0], report)), store, report)
    portions = (row for item, food in kept for row in _json_portions(item, food[0], report))
    store.executemany("INSERT INTO portion VALUES (?, ?, ?, ?, ?)", portions)


def _dictionaries(found: object) -> list[dict[str, Any]]:
    """The objects of a list; none where it is no list."""
    entries = cast("list[object]", found) if isinstance(found, list) else []
    return [cast("dict[str, Any]", one) for one in entries if isinstance(one, dict)]


def _object(found: object) -> dict[str, Any]:
    """An object, or an empty one."""
    return cast("dict[str, Any]", found) if isinstance(found, dict) else {}


def _json_amounts(item: dict[str, Any], fdc_id: int, report: Imported) -> Iterator[AmountRow]:
    """The wanted amounts of one food, in either of the two forms downloads have."""
    for entry in _dictionaries(item.get("foodNutrients")):
        about = _object(entry.get("nutrient")) or entry
        number = about.get("id") if about is not entry else None
        nutrient = number if number in WANTED else LEGACY.get(str(about.get("number")))
        if nutrient is None:
            continue
        unit = about.get("unitName")
        factor = _factor(nutrient, unit)
        if factor is None:
            report.leave_out(f"{WANTED[nutrient]} in {_words(unit, LONGEST_PORTION) or 'no unit'}")
            continue
        amount = _amount(entry.get("amount"), factor, nutrient, report)
        if amount is not None:
            yield fdc_id, nutrient, amount


def _json_portions(item: dict[str, Any], fdc_id: int, report: Imported) -> Iterator[PortionRow]:
    """The portions of one food; of a branded one, its serving where that is a mass."""
    for entry in _dictionaries(item.get("foodPortions")):
        unit = _object(entry.get("measureUnit")).get("name") or ""
        described, modifier = entry.get("portionDescription") or "", entry.get("modifier") or ""
        row = _portion_row(
            fdc_id, entry.get("sequenceNumber"), entry.get("gramWeight"), entry.get("amount"), unit, described,
            modifier, report,
        )  # fmt: skip
        if row is not None:
            yield row
    if str(item.get("servingSizeUnit")).casefold() in ("g", "grm") and _number(item.get("servingSize")) is not None:
        words = item.get("householdServingFullText") or "1 serving"
        row = _portion_row(fdc_id, LARGEST_ID, item.get("servingSize"), 1, "", words, "", report)
        if row is not None:
            yield row


# --- into the table ---


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
