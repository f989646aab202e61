"""Importing foods against a bare read of the same file by Python's csv module, in one run.

A download in the format of FoodData Central is made up: 400,000 rows of food_nutrient.csv. The ratio of the two times
is the figure that holds on another machine. Writes results/foods_import.json.
"""

from __future__ import annotations

import csv
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
ROWS = 400_000
NUTRIENTS = (1003, 1004, 1005, 1008, 1051, 1079, 1087, 1089, 1090, 1091, 1092, 1093, 1095, 1098, 1101, 1103, 1104, 1106,
             1109, 1114)  # fmt: skip
RUNS = 5
MOST_RATIO = 6.0


def make_download(folder: Path, rows: int = ROWS) -> Path:
    """A folder of CSV files with `rows` amounts, the same every time; every cell quoted, as in the official ones."""
    foods = rows // len(NUTRIENTS)
    quoted = {"quoting": csv.QUOTE_ALL, "lineterminator": "\n"}
    with (folder / "food.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, **quoted)
        writer.writerow(["fdc_id", "data_type", "description", "food_category_id", "publication_date"])
        for food in range(foods):
            writer.writerow([170_000 + food, "sr_legacy_food", f"Made-up food {food}, boiled", 16, "2019-04-01"])
    with (folder / "food_nutrient.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, **quoted)
        writer.writerow(["id", "fdc_id", "nutrient_id", "amount", "data_points", "derivation_id", "min", "max",
                         "median", "footnote", "min_year_acquired"])  # fmt: skip
        for row in range(rows):
            food, place = divmod(row, len(NUTRIENTS))
            writer.writerow([1_283_674 + row, 170_000 + food, NUTRIENTS[place], (row * 7919) % 900 / 10, 1, 46, "", "",
                             "", "", ""])  # fmt: skip
    with (folder / "nutrient.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, **quoted)
        writer.writerow(["id", "name", "unit_name", "nutrient_nbr", "rank"])
        for nutrient in NUTRIENTS:
            writer.writerow([nutrient, f"nutrient {nutrient}", "KCAL" if nutrient == 1008 else "MG", "", ""])
    return folder


def bare_read(folder: Path) -> int:
    """What the csv module alone takes to read the amounts."""
    with (folder / "food_nutrient.csv").open(encoding="utf-8", newline="") as file:
        return sum(1 for _ in csv.reader(file))


def peak_mb(what: str, folder: Path) -> float:
    """Peak memory of a process of its own, MB, as Linux tells it (getrusage would tell that of this process too)."""
    code = (
        "import sys; from pathlib import Path; sys.path.insert(0, sys.argv[1]); folder = Path(sys.argv[2])\n"
        f"import foods_import as bench; from anagen.intake.foods_import import import_foods\n{what}\n"
        "print(next(line.split()[1] for line in Path('/proc/self/status').open() if line.startswith('VmHWM')))"
    )
    arguments = [sys.executable, "-c", code, str(ROOT / "benchmarks"), str(folder)]
    return float(subprocess.run(arguments, check=True, capture_output=True, text=True).stdout) / 1024


def main() -> None:
    """Measure, print and keep."""
    from anagen.intake.foods_import import import_foods

    with tempfile.TemporaryDirectory() as name:
        folder = make_download(Path(name))
        table = folder / "table" / "foods.sqlite3"
        bare, whole = [], []
        for _ in range(RUNS):  # in turn, so that a busy machine slows both
            begin = time.perf_counter()
            bare_read(folder)
            middle = time.perf_counter()
            import_foods(folder, table)
            bare.append(middle - begin)
            whole.append(time.perf_counter() - middle)
        small = Path(name) / "small"
        small.mkdir()
        make_download(small, ROWS // 10)
        memory = {
            "nothing read": peak_mb("pass", folder),
            f"import of {ROWS // 10:,} rows": peak_mb("import_foods(folder, folder / 'foods.sqlite3')", small),
            f"import of {ROWS:,} rows": peak_mb("import_foods(folder, folder / 'foods.sqlite3')", folder),
        }
        size = (folder / "food_nutrient.csv").stat().st_size
        table_mb = table.stat().st_size / 1e6
    seconds = statistics.median(whole)
    report = {
        "machine": {"cores": os.cpu_count(), "python": platform.python_version()},
        "rows": ROWS,
        "file MB": round(size / 1e6, 1),
        "table MB": round(table_mb, 1),
        "seconds, bare csv read": round(statistics.median(bare), 3),
        "seconds, import": round(seconds, 3),
        "ratio to the bare read": round(seconds / statistics.median(bare), 2),
        "most it may be": MOST_RATIO,
        "rows a second": round(ROWS / seconds),
        "peak memory MB": {what: round(mb, 1) for what, mb in memory.items()},
    }
    text = json.dumps(report, indent=2)
    print(text)
    (ROOT / "benchmarks" / "results" / "foods_import.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
