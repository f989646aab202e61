"""The fitted closure as files: what was solved and how well it fits, and the records that carry its numbers.

`evidence/closure_fit.toml` holds the design, the solver's version and fingerprint, the errors, and a few solved points
to check a later solver against; the records stand with the others in `evidence/parameters`.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np

from anagen.evidence.parameters import Parameter, parameters
from anagen.files import check_folder, write_folder
from anagen.oxygen.fit import MINIMUM, SPREAD, START, Errors, Fit
from anagen.oxygen.fit_design import RANGES, Design, Solved

FIT_FILE = "closure_fit.toml"
RECORD_FILES = ("oxygen_closure.toml", "field_fit.toml")
SOLVER_RECORDS = ("field_oxygen", "oxygen_closure")
NOT_SOLVER = ("bulb_share", "closure", "ensemble", "fit", "scene", "threshold", "__init__")
"""Modules whose names begin so do not change a solved field."""
CHECKS = 6
"""How many solved points are written down."""
FIGURES, HASH_DIGITS = 4, 12
UNITS = {"bulb_mean": " mmHg", "bulb_min": " mmHg", "spread": " mmHg"}


def solver_version() -> str:
    """The package's version, and a fingerprint of the solver's modules and of the values of its records."""
    try:
        number = version("anagen")
    except PackageNotFoundError:
        number = "not installed"
    modules = [one for one in files("anagen.oxygen").iterdir() if one.name.endswith(".py")]
    solver = [one for one in modules if not one.name.startswith(NOT_SOLVER)]
    texts = [one.read_text(encoding="utf-8") for one in sorted(solver, key=lambda one: one.name)]
    texts += [f"{one.name} = {one.value!r} {one.unit}" for one in _solver_records()]
    return f"anagen {number}, solver {hashlib.sha256(''.join(texts).encode()).hexdigest()[:HASH_DIGITS]}"


def _solver_records() -> Iterator[Parameter]:
    """What the solver may read: the files of oxygen records, but for what is fitted to it."""
    for one in parameters().values():
        if one.file in SOLVER_RECORDS and one.name not in (*START, *SPREAD, *MINIMUM):
            yield one


def fit_text(design: Design, solved: Solved, fit: Fit) -> str:
    """The file of the fit."""
    fitted = int((~solved.kept).sum())
    lines = [
        "# Written by `anagen oxygen fit`: the closure of oxygen/closure.py against the field solver.",
        f'solver = "{solver_version()}"',
        "",
        "[design]",
        *(f"{name} = {getattr(design, name)}" for name in Design.__dataclass_fields__),
        f"fitted = {fitted}",
        f"kept = {design.points - fitted}",
        f"bulbs = {solved.means.size}",
    ]
    for name, one in RANGES.items():
        lines += ["", f"[design.ranges.{name}]", f"well = {one.well}", f"worst = {one.worst}"]
        lines += [f'scale = "{one.scale}"', f'unit = "{one.unit}"']
    lines += ["", "[coefficients]", *(f"{name} = {_figures(one)}" for name, one in fit.records.items())]
    lines += ["", "[errors]", f"chance_of_a_mean = {_figures(fit.chance)}  # mmHg: standard error of what is fitted to"]
    for name, (train, kept) in fit.errors.items():
        lines.append(f"{name} = {{ fitted = {_errors(train)}, kept = {_errors(kept)} }}")
    for point in _check_points(solved):
        lines += ["", "[[check]]", f"network = {design.networks_of(point)[0]}"]
        lines += [f"{name} = {float(column[point])!r}" for name, column in solved.inputs.items()]
        bulbs = solved.means.shape[1] // design.each
        lines.append(f"bulb_means = {[round(one, FIGURES) for one in solved.means[point, :bulbs].tolist()]}")
        lines.append(f"bulb_mins = {[round(one, FIGURES) for one in solved.mins[point, :bulbs].tolist()]}")
    return "\n".join(lines) + "\n"


def _figures(number: float) -> str:
    return f"{number:.{FIGURES}g}"


def _errors(one: Errors) -> str:
    return f"{{ rmse = {_figures(one.rmse)}, r2 = {_figures(one.r2)}, largest = {_figures(one.largest)} }}"


def _check_points(solved: Solved) -> list[int]:
    """A few kept points, from the least to the most oxygen."""
    kept = np.flatnonzero(solved.kept)
    order = kept[np.argsort(solved.means[kept].mean(axis=1))]
    return order[np.linspace(0, order.size - 1, min(CHECKS, order.size)).round().astype(int)].tolist()


def place_of(fit: Fit, solved: Solved, name: str) -> str:
    """Where the number of a record comes from: the fit, and its error on the points kept."""
    what = "bulb_min" if name in fit.minimum else "spread" if name in fit.spread else "bulb_mean"
    fitted, kept = int((~solved.kept).sum()), int(solved.kept.sum())
    return (
        f"fit to {fitted} points of solved fields; on {kept} others, RMSE {fit.errors[what][1].rmse:.2g}{UNITS[what]}"
    )


def records_text(text: str, changes: Mapping[str, tuple[float, str]]) -> str:
    """A file of records with other values and places of some; everything else stays as it is."""
    lines, name = [], ""
    for line in text.splitlines():
        key = line.partition("=")[0].strip()
        if line.startswith("["):
            name = line.strip("[]")
        elif name in changes and key in ("value", "place"):
            value, place = changes[name]
            lines.append(f"value = {value!r}" if key == "value" else f'place = "{place}"')
            continue
        lines.append(line)
    return "\n".join(lines) + "\n"


def check_fit_folder(folder: Path) -> None:
    """Raise FileError now where a fit could not be written later; long work should not end in a refusal."""
    check_folder(folder, (FIT_FILE,))
    check_folder(folder / "parameters", RECORD_FILES)


def write_fit(folder: Path, design: Design, solved: Solved, fit: Fit) -> list[Path]:
    """Write the fit's file and the files of records with its numbers, laid out as the package's evidence is."""
    own = files("anagen.evidence")
    texts = {FIT_FILE: fit_text(design, solved, fit)}
    changes = {name: (number, place_of(fit, solved, name)) for name, number in fit.records.items()}
    records = {
        file: records_text(own.joinpath("parameters", file).read_text(encoding="utf-8"), changes)
        for file in RECORD_FILES
    }
    write_folder(folder, texts)
    write_folder(folder / "parameters", records)
    return [*(folder / name for name in texts), *(folder / "parameters" / name for name in records)]


@cache
def shipped_fit() -> Mapping[str, Any]:
    """The file of the fit that comes with the package."""
    return tomllib.loads(files("anagen.evidence").joinpath(FIT_FILE).read_text(encoding="utf-8"))
