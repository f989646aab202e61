"""Oxygen in blood, bound to hemoglobin and dissolved, and its march down a vessel.

    C(P) = H S(P) + a P,     S = P^n / (P50^n + P^n)     (um3 O2 in um3 of blood; H = hematocrit x capacity of cells)

Below 0 mmHg, which only an iteration on its way may visit, nothing is bound. Each element of a vessel balances what the
blood brings with what it hands on and gives to its cell,

    Q (C_in - C(P_b)) = l G (P_b - P),

upwind and implicit, so the blood's pO2 never leaves the range of what feeds it (Hill 1910 for S).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from anagen.evidence.parameters import value
from anagen.oxygen.compiled import kernel

MOST_STEPS = 80
CLOSE = 1e-13
"""Of the change of pO2 in a step, against the pO2 itself."""


@dataclass(frozen=True)
class Blood:
    """What blood of one kind carries.

    Attributes
    ----------
    bound : oxygen bound at full saturation (um3 O2/um3 blood).
    half_saturation : P50 (mmHg).
    steepness : Hill's n.
    dissolved : solubility in blood (1/mmHg).
    """

    bound: float
    half_saturation: float
    steepness: float
    dissolved: float

    @staticmethod
    def human() -> Blood:
        """As the records have it."""
        bound = value("red_cell_capacity") * value("discharge_hematocrit")
        return Blood(
            bound, value("hemoglobin_half_saturation"), value("hemoglobin_steepness"), value("blood_solubility")
        )

    def content(self, po2: float) -> float:
        """C(P) of the module's text."""
        part = (po2 / self.half_saturation) ** self.steepness if po2 > 0 else 0.0
        return self.bound * part / (1 + part) + self.dissolved * po2

    @property
    def numbers(self) -> tuple[float, float, float, float]:
        """For a kernel."""
        return self.bound, self.half_saturation, self.steepness, self.dissolved


def march_vessel(
    n: Any, first: Any, order: Any, po2: Any, start: Any, flow: Any, exchange: Any, tissue: Any, mix_start: Any,
    mix_source: Any, mix_share: Any, inlet: Any, bound: Any, half: Any, steepness: Any, dissolved: Any, given: Any,
    slope: Any, outlet: Any,
) -> None:  # fmt: skip
    """Run down the n-th vessel from `first` in `order`, whose upstream vessels are done; on the processor or a device.

    `exchange` is l G of an element (um3/s/mmHg) and `tissue` the pO2 of its cell; `inlet` the content that comes to
    each vessel from outside. `po2` of the blood is a first guess and then the answer; `given` is what the element gives
    (um3/s), `slope` is C'(P_b), `outlet` the content at each vessel's end.
    """
    v = order[first + n]
    content = inlet[v]
    for m in range(mix_start[v], mix_start[v + 1]):
        content += mix_share[m] * outlet[mix_source[m]]
    q = flow[v]
    for e in range(start[v], start[v + 1]):
        g, x = exchange[e], tissue[e]
        low, high = min(min(x, 0.0), content / dissolved), max(x, content / dissolved)
        p = min(max(po2[e], low), high)
        here, steep = content, dissolved
        for _ in range(MOST_STEPS):
            part = (p / half) ** steepness if p > 0 else 0.0
            here = bound * part / (1 + part) + dissolved * p
            steep = dissolved
            if p > 0:
                steep += bound * steepness * part / (p * (1 + part) * (1 + part))
            excess = q * (here - content) + g * (p - x)
            if excess > 0:
                high = p
            else:
                low = p
            following = p - excess / (q * steep + g)
            if not low <= following <= high:
                following = (low + high) / 2
            change = following - p
            p = following
            here += steep * change
            if abs(change) <= CLOSE * (1 + abs(p)):
                break
        po2[e], slope[e] = p, steep
        # of the two sides of the balance, the one that loses fewer digits
        lost = g * (p - x) if g < q * steep else q * (content - here)
        given[e] = lost
        content -= lost / q
    outlet[v] = content


_march_vessel = kernel(march_vessel)


@kernel
def march_blood(
    po2: Any, start: Any, flow: Any, exchange: Any, tissue: Any, mix_start: Any, mix_source: Any, mix_share: Any,
    inlet: Any, blood: Any, given: Any, slope: Any, outlet: Any, order: Any, first: int, past: int,
) -> None:  # fmt: skip
    """Run down the vessels order[first:past], which stand in order of flow (`march_vessel`)."""
    bound, half, steepness, dissolved = blood
    for n in range(past - first):
        _march_vessel(
            n, first, order, po2, start, flow, exchange, tissue, mix_start, mix_source, mix_share, inlet, bound, half,
            steepness, dissolved, given, slope, outlet,
        )  # fmt: skip
