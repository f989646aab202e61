"""The shapes a phase's length may have: lognormal by default, any other law by its quantile function.

A length of mean m is drawn from a random word w by one formula, whatever the law:

    length = m exp(s T(w) + c)

For the lognormal T is the normal quantile, s the sd of the log and c = -s^2/2. For any other law T is the logarithm of
its quantile function at mean 1, s = 1 and c = 0. Somebody who looks in at a random moment meets longer phases more
often (length-biased): for the lognormal c = +s^2/2, for others T is the quantile of x dF(x).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from statistics import NormalDist
from typing import Any

import numpy as np
from numpy.typing import NDArray

from anagen.errors import AnagenError
from anagen.follicle.elementary import HALF_TABLE, knot_probabilities

Singles = NDArray[np.float32]
Floats = NDArray[np.float64]

SMALLEST = 1e-30  # of a length at mean 1: its logarithm stays finite
PANELS = 16  # of the integral of a quantile function between two knots
MEAN_TOLERANCE = 1e-3


class ShapeError(AnagenError):
    """A law of phase lengths that cannot be used; the text says why."""


@dataclass(frozen=True)
class Shape:
    """A law of lengths at mean 1.

    Attributes
    ----------
    name : of the law.
    table, biased_table : T above, at the knots of `elementary.knot_probabilities`, for a phase from its start and for
        one looked in on.
    spread_matters : whether the coefficient of variation of the patch sets its width (the lognormal), or the law alone.
    """

    name: str
    table: Singles
    biased_table: Singles
    spread_matters: bool

    def scale_and_shifts(self, spread: Floats) -> tuple[Floats, Floats, Floats]:
        """s, c and the c of a phase looked in on, from the coefficient of variation."""
        if not self.spread_matters:
            return np.ones_like(spread), np.zeros_like(spread), np.zeros_like(spread)
        variance = np.log1p(spread**2)
        return np.sqrt(variance), -variance / 2, variance / 2


@cache
def lognormal() -> Shape:
    """The lognormal law, of any coefficient of variation."""
    # the standard library's quantile: the same singles as scipy.special.ndtri gives, without 0.2 s of imports
    table = np.array([NormalDist().inv_cdf(one) for one in knot_probabilities().tolist()], dtype=np.float32)
    return Shape("lognormal", table, table, True)


def shape_from_quantiles(name: str, quantile: Callable[[Floats], Any]) -> Shape:
    """A law from its quantile function.

    Parameters
    ----------
    quantile : from probabilities to lengths, with mean 1; such as `scipy.stats.gamma(4, scale=1 / 4).ppf`.

    Raises
    ------
    ShapeError
        If a quantile is negative, not a number or falls with the probability, or the mean is not 1.
    """
    probability = knot_probabilities()
    lengths = np.asarray(quantile(probability), dtype=np.float64)
    order = np.argsort(probability, kind="stable")
    if not np.isfinite(lengths).all() or (lengths < 0).any() or (np.diff(lengths[order]) < 0).any():
        raise ShapeError(f"the law {name!r}: its quantiles must be finite, not negative, and must rise")
    rising, running = _partial_means(probability[order], quantile)
    if abs(running[-1] - 1) > MEAN_TOLERANCE:
        raise ShapeError(f"the law {name!r} has the mean {running[-1]:.4g}; give it at mean 1")
    biased = np.asarray(quantile(np.interp(probability, running / running[-1], rising)), dtype=np.float64)
    tables = [np.log(np.maximum(values, SMALLEST)).astype(np.float32) for values in (lengths, biased)]
    return Shape(name, tables[0], tables[1], False)


def _partial_means(knots: Floats, quantile: Callable[[Floats], Any]) -> tuple[Floats, Floats]:
    """The integral of the quantile function from 0 up to each of many probabilities (midpoints between the knots)."""
    edges = np.unique(np.concatenate([[0.0], knots, [1.0]]))
    fine = np.unique((edges[:-1, np.newaxis] + np.diff(edges)[:, np.newaxis] * np.arange(PANELS) / PANELS).ravel())
    fine = np.append(fine, 1.0)
    middle = (fine[:-1] + fine[1:]) / 2
    parts = np.asarray(quantile(middle), dtype=np.float64) * np.diff(fine)
    return fine, np.concatenate([[0.0], np.cumsum(parts)])


@cache
def exponential() -> Shape:
    """The exponential law: a phase without memory."""
    return shape_from_quantiles("exponential", lambda p: -np.log1p(-p))


def tables_of(shapes: tuple[Shape, ...]) -> Singles:
    """The tables of several shapes under one another, each law's plain one before its biased one."""
    table = np.stack([one for shape in shapes for one in (shape.table, shape.biased_table)])
    assert table.shape[1] == 2 * HALF_TABLE
    return np.ascontiguousarray(table)
