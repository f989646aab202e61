"""What can be taken away: the numbers as CSV, and the report."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import numpy as np

from anagen.flowchart.hypotheses import HYPOTHESES
from anagen.outlook.run import run
from anagen.outlook.summary import quantiles
from anagen.show import bands
from anagen.show.report import report_html
from anagen.stopping import Stopped
from anagen.web.found import Found
from anagen.web.state import State

REPORT_DRAWS = 48


def csv_text(found: Found) -> str:
    """Every variable by arm and age, as quantiles, with its unit; for the reader's arrows and every arrow on."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("arrows", "arm", "region", "variable", "unit", "age", "p10", "p25", "p50", "p75", "p90"))
    sides = [("yours" if found.usual else "every arrow on", found.mine)]
    sides += [("every arrow on", found.usual)] if found.usual else []
    for arrows, side in sides:
        for name, array in side.data.data_vars.items():
            for arm in bands.names(side.data, "arm"):
                band = quantiles(array.sel(arm=arm).isel(hypothesis=0, region=0))
                for place, age in enumerate(bands.ages(side.data)):
                    numbers = ("" if np.isnan(one[place]) else f"{one[place]:.4g}" for one in band.values())
                    writer.writerow((arrows, arm, bands.REGION, name, array.attrs["units"], f"{age:g}", *numbers))
    return out.getvalue()


def report_text(state: State, stopped: Callable[[], bool]) -> str:
    """The report, with the reader's own arrows as one more hypothesis."""

    def progress(_: int, __: int) -> None:
        if stopped():
            raise Stopped

    mine = () if state.belief.is_default or not state.belief.off else (state.belief.hypothesis(),)
    each = (*HYPOTHESES.values(), *mine)
    outlook = run(state.scenario, draws=REPORT_DRAWS, threads=1, progress=progress, hypotheses=each)
    return report_html(outlook)


__all__ = ["csv_text", "report_text"]
