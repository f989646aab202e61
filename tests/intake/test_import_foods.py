"""Importing the downloads of FoodData Central: what it reads, what it refuses, and that the old table stays."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import tempfile
import tracemalloc
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anagen.errors import AnagenError, ScenarioError
from anagen.intake import foods_import
from anagen.intake.foods import find_food, grams, search_foods
from anagen.intake.foods_import import Imported, ImportFailed, import_foods
from anagen.intake.foods_store import AmbiguousFood, StoreError, close_store, imported_count, store_path
from anagen.intake.ledger import tally
from anagen.quantities import read_amount
from anagen.scenario import Scenario

FOOD = [
    ["fdc_id", "data_type", "description", "food_category_id", "publication_date"],
    ["100", "sr_legacy_food", "Nettles, boiled", "11", "2019-04-01"],
    ["101", "foundation_food", "=HYPERLINK(\"http://x\",\"Kale\")", "11", "2020-04-01"],
    ["102", "sample_food", "Kale, lot 7", "11", "2020-04-01"],
    ["103", "branded_food", "Oat drink", "14", "2021-01-01"],
    ["104", "branded_food", "Oat drink", "14", "2021-01-01"],
]  # fmt: skip
NUTRIENT = [
    ["id", "name", "unit_name", "nutrient_nbr", "rank"],
    ["1090", "Magnesium, Mg", "MG", "304", "5500"],
    ["1087", "Calcium, Ca", "G", "301", "5300"],
    ["1091", "Phosphorus, P", "UG", "305", "5600"],
    ["1008", "Energy", "KCAL", "208", "300"],
    ["2047", "Energy (Atwater General Factors)", "KCAL", "957", "280"],
]
AMOUNTS = [
    ["id", "fdc_id", "nutrient_id", "amount"],
    ["1", "100", "1090", "57"],
    ["2", "100", "1087", "0.481"],
    ["3", "100", "1091", "71000"],
    ["4", "100", "1008", "42"],
    ["5", "101", "1090", "-3"],
    ["6", "101", "2047", "35"],
    ["7", "103", "1090", "NaN"],
    ["8", "104", "1090", "6.5"],
    ["9", "104", "1090", "7.5"],
    ["10", "103", "1087", "=1+1"],
    ["11", "103", "1003", "2.0"],
    ["12", "101", "1087", ""],
]
PORTION = [
    ["id", "fdc_id", "seq_num", "amount", "measure_unit_id", "portion_description", "modifier", "gram_weight"],
    ["1", "100", "2", "1", "9999", "", "tbsp", "6"],
    ["2", "100", "1", "1", "1000", "", "chopped", "89"],
    ["3", "101", "1", "1", "9999", "", "leaf", "0"],
]
UNIT = [["id", "name"], ["1000", "cup"], ["9999", "undetermined"]]
PARTS = {
    "food.csv": FOOD, "nutrient.csv": NUTRIENT, "food_nutrient.csv": AMOUNTS, "food_portion.csv": PORTION,
    "measure_unit.csv": UNIT,
}  # fmt: skip


def text_of(rows: list[list[str]]) -> str:
    """Rows as the official files write them: every cell quoted."""
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)
    return out.getvalue()


def download(folder: Path, changed: dict[str, bytes | str | None] | None = None) -> Path:
    """A small download in a folder; `changed` replaces a part or, with None, leaves it out."""
    folder.mkdir(exist_ok=True)
    parts: dict[str, bytes | str | None] = {name: text_of(rows) for name, rows in PARTS.items()}
    for name, content in (parts | (changed or {})).items():
        if content is not None:
            (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def zipped(folder: Path, path: Path, inside: str = "") -> Path:
    """A folder as a zip."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for one in sorted(folder.iterdir()):
            archive.write(one, inside + one.name)
    return path


JSON_FOOD: dict[str, Any] = {
    "fdcId": 200, "description": "Lentils, sprouted", "dataType": "Foundation",
    "foodNutrients": [
        {"nutrient": {"id": 1090, "number": "304", "unitName": "mg"}, "amount": 37.0},
        {"nutrient": {"id": 1087, "number": "301", "unitName": "mg"}, "amount": 25},
        {"nutrient": {"id": 1008, "number": "208", "unitName": "kJ"}, "amount": 418.4},
        {"nutrient": {"id": 1003, "number": "203", "unitName": "g"}, "amount": 8.9},
        {"nutrient": {"id": 1091, "number": "305", "unitName": "IU"}, "amount": 8.9},
    ],
    "foodPortions": [{"amount": 0.5, "measureUnit": {"name": "cup"}, "modifier": "", "gramWeight": 38.5}],
}  # fmt: skip
ABRIDGED: dict[str, Any] = {
    "fdcId": 201, "description": "Bar", "dataType": "Branded", "servingSize": 40, "servingSizeUnit": "g",
    "foodNutrients": [{"number": "304", "amount": 80, "unitName": "MG"}],
}  # fmt: skip


def json_file(path: Path, name: str = "FoundationFoods", foods: list[Any] | None = None) -> Path:
    """A JSON download."""
    path.write_text(json.dumps({name: [JSON_FOOD, ABRIDGED] if foods is None else foods}), encoding="utf-8")
    return path


def check_small_table(report: Imported) -> None:
    """What the small CSV download holds."""
    assert (report.foods, report.with_magnesium, report.with_portion) == (4, 2, 1)
    nettles = find_food("fdc:100")
    assert nettles is not None
    assert find_food("  nettles,   BOILED ") == nettles
    assert nettles.magnesium_mg_per_100g == 57
    assert nettles.calcium_mg_per_100g == pytest.approx(481)
    assert nettles.phosphorus_mg_per_100g == pytest.approx(71)
    assert nettles.energy_kcal_per_100g == 42
    assert (nettles.portion, nettles.portion_g) == ("1 cup, chopped", 89)
    assert grams(nettles, read_amount("1/2 cup")) == pytest.approx(44.5)
    kale = find_food("fdc:101")
    assert kale is not None
    assert kale.name == '=HYPERLINK("http://x","Kale")', "a formula is text"
    assert kale.magnesium_mg_per_100g is None, "below zero is unknown"
    assert kale.energy_kcal_per_100g == 35
    assert kale.portion_g == 100
    assert find_food("fdc:102") is None, "a sample is no food"
    assert report.left_out == {
        "amounts below zero": 1,
        "amounts that are no number": 2,
        "amounts given twice": 1,
        "portions without a mass": 1,
    }


def test_a_folder_a_zip_and_the_file_in_a_folder_are_the_same(tmp_path: Path) -> None:
    folder = download(tmp_path / "csv")
    check_small_table(import_foods(folder))
    check_small_table(import_foods(folder / "food.csv"))
    check_small_table(import_foods(zipped(folder, tmp_path / "a.zip")))
    check_small_table(import_foods(zipped(folder, tmp_path / "b.zip", "FoodData_Central_csv_2024/")))
    assert list(store_path().parent.iterdir()) == [store_path()], "no file is left behind"


@pytest.mark.parametrize("name", ["FoundationFoods", "SRLegacyFoods", "BrandedFoods"])
def test_json(tmp_path: Path, name: str) -> None:
    report = import_foods(json_file(tmp_path / "foods.json", name))
    assert report.foods == 2
    lentils, bar = find_food("lentils, sprouted"), find_food("fdc:201")
    assert lentils is not None
    assert bar is not None
    assert (lentils.magnesium_mg_per_100g, lentils.calcium_mg_per_100g) == (37, 25)
    assert lentils.energy_kcal_per_100g == pytest.approx(100)
    assert lentils.phosphorus_mg_per_100g is None
    assert grams(lentils, read_amount("1 cup")) == pytest.approx(77)
    assert (bar.magnesium_mg_per_100g, bar.portion_g) == (80, 40)
    assert report.left_out == {"phosphorus in IU": 1}


def test_json_in_a_zip_with_a_byte_order_mark(tmp_path: Path) -> None:
    plain = json_file(tmp_path / "a.json")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "b.json").write_bytes(b"\xef\xbb\xbf" + plain.read_bytes())
    assert import_foods(zipped(tmp_path / "in", tmp_path / "b.zip")).foods == 2
    assert import_foods(tmp_path / "in" / "b.json").foods == 2


def test_a_byte_order_mark_is_read_over(tmp_path: Path) -> None:
    marked = b"\xef\xbb\xbf" + text_of(FOOD).encode()
    assert import_foods(download(tmp_path / "csv", {"food.csv": marked})).foods == 4


def test_the_old_nutrient_numbers(tmp_path: Path) -> None:
    amounts = [AMOUNTS[0], ["1", "100", "304", "57"], ["2", "100", "208", "42"]]
    import_foods(download(tmp_path / "csv", {"food_nutrient.csv": text_of(amounts), "nutrient.csv": None}))
    food = find_food("fdc:100")
    assert food is not None
    assert (food.magnesium_mg_per_100g, food.energy_kcal_per_100g) == (57, 42)


def test_a_nutrient_in_a_strange_unit_is_left_out(tmp_path: Path) -> None:
    odd = [NUTRIENT[0], ["1090", "Magnesium, Mg", "IU", "304", ""], *NUTRIENT[2:]]
    report = import_foods(download(tmp_path / "csv", {"nutrient.csv": text_of(odd)}))
    assert report.left_out["magnesium in IU"] == 1
    assert report.with_magnesium == 0


def test_only_the_two_needed_parts(tmp_path: Path) -> None:
    left = dict.fromkeys(("nutrient.csv", "food_portion.csv", "measure_unit.csv"))
    report = import_foods(download(tmp_path / "csv", left))
    assert (report.foods, report.with_portion) == (4, 0)


def test_a_number_twice_keeps_the_first(tmp_path: Path) -> None:
    twice = [*FOOD, ["100", "sr_legacy_food", "Something else", "11", ""], ["x", "sr_legacy_food", "No number", "", ""]]
    report = import_foods(download(tmp_path / "csv", {"food.csv": text_of(twice)}))
    assert report.left_out["foods whose number came before"] == 1
    assert report.left_out["foods without a number or a name"] == 1
    found = find_food("fdc:100")
    assert found is not None
    assert found.name == "Nettles, boiled"


def test_a_name_that_two_foods_have(tmp_path: Path) -> None:
    import_foods(download(tmp_path / "csv"))
    with pytest.raises(AmbiguousFood) as error:
        find_food("Oat drink")
    assert error.value.near == ("fdc:103", "fdc:104")
    assert "several imported foods" in str(error.value)


def test_search_finds_imported_foods(tmp_path: Path) -> None:
    assert search_foods("nettles boiled", 3)[0].fdc_id is None if search_foods("nettles boiled", 3) else True
    import_foods(download(tmp_path / "csv"))
    assert search_foods("boiled nettles", 1)[0].reference == "fdc:100"
    assert {food.reference for food in search_foods("oat drink", 10)} >= {"fdc:103", "fdc:104"}


def test_names_are_fit_to_be_shown(tmp_path: Path) -> None:
    nasty = [FOOD[0], ["100", "x", "Bad \x1b[31mname\u202e\n" + "y" * 1000, "", ""]]
    import_foods(download(tmp_path / "csv", {"food.csv": text_of(nasty)}))
    food = find_food("fdc:100")
    assert food is not None
    assert food.name.isprintable()
    assert len(food.name) <= 300


@pytest.mark.parametrize("name", ["fdc:", "fdc:x", "fdc:-1", "fdc:" + "9" * 60, "fdc:٣", "nothing like it"])
def test_a_reference_to_nothing(tmp_path: Path, name: str) -> None:
    import_foods(download(tmp_path / "csv"))
    assert find_food(name) is None


# --- what is refused, with the table of before left as it was ---

LONG_LINE = ",".join(["1"] * 1_000_000)
BROKEN: dict[str, tuple[dict[str, bytes | str | None], str]] = {
    "no amounts": ({"food_nutrient.csv": None}, "no food_nutrient.csv"),
    "no foods": ({"food.csv": text_of(FOOD[:1])}, "no food in it"),
    "empty": ({"food.csv": b""}, "no column fdc_id"),
    "no such column": ({"food.csv": "id,name\n1,x\n"}, "no column"),
    "cut off in a row": ({"food_nutrient.csv": text_of(AMOUNTS) + '"13","104"'}, "cut off"),
    "cut off in a quotation": ({"food_nutrient.csv": text_of(AMOUNTS) + '"13","10'}, "cut off"),
    "quotation without end": ({"food_nutrient.csv": text_of(AMOUNTS) + '"\n' + "x\n" * 5000}, "does not end"),
    "a million columns": ({"food.csv": LONG_LINE + "\n"}, "longer than"),
    "many columns": ({"food.csv": ",".join(["fdc_id"] * 500) + "\n"}, "500 columns"),
    "a huge field": ({"food.csv": text_of(FOOD) + '"1","x","' + "y" * 200_000 + '","",""\n'}, "field limit"),
    "latin-1": ({"food.csv": text_of(FOOD).replace("Nettles", "Br\u00e9de").encode("latin-1")}, "not UTF-8"),
    "utf-16": ({"food.csv": text_of(FOOD).encode("utf-16")}, "not UTF-8"),
    "an extra column in a row": ({"food.csv": text_of(FOOD) + '"1","x","y","","","z"\n'}, "6 columns"),
    "binary": ({"food_nutrient.csv": bytes(range(256)) * 50}, "not UTF-8|no column"),
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_download_is_refused_and_the_old_table_stays(tmp_path: Path, case: str) -> None:
    import_foods(download(tmp_path / "good"))
    before = store_path().read_bytes()
    changed, told = BROKEN[case]
    with pytest.raises(ImportFailed, match=told) as error:
        import_foods(download(tmp_path / "bad", changed))
    assert "\n" not in str(error.value)
    assert len(str(error.value)) < 500
    assert store_path().read_bytes() == before
    assert list(store_path().parent.iterdir()) == [store_path()]
    assert find_food("fdc:100") is not None


def broken_json() -> dict[str, bytes]:
    """JSON downloads that cannot be used."""
    whole = json.dumps({"FoundationFoods": [JSON_FOOD] * 50}).encode()
    return {
        "cut off": whole[: len(whole) // 2],
        "no list": b'{"Foods": []}',
        "empty": b"",
        "empty list": b'{"FoundationFoods": []}',
        "NaN": b'{"FoundationFoods": [{"fdcId": NaN}]}',
        "not UTF-8": whole.replace(b"Lentils", b"L\xe9ntils"),
        "utf-16": whole.decode().encode("utf-16"),
        "deep": b'{"FoundationFoods": [' + b"[" * 100_000,
        "a string": b'"FoundationFoods"',
    }


@pytest.mark.parametrize("case", broken_json())
def test_broken_json_is_refused_and_the_old_table_stays(tmp_path: Path, case: str) -> None:
    import_foods(download(tmp_path / "good"))
    before = store_path().read_bytes()
    (tmp_path / "bad.json").write_bytes(broken_json()[case])
    with pytest.raises(ImportFailed) as error:
        import_foods(tmp_path / "bad.json")
    assert "\n" not in str(error.value)
    assert store_path().read_bytes() == before


def test_one_food_of_a_json_file_cannot_fill_the_memory(tmp_path: Path) -> None:
    with (tmp_path / "bad.json").open("w", encoding="utf-8") as file:
        file.write('{"FoundationFoods": [{"fdcId": 1, "foodNutrients": [')
        for _ in range(2000):
            file.write('{"amount": 1},' * 1000)
    with pytest.raises(ImportFailed, match="larger than"):
        import_foods(tmp_path / "bad.json")


def test_a_zip_bomb_is_refused_before_unpacking(tmp_path: Path) -> None:
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("food.csv", "w") as file:
        for _ in range(64):
            file.write(b"0" * 2**20)
    with pytest.raises(ImportFailed, match="would unpack"):
        import_foods(path)


def test_a_zip_of_thousands_and_a_zip_cut_off(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "many.zip", "w") as archive:
        for number in range(1200):
            archive.writestr(f"{number}.csv", "")
    with pytest.raises(ImportFailed, match="1,200 files"):
        import_foods(tmp_path / "many.zip")
    whole = zipped(download(tmp_path / "csv"), tmp_path / "a.zip").read_bytes()
    (tmp_path / "cut.zip").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(ImportFailed, match="zip is damaged"):
        import_foods(tmp_path / "cut.zip")


def test_a_damaged_member_is_found_out(tmp_path: Path) -> None:
    whole = bytearray(zipped(download(tmp_path / "csv"), tmp_path / "a.zip").read_bytes())
    whole[60] ^= 0xFF
    (tmp_path / "bad.zip").write_bytes(whole)
    with pytest.raises(AnagenError):
        import_foods(tmp_path / "bad.zip")


@pytest.mark.parametrize("name", ["nowhere", "/dev/null", "plain.txt", "folder"])
def test_what_is_no_download(tmp_path: Path, name: str) -> None:
    (tmp_path / "plain.txt").write_text("hello", encoding="utf-8")
    (tmp_path / "folder").mkdir()
    with pytest.raises(ImportFailed):
        import_foods(tmp_path / name)


def test_a_row_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(foods_import, "MOST_ROWS", 5)
    with pytest.raises(ImportFailed, match="more than 5 rows"):
        import_foods(download(tmp_path / "csv"))


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(StoreError):
        import_foods(download(tmp_path / "csv"), tmp_path / "file" / "foods.sqlite3")


def test_a_table_that_is_no_table_says_so() -> None:
    store_path().write_bytes(b"not a table" * 100)
    with pytest.raises(StoreError, match="import the foods again"):
        find_food("fdc:1")
    store_path().unlink()
    with sqlite3.connect(store_path()) as table:
        table.execute("CREATE TABLE other (x)")
    table.close()
    with pytest.raises(StoreError, match="import the foods again"):
        imported_count()
    store_path().unlink()


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    peaks: list[int] = []
    for rows in (5_000, 50_000):
        amounts = [AMOUNTS[0], *([str(row), str(1 + row // 20), str(1080 + row % 20), "3.5"] for row in range(rows))]
        foods = [FOOD[0], *([str(1 + food), "x", f"Food {food}", "", ""] for food in range(rows // 20))]
        changed = {"food_nutrient.csv": text_of(amounts), "food.csv": text_of(foods)}
        folder = download(tmp_path / str(rows), dict(changed))
        del amounts, foods, changed
        tracemalloc.start()
        import_foods(folder)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.5 * peaks[0] + 200_000


# --- fuzz ---


def attempt(content: dict[str, bytes | str | None] | bytes) -> None:
    """Import something arbitrary beside a good table: either it is taken whole or nothing has changed."""
    with tempfile.TemporaryDirectory() as name:
        home, table = Path(name), Path(name) / "table" / "foods.sqlite3"
        import_foods(download(home / "good"), table)
        before = table.read_bytes()
        if isinstance(content, bytes):
            bad = home / "bad.json"
            bad.write_bytes(content)
        else:
            bad = download(home / "bad", content)
        try:
            report = import_foods(bad, table)
        except AnagenError as error:
            told = str(error)
            assert "\n" not in told
            assert table.read_bytes() == before
        else:
            assert report.foods > 0
            check_table(table)
        assert list(table.parent.iterdir()) == [table]


def check_table(path: Path) -> None:
    """Whatever was imported is sane."""
    table = sqlite3.connect(path)
    for magnesium, energy, mass in table.execute("SELECT magnesium, energy, portion_g FROM food"):
        assert magnesium is None or 0 <= magnesium <= 100_000
        assert energy is None or 0 <= energy <= 1000
        assert mass is None or mass > 0
    table.close()


CELLS = st.one_of(
    st.sampled_from(["", "100", "1090", "1008", "-1", "nan", "inf", "1e999", "0x10", "=1+1", '"', ",", "\x00", "é"]),
    st.text(max_size=12),
)  # fmt: skip
TABLES = st.lists(st.lists(CELLS, min_size=1, max_size=6), max_size=6)


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(sorted(PARTS)), TABLES, st.booleans())
def test_fuzz_rows(part: str, rows: list[list[str]], headed: bool) -> None:
    wide = [(row + [""] * 8)[: len(PARTS[part][0])] for row in rows] if headed else rows
    attempt({part: text_of([PARTS[part][0], *wide] if headed else wide).encode("utf-8", "surrogatepass")})


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(sorted(PARTS)), st.integers(0, 400), st.binary(max_size=6))
def test_fuzz_bytes(part: str, place: int, noise: bytes) -> None:
    whole = text_of(PARTS[part]).encode()
    attempt({part: whole[:place] + noise + whole[place + len(noise) :]})
    attempt({part: whole[:place]})


LEAVES = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8)
)
KEYS = st.sampled_from([
    "fdcId", "description", "foodNutrients", "nutrient", "id", "number", "amount", "unitName", "foodPortions",
    "gramWeight", "measureUnit", "name", "servingSize", "servingSizeUnit", "sequenceNumber",
])  # fmt: skip
TREES = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=5))


@settings(deadline=None, max_examples=100)
@given(st.lists(st.dictionaries(KEYS, TREES, max_size=8) | TREES, max_size=4), st.integers(0, 600))
def test_fuzz_json(foods: list[Any], cut: int) -> None:
    whole = json.dumps({"FoundationFoods": [JSON_FOOD, *foods]}).encode()
    attempt(whole)
    attempt(whole[:cut])


def test_importing_again_replaces_the_table(tmp_path: Path) -> None:
    import_foods(download(tmp_path / "csv"))
    assert imported_count() == 4
    import_foods(json_file(tmp_path / "foods.json"))
    assert imported_count() == 2
    assert find_food("fdc:100") is None
    close_store()


def test_an_imported_food_stands_in_a_scenario(tmp_path: Path) -> None:
    text = """
[person]
age = 34
sex = "female"
[[intake]]
kind = "food"
product = "{}"
amount = "100 g"
"""
    with pytest.raises(ScenarioError, match="no imported food has this number; import its download first"):
        Scenario.loads(text.format("fdc:201"))
    import_foods(json_file(tmp_path / "foods.json"))
    ledger = tally(Scenario.loads(text.format("fdc:201")))
    assert ledger.items[0].elemental_mg_per_day == pytest.approx(80)
    assert ledger.items[0].status == "secondary"
    assert ledger.totals.counted == 0
