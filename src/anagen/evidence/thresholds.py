"""How much it takes to starve a bulb: the stored searches of `anagen oxygen threshold` that come with the package.

`oxygen_thresholds.json` is made by `benchmarks/oxygen_thresholds.py`; it says with which version and records.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from anagen.evidence import parameters as records

FILE = "oxygen_thresholds.json"
FIELD = "field_oxygen"
RECORDS = (
    "basket_capillaries", "basket_length", "bulb_consumption", "bulb_radius", "capillary_radius", "flow_at_rest",
    "hemoglobin_half_saturation", "hemoglobin_steepness", "inlet_po2", "nutritive_share", "perfusion_of_flow",
    "tissue_permeability",
)  # fmt: skip
"""What the field solver reads besides the records of its own file."""
DIGITS = 12


@cache
def shipped_thresholds() -> tuple[Mapping[str, Any], ...]:
    """Every stored search, as `anagen oxygen threshold --json` prints it; they differ in how hungry the bulb is."""
    return tuple(json.loads(files("anagen.evidence").joinpath(FILE).read_text(encoding="utf-8"))["runs"])


def fingerprint() -> str:
    """Of the values of the records the field solver reads, so that a changed one shows."""
    read = [one for one in records.parameters().values() if one.file == FIELD or one.name in RECORDS]
    text = "\n".join(f"{one.name} {one.value!r} {one.unit}" for one in sorted(read, key=lambda one: one.name))
    return hashlib.sha256(text.encode()).hexdigest()[:DIGITS]
