"""A sheet says what xarray would say of the same arrays."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr

from anagen.outlook.sheet import Sheet
from anagen.outlook.summary import named_age, quantiles
from anagen.show import bands

AXES = ("hypothesis", "arm", "region", "draw", "age")
AGES = 40 + np.arange(30.0)


@pytest.fixture(scope="module")
def sheet() -> Sheet:
    hairs = np.random.default_rng(1).uniform(50, 200, (2, 2, 1, 7, AGES.size))
    return Sheet.of(
        {"hairs_per_cm2": (AXES, hairs, {"units": "1/cm2"}), "diameter_um": (AXES, hairs / 3, {"units": "um"})},
        {
            "hypothesis": (("hypothesis",), np.array(["one", "other"]), {}),
            "arm": (("arm",), np.array(["baseline", "plan"]), {}),
            "region": (("region",), np.array(["vertex"]), {}),
            "draw": (("draw",), np.arange(7), {}),
            "age": (("age",), AGES, {"units": "year"}),
            "weight": (("hypothesis",), np.array([0.25, 0.75]), {}),
        },
        {"draws": 7},
    )


def test_every_choice_is_that_of_xarray(sheet: Sheet) -> None:
    ours, theirs = sheet["hairs_per_cm2"], sheet.dataset()["hairs_per_cm2"]
    for mine, its in (
        (ours.sel(arm="plan"), theirs.sel(arm="plan")),
        (ours.sel({"arm": "plan"}, age=45.0), theirs.sel(arm="plan", age=45.0)),
        (ours.isel(hypothesis=1, age=slice(3, 9)), theirs.isel(hypothesis=1, age=slice(3, 9))),
        (ours.transpose("age", ...), theirs.transpose("age", ...)),
        (ours.isel(arm=0).transpose("draw", "age", "region", "hypothesis"),
         theirs.isel(arm=0).transpose("draw", "age", "region", "hypothesis")),
    ):  # fmt: skip
        assert mine.dims == its.dims
        assert mine.attrs == its.attrs
        np.testing.assert_array_equal(mine, its)
        assert all(np.array_equal(mine.coords[name], its[name]) for name in mine.dims)
    assert float(sheet["weight"].sel(hypothesis="other")) == 0.75
    assert sheet.sizes == dict(sheet.dataset().sizes)


def test_a_label_that_is_not_there_is_an_error(sheet: Sheet) -> None:
    with pytest.raises(KeyError):
        sheet["hairs_per_cm2"].sel(arm="neither")


def test_what_is_shown_of_a_sheet_is_what_is_shown_of_xarray(sheet: Sheet) -> None:
    whole: xr.Dataset = sheet.dataset()
    assert whole.attrs == {"draws": 7}
    assert named_age(sheet) == named_age(whole)
    assert bands.kept(sheet, 50) == bands.kept(whole, 50)
    assert bands.kept_together(sheet, 50) == bands.kept_together(whole, 50)
    for name in ("p10", "p50", "p90"):
        ours, theirs = (bands.band(one, "hairs_per_cm2", "other", "plan", "vertex") for one in (sheet, whole))
        np.testing.assert_array_equal(getattr(ours, name), getattr(theirs, name))
        array = "diameter_um"
        np.testing.assert_array_equal(quantiles(sheet[array])[name], quantiles(whole[array])[name])
