"""Transplants: follicles of the back of the head that have lived there from the beginning, and live on elsewhere.

A graft is a follicle of the donor site with its own draws, sensitivity, size and ceiling. Up to the operation all that
acts on it is the donor site's; from then on what does not hang on sensitivity is the recipient's, and the androgen part
stays the donor's (donor dominance). The operation takes the hair; the follicle is empty for `transplant_wait` months.

Which follicles go is not drawn: each one of the donor site stands for a share q that goes and for the rest that stays,

    q = n / (d a)

with n grafts in 1 cm2, d follicles in 1 cm2 of the donor site and a the share of them that is alive. As many follicles
so leave 1 cm2 as come to 1 cm2; the two sites are taken to be of one size, for want of their areas. A donor site gives
no more than it has.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from anagen.follicle.clock import Clock
from anagen.follicle.laws import CycleLaws
from anagen.follicle.patches import Follicles, Intervention, Patches
from anagen.outlook.simulate import SMALLEST_PART, Frame, Scalp, month_come, monthly, months_lost
from anagen.routine import Region

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]

DONOR: Region = "occipital"


@dataclass(frozen=True)
class Grafts:
    """The follicles of one transplant: a patch for each hypothesis and person of a frame, in the arm of the plan.

    Attributes
    ----------
    month : they are moved right after it, so that a count at that month still sees the head before.
    out_of, into : patches of the frame they leave and come to, shape (patches,).
    share : of each follicle of the donor site, how much of it is moved, shape (patches,).
    stands_for : how many follicles of the recipient site each one counts as, shape (patches,).
    patches, follicles : where they live and who they are, before the operation and after.
    """

    month: int
    out_of: Indices
    into: Indices
    share: Floats
    stands_for: Floats
    patches: Patches
    follicles: Follicles


class Transplant(NamedTuple):
    """A transplant of a plan: the month after which it is done, how many grafts (1/cm2), and where to."""

    month: int
    dose: float
    region: Region


def transplants_of(frame: Frame) -> list[Transplant]:
    """The transplants of the plan before the last month; the first comes first."""
    found: list[Transplant] = []
    for one in frame.scenario.treatments:
        if one.kind == "transplant" and one.dose > 0 and one.region in frame.regions and DONOR in frame.regions:
            age = frame.scenario.person.age if one.from_age is None else one.from_age
            found.append(Transplant(max(month_come(frame, age), 0), one.dose, one.region))
    return sorted((one for one in found if one.month < frame.months), key=lambda one: one.month)


def grafts_of(frame: Frame, scalp: Scalp) -> list[Grafts]:
    """The grafts of every transplant of the plan; a later one finds what an earlier one has left."""
    planned = transplants_of(frame)
    if not planned:
        return []
    density = np.broadcast_to(scalp.drawn["follicle_density"], frame.shape).reshape(-1)
    out_of = _patches_of_plan(frame, DONOR)
    still_there = np.ones(out_of.size)
    found: list[Grafts] = []
    for month, dose, region in planned:
        alive = np.bincount(scalp.follicles.patch, scalp.follicles.lost > month, scalp.patches.count)[out_of]
        there = density[out_of] * alive / frame.follicles
        asked = np.divide(dose, there, out=np.zeros(there.size), where=there > 0)
        share = np.minimum(asked, still_there)
        still_there = still_there - share
        into = _patches_of_plan(frame, region)
        moved = _moved_patches(frame, scalp, out_of, into, month)
        hazard = _from_then_on(monthly(scalp.course.knots, scalp.course.loss, frame.months), out_of, into, month)
        who = _moved_follicles(scalp.follicles, out_of, hazard, frame.seed)
        found.append(Grafts(month, out_of, into, share, share * density[out_of] / density[into], moved, who))
    return found


def _patches_of_plan(frame: Frame, region: Region) -> Indices:
    """The patches of one region in the arm of the plan, by hypothesis and person."""
    patches = np.arange(int(np.prod(frame.shape))).reshape(frame.shape)
    return patches[:, -1, frame.regions.index(region)].reshape(-1)


def _from_then_on(array: Floats, out_of: Indices, into: Indices, month: int) -> Floats:
    """A monthly quantity of the donor site up to the operation, and of the recipient site after it."""
    return np.where(np.arange(array.shape[1]) > month, array[into], array[out_of])


def _moved_patches(frame: Frame, scalp: Scalp, out_of: Indices, into: Indices, month: int) -> Patches:
    """What acts on grafts through life, and the operation."""
    whole = scalp.patches

    def place(array: Floats) -> Floats:
        return _from_then_on(array, out_of, into, month)

    waits = np.broadcast_to(scalp.drawn["transplant_wait"], frame.shape).reshape(-1)[out_of]
    operation = Intervention("pluck", month + SMALLEST_PART, 1.0, waits)
    return Patches(
        clock=Clock.from_speeds(place(whole.clock.plain), whole.clock.sensitive[out_of]),
        stretch=place(whole.stretch),
        stretch_sensitive=whole.stretch_sensitive[out_of],
        loss=place(whole.loss),
        loss_sensitive=whole.loss_sensitive[out_of],
        drop=place(whole.drop),
        laws=CycleLaws(**{one.name: getattr(whole.laws, one.name)[out_of] for one in fields(CycleLaws)}),
        shapes=whole.shapes,
        interventions=(operation, *_released(whole, out_of)),
    )


def _released(whole: Patches, out_of: Indices) -> tuple[Intervention, ...]:
    """What lets resting hairs go in the patches the grafts are from; it is the same in every region."""
    tables = zip(whole.ordered(), whole.shares()[:, out_of], whole.waits()[:, out_of], strict=True)
    return tuple(replace(one, share=share, wait=wait, patches=None) for one, share, wait in tables if share.any())


def _moved_follicles(whole: Follicles, out_of: Indices, hazard: Floats, seed: int) -> Follicles:
    """The follicles of the donor sites by the patches of their grafts; the hazard of loss is that of where they are."""
    row = np.full(int(whole.patch.max()) + 1, -1)
    row[out_of] = np.arange(out_of.size)
    which = row[whole.patch] >= 0
    own = Follicles(**{one.name: getattr(whole, one.name)[which] for one in fields(whole)})
    placed = replace(own, patch=row[own.patch], origin=row[own.patch])
    return replace(placed, lost=months_lost(hazard, placed, seed))
