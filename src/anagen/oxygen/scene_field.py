"""The solved field of a scene as a labeled data set, and as a netCDF file."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from anagen.files import FileError, check_writable
from anagen.oxygen.block import bulb_cells
from anagen.oxygen.network import KINDS
from anagen.oxygen.scene_answer import Answer

if TYPE_CHECKING:
    import xarray as xr

LIBRARY = "netCDF4"
ENDING = ".nc"
AXES = ("x", "y", "depth")
MODE = 0o644
LIBRARY_NEEDED = "--field needs netCDF4, which is not installed; install it: pip install 'anagen[store]'"


def check_field(path: Path) -> None:
    """Raise FileError now where a field could not be written later."""
    if find_spec(LIBRARY) is None:
        raise FileError(LIBRARY_NEEDED)
    if path.suffix != ENDING:
        raise FileError(f"{path}: the field is written as netCDF; give it a name that ends in {ENDING}")
    check_writable(path)


def dataset(found: Answer, about: Mapping[str, str | float | int]) -> xr.Dataset:
    """The field with its units: pO2 and bulb of every cell, and the blood in every piece of a vessel.

    Attributes of the whole are `about`, and the scene's numbers.
    """
    import xarray as xr

    grid, field = found.built.grid, found.outcome.field
    centers = {name: place.ravel() for name, place in zip(AXES, grid.centers(), strict=True)}
    bulb = np.zeros(grid.shape, dtype=np.int16)
    for number, (near, inside) in enumerate(bulb_cells(found.built.patch.anatomy, grid), 1):
        bulb[near][inside] = number
    cells = field.pieces.index
    coordinates = {name: (name, place, {"units": "um"}) for name, place in centers.items()}
    of_piece = {
        f"piece_{name}": ("piece", centers[name][cells[:, axis]], {"units": "um", "long_name": f"{name} of its cell"})
        for axis, name in enumerate(AXES)
    }
    lines, own = found.lines, field.pieces.vessel
    kind = np.zeros(own.size, dtype=np.int8) if lines.kind is None else lines.kind[own].astype(np.int8)
    kinds = {"flag_values": np.arange(len(KINDS), dtype=np.int8), "flag_meanings": " ".join(KINDS)}
    return xr.Dataset(
        {
            "po2": (AXES, field.po2, {"units": "mmHg", "long_name": "oxygen pressure of tissue"}),
            "bulb": (AXES, bulb, {"long_name": "number of the bulb a cell lies in, 0 for none"}),
            "blood_po2": ("piece", field.blood_po2, {"units": "mmHg", "long_name": "oxygen pressure of blood"}),
            "piece_length": ("piece", field.pieces.length, {"units": "um", "long_name": "length within its cell"}),
            "piece_radius": ("piece", lines.radius[own], {"units": "um", "long_name": "radius of its vessel"}),
            "piece_flow": (
                "piece",
                lines.flow[own],
                {"units": "um3/s", "long_name": "blood in it; a wide vessel stands as four lines, each with a quarter"},
            ),
            "piece_kind": ("piece", kind, {"long_name": "what its vessel is part of", **kinds}),
            **of_piece,
        },
        coords=coordinates,
        attrs={**about, "spacing_um": grid.spacing, "balance_error": field.balance.error},
    )


def write_field(data: xr.Dataset, path: Path) -> None:
    """Write netCDF beside `path` and move it into place."""
    check_field(path)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=ENDING)
    os.close(handle)
    try:
        data.to_netcdf(name, engine="netcdf4", encoding={"po2": {"zlib": True}})
        os.chmod(name, MODE)  # mkstemp keeps it to the user alone
        os.replace(name, path)
    except OSError as error:
        raise FileError(f"{path}: it cannot be written: {error.strerror or error}") from None
    finally:
        Path(name).unlink(missing_ok=True)
