"""Units of pint as unit definitions of SBML: every factor of a unit is (multiplier x base kind) ^ exponent.

A day is (86400 second), a year (31557600 second), a mL (0.001 litre), a mmHg (133.322 pascal). A unit of botulinum
toxin is a count of its own (`item`): no base kind of SBML measures potency.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from anagen.flowchart.sbml_library import SbmlDefect, done, library
from anagen.quantities import registry

DIMENSIONLESS = "dimensionless"
PASCAL_IN_MMHG = 133.322387415  # the conventional millimeter of mercury
# stem of a unit: its short name, the base kind of SBML, and that kind in pint's spelling
STEMS = {
    "meter": ("m", "metre", "meter"),
    "gram": ("g", "gram", "gram"),
    "mole": ("mol", "mole", "mole"),
    "liter": ("L", "litre", "liter"),
    "second": ("s", "second", "second"),
    "minute": ("min", "second", "second"),
    "hour": ("h", "second", "second"),
    "day": ("day", "second", "second"),
    "week": ("week", "second", "second"),
    "month": ("month", "second", "second"),
    "year": ("year", "second", "second"),
    "mmHg": ("mmHg", "pascal", "mmHg"),
    "allergan_unit": ("allergan_unit", "item", "allergan_unit"),
    "percent": ("percent", DIMENSIONLESS, DIMENSIONLESS),
}


@dataclass(frozen=True)
class Factor:
    """One factor of a unit: (multiplier x kind) ^ exponent."""

    symbol: str
    multiplier: float
    kind: str
    exponent: float


def factors_of(unit: str) -> tuple[Factor, ...]:
    """The factors of a unit written in pint's spelling; none where it is dimensionless."""
    found: Any = registry().Quantity(1, unit or DIMENSIONLESS).unit_items()
    return tuple(_factor(name, float(power)) for name, power in found)


def _factor(name: str, power: float) -> Factor:
    """One factor, by pint's own long name of it ("milligram"); raises SbmlDefect where it has no kind in SBML."""
    units = registry()
    prefix, stem, _ = units.parse_unit_name(name)[0]
    if stem not in STEMS:
        raise SbmlDefect(f"no base kind of SBML stands for {name}")
    short, kind, base = STEMS[stem]
    letter = units.get_symbol(name)[0].replace("µ", "u").replace("μ", "u") if prefix else ""
    size = PASCAL_IN_MMHG if kind == "pascal" else 1.0
    return Factor(letter + short, float(units.Quantity(1, name).to(base).magnitude) * size, kind, power)


def unit_id(unit: str) -> str:
    """The identifier of a unit: "mg/day" is mg_per_day, "1/year" per_year, "" dimensionless."""
    parts = factors_of(unit)

    def written(factor: Factor) -> str:
        power = abs(factor.exponent)
        return factor.symbol + (f"{power:g}" if power != 1 else "")

    above = [written(factor) for factor in parts if factor.exponent > 0]
    below = [f"per_{written(factor)}" for factor in parts if factor.exponent < 0]
    return "_".join(above + below) or DIMENSIONLESS


class Units:
    """The unit definitions of one SBML model, each made when it is first asked for."""

    def __init__(self, model: Any) -> None:
        self._model = model
        self._made: set[str] = {DIMENSIONLESS}

    def id(self, unit: str) -> str:
        """The identifier of a unit, defined in the model from now on."""
        name = unit_id(unit)
        if name not in self._made:
            self._made.add(name)
            definition = self._model.createUnitDefinition()
            done(definition.setId(name), name)
            done(definition.setName(unit), unit)
            for factor in factors_of(unit):
                one = definition.createUnit()
                done(one.setKind(library().UnitKind_forName(factor.kind)), factor.kind)
                done(one.setExponent(factor.exponent), unit)
                done(one.setScale(0), unit)
                done(one.setMultiplier(factor.multiplier), unit)
        return name
