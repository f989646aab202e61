"""Fit the closure to solved fields: its mean, the bulb's minimum, the share below 10 mmHg, and the spread of bulbs.

The mean is fitted by least squares over points, each the mean of the bulbs of its networks, with every coefficient at
or above 0: so no input can turn its effect about. The minimum follows from the mean, the share from both; the spread is
that of bulbs about their point's mean. Errors are told for the points fitted and for those kept.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from anagen.evidence.parameters import value
from anagen.oxygen.bulb_share import bulb_minimum_of, hypoxic_share_of
from anagen.oxygen.closure import bulb_po2_of
from anagen.oxygen.fit_design import Solved
from anagen.oxygen.grid import Floats
from anagen.oxygen.patch import HYPOXIC_PO2

START: dict[str, float] = {
    "closure_blood": 0.6,
    "closure_bulb_blood": 0.01,
    "closure_wall": 0.7,
    "closure_dermis": 0.7,
    "capillary_loss_reach": 0.9,
    "closure_basket_wall": 2.0,
    "closure_basket_tissue": 4.0,
    "closure_basket_inside": 9.0,
    "closure_surroundings": 1.0,
    "closure_half_po2": 2.0,
}
"""The coefficients of the mean, and where the search starts."""
HIGHEST = {"closure_blood": 1.0, "capillary_loss_reach": 0.99}
"""Shares; the other coefficients have no upper bound."""
SPREAD = ("network_scatter", "network_scatter_loss")
MINIMUM: dict[str, float] = {"minimum_bulb": 0.1, "minimum_drop": 0.1, "minimum_half_po2": 1.0}
FIGURES = 4
"""Significant figures of a coefficient."""
NUDGE = 1e-3
"""Of the scatter, to see how the mean moves with it."""
LUCK: tuple[tuple[float, float], ...] = ((-sqrt(3), 1 / 6), (0.0, 2 / 3), (sqrt(3), 1 / 6))
"""Standard deviations and weights that stand for a normal chance (Gauss and Hermite's rule of three)."""
GIVEN = ("perfusion", "capillary_loss", "wall_resistance", "diffusivity", "scatter")

Coefficients = Mapping[str, float]


@dataclass(frozen=True)
class Errors:
    """How far a closure is off: root of the mean square, share of the variance explained, and the worst."""

    rmse: float
    r2: float
    largest: float

    @staticmethod
    def of(found: Floats, solved: Floats) -> Errors:
        """Of what was found against what was solved."""
        off = found - solved
        variance = float(np.square(solved - solved.mean()).sum())
        explained = 1 - float(np.square(off).sum()) / variance if variance > 0 else 0.0
        return Errors(float(np.sqrt(np.square(off).mean())), explained, float(np.abs(off).max()))


@dataclass(frozen=True)
class Fit:
    """The fitted closure.

    Attributes
    ----------
    coefficients : of the mean; spread : of the arrow from the network's chance; minimum : of the bulb's minimum.
    errors : by quantity, of the points fitted and of those kept.
    chance : standard error (mmHg) of the means that are fitted to, as few networks as there are in each.
    """

    coefficients: dict[str, float]
    spread: dict[str, float]
    minimum: dict[str, float]
    errors: dict[str, tuple[Errors, Errors]]
    chance: float

    @property
    def records(self) -> dict[str, float]:
        """Every fitted number by the name of its record."""
        return {**self.coefficients, **self.spread, **self.minimum}


def _fixed() -> dict[str, float]:
    """The records that the closure reads and the fit leaves alone."""
    names = inspect.signature(bulb_po2_of).parameters
    read = ("bulb_consumption", "tissue_consumption")
    return {name: value(name) for name in names if name not in (*GIVEN, *START, *read)}


def mean_of(inputs: Mapping[str, Floats], coefficients: Coefficients, scatter: Any = 0.0) -> Floats:
    """The closure's mean pO2 (mmHg) for the inputs of a design."""
    return bulb_po2_of(
        inputs["flow"] * value("perfusion_of_flow"),
        inputs["capillary_loss"],
        inputs["wall_resistance"],
        inputs["diffusivity"],
        scatter,
        bulb_consumption=inputs["bulb_consumption"],
        tissue_consumption=inputs["tissue_consumption"],
        **_fixed(),
        **coefficients,
    )


def minimum_of(inputs: Mapping[str, Floats], mean: Floats, minimum: Coefficients) -> Floats:
    """The bulb's minimum (mmHg) for a mean."""
    return bulb_minimum_of(
        mean,
        inputs["bulb_consumption"],
        **{name: value(name) for name in ("inlet_po2", "bulb_radius", "tissue_permeability")},
        **minimum,
    )


def _search(start: Mapping[str, float], wrong: Callable[[dict[str, float]], Floats]) -> dict[str, float]:
    """Least squares over named coefficients at or above 0, rounded as they are written."""
    from scipy.optimize import least_squares

    names, first = list(start), np.array(list(start.values()))
    highest = [HIGHEST.get(name, np.inf) for name in names]
    found = least_squares(
        lambda row: wrong(dict(zip(names, row.tolist(), strict=True))), first, bounds=(0, highest), x_scale=first
    )
    return {name: float(f"{one:.{FIGURES}g}") for name, one in zip(names, found.x.tolist(), strict=True)}


def _rows(inputs: Mapping[str, Floats], which: NDArray[np.bool_]) -> dict[str, Floats]:
    return {name: column[which] for name, column in inputs.items()}


def over_luck(
    of_mean: Callable[[Floats], Floats], inputs: Mapping[str, Floats], coefficients: Coefficients, scatter: Floats
) -> tuple[Floats, Floats]:
    """Of what follows from a bulb's mean: average and standard deviation over bulbs that differ by chance."""
    found = np.array([of_mean(mean_of(inputs, coefficients, luck * scatter)) for luck, _ in LUCK])
    weights = [weight for _, weight in LUCK]
    average = np.average(found, axis=0, weights=weights)
    return average, np.sqrt(np.average(np.square(found - average), axis=0, weights=weights))


def scattered(
    inputs: Mapping[str, Floats], coefficients: Coefficients, minimum: Coefficients, scatter: Floats
) -> dict[str, Floats]:
    """What chance does to a bulb: its hypoxic share on average, and how mean, minimum and share differ over networks.

    Nothing more is fitted: minimum and share follow from a bulb's mean, and its mean from its chance.
    """

    def lowest(mean: Floats) -> Floats:
        return minimum_of(inputs, mean, minimum)

    def below(mean: Floats) -> Floats:
        return hypoxic_share_of(mean, lowest(mean), HYPOXIC_PO2)

    share, share_spread = over_luck(below, inputs, coefficients, scatter)
    _, minimum_spread = over_luck(lowest, inputs, coefficients, scatter)
    return {
        "hypoxic_share": share,
        "spread": slope_of(inputs, coefficients) * scatter,
        "minimum_spread": minimum_spread,
        "share_spread": share_spread,
    }


def slope_of(inputs: Mapping[str, Floats], coefficients: Coefficients) -> Floats:
    """How the mean moves with the scatter (mmHg for a unit)."""
    return (mean_of(inputs, coefficients, NUDGE) - mean_of(inputs, coefficients, -NUDGE)) / (2 * NUDGE)


def fit_closure(solved: Solved) -> Fit:
    """Fit all of it to the points that are not kept."""
    fitted = ~solved.kept
    inputs, mean = _rows(solved.inputs, fitted), solved.means.mean(axis=1)
    least, share = solved.mins.mean(axis=1), solved.hypoxic.mean(axis=1)
    coefficients = _search(START, lambda these: mean_of(inputs, these) - mean[fitted])
    minimum = _search(MINIMUM, lambda these: minimum_of(inputs, mean[fitted], these) - least[fitted])
    deviation = solved.means.std(axis=1, ddof=1)
    slope = slope_of(solved.inputs, coefficients)
    loss = solved.inputs["capillary_loss"]

    def scatter_of(these: Coefficients) -> Floats:
        usual, lost = (these[name] for name in SPREAD)
        return usual + lost * loss

    spread = _search(dict.fromkeys(SPREAD, 1 / 2), lambda these: (slope * scatter_of(these) - deviation)[fitted])
    found = mean_of(solved.inputs, coefficients)
    lowest = minimum_of(solved.inputs, found, minimum)
    by_chance = scattered(solved.inputs, coefficients, minimum, scatter_of(spread))
    pairs = {
        "bulb_mean": (found, mean),
        "bulb_min": (lowest, least),
        "hypoxic_share": (by_chance["hypoxic_share"], share),
        "spread": (by_chance["spread"], deviation),
        "minimum_spread": (by_chance["minimum_spread"], solved.mins.std(axis=1, ddof=1)),
        "share_spread": (by_chance["share_spread"], solved.hypoxic.std(axis=1, ddof=1)),
    }
    errors = {
        name: (Errors.of(one[fitted], other[fitted]), Errors.of(one[~fitted], other[~fitted]))
        for name, (one, other) in pairs.items()
    }
    return Fit(coefficients, spread, minimum, errors, chance_of_means(solved))


def chance_of_means(solved: Solved) -> float:
    """Standard error (mmHg) of a point's mean; not known of one network.

    Networks are counted, not bulbs: what one bulb of a network has the other lacks, for they share its losses.
    """
    bulbs = round(value("patch_bulbs"))
    networks = solved.means.reshape(len(solved.means), -1, bulbs).mean(axis=2)
    if networks.shape[1] < 2:
        return float("nan")
    return float(np.sqrt(networks.var(axis=1, ddof=1).mean() / networks.shape[1]))
