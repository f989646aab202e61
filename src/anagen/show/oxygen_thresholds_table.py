"""How much it takes to bring bulbs into want, as a table of a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from htpy import Element, Node, br, span

from anagen.show.oxygen_thresholds import amount, around, by_route
from anagen.show.oxygen_words import pressure
from anagen.show.parts import plain_table


def thresholds_table(runs: Sequence[Mapping[str, Any]]) -> Element:
    """Several searches, which differ in how hungry the bulb is, under each other."""
    head = ("By", "Bulb burns at most, 1/s", *(f"Below {want:g} mmHg" for want in runs[0]["wants_mmhg"]))
    rows: list[list[Node]] = []
    for place, (words, _) in enumerate(by_route(runs[0])):
        for run in runs:
            found = by_route(run)[place][1]
            rows.append([words, _uptake(run["bulb_uptake"]), *(_cell(row) for row in found)])
    return plain_table("What brings the bulbs' mean below a level of oxygen", head, rows, "thresholds", wide=True)


def _cell(row: Mapping[str, Any]) -> Node:
    """An amount, and under it what is left to all tissue."""
    beside = around(row)
    return [amount(row), [br, span(".ranges")[beside]] if beside else None]


def _uptake(number: float) -> str:
    """What a bulb burns, in the same power of ten in every row."""
    return f"{number * 1e4:g}e-4"


def threshold_sentence(run: Mapping[str, Any], want: float) -> str:
    """What it takes to bring the bulbs' mean below a level (mmHg), in words; `want` is one of those searched."""
    rows = {row["route"]: row for row in run["rows"] if row["want_mmhg"] == want}
    around_it = rows["loss-around-follicle"]
    shut = (
        f"to lose every capillary around the bulb, and only those, leaves {pressure(around_it['farthest_bulb_mean'])} "
        "mmHg: it does not get there"
        if around_it["mean"] is None
        else f"of those around the bulb alone, {amount(around_it)} have to be lost"
    )
    return (
        f"For a bulb that burns what is thought ({_uptake(run['bulb_uptake'])} 1/s) to have less than {want:g} mmHg on "
        f"average, flow has to fall to {amount(rows['low-flow'])} mL/100 g/min; or, at a flow of {run['flow']:g}, "
        f"{amount(rows['loss-everywhere'])} of all capillaries have to be lost; {shut}."
    )
