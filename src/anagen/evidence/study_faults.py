"""What can be wrong with a study that was read, each as one sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from anagen.evidence.study import Endpoint, Spread, Study
from anagen.evidence.study_words import WHAT

INTERVALS = ("ci95", "cri95", "range")
START = "start"


def _spread_faults(spread: Spread, endpoint: Endpoint) -> Iterator[str]:
    if spread.kind in INTERVALS:
        if spread.value is not None or spread.low is None or spread.high is None:
            yield f"a {spread.kind} has low and high, and no value"
        elif not spread.low < spread.high:
            yield f"the {spread.kind} must have low below high"
        elif endpoint.mean is not None and not spread.low <= endpoint.mean <= spread.high:
            yield f"the mean {endpoint.mean:g} lies outside its {spread.kind}"
    elif spread.value is None or spread.low is not None or spread.high is not None:
        yield f"a spread that is {spread.kind} has a value, and no low or high"
    elif spread.value <= 0:
        yield f"the {spread.kind} must be above 0"


def _endpoint_faults(endpoint: Endpoint) -> Iterator[str]:
    if endpoint.spread is not None:
        yield from _spread_faults(endpoint.spread, endpoint)
    if endpoint.mean is None and (endpoint.spread is None or endpoint.spread.kind != "range"):
        yield "a mean is needed, or a range in its place"
    if endpoint.measure == "baseline" and (endpoint.after is not None or endpoint.net_of is not None):
        yield "a baseline has neither after nor net_of"
    if endpoint.measure == "change" and endpoint.after is None:
        yield "a change needs after"
    if endpoint.measure == "rate" and "/" not in endpoint.unit:
        yield "a rate needs a unit with a time, such as percent/year"
    if endpoint.measure == "standardized difference" and endpoint.net_of is None:
        yield "a standardized difference needs net_of"
    if endpoint.area_cm2 is not None and (endpoint.area_cm2 <= 0 or endpoint.unit != "hair"):
        yield 'an area is above 0 and belongs to a count in "hair"'
    if endpoint.n is not None and endpoint.n <= 0:
        yield "n must be above 0"
    if endpoint.status in ("derived", "recalled") and not endpoint.note:
        yield f"a {endpoint.status} number needs a note that says how it was come by"
    if endpoint.spread is not None and endpoint.spread.kind == "sd" and endpoint.net_of is not None:
        yield "a number that is net of an arm has an error of its own (se or ci95), not an sd"
    if endpoint.net_of == endpoint.arm:
        yield "net_of must be another arm"


def faults(study: Study) -> Iterator[str]:
    """What is wrong with a study that was read, each as one sentence without its place."""
    names = [arm.name for arm in study.arms]
    for name, times in Counter(names).items():
        if times > 1:
            yield f'the arm "{name}" stands {times} times'
    if START in names:
        yield f'no arm may be called "{START}"'
    if not study.sources:
        yield "sources: at least one is needed"
    if not study.endpoints and not study.comparisons:
        yield "it has neither an endpoint nor a comparison"
    if any(arm.n is not None and arm.n <= 0 for arm in study.arms):
        yield "arm: n must be above 0"
    for index, endpoint in enumerate(study.endpoints):
        named = [name for name in (endpoint.arm, endpoint.net_of) if name is not None]
        for said in (*_named_faults(endpoint.what, named, names), *_endpoint_faults(endpoint)):
            yield f"endpoint[{index}] ({endpoint.what}): {said}"
    for index, one in enumerate(study.comparisons):
        for said in _named_faults(one.what, [one.arm, one.than], [*names, START]):
            yield f"comparison[{index}] ({one.what}): {said}"
    same = Counter(
        replace(one, mean=None, spread=None, status=None, note="", n=None, area_cm2=None) for one in study.endpoints
    )
    for endpoint, times in same.items():
        if times > 1:
            yield f'the endpoint "{endpoint.what}" of "{endpoint.arm}" stands {times} times'


def _named_faults(what: str, named: list[str], arms: list[str]) -> Iterator[str]:
    if what not in WHAT:
        yield f'nothing measured is called "{what}"; it is one of {", ".join(WHAT)}'
    for name in named:
        if name not in arms:
            yield f'no arm is called "{name}"; there are {", ".join(arms)}'
