"""An outlook boiled down: the age it is quoted at, and the JSON of `anagen run`."""

from __future__ import annotations

import warnings
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from anagen.outlook.records import Outlook
from anagen.outlook.sheet import Data, Named

if TYPE_CHECKING:
    import xarray as xr

QUANTILES = {"p10": 0.10, "p25": 0.25, "p50": 0.50, "p75": 0.75, "p90": 0.90}
NAMED_AHEAD = 20
ROUND_TO = 10
DECIMALS = 4


def named_age(data: Data) -> float:
    """The age an outlook is quoted at: about twenty years ahead, a round one, of those it holds."""
    ages = data["age"].to_numpy()
    wished = round((ages[0] + NAMED_AHEAD) / ROUND_TO) * ROUND_TO
    return float(ages[np.argmin(np.abs(ages - min(wished, ages[-1])))])


def quantiles(array: xr.DataArray | Named) -> dict[str, NDArray[np.float64]]:
    """p10 to p90 over the draws, each of the array's other axes; NaN where no draw has a value."""
    values = array.transpose("draw", ...).to_numpy()
    take = np.nanquantile if np.isnan(values).any() else np.quantile
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # a diameter without any hair has no quantiles
        found = take(values, list(QUANTILES.values()), axis=0)
    return dict(zip(QUANTILES, found, strict=True))


def _listed(row: NDArray[np.float64]) -> list[float | None]:
    return [None if np.isnan(value) else round(float(value), DECIMALS) for value in row]


def _arm(data: xr.Dataset, arm: str) -> dict[str, Any]:
    """One arm by hypothesis, region and variable: quantiles at every age."""
    bands = {str(name): quantiles(array.sel(arm=arm)) for name, array in data.data_vars.items()}
    return {
        str(hypothesis): {
            "weight": round(float(data["weight"][i]), DECIMALS),
            "regions": {
                str(region): {
                    name: {point: _listed(values[i, j]) for point, values in band.items()}
                    for name, band in bands.items()
                }
                for j, region in enumerate(data["region"].values)
            },
        }
        for i, hypothesis in enumerate(data["hypothesis"].values)
    }


def to_dict(outlook: Outlook) -> dict[str, Any]:
    """The JSON object of `anagen run`: ledger, age, hypotheses (the plan), baseline, provenance."""
    return {
        "ledger": outlook.ledger.to_dict(),
        "age": [round(float(age), DECIMALS) for age in outlook.data["age"].values],
        "hypotheses": _arm(outlook.data, "plan"),
        "baseline": {"hypotheses": _arm(outlook.data, "baseline")},
        "provenance": asdict(outlook.provenance),
    }
