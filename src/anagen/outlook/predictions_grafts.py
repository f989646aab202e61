"""Prediction: hair of the back of the head, moved into bald scalp, grows on as it did where it came from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from anagen.evidence.parameters import value
from anagen.follicle.patches import Follicles, Patches
from anagen.outlook.experiments_bench import EVERY, lived
from anagen.outlook.experiments_plans import plan, treated
from anagen.outlook.experiments_records import ASSUMED, Number
from anagen.outlook.grafts import grafts_of
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
    standing,
)
from anagen.outlook.predictions_records import (
    Forecast,
    Prediction,
    comparison,
    held_against,
    nobody,
    over_people,
    verdict_of,
)
from anagen.outlook.simulate import MONTHS, Scalp
from anagen.routine import Region

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]

HWANG, ORENTREICH = "hwang2002", "orentreich1959"
REGIONS: tuple[Region, ...] = ("frontal", "occipital")
FRONTAL, OCCIPITAL = 0, 1
AGE = 40.0
SOON, LATER, LATE = 1.0, 3.0, 20.0  # years after: Hwang saw them at 1, Orentreich at 2 to 4; nobody's record at 20
PEOPLE = 240
DENSE = "40 grafts/cm2"
WHO = "bald in front (half of the hair or more is gone)"


@dataclass(frozen=True)
class Site:
    """One group of follicles: whose each is, and what stands by years after the operation."""

    person: Indices
    seen: dict[float, Standing]

    def mean(self, years: float, name: str) -> tuple[Floats, Floats]:
        """Sum over the standing hairs of each man, and how many there are."""
        one = self.seen[years]
        return by_person(getattr(one, name), self.person, one.stands)

    def hairs(self, years: float) -> tuple[Floats, Floats]:
        """Hairs thick and long enough to be counted, and follicles, of each man."""
        one = self.seen[years]
        long = (one.length >= value("visible_length")) & (one.diameter >= value("counted_diameter"))
        hairs, _ = by_person(np.ones(self.person.size), self.person, one.stands & long)
        return hairs, np.bincount(self.person, minlength=hairs.size).astype(np.float64)


def _site(patches: Patches, follicles: Follicles, seed: int) -> Site:
    """Follow some follicles through life."""
    past = followed(patches, follicles, seed)
    operation = month_of_age(AGE)
    seen = {year: standing(past, follicles, operation + MONTHS * year) for year in (0.0, SOON, LATER, LATE)}
    return Site(follicles.person, seen)


def _ratio(name: str, says: str, top: tuple[Floats, Floats], bottom: tuple[Floats, Floats]) -> Number:
    """A mean of one group as percent of that of another; men who lack hair in either are left out."""
    people = min(top[0].size, bottom[0].size)
    first, second = ((sums[:people], counts[:people]) for sums, counts in (top, bottom))
    some = (first[1] > 0) & (second[1] > 0)
    means = [sums[some] / counts[some] for sums, counts in (first, second)]
    return over_people(name, says, means[0], means[1])


def _forecast(hypothesis: str, graft: Site, donor: Site, around_it: Site, men: int) -> Forecast:
    """What one hypothesis gives for grafts in bald men."""

    def against_donor(years: float, what: str, name: str, words: str) -> Number:
        says = f"{words} of grafts after {years:g} years, of that of the donor site"
        return _ratio(name, says.replace("1 years", "1 year"), graft.mean(years, what), donor.mean(years, what))

    thickness = against_donor(SOON, "diameter", "thickness", "thickness")
    growth = against_donor(SOON, "growth", "growth", "growth rate")
    thickness_later = against_donor(LATER, "diameter", "thickness-later", "thickness")
    growth_later = against_donor(LATER, "growth", "growth-later", "growth rate")
    hairs = _ratio(
        "hairs", f"hairs of each graft after {LATER:g} years, of those at the donor site",
        graft.hairs(LATER), donor.hairs(LATER),
    )  # fmt: skip
    neighbors = over_people(
        "neighbors", f"hairs of the scalp around after {LATER:g} years, of those at the operation",
        around_it.hairs(LATER)[0], around_it.hairs(0.0)[0],
    )  # fmt: skip
    late = _ratio(
        "hairs-late", f"hairs of each graft after {LATE:g} years, of those at the donor site",
        graft.hairs(LATE), donor.hairs(LATE),
    )  # fmt: skip
    thicker = _ratio(
        "thicker", f"thickness of grafts after {LATER:g} years, of the hair around them",
        graft.mean(LATER, "diameter"), around_it.mean(LATER, "diameter"),
    )  # fmt: skip
    held = (
        held_against(thickness, comparison(HWANG, "thickness", "grafts")),
        held_against(growth, comparison(HWANG, "growth rate", "grafts")),
        held_against(growth_later, comparison(ORENTREICH, "growth rate", "plugs")),
        held_against(neighbors, comparison(ORENTREICH, "total hairs", "scalp around")),
    )
    sentence = (
        f"Under {hypothesis}, grafts are {thickness.shown} % as thick as the hair they were taken beside after a year"
        f" and bear {hairs.shown} % as many hairs after {LATER:g} years ({late.shown} % after {LATE:g}), while the"
        f" scalp around keeps {neighbors.shown} % of its hair."
    )
    return Forecast(hypothesis, held, (thickness_later, hairs, thicker, late), men, verdict_of(held), sentence)


def grafts(seed: int, people: int = PEOPLE) -> Prediction:
    """Do follicles of the back of the head grow on in bald frontal scalp?"""
    nothing = lived(plan(), AGE + LATE, seed, regions=REGIONS, people=people)
    given = plan(treated("transplant", AGE, dose=DENSE, region="frontal"))
    planned = lived(given, AGE + LATE, seed, regions=REGIONS, people=people, alone=True)
    bald = left_around(nothing, AGE)[:, FRONTAL] <= BALD
    patches, follicles = laid_out(nothing)
    whole = Scalp(*laid_out(planned), planned.course, planned.drawn)
    [moved] = grafts_of(planned.frame, whole)
    forecasts: list[Forecast] = []
    for place, hypothesis in enumerate(EVERY):
        men = int(bald[place].sum())
        if men < FEWEST:
            forecasts.append(nobody(hypothesis, WHO, men, people))
            continue

        def at_home(region: int, place: int = place) -> Site:
            """The follicles of one hypothesis and region, of bald men."""
            return _site(patches, growing_on(nothing, follicles, place, region, bald[place]), seed)

        own = moved.follicles
        graft = kept(own, (own.patch // people == place) & bald[place][own.person])
        forecasts.append(
            _forecast(
                hypothesis,
                graft=_site(moved.patches, graft, seed),
                donor=at_home(OCCIPITAL),
                around_it=at_home(FRONTAL),
                men=men,
            )
        )
    return Prediction(
        name="grafts-keep-their-hair",
        title="Hair of the back of the head moved into bald scalp",
        asks="Does hair of the back of the head grow on in bald scalp as it did where it came from?",
        studies=(HWANG, ORENTREICH),
        seen=(
            "After a year grafts in bald frontal scalp grew as fast and as thick as hair of the donor site (12 men);"
            " in photographs of cases over 2 to 4 years they went on while the scalp around lost hair."
        ),
        set_up=(
            f"In men of {AGE:g} who have lost half of their frontal hair or more, the treatment `transplant` of a plan"
            " moves follicles of the back of the head to the front, with the size they have. What the new place does"
            " acts on them from then on; the androgen signal they hear stays that of the place they came from."
        ),
        forecasts=tuple(forecasts),
        caveats=(
            "That a follicle keeps the androgen signal of where it came from is built into the model, because grafts"
            " show it: where androgen acts on the follicle itself, this is no test. It is one for what acts through the"
            " place: oxygen, blood flow, fibrosis, inflammation.",
            "Of the study of grafts the abstract and a summary were read; no difference shown in 12 men is not none.",
            ASSUMED,
        ),
    )
