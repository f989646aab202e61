"""Hairs to draw at any age to come: one typical draw of a look ahead, both arms, at every recorded age."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from anagen.flowchart.hypotheses import Hypothesis
from anagen.outlook.dataset import ARMS, span_of
from anagen.outlook.grafts_count import pictured
from anagen.outlook.live import BLOCK, REGION, frame_of, people_of, scalp_ready
from anagen.outlook.records import Hairs
from anagen.outlook.sheet import Sheet
from anagen.outlook.simulate import MONTHS
from anagen.scenario import Scenario
from anagen.stopping import Stopped, never

PICTURE_CM2 = 0.3
AGES = 12
"""Ages that are drawn: today, and evenly spread over the years to come."""


@dataclass(frozen=True)
class Portraits:
    """Hairs by arm, at every one of `ages`."""

    ages: tuple[float, ...]
    hairs: dict[str, tuple[Hairs, ...]]

    def at(self, age: float) -> tuple[Hairs, ...]:
        """Doing nothing, then the plan, at the drawn age nearest to `age`."""
        place = int(np.argmin(np.abs(np.array(self.ages) - age)))
        return tuple(self.hairs[arm][place] for arm in ARMS)


def _typical(data: Sheet, age: float) -> int:
    """The draw whose hair, in both arms at that age, is nearest to the medians."""
    hairs = data["hairs_per_cm2"].isel(hypothesis=0, region=0).sel(age=age).transpose("draw", "arm").to_numpy()
    return int(np.argmin(np.abs(hairs - np.median(hairs, axis=0)).sum(axis=1)))


def portraits_of(
    scenario: Scenario,
    hypothesis: Hypothesis,
    data: Sheet,
    age: float,
    seed: int = 0,
    stopped: Callable[[], bool] = never,
) -> Portraits:
    """The hairs of the draw of a look that is typical at `age`; raises Stopped where `stopped` says so."""
    draw = _typical(data, age)
    block = np.arange(draw // BLOCK * BLOCK, min((draw // BLOCK + 1) * BLOCK, data.sizes["draw"]))
    people = people_of(scenario, hypothesis, block, seed)
    one = slice(draw - int(block[0]), draw - int(block[0]) + 1)
    drawn = {name: array[..., one] if array.shape[-1] > 1 else array for name, array in people.drawn.items()}
    count = max(round(float(np.ravel(drawn["follicle_density"])[0]) * PICTURE_CM2), 1)
    if stopped():
        raise Stopped
    frame = frame_of(scenario, hypothesis, people.persons[one], count, seed)
    scalp = scalp_ready(frame, drawn)
    span = span_of(scenario.person.age)
    records = span.records[np.linspace(0, span.records.size - 1, AGES).round().astype(int)]
    named = round((age - span.begin) * MONTHS)
    months = tuple(sorted({int(month) for month in records} | {named}))
    found: dict[str, tuple[Hairs, ...]] = {}
    for arm, name in enumerate(ARMS):
        if stopped():
            raise Stopped
        patch = int(np.ravel_multi_index((0, arm, frame.regions.index(REGION), 0), frame.shape))
        seen = pictured(frame, scalp, patch, months)
        found[name] = tuple(
            Hairs(
                hypothesis.name, name, REGION, span.begin + month / MONTHS, seen_.diameter_um, seen_.length_mm,
                seen_.place, PICTURE_CM2,
            )
            for month, seen_ in zip(months, seen, strict=True)
        )  # fmt: skip
    return Portraits(tuple(span.begin + month / MONTHS for month in months), found)
