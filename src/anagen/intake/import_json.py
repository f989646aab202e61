"""The foods of a JSON download, one at a time, with their amounts and portions.

The file is parsed as it is read: memory does not grow with it. A food that is larger, or nested deeper, than any food
is refuses the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any, cast

from anagen.intake.import_limits import MOST_RATIO, SMALL_FILE, ImportFailed, JsonFile
from anagen.intake.import_rows import (
    LARGEST_ID,
    LEGACY,
    LONGEST_NAME,
    LONGEST_PORTION,
    WANTED,
    AmountRow,
    Imported,
    PortionRow,
    amount_per_100_g,
    portion_row,
    read_number,
    read_words,
    unit_factor,
)

MOST_FOOD_BYTES = 2**24
MOST_DEPTH = 500
PIECE = 2**14
LISTS = ("FoundationFoods", "SRLegacyFoods", "BrandedFoods", "SurveyFoods")


class Bounded:
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


def json_foods(part: JsonFile, most_rows: int) -> Iterator[dict[str, Any]]:
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
        bounded, number = Bounded(file), 0
        try:
            for item in ijson.items(bounded, prefix, use_float=True, buf_size=PIECE):
                number += 1
                bounded.move_on()
                if number > most_rows:
                    raise ImportFailed(f"{part.name}: it has more than {most_rows:,} foods")
                yield cast("dict[str, Any]", item) if isinstance(item, dict) else {}
        except (ijson.JSONError, ValueError, OverflowError) as error:
            if isinstance(error, UnicodeDecodeError):
                raise
            reason = read_words(error, LONGEST_NAME).split("(right here)")[0].strip()
            raise ImportFailed(
                f"{part.name}: after {number:,} foods it is no JSON ({reason}): cut off or damaged"
            ) from None


def _dictionaries(found: object) -> list[dict[str, Any]]:
    """The objects of a list; none where it is no list."""
    entries = cast("list[object]", found) if isinstance(found, list) else []
    return [cast("dict[str, Any]", one) for one in entries if isinstance(one, dict)]


def _object(found: object) -> dict[str, Any]:
    """An object, or an empty one."""
    return cast("dict[str, Any]", found) if isinstance(found, dict) else {}


def json_amounts(item: dict[str, Any], fdc_id: int, report: Imported) -> Iterator[AmountRow]:
    """The wanted amounts of one food, in either of the two forms downloads have."""
    for entry in _dictionaries(item.get("foodNutrients")):
        about = _object(entry.get("nutrient")) or entry
        number = about.get("id") if about is not entry else None
        nutrient = number if number in WANTED else LEGACY.get(str(about.get("number")))
        if nutrient is None:
            continue
        unit = about.get("unitName")
        factor = unit_factor(nutrient, unit)
        if factor is None:
            report.leave_out(f"{WANTED[nutrient]} in {read_words(unit, LONGEST_PORTION) or 'no unit'}")
            continue
        amount = amount_per_100_g(entry.get("amount"), factor, nutrient, report)
        if amount is not None:
            yield fdc_id, nutrient, amount


def json_portions(item: dict[str, Any], fdc_id: int, report: Imported) -> Iterator[PortionRow]:
    """The portions of one food; of a branded one, its serving where that is a mass."""
    for entry in _dictionaries(item.get("foodPortions")):
        unit = _object(entry.get("measureUnit")).get("name") or ""
        described, modifier = entry.get("portionDescription") or "", entry.get("modifier") or ""
        row = portion_row(
            fdc_id, entry.get("sequenceNumber"), entry.get("gramWeight"), entry.get("amount"), unit, described,
            modifier, report,
        )  # fmt: skip
        if row is not None:
            yield row
    if str(item.get("servingSizeUnit")).casefold() in ("g", "grm") and read_number(item.get("servingSize")) is not None:
        words = item.get("householdServingFullText") or "1 serving"
        row = portion_row(fdc_id, LARGEST_ID, item.get("servingSize"), 1, "", words, "", report)
        if row is not None:
            yield row
