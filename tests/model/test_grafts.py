"""Transplants: grafts keep the size and the history of where they came from, and as many leave as arrive."""

from __future__ import annotations

from dataclasses import fields, replace
from functools import cache

import numpy as np
import pytest

import anagen as ag
from anagen.flowchart.hypotheses import HYPOTHESES, chosen
from anagen.follicle.census import Census, Wanted
from anagen.follicle.grow import grow
from anagen.follicle.histories import histories
from anagen.follicle.patches import Intervention
from anagen.outlook.dataset import VARIABLES
from anagen.outlook.grafts import Grafts, grafts_of, transplants_of
from anagen.outlook.grafts_count import LEVELS, MEANS, SHED, counted
from anagen.outlook.run import PICTURE_CM2, run
from anagen.outlook.simulate import EARLIEST_AGE, MONTHS, SMALLEST_PART, Frame, Scalp, scalp_of
from anagen.outlook.standing import choose
from anagen.routine import REGIONS, Person, Region, Treatment

SEED, PEOPLE, FOLLICLES, WAIT = 5, 160, 28, 3.0
MOVE = round((40.0 - EARLIEST_AGE) * MONTHS)
SOON, LATER, LATE = MOVE + 12.0, MOVE + 36.0, MOVE + 120.0
TIMES = np.array([MOVE - 30.0, MOVE, MOVE + 1, SOON, LATER, LATE])
COUNTED = (*LEVELS, *MEANS, SHED)
MAN = Person(age=40.0, sex="male")
SITES: tuple[Region, ...] = ("frontal", "occipital")
FRONTAL, OCCIPITAL = 0, 1


def transplant(dose: float = 40.0, region: Region = "frontal", from_age: float | None = None) -> Treatment:
    return Treatment("transplant", dose=dose, region=region, from_age=from_age, text=f"{dose:g} grafts/cm2")


def frame_of(
    *treatments: Treatment, people: int = PEOPLE, hypotheses: tuple[str, ...] = ("androgen-first",),
    regions: tuple[Region, ...] = SITES, person: Person = MAN, months: int = round(LATE), seed: int = SEED,
) -> Frame:  # fmt: skip
    scenario = ag.Scenario(person, (), treatments)
    begin = min(EARLIEST_AGE, person.age)
    return Frame(scenario, chosen(hypotheses), regions, np.arange(people), begin, months, 2, FOLLICLES, seed)


@cache
def moved(hypothesis: str = "androgen-first") -> tuple[Frame, Scalp, Grafts]:
    frame = frame_of(transplant(), hypotheses=(hypothesis,))
    scalp = scalp_of(frame)
    [grafts] = grafts_of(frame, scalp)
    return frame, scalp, grafts


@cache
def grown(hypothesis: str = "androgen-first", where: str = "moved") -> Census:
    """The donor site's follicles: moved, left alone, or "plucked" where they are at the month of the operation."""
    _, scalp, grafts = moved(hypothesis)
    if where == "moved":
        return grow(grafts.patches, grafts.follicles, SEED, TIMES)
    patches = scalp.patches
    if where == "plucked":
        patches = replace(patches, interventions=(Intervention("pluck", MOVE + SMALLEST_PART, 1.0, WAIT),))
    census = grow(patches, scalp.follicles, SEED, TIMES, Wanted(phases=False))
    counts = {name: array[grafts.out_of] for name, array in vars(census).items() if name in COUNTED}
    return replace(census, **counts)


def at(census: Census, name: str, month: float) -> np.ndarray:
    return np.asarray(getattr(census, name), dtype=float)[:, int(np.searchsorted(TIMES, month))]


def z_score(first: np.ndarray, second: np.ndarray) -> float:
    """Of the difference of two means of independent people."""
    first, second = first[np.isfinite(first)], second[np.isfinite(second)]
    return float(
        (first.mean() - second.mean()) / np.hypot(*(one.std(ddof=1) / np.sqrt(one.size) for one in (first, second)))
    )


# where they came from


def test_up_to_the_operation_a_graft_is_a_follicle_of_the_donor_site() -> None:
    """Every cycle that was over by then, to the bit: size, thickness and all."""
    _, scalp, grafts = moved("hybrid")
    own = histories(grafts.patches, grafts.follicles, SEED)
    home = histories(scalp.patches, scalp.follicles, SEED)
    donors = np.flatnonzero(np.isin(scalp.follicles.patch, grafts.out_of))
    at_home = np.isin(home.follicle, donors) & (home.end <= MOVE)
    before = own.end <= MOVE
    assert before.sum() > 10_000
    assert np.array_equal(donors[own.follicle[before]], home.follicle[at_home])
    for name in ("start", "anagen_end", "end", "size", "diameter", "growth"):
        assert np.array_equal(getattr(own, name)[before], getattr(home, name)[at_home]), name
    for name in ("person", "region", "number", "sensitivity"):
        assert np.array_equal(getattr(grafts.follicles, name), getattr(scalp.follicles, name)[donors]), name
    lost, lost_at_home = grafts.follicles.lost, scalp.follicles.lost[donors]
    assert np.array_equal(lost[lost_at_home <= MOVE], lost_at_home[lost_at_home <= MOVE])


def test_grafts_let_resting_hair_go_where_minoxidil_is_begun() -> None:
    """Begun before the operation: the follicles' history up to it is that of the donor site; begun later: once more."""
    drops = [Treatment("minoxidil", dose=50.0, per_day=2.0, route="topical", from_age=age) for age in (28.0, 45.0)]
    ends = [replace(drops[0], to_age=40.0), drops[1]]
    scalp = scalp_of(frame := frame_of(transplant(), *ends))
    [grafts] = grafts_of(frame, scalp)
    months = [(age - EARLIEST_AGE) * MONTHS + 1 for age in (28.0, 45.0)]
    released = [one for one in grafts.patches.ordered() if one.kind == "release"]
    assert [one.month for one in released] == months
    for one, row in zip(released, scalp.patches.shares(), strict=True):
        assert np.array_equal(one.share, row[grafts.out_of])
        assert (row[grafts.out_of] > 0.1).all()
    own = histories(grafts.patches, grafts.follicles, SEED)
    home = histories(scalp.patches, scalp.follicles, SEED)
    at_home = np.isin(home.follicle, np.flatnonzero(np.isin(scalp.follicles.patch, grafts.out_of))) & (home.end <= MOVE)
    assert months[0] < MOVE
    assert (own.telogen_end == months[0]).any()
    assert np.array_equal(own.end[own.end <= MOVE], home.end[at_home])


def test_where_only_androgen_acts_a_moved_follicle_is_one_plucked_at_home() -> None:
    """Donor dominance to the bit: under androgen-first the place changes nothing, and the operation is a pluck."""
    graft, plucked = grown(), grown(where="plucked")
    for name in COUNTED:
        assert np.array_equal(getattr(graft, name), getattr(plucked, name), equal_nan=True), name
    hybrid = (grown("hybrid", one) for one in ("moved", "plucked"))
    thick, thick_at_home = (np.nanmean(at(one, "diameter", LATE)) for one in hybrid)
    assert thick < 0.98 * thick_at_home  # there the place acts


@pytest.mark.parametrize("month", [SOON, LATER, LATE])
def test_grafts_are_as_thick_as_the_hair_of_the_donor_site(month: float) -> None:
    """hwang2002. Against other people's donor sites, by chance; against their own, within 1 %."""
    graft, home = at(grown(), "diameter", month), at(grown(where="left"), "diameter", month)
    half = PEOPLE // 2
    assert abs(z_score(graft[:half], home[half:])) < 3
    assert abs(z_score(graft[half:], home[:half])) < 3
    assert np.nanmean(graft) == pytest.approx(np.nanmean(home), rel=0.01)


@pytest.mark.parametrize(("month", "least"), [(SOON, 0.8), (LATER, 0.97), (LATE, 0.97)])
def test_grafts_grow_as_long_as_the_hair_of_the_donor_site(month: float, least: float) -> None:
    """A year after the operation all hairs are of one age; whoever looks in on hair of all ages meets long growers."""
    graft, home = at(grown(), "final_length", month), at(grown(where="left"), "final_length", month)
    assert least < np.nanmean(graft) / np.nanmean(home) < 1.03
    half = PEOPLE // 2
    if month > SOON:
        assert abs(z_score(graft[:half], home[half:])) < 3


def test_the_operation_takes_the_hair_and_the_follicle_waits() -> None:
    frame, scalp, grafts = moved()
    months = MOVE + np.array([0.0, 1.0, 2.0, 3.0, 6.0])
    whole = grow(grafts.patches, grafts.follicles, SEED, months).hairs.sum(axis=0)
    assert whole[1:4].max() < 0.06 * whole[0]  # those empty at the operation grow on when their own rest is over
    assert whole[4] > 0.9 * whole[0]
    longer = replace(scalp, drawn=scalp.drawn | {"transplant_wait": np.full((1, 1, 1, 1), 12.0)})
    [late] = grafts_of(frame, longer)
    slow = grow(late.patches, late.follicles, SEED, MOVE + np.array([0.0, 6.0, 11.0, 15.0])).hairs.sum(axis=0)
    assert slow[1:3].max() < 0.06 * slow[0]
    assert slow[3] > 0.9 * slow[0]


# how many


def test_as_many_follicles_leave_as_arrive() -> None:
    frame, scalp, grafts = moved()
    alive = np.bincount(scalp.follicles.patch, scalp.follicles.lost > MOVE, scalp.patches.count)[grafts.out_of]
    density = np.broadcast_to(scalp.drawn["follicle_density"], frame.shape)[:, -1, OCCIPITAL].reshape(-1)
    assert grafts.stands_for * alive / FOLLICLES * density == pytest.approx(np.full(PEOPLE, 40.0))
    assert grafts.stands_for == pytest.approx(grafts.share)


def test_the_hairs_of_donor_and_recipient_site_add_up() -> None:
    frame, scalp, grafts = moved()
    found = counted(frame, scalp, TIMES, Wanted())
    hairs = {name: found[name].reshape(*frame.shape, TIMES.size)[0] for name in ("hairs", "mass", "empty")}
    share = grafts.share[:, np.newaxis]
    for name, array in hairs.items():
        before, after = TIMES <= MOVE, TIMES > MOVE
        assert np.array_equal(array[1, ..., before], array[0, ..., before]), name
        lost = (array[0, OCCIPITAL] - array[1, OCCIPITAL])[:, after]
        assert lost == pytest.approx((share * array[0, OCCIPITAL])[:, after]), name
        come = (array[1, FRONTAL] - array[0, FRONTAL])[:, after]
        assert come == pytest.approx(share * np.asarray(getattr(grown(), name), dtype=float)[:, after]), name
    both = hairs["hairs"].sum(axis=1)[..., TIMES == LATE].sum(axis=1)
    assert both[1] == pytest.approx(both[0], rel=0.02)  # nothing acts by the place, so none are won and none lost


def test_means_are_over_all_hairs_of_a_site() -> None:
    frame, scalp, grafts = moved()
    found = counted(frame, scalp, TIMES, Wanted())
    home = grow(scalp.patches, scalp.follicles, SEED, TIMES)
    late, own = TIMES.size - 1, grown()
    for row, patch in enumerate(grafts.into):
        hairs, come = home.hairs[patch, late], grafts.stands_for[row] * own.hairs[row, late]
        for name in ("diameter", "length", "final_length"):
            sums = [
                number * mean if number else 0.0
                for number, mean in ((hairs, getattr(home, name)[patch, late]), (come, getattr(own, name)[row, late]))
            ]
            want = sum(sums) / (hairs + come) if hairs + come else np.nan
            assert found[name][patch, late] == pytest.approx(want, nan_ok=True)


def test_what_grafts_shed_is_counted_where_they_stand() -> None:
    """Over a year with the operation in the middle of it, as much as month by month."""
    frame, scalp, grafts = moved()
    every, years = np.arange(MOVE - 6.0, MOVE + 31.0), np.array([MOVE - 6.0, MOVE + 6.0, MOVE + 18.0, MOVE + 30.0])
    by_month, by_year = (counted(frame, scalp, times, Wanted(sums=False))["shed"] for times in (every, years))
    summed = by_month[:, 1:].reshape(len(by_month), 3, 12).sum(axis=2) / 12
    assert summed[grafts.into] == pytest.approx(by_year[grafts.into, 1:])
    assert summed[grafts.out_of].sum() == pytest.approx(by_year[grafts.out_of, 1:].sum(), rel=0.02)
    assert (by_year >= 0).all()


def test_a_donor_site_gives_no_more_than_it_has() -> None:
    frame = frame_of(transplant(200.0), transplant(200.0, from_age=42.0), people=12)
    scalp = scalp_of(frame)
    first, second = grafts_of(frame, scalp)
    assert first.month < second.month
    assert (first.share < 1).any()
    assert (second.share < first.share).all()
    assert first.share + second.share == pytest.approx(np.ones(12))
    found = counted(frame, scalp, TIMES, Wanted())
    assert found["hairs"][first.out_of, -1] == pytest.approx(np.zeros(12))
    assert (found["hairs"] >= -1e-9).all()


def test_a_transplant_within_the_donor_site_moves_nothing_away() -> None:
    frame = frame_of(transplant(region="occipital"), people=20)
    scalp = scalp_of(frame)
    [grafts] = grafts_of(frame, scalp)
    found = counted(frame, scalp, TIMES, Wanted())
    home = grow(scalp.patches, scalp.follicles, SEED, TIMES)
    graft = grow(grafts.patches, grafts.follicles, SEED, TIMES)
    share = grafts.share[:, np.newaxis] * (TIMES > MOVE)
    want = (1 - share) * home.hairs[grafts.out_of] + share * graft.hairs
    assert found["hairs"][grafts.into] == pytest.approx(want)


# what it leaves alone


def test_without_a_transplant_nothing_changes_to_the_bit() -> None:
    frame = frame_of(Treatment("finasteride", dose=1.0, text="1 mg"), people=10)
    scalp = scalp_of(frame)
    home = grow(scalp.patches, scalp.follicles, SEED, TIMES)
    for name, array in counted(frame, scalp, TIMES, Wanted()).items():
        assert np.array_equal(array, getattr(home, name), equal_nan=True), name


@pytest.mark.parametrize("what", [
    {"months": MOVE}, {"regions": ("frontal",)}, {"regions": ("vertex", "occipital")},
])  # fmt: skip
def test_what_does_not_come_or_has_no_place_moves_nothing(what: dict) -> None:
    assert transplants_of(frame_of(transplant(), **what)) == []
    assert transplants_of(frame_of(transplant(0.0))) == []


def test_only_the_two_sites_of_the_plan_differ_and_only_after_the_operation() -> None:
    later = ag.Scenario(MAN, (), (transplant(region="vertex", from_age=45.3),))
    data = ag.simulate(later, draws=4, seed=2, follicles=12)
    plain = ag.simulate(ag.Scenario(MAN), draws=4, seed=2, follicles=12)
    for name in VARIABLES:
        here, there = data[name], plain[name]
        assert np.array_equal(here.sel(arm="baseline"), there.sel(arm="baseline"), equal_nan=True), name
        plan, nothing = here.sel(arm="plan"), there.sel(arm="plan")
        others = [region for region in REGIONS if region not in ("vertex", "occipital")]
        assert np.array_equal(plan.sel(region=others), nothing.sel(region=others), equal_nan=True), name
        until = slice(40, 45.3)
        assert np.array_equal(plan.sel(age=until), nothing.sel(age=until), equal_nan=True), name
    for region, more in (("vertex", True), ("occipital", False)):
        change = (data["hairs_per_cm2"].sel(arm="plan") - plain["hairs_per_cm2"].sel(arm="plan")).sel(region=region)
        assert (float(change.sel(age=48).mean()) > 0) == more


def test_threads_blocks_and_more_draws_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    scenario = ag.Scenario(MAN, (), (transplant(), transplant(20.0, "vertex", 43.0)))
    one = ag.simulate(scenario, draws=5, seed=3, follicles=8, threads=1)
    more = ag.simulate(scenario, draws=8, seed=3, follicles=8, threads=2)
    assert more.isel(draw=slice(0, 5)).drop_vars("weight").equals(one.drop_vars("weight"))
    monkeypatch.setattr("anagen.outlook.dataset.BLOCK", 2)
    assert ag.simulate(scenario, draws=5, seed=3, follicles=8, threads=2).equals(one)


def test_both_engines_grow_grafts_alike() -> None:
    _, _, grafts = moved("hybrid")
    fast, slow = (grow(grafts.patches, grafts.follicles, SEED, TIMES, engine=engine) for engine in ("numba", "numpy"))
    for one in fields(Census):
        first, second = getattr(fast, one.name), getattr(slow, one.name)
        assert (first is None and second is None) or np.array_equal(first, second, equal_nan=True), one.name


# people and pictures


def test_a_transplant_of_years_ago_is_on_the_head_that_is_fitted() -> None:
    """Hairs counted today are those of a head with its grafts."""
    bald = replace(MAN, hairs_per_cm2={"vertex": 190.0})
    hypothesis, draws = HYPOTHESES["androgen-first"], np.arange(12)
    fits = [
        choose(ag.Scenario(bald, (), treatments), hypothesis, draws, 1)
        for treatments in ((), (transplant(80.0, "vertex", 30.0),), (transplant(80.0, "vertex"),))
    ]
    assert not np.array_equal(fits[0][0], fits[1][0])
    for first, second in zip(fits[0], fits[2], strict=True):
        assert np.array_equal(first, second), "one of today has not come yet"


def test_a_child_may_be_given_one_at_once() -> None:
    frame = frame_of(transplant(), people=3, person=replace(MAN, age=11.0), months=120)
    found = counted(frame, scalp_of(frame), np.array([0.0, 1.0, 60.0]), Wanted())
    hairs = found["hairs"].reshape(*frame.shape, 3)[0]
    assert np.array_equal(hairs[1, ..., 0], hairs[0, ..., 0])
    assert (hairs[1, FRONTAL, :, -1] > hairs[0, FRONTAL, :, -1]).all()
    assert (hairs[1, OCCIPITAL, :, -1] < hairs[0, OCCIPITAL, :, -1]).all()


def test_the_picture_shows_the_grafts() -> None:
    bald = replace(MAN, age=50.0, pattern="VI")
    scenario = ag.Scenario(bald, (), (transplant(30.0, "vertex"), transplant(30.0, "vertex", 51.0)))
    hairs = run(scenario, draws=3, follicles=8, hypotheses=("androgen-first",)).hairs
    today, later = ([one for one in hairs if (one.age == 50.0) == now] for now in (True, False))
    for name in ("diameter_um", "length_mm", "place"):
        assert np.array_equal(*(getattr(one, name) for one in today)), name
    nothing, plan = sorted(later, key=lambda one: one.arm)
    count = len(nothing.diameter_um)
    added = len(plan.diameter_um) - count
    assert 0.6 * 60 * PICTURE_CM2 < added <= 60 * PICTURE_CM2
    assert np.array_equal(plan.place[:count], nothing.place)
    assert len(np.unique(plan.place, axis=0)) == len(plan.place), "each stands in a place of its own"
    assert np.median(plan.diameter_um[count:]) > np.median(nothing.diameter_um)
