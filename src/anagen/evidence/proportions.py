"""The difference between two shares, with its interval, by closed forms.

    Wilson:    (p + z^2 / 2n  -/+  z sqrt(p (1 - p) / n + z^2 / 4n^2)) / (1 + z^2 / n)
    Newcombe:  d - sqrt((p1 - l1)^2 + (u2 - p2)^2)  to  d + sqrt((u1 - p1)^2 + (p2 - l2)^2),  d = p1 - p2

with (l, u) the Wilson interval of each share: method 10 of Newcombe (1998), after Wilson (1927). Neither leaves 0 to 1
nor calls no events certain safety, as the plain interval of the normal law would.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import Final

Z95: Final = 1.959963984540054  # half the width of a central 95 % interval of the normal law, in standard errors
METHOD_SOURCES: Final = ("newcombe1998", "wilson1927")


@dataclass(frozen=True)
class Interval:
    """A value with its 95 % interval."""

    value: float
    low: float
    high: float

    def per_100(self) -> Interval:
        """The same of a hundred."""
        return Interval(100 * self.value, 100 * self.low, 100 * self.high)


def share(events: int, n: int, z: float = Z95) -> Interval:
    """Events of n, with the Wilson interval.

    Examples
    --------
    >>> found = share(0, 10)
    >>> found.value, found.low, round(found.high, 3)
    (0.0, 0.0, 0.278)
    """
    if n <= 0 or not 0 <= events <= n:
        raise ValueError(f"{events} of {n} is no share")
    p, spread = events / n, z * z / n
    middle = (p + spread / 2) / (1 + spread)
    half = z * sqrt(p * (1 - p) / n + spread / (4 * n)) / (1 + spread)
    # where nobody or everybody had it the interval ends there; rounding would leave a trace
    low = 0.0 if events == 0 else middle - half
    high = 1.0 if events == n else middle + half
    return Interval(p, low, high)


def difference(events: int, n: int, other_events: int, other_n: int, z: float = Z95) -> Interval:
    """A share less another, with the interval of Newcombe's method 10.

    Examples
    --------
    >>> found = difference(56, 70, 48, 80)
    >>> round(found.value, 4), round(found.low, 4), round(found.high, 4)
    (0.2, 0.0524, 0.3339)
    """
    one, other = share(events, n, z), share(other_events, other_n, z)
    apart = one.value - other.value
    below = sqrt((one.value - one.low) ** 2 + (other.high - other.value) ** 2)
    above = sqrt((one.high - one.value) ** 2 + (other.value - other.low) ** 2)
    return Interval(apart, apart - below, apart + above)
