"""How long the phases last and how hair follows size, for every patch; and the same laid out for the engines."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from anagen.evidence.parameters import value
from anagen.follicle.shapes import Shape, lognormal, tables_of

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]

PHASES = ("anagen", "telogen", "kenogen", "catagen")
"""The drawn phases, in the order of the four words of a cycle's draw."""
MICROMETERS = 1000  # in a millimeter


@dataclass(frozen=True)
class CycleLaws:
    """How long the phases last and how hair follows size; one entry for each patch, shape (patches,).

    Lengths of phases in months, spreads as coefficients of variation, diameters in um, growth in mm a month,
    `visible_length` in mm, `hair_density` in mg/mm3.
    """

    anagen_mean: Floats
    anagen_size_power: Floats
    anagen_spread: Floats
    catagen_length: Floats
    catagen_spread: Floats
    telogen_mean: Floats
    telogen_spread: Floats
    kenogen_mean: Floats
    kenogen_spread: Floats
    size_recovery: Floats
    irreversible_share: Floats
    diameter_smallest: Floats
    diameter_per_size: Floats
    counted_diameter: Floats
    terminal_diameter: Floats
    visible_length: Floats
    growth_rate: Floats
    growth_diameter_power: Floats
    growth_reference_diameter: Floats
    hair_density: Floats

    @staticmethod
    def central(patches: int) -> CycleLaws:
        """Every law at the central value of its record, for a number of patches."""
        return CycleLaws(**{one.name: np.full(patches, value(one.name)) for one in fields(CycleLaws)})

    def mean(self, phase: str) -> Floats:
        """Mean length of a phase at full size and plain speed, months."""
        return self.catagen_length if phase == "catagen" else getattr(self, f"{phase}_mean")


class Laid(NamedTuple):
    """One law of every patch in each field, shape (patches,), in single precision: what both engines compute with.

    For each phase p: log_p is the logarithm of its mean, scale_p and shift_p and biased_p those of `shapes`.
    """

    log_anagen: Singles
    scale_anagen: Singles
    shift_anagen: Singles
    biased_anagen: Singles
    log_telogen: Singles
    scale_telogen: Singles
    shift_telogen: Singles
    biased_telogen: Singles
    log_kenogen: Singles
    scale_kenogen: Singles
    shift_kenogen: Singles
    biased_kenogen: Singles
    log_catagen: Singles
    scale_catagen: Singles
    shift_catagen: Singles
    biased_catagen: Singles
    anagen_power: Singles
    recovery: Singles
    irreversible: Singles
    smallest: Singles
    per_size: Singles
    counted: Singles
    terminal: Singles
    log_growth: Singles
    growth_power: Singles
    visible_length: Singles
    mass_per_square: Singles
    too_small: Singles


LAID = {name: place for place, name in enumerate(Laid._fields)}
PER_PHASE = ("log", "scale", "shift", "biased")


def lay_out(laws: CycleLaws, shapes: tuple[Shape, ...]) -> Laid:
    """The laws as the engines take them; `shapes` in the order of PHASES."""
    laid: dict[str, Floats] = {}
    for phase, shape in zip(PHASES, shapes, strict=True):
        four = (np.log(laws.mean(phase)), *shape.scale_and_shifts(getattr(laws, f"{phase}_spread")))
        laid |= {f"{name}_{phase}": array for name, array in zip(PER_PHASE, four, strict=True)}
    thinnest = (laws.counted_diameter - laws.diameter_smallest) / laws.diameter_per_size
    reference = laws.growth_diameter_power * np.log(laws.growth_reference_diameter)
    laid |= {
        "anagen_power": laws.anagen_size_power,
        "recovery": laws.size_recovery,
        "irreversible": laws.irreversible_share,
        "smallest": laws.diameter_smallest,
        "per_size": laws.diameter_per_size,
        "counted": laws.counted_diameter,
        "terminal": laws.terminal_diameter,
        "log_growth": np.log(laws.growth_rate) - reference,
        "growth_power": laws.growth_diameter_power,
        "visible_length": laws.visible_length,
        # mg of a mm of hair, per um2 of its diameter squared
        "mass_per_square": laws.hair_density * np.pi / 4 / MICROMETERS**2,
        # where even the smallest hair is thick enough to be counted, no follicle is ever too small
        "too_small": np.where(thinnest > 0, np.log(np.where(thinnest > 0, thinnest, 1)), -np.inf)
        - value("regrowth_room"),
    }
    return Laid(**{name: np.ascontiguousarray(array, dtype=np.float32) for name, array in laid.items()})


def phase_means(laid: Laid) -> Floats:
    """Mean length of each phase at full size and plain speed, months; shape (phases, patches), as PHASES."""
    return np.exp(np.stack([np.float64(getattr(laid, f"log_{phase}")) for phase in PHASES]))


@dataclass(frozen=True)
class Shapes:
    """The shape of each phase's law; lognormal unless another is given."""

    anagen: Shape
    telogen: Shape
    kenogen: Shape
    catagen: Shape

    @staticmethod
    def usual() -> Shapes:
        """All lognormal."""
        return Shapes(lognormal(), lognormal(), lognormal(), lognormal())

    @property
    def all(self) -> tuple[Shape, ...]:
        """In the order of PHASES."""
        return self.anagen, self.telogen, self.kenogen, self.catagen

    @property
    def distinct(self) -> tuple[Shape, ...]:
        """Each shape once."""
        return tuple({id(shape): shape for shape in self.all}.values())

    def tables(self) -> Singles:
        """The tables of the distinct shapes, plain and biased by turns."""
        return tables_of(self.distinct)

    def rows(self) -> tuple[int, int, int, int]:
        """Which row of `tables` is each phase's plain one; the next is its biased one."""
        places = {id(shape): 2 * place for place, shape in enumerate(self.distinct)}
        anagen, telogen, kenogen, catagen = (places[id(shape)] for shape in self.all)
        return anagen, telogen, kenogen, catagen
