"""An outlook boiled down: the age it is quoted at, and the JSON of `anagen run`."""

from __future__ import annotations

import warnings
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import numpy as np

from anagen.outlook.records import Outlook

if TYPE_CHECKING:
    import xarray as xr

QUANTILES = {"p10": 0.10, "p25": 0.25, "p50": 0.50, "p75": 0.75, "p90": 0.90}
NAMED_AHEAD = 20
ROUND_TO = 10
DECIMALS = 4


def named_age(data: xr.Dataset) -> float:
    """The age an outlook is quoted at: about twenty years ahead, a round one, of those it holds."""
    ages = data["age"].to_numpy()
    wished = round((ages[0] + NAMED_AHEAD) / ROUND_TO) * ROUND_TO
    return float(ages[np.argmin(np.abs(ages - min(wished, ages[-1])))])


def quantiles(values: xr.DataArray) -> dict[str, list[float | None]]:
    """p10 to p90 over the draws, at every age; None where no draw has a value (a diameter without hairs)."""
    table = values.transpose("draw", "age").to_numpy()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # all-NaN columns are what None is for
        found = np.nanquantile(table, list(QUANTILES.values()), axis=0)
    return {
        name: [None if np.isnan(value) else round(float(value), DECIMALS) for value in row]
        for name, row in zip(QUANTILES, found, strict=True)
    }


def _arm(data: xr.Dataset, arm: str) -> dict[str, Any]:
    chosen = data.sel(arm=arm)
    return {
        str(hypothesis): {
            "weight": round(float(chosen["weight"].sel(hypothesis=hypothesis)), DECIMALS),
            "regions": {
                str(region): {
                    str(name): quantiles(array.sel(hypothesis=hypothesis, region=region))
                    for name, array in chosen.data_vars.items()
                }
                for region in chosen["region"].values
            },
        }
        for hypothesis in chosen["hypothesis"].values
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
