"""All the closure says of a bulb in one call: mean, minimum, hypoxic share and their spreads, each with its error.

    from anagen.oxygen.closure_answer import bulb_oxygen

    found = bulb_oxygen(flow=4.9, capillary_loss=0.8)
    found["bulb_mean"].value, found["bulb_mean"].error      # mmHg

An error is the root of the mean square against solved fields in networks the fit never saw.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Any

import numpy as np

from anagen.errors import AnagenError
from anagen.evidence.parameters import value
from anagen.oxygen.fit import MINIMUM, SPREAD, START, mean_of, minimum_of, scattered
from anagen.oxygen.fit_file import shipped_fit
from anagen.oxygen.grid import Floats


@dataclass(frozen=True)
class Told:
    """A number with its unit and its error."""

    value: float
    error: float
    unit: str


UNITS = {
    "bulb_mean": "mmHg",
    "bulb_min": "mmHg",
    "hypoxic_share": "",
    "spread": "mmHg",
    "minimum_spread": "mmHg",
    "share_spread": "",
}
"""What comes back: mean and minimum of a bulb, share of its tissue below 10 mmHg, and the standard deviations of mean,
minimum and share over networks."""
WISHES = (
    ("flow", "a flow above 0", lambda one: one > 0),
    ("capillary_loss", "a share between 0 and 1", lambda one: 0 <= one <= 1),
    ("wall_resistance", "a resistance of 0 or more", lambda one: one >= 0),
    ("diffusivity", "a factor above 0", lambda one: one > 0),
    ("bulb_consumption", "an uptake above 0", lambda one: one > 0),
    ("tissue_consumption", "an uptake above 0", lambda one: one > 0),
)


def _is_number(given: Any) -> bool:
    return isinstance(given, int | float | np.number) and isfinite(given)


def _shown(given: Any) -> str:
    return f"{given:g}" if isinstance(given, int | float | np.number) else repr(given)


def bulb_oxygen(
    flow: float,
    capillary_loss: float = 0.0,
    wall_resistance: float = 0.0,
    diffusivity: float = 1.0,
    bulb_consumption: float | None = None,
    tissue_consumption: float | None = None,
) -> Mapping[str, Told]:
    """The names of `UNITS`, at a nutritive flow (mL/100 g/min) and what the fit varied; uptakes are the records'.

    `flow` is what still passes the vessels that `capillary_loss` leaves, not what passed them all.
    `wall_resistance` in mmHg s/um2; `diffusivity` a factor on the permeability between follicles; uptakes in 1/s.
    """
    given: dict[str, Any] = {
        "flow": flow,
        "capillary_loss": capillary_loss,
        "wall_resistance": wall_resistance,
        "diffusivity": diffusivity,
        "bulb_consumption": value("bulb_consumption") if bulb_consumption is None else bulb_consumption,
        "tissue_consumption": value("tissue_consumption") if tissue_consumption is None else tissue_consumption,
    }
    wrong = [
        f"{name} = {_shown(given[name])}: give {wish}"
        for name, wish, fits in WISHES
        if not (_is_number(given[name]) and fits(given[name]))
    ]
    if wrong:
        raise AnagenError("\n".join(wrong))
    inputs: dict[str, Floats] = {name: np.array([one], dtype=np.float64) for name, one in given.items()}
    coefficients, minimum = ({name: value(name) for name in names} for names in (START, MINIMUM))
    usual, lost = map(value, SPREAD)
    scatter = usual + lost * inputs["capillary_loss"]
    mean = mean_of(inputs, coefficients)
    found = {
        "bulb_mean": mean,
        "bulb_min": minimum_of(inputs, mean, minimum),
        **scattered(inputs, coefficients, minimum, scatter),
    }
    errors = shipped_fit()["errors"]
    return {name: Told(float(one[0]), float(errors[name]["kept"]["rmse"]), UNITS[name]) for name, one in found.items()}
