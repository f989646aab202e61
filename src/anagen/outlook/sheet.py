"""Named arrays over named axes, for what the page draws while a hand moves.

It reads as the few things of xarray that are asked of a look, and is made in microseconds: importing xarray, and
pandas behind it, takes a quarter of a second and 45 MB. `Sheet.dataset` gives the whole of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import EllipsisType
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import xarray as xr

Array = NDArray[Any]
Data: TypeAlias = "xr.Dataset | Sheet"


@dataclass(frozen=True)
class Named:
    """An array whose axes have names; `coords` names the places along them."""

    values: Array
    dims: tuple[str, ...]
    coords: Mapping[str, Array]
    attrs: Mapping[str, str]

    def isel(self, **places: int | slice) -> Named:
        """What stands at places; an axis at one place is gone."""
        at = tuple(places.get(name, slice(None)) for name in self.dims)
        left = tuple(name for name, place in zip(self.dims, at, strict=True) if isinstance(place, slice))
        coords = {name: one[places.get(name, slice(None))] for name, one in self.coords.items() if name in left}
        return replace(self, values=self.values[at], dims=left, coords=coords)

    def sel(self, where: Mapping[str, Any] | None = None, **labels: Any) -> Named:
        """What stands under labels; raises KeyError where there is no such label."""
        places: dict[str, int] = {}
        for name, label in {**(where or {}), **labels}.items():
            found = np.flatnonzero(self.coords[name] == label)
            if found.size == 0:
                raise KeyError(label)
            places[name] = int(found[0])
        return self.isel(**places)

    def transpose(self, *dims: str | EllipsisType) -> Named:
        """The axes in another order; `...` stands for those not named."""
        rest = [name for name in self.dims if name not in dims]
        order = [name for one in dims for name in ([one] if isinstance(one, str) else rest)]
        return replace(self, values=self.values.transpose([self.dims.index(name) for name in order]), dims=tuple(order))

    def to_numpy(self) -> Array:
        """The array itself."""
        return self.values

    def __float__(self) -> float:
        return float(self.values)

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> Array:
        return np.array(self.values, dtype=dtype, copy=copy)


@dataclass(frozen=True)
class Sheet:
    """Variables that share their axes, and their coordinates."""

    data_vars: Mapping[str, Named]
    coords: Mapping[str, Named]
    attrs: Mapping[str, Any]

    @classmethod
    def of(
        cls,
        variables: Mapping[str, tuple[tuple[str, ...], Array, Mapping[str, str]]],
        coords: Mapping[str, tuple[tuple[str, ...], Array, Mapping[str, str]]],
        attrs: Mapping[str, Any],
    ) -> Sheet:
        """Of arrays with their axes and attributes; a coordinate of one axis by its own name labels that axis."""
        labels = {name: array for name, (dims, array, _) in coords.items() if dims == (name,)}

        def named(one: tuple[tuple[str, ...], Array, Mapping[str, str]]) -> Named:
            dims, array, about = one
            return Named(array, dims, {name: labels[name] for name in dims}, about)

        return cls(
            {name: named(one) for name, one in variables.items()},
            {name: named(one) for name, one in coords.items()},
            attrs,
        )

    def __getitem__(self, name: str) -> Named:
        return self.data_vars[name] if name in self.data_vars else self.coords[name]

    @property
    def sizes(self) -> dict[str, int]:
        """How many places every axis has."""
        return {name: one.values.size for name, one in self.coords.items() if one.dims == (name,)}

    def dataset(self) -> xr.Dataset:
        """The same as xarray has it."""
        import xarray as xr

        def told(named: Mapping[str, Named]) -> dict[str, Any]:
            return {name: (one.dims, one.values, dict(one.attrs)) for name, one in named.items()}

        return xr.Dataset(told(self.data_vars), told(self.coords), dict(self.attrs))
