"""Every experiment the model can be asked, by name; each takes seconds and the same seed gives the same answer."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from anagen.errors import UnknownName
from anagen.nearest import nearest
from anagen.outlook import (
    experiments_drugs,
    experiments_hair,
    experiments_ledger,
    experiments_magnesium,
    experiments_oxygen,
    experiments_scalp,
    experiments_vessels,
)
from anagen.outlook.experiments_records import Experiment, Result

ROOMS = (
    experiments_oxygen,
    experiments_vessels,
    experiments_scalp,
    experiments_drugs,
    experiments_hair,
    experiments_magnesium,
    experiments_ledger,
)


@cache
def experiments() -> Mapping[str, Experiment]:
    """Every experiment by its name."""
    found = [one for room in ROOMS for one in vars(room).values() if isinstance(one, Experiment)]
    return MappingProxyType({one.name: one for one in found})


def run_experiment(name: str, seed: int = 0) -> Result:
    """Run one experiment; raises UnknownName, with the nearest, where there is none of that name.

    Examples
    --------
    >>> run_experiment("thread-routine-sum")["limit"].value
    350.0
    """
    if name not in experiments():
        raise UnknownName("experiment", name, nearest(name, experiments()))
    return experiments()[name].run(seed)
