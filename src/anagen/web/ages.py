"""The ages that a plan can be set to: the whole years of the look ahead, the same as on the chart's axis."""

from __future__ import annotations

from math import floor

from anagen.outlook.dataset import span_of
from anagen.outlook.simulate import MONTHS


def first_and_last(age: float) -> tuple[int, int]:
    """The whole years at which the look ahead of a person of an age (years) begins and ends.

    Examples
    --------
    >>> first_and_last(32), first_and_last(20.5), first_and_last(76)
    ((32, 80), (20, 70), (76, 86))
    """
    span = span_of(age)
    first, last = (floor(span.begin + int(month) / MONTHS) for month in (span.records[0], span.records[-1]))
    return first, last
