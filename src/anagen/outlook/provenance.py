"""Where a result comes from: version, parameter set, sources."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed_version

from anagen.evidence.parameters import parameters
from anagen.flowchart.chart import flowchart

PARAMETER_SET = "start values"
DIGITS = 12


@cache
def version() -> str:
    """The version of the package."""
    try:
        return installed_version("anagen")
    except PackageNotFoundError:
        return "unknown (not installed)"


@cache
def parameter_set() -> str:
    """Name and fingerprint of the parameter records, so that a changed number shows."""
    text = "\n".join(repr(record) for record in parameters().values())
    return f"{PARAMETER_SET} {hashlib.sha256(text.encode()).hexdigest()[:DIGITS]}"


def model_sources() -> tuple[str, ...]:
    """The keys of every source the model uses: of its arrows and of its parameters."""
    keys = {record.source for record in parameters().values()}
    for arrow in flowchart().arrows.values():
        keys |= {*arrow.sources_for, *arrow.sources_against}
    return tuple(sorted(keys - {"assumed"}))
