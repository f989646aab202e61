"""Prediction: follicles of bald scalp, moved out of it altogether, recover within months."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from anagen.evidence.parameters import value
from anagen.follicle.histories import Histories
from anagen.follicle.patches import Follicles, Patches
from anagen.outlook.experiments_bench import EVERY, Lived, lived
from anagen.outlook.experiments_plans import plan
from anagen.outlook.experiments_records import Number
from anagen.outlook.predictions_men import (
    BALD,
    FEWEST,
    Standing,
    by_person,
    followed,
    growing_on,
    kept,
    laid_out,
    left_around,
    month_of_age,
    moved,
    standing,
)
from anagen.outlook.predictions_records import (
    Forecast,
    Held,
    Prediction,
    comparison,
    endpoint,
    held_against,
    nobody,
    number_verdict,
    over_people,
    verdict_of,
)
from anagen.outlook.simulate import MONTHS
from anagen.routine import Region

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

STUDY = "krajcik2003"
REGIONS: tuple[Region, ...] = ("vertex", "occipital")
VERTEX, OCCIPITAL = 0, 1
AGE = 50.0
LATER, LATE = 2.0, 10.0  # years
PEOPLE = 240
UNCHANGED = 100.0  # percent
WHO = "bald at the vertex (half of the hair or more is gone) with thin hairs left there"


class _Moved:
    """Follicles of one place and hypothesis that bear a hair at the move, and what they bear afterwards."""

    def __init__(self, scalp: Lived, patches: Patches, follicles: Follicles, thin: bool) -> None:
        self.move = month_of_age(AGE)
        self.seed = scalp.frame.seed
        here = standing(followed(patches, follicles, self.seed), follicles, float(self.move))
        bears = here.stands & (here.diameter < (value("counted_diameter") if thin else np.inf))
        self.follicles = kept(follicles, bears)
        self.before = Standing(*(array[bears] for array in vars(here).values()))
        self.patches = patches
        self._past: dict[bool, Histories] = {}

    @property
    def people(self) -> int:
        """How many people have such follicles."""
        return np.unique(self.follicles.person).size

    def means(self, values: Floats, which: Flags) -> tuple[Floats, Floats]:
        """Each person's mean of some values, and of the diameter before of the same follicles."""
        person = self.follicles.person
        sums, count = by_person(values, person, which)
        before, _ = by_person(self.before.diameter, person, which)
        some = count > 0
        return sums[some] / count[some], before[some] / count[some]

    def _followed(self, drop: bool) -> Histories:
        place = moved(self.patches, self.move, None, 0.0)
        if drop:
            then = np.arange(self.patches.months + 1) >= self.move
            place = replace(place, drop=np.where(then, self.patches.drop[:, [self.move]], self.patches.drop))
        return followed(place, self.follicles, self.seed)

    def then(self, years: float, drop: bool) -> Standing:
        """What stands some years after the move; `drop`: fibrosis comes along and goes on lowering the ceiling."""
        if drop not in self._past:
            self._past[drop] = self._followed(drop)
        return standing(self._past[drop], self.follicles, self.move + MONTHS * years)

    def ratio(self, name: str, says: str, seen: Standing) -> Number:
        """Thickness as percent of that before the move."""
        now, before = self.means(seen.diameter, seen.stands)
        return over_people(name, says, now, before)

    def if_nothing_were_lost(self) -> Number:
        """Thickness after one new cycle if no loss had been for good: size goes its usual share of the way to full."""
        laws, patch = self.patches.laws, self.follicles.patch
        size = np.exp((1 - laws.size_recovery[patch]) * self.before.log_size)
        diameter = laws.diameter_smallest[patch] + laws.diameter_per_size[patch] * size
        now, before = self.means(diameter, np.ones(diameter.size, dtype=bool))
        return over_people(
            "nothing-lost", "the same after one new cycle, if no loss of size were for good", now, before
        )


def _forecast(hypothesis: str, bald: _Moved, haired: _Moved) -> Forecast:
    """What one hypothesis gives for thin hairs of bald scalp, and for hairs of the back of the head."""
    after = endpoint(STUDY, "thickness", "bald, men", "ratio").after
    assert after is not None
    soon, when = after.months / MONTHS, after.text
    seen, seen_haired = bald.then(soon, False), haired.then(soon, False)
    says = "thickness {} after the move, of that before"
    thickness = bald.ratio("thickness", says.format(when), seen)
    other = haired.ratio("haired", f"hairs of the back of the head: {says.format(when)}", seen_haired)
    at_all, at_other = (
        by_person(one.diameter, group.follicles.person, one.stands)
        for one, group in ((seen, bald), (seen_haired, haired))
    )
    length, _ = bald.means(seen.length, seen.stands)
    slow = bald.ratio("fibrosis", says.format(when) + ", fibrosis coming along", bald.then(soon, True))
    later = bald.ratio("later", says.format(f"{LATER:g} years"), bald.then(LATER, False))
    late = bald.ratio("late", says.format(f"{LATE:g} years"), bald.then(LATE, False))
    late_slow = bald.ratio(
        "late-fibrosis", says.format(f"{LATE:g} years") + ", fibrosis coming along", bald.then(LATE, True)
    )
    alike = Number(
        "alike", f"thickness of bald after {when}, of that of haired",
        float(100 * (at_all[0].sum() / at_all[1].sum()) / (at_other[0].sum() / at_other[1].sum())), "percent",
    )  # fmt: skip
    reach = Number("length", f"length of such hair after {when}", float(length.mean()), "mm")
    held = (
        _against(thickness, "thickness", "bald, men", "ratio", UNCHANGED),
        _against(other, "thickness", "haired, men", "ratio", UNCHANGED),
        held_against(alike, comparison(STUDY, "thickness", "bald, men")),
        _against(reach, "length", "bald, men", "level", 0.0),
    )
    sentence = (
        f"Under {hypothesis}, thin hairs of bald scalp are {thickness.shown} % as thick {when} after the move as"
        f" before, and {late.shown} % after {LATE:g} years ({late_slow.shown} % if fibrosis comes along)."
    )
    also = (slow, later, late, late_slow, bald.if_nothing_were_lost())
    return Forecast(hypothesis, held, also, bald.people, verdict_of(held), sentence)


def _against(found: Number, what: str, arm: str, measure: str, nothing: float) -> Held:
    """A number beside the published one, in the same unit."""
    one = endpoint(STUDY, what, arm, measure)
    shown = f"{one.center:g} {'%' if one.unit == 'percent' else one.unit}"
    return Held(found, shown, number_verdict(found.of, one.center, None, nothing))


def moved_out(seed: int, people: int = PEOPLE) -> Prediction:
    """How far and how fast do follicles of bald scalp recover where nothing acts on them?"""
    scalp = lived(plan(), AGE + LATE, seed, regions=REGIONS, people=people)
    bald = left_around(scalp, AGE)[:, VERTEX] <= BALD
    patches, follicles = laid_out(scalp)
    forecasts: list[Forecast] = []
    for place, hypothesis in enumerate(EVERY):
        groups = [
            _Moved(scalp, patches, growing_on(scalp, follicles, place, region, bald[place]), thin)
            for region, thin in ((VERTEX, True), (OCCIPITAL, False))
        ]
        men = min(group.people for group in groups)
        few = men < FEWEST
        forecasts.append(nobody(hypothesis, WHO, men, people) if few else _forecast(hypothesis, *groups))
    return Prediction(
        name="bald-follicles-recover-elsewhere",
        title="Follicles of bald scalp moved out of the scalp",
        asks="How far and how fast do follicles of bald scalp recover once nothing acts on them?",
        studies=(STUDY,),
        seen=(
            "On mice without immunity, hairs of two men's bald scalp were four times as thick after 22 weeks as before,"
            " and as thick and long as hairs of their haired scalp, which had become thinner."
        ),
        set_up=(
            f"In men of {AGE:g} who have lost half of their vertex hair or more, follicles with a hair thinner than"
            f" {value('counted_diameter'):g} um are put where there is no androgen, no low oxygen, no inflammation and"
            " no fibrosis, and begin a new hair at once: the kindest case."
        ),
        forecasts=tuple(forecasts),
        caveats=(
            "In the model a follicle changes size only when a new hair begins, goes half of the way back each time, and"
            " part of every loss is for good, under every hypothesis. These rules were set to how slowly trials of"
            " drugs regrow hair; the mouse says that follicles can do more.",
            "What the mouse does besides (growth factors, a fresh wound, new vessels) is not in the model.",
            "Two men: the published numbers may be off by much, and 62 % of a hair of 150 um is thick for scalp.",
        ),
    )
