"""Calcification of the small vessels of the scalp: the thread's central quantity, never measured in scalp.

`calcification` is a share, 0 to 1, of the worst that vessels can be. It forms faster where TGF-beta and
inflammation are high and where serum resists calcifying less (a short T50), and dissolves slowly.
"""

from __future__ import annotations

from typing import Any

from anagen.mechanism import Node, arrow


def calcification_rate(
    calcification: Any,
    tgf_drive: Any,
    inflammation_drive: Any,
    propensity: Any,
    calcification_formation_rate: Any,
    calcification_dissolution_rate: Any,
) -> Any:
    """Calcification forms on what is still free and dissolves slowly (1/year)."""
    formed = calcification_formation_rate * tgf_drive * inflammation_drive * propensity * (1 - calcification)
    return formed - calcification_dissolution_rate * calcification


NODES = (Node("calcification", "Calcification", "", "scalp", True, "rate", function=calcification_rate),)


@arrow("tgf_beta", "calcification", "raises", "D", ("mcrobb2009", "zhu2016"), ("lattanand1975",), role="tgf_drive")
def tgf_beta_raises_calcification(tgf_beta: Any, gate: Any, calcification_tgf_gain: Any) -> Any:
    """TGF-beta and androgen calcify arteries of mice; in scalp nobody has measured it."""
    return tgf_beta ** (gate * calcification_tgf_gain)


@arrow(
    "scalp_inflammation",
    "calcification",
    "raises",
    "E",
    ("english2018",),
    ("lattanand1975",),
    role="inflammation_drive",
)
def inflammation_raises_calcification(scalp_inflammation: Any, gate: Any, calcification_inflammation_gain: Any) -> Any:
    """Inflamed tissue is said to calcify sooner."""
    return scalp_inflammation ** (gate * calcification_inflammation_gain)


@arrow("t50", "calcification", "lowers", "D", ("pxemice2011",), ("magicalckd2023", "pxetrial2019"), role="propensity")
def t50_lowers_calcification(
    t50: Any, gate: Any, calcification_t50_reference: Any, calcification_t50_steepness: Any
) -> Any:
    """Serum that resists calcifying (a long T50) should calcify tissue less; trials of magnesium did not show it."""
    return (calcification_t50_reference / t50) ** (gate * calcification_t50_steepness)
