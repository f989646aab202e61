"""The follicle automaton and what it stands on: random numbers, clocks, counting."""

from __future__ import annotations

import numpy as np
import pytest

from anagen.follicle.automaton import Automaton
from anagen.follicle.chance import Purpose, normals, philox, uniforms
from anagen.follicle.clock import Clock
from anagen.follicle.grow import grow
from anagen.follicle.laws import CycleLaws
from anagen.follicle.patches import NEVER, Follicles, Intervention, Patches
from anagen.follicle.portrait import portraits

from .bench import central


def words(*values: int) -> tuple[np.ndarray, ...]:
    return tuple(np.array([value], dtype=np.uint64) for value in values)


@pytest.mark.parametrize(
    ("counter", "key", "answer"),
    [
        ((0, 0, 0, 0), 0, (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
        ((0xFFFFFFFF,) * 4, 0xFFFFFFFFFFFFFFFF, (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
        (
            (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
            0x299F31D0A4093822,
            (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
        ),
    ],
)
def test_philox_gives_the_published_answers(counter: tuple[int, ...], key: int, answer: tuple[int, ...]) -> None:
    assert tuple(int(word[0]) for word in philox(key, words(*counter))) == answer


def test_draws_are_uniform_and_normal() -> None:
    n = 200_000
    for stream in uniforms(3, Purpose.CYCLE, 1, follicle=np.arange(n)):
        assert stream.min() > 0
        assert stream.max() < 1
        assert abs(stream.mean() - 0.5) * np.sqrt(12 * n) < 4
    for stream in normals(3, Purpose.CYCLE, 1, follicle=np.arange(n)):
        assert abs(stream.mean()) * np.sqrt(n) < 4
        assert abs(stream.var() - 1) * np.sqrt(n / 2) < 4


def test_a_draw_depends_on_its_name_alone() -> None:
    many = normals(9, Purpose.CYCLE, 4, 2, np.arange(100), 7)[0]
    assert normals(9, Purpose.CYCLE, 4, 2, 57, 7)[0] == many[57]
    assert normals(9, Purpose.CYCLE, 4, 2, np.array([99, 3]), 7)[0].tolist() == [many[99], many[3]]
    others = (
        (10, Purpose.CYCLE, 4, 2, 57, 7),
        (9, Purpose.START, 4, 2, 57, 7),
        (9, Purpose.CYCLE, 5, 2, 57, 7),
        (9, Purpose.CYCLE, 4, 3, 57, 7),
        (9, Purpose.CYCLE, 4, 2, 58, 7),
        (9, Purpose.CYCLE, 4, 2, 57, 8),
    )
    for other in others:
        assert normals(*other)[0] != many[57]


def patch_of(signal: np.ndarray, interventions: tuple[Intervention, ...] = ()) -> Patches:
    """Patches under given androgen signals, shape (patches, months + 1)."""
    drive, value = np.maximum(signal - central()["androgen_threshold"], 0), central()
    flat = np.ones_like(drive)
    return Patches(
        Clock.from_speeds(flat, value["anagen_drive_gain"] * drive),
        flat,
        value["kenogen_drive_gain"] * drive,
        0 * flat,
        value["size_drive_gain"] * drive,
        0 * flat,
        CycleLaws.central(signal.shape[0]),
        interventions=interventions,
    )


def follicles(patch: np.ndarray, origin: np.ndarray | None = None, number: np.ndarray | None = None) -> Follicles:
    n = patch.size
    origin = patch if origin is None else origin
    return Follicles(
        patch, origin, np.zeros(n, dtype=np.int64), origin, np.arange(n) if number is None else number,
        np.ones(n), np.zeros(n), np.full(n, NEVER),
    )  # fmt: skip


BALD, HAIRED = 1.75, 0.33
MONTHS = np.arange(0, 361, 12.0)


def signals(*levels: float) -> np.ndarray:
    return np.array([np.full(361, level) for level in levels])


def test_no_follicle_is_ever_in_two_states() -> None:
    """Hairs, thin hairs and empty follicles never sum to more than there are; growing ones are among the hairs."""
    n = 3000
    counted = grow(patch_of(signals(BALD)), follicles(np.zeros(n, dtype=np.int64)), 1, MONTHS)
    assert (counted.hairs + counted.empty <= n).all()
    for part in (counted.anagen, counted.terminal):
        assert (part >= 0).all()
        assert (part <= counted.hairs).all()
    assert (counted.shed >= 0).all()


def test_what_others_do_changes_nothing() -> None:
    """A follicle alone, among others, in another order: the same hairs to the bit."""
    zeros = np.zeros(500, dtype=np.int64)
    together = grow(patch_of(signals(BALD)), follicles(zeros), 5, MONTHS)
    order = np.random.default_rng(0).permutation(500)
    shuffled = grow(patch_of(signals(BALD)), follicles(zeros, number=order), 5, MONTHS)
    first = grow(patch_of(signals(BALD)), follicles(zeros[:200]), 5, MONTHS)
    rest = grow(patch_of(signals(BALD)), follicles(zeros[200:], number=np.arange(200, 500)), 5, MONTHS)
    assert np.array_equal(together.hairs, shuffled.hairs)
    assert np.array_equal(together.hairs, first.hairs + rest.hairs)
    assert np.array_equal(together.anagen, first.anagen + rest.anagen)


def test_leaving_follicles_too_small_for_good_changes_no_count() -> None:
    who = follicles(np.zeros(2000, dtype=np.int64))
    patches = patch_of(signals(2.5))
    short = grow(patches, who, 1, MONTHS)
    full = grow(patches, who, 1, MONTHS, countable_only=False)
    for name in ("hairs", "anagen", "terminal", "shed"):
        assert np.array_equal(getattr(short, name), getattr(full, name))


def test_a_drug_begun_in_mid_phase_acts_at_once() -> None:
    """From the day the signal goes, no anagen is cut short any more: the clock slows in the middle of the phase."""
    n, start = 4000, 120
    untreated = signals(BALD)
    treated = untreated.copy()
    treated[:, start + 1 :] = 0.0  # linear from month `start` on
    who = follicles(np.zeros(n, dtype=np.int64))
    at = np.array([start, start + 3, start + 6, start + 12.0])
    plain, drug = (grow(patch_of(signal), who, 2, at).anagen[0] for signal in (untreated, treated))
    assert plain[0] == drug[0]
    assert (drug[1:] > plain[1:]).all()
    assert drug[1] - plain[1] > 3 * np.sqrt(plain[1])


def test_a_moved_follicle_behaves_as_where_it_came_from() -> None:
    """Donor dominance: occipital follicles in bald-prone scalp keep their hair, bald-prone ones taken out lose it."""
    n = 1500
    bald, haired = np.zeros(n, dtype=np.int64), np.ones(n, dtype=np.int64)
    patches = patch_of(signals(BALD, HAIRED))
    number = np.arange(n)
    grafted = grow(patches, follicles(bald, haired, number), 3, MONTHS).hairs[0]
    at_home = grow(patches, follicles(haired, haired, number), 3, MONTHS).hairs[1]
    taken_out = grow(patches, follicles(haired, bald, number), 3, MONTHS).hairs[1]
    assert np.array_equal(grafted, at_home)
    assert taken_out[-1] < 0.2 * grafted[-1]


def test_grafts_and_lost_follicles_keep_to_their_months() -> None:
    n = 400
    who = follicles(np.zeros(n, dtype=np.int64))
    born = Follicles(**{**vars(who), "born": np.full(n, 100.0)})
    lost = Follicles(**{**vars(who), "lost": np.full(n, 100.0)})
    patches = patch_of(signals(HAIRED))
    at = np.array([50, 99, 100, 103, 140, 200.0])
    grown = grow(patches, born, 4, at).hairs[0]
    gone = grow(patches, lost, 4, at).hairs[0]
    assert grown[:3].tolist() == [0, 0, 0]
    assert grown[3] > 0.9 * n
    assert gone[1] > 0.8 * n
    assert gone[2:].tolist() == [0, 0, 0, 0]


def test_more_androgen_never_leaves_more_hair() -> None:
    n = 2000
    zeros = np.zeros(n, dtype=np.int64)
    left = [grow(patch_of(signals(level)), follicles(zeros), 6, MONTHS).hairs[0, -1] for level in
            (0.33, 0.5, 0.7, 1.0, 1.75)]  # fmt: skip
    assert left == sorted(left, reverse=True)
    assert left[0] > 0.85 * n


def test_a_portrait_shows_the_hairs_that_are_counted() -> None:
    n = 800
    automaton = Automaton(patch_of(signals(1.0)), follicles(np.zeros(n, dtype=np.int64)), 8, countable_only=False)
    at = (60, 240)
    counted = grow(automaton.patches, automaton.follicles, 8, np.array(at, dtype=float)).hairs[0]
    for portrait, hairs in zip(portraits(automaton, 0, at), counted, strict=True):
        thick = portrait.diameter_um >= central()["counted_diameter"]
        assert thick.sum() == hairs
        assert (portrait.length_mm > 0).all()
        assert ((portrait.place > 0) & (portrait.place < 1)).all()


def counts_after(*interventions: Intervention, n: int = 4000, at: tuple[float, ...]) -> dict[str, np.ndarray]:
    who = follicles(np.zeros(n, dtype=np.int64))
    counted = grow(patch_of(signals(HAIRED), interventions), who, 7, np.array(at))
    return {
        name: np.asarray(getattr(counted, name)[0])
        for name in ("hairs", "anagen", "empty", "length", "shed", "plucked")
    }


def test_a_shock_sheds_what_grew_and_all_comes_back() -> None:
    """Telogen effluvium: 60 in 100 growing hairs go into catagen at once, fall out together and grow again."""
    at = (99.9, 100.1, 101.0, 104.4, 140.0)
    shocked = counts_after(Intervention("shock", 100.0, share=0.6), at=at)
    spared = counts_after(at=at)
    assert shocked["hairs"][0] == spared["hairs"][0]
    spread = np.sqrt(spared["anagen"][1] * 0.6 * 0.4)
    assert abs(shocked["anagen"][1] - 0.4 * spared["anagen"][1]) < 4 * spread
    assert shocked["shed"][3] > 4 * spared["shed"][3]
    assert shocked["hairs"][3] < 0.8 * spared["hairs"][3]
    assert shocked["hairs"][4] > 0.97 * spared["hairs"][4]


def test_plucking_empties_a_share_of_follicles_for_a_while() -> None:
    at = (99.9, 100.0, 101.9, 104.5)
    plucked, spared = counts_after(Intervention("pluck", 100.0, 0.5, wait=2.0), at=at), counts_after(at=at)
    taken = plucked["plucked"][1] * 0.1  # a rate over the time since the record before
    assert abs(taken - spared["hairs"][1] / 2) < 4 * np.sqrt(spared["hairs"][1] / 4) + 60  # hairs not yet seen go too
    assert plucked["empty"][1] - spared["empty"][1] == pytest.approx(taken, rel=1e-9)
    assert plucked["hairs"][2] < 0.55 * spared["hairs"][2]
    assert plucked["hairs"][3] > 0.9 * spared["hairs"][3]


def test_a_release_sheds_resting_hair_alone_and_its_follicles_grow_again() -> None:
    """Every second hair in telogen falls at once, none that grows does; after the wait their follicles grow."""
    at = (99.9, 100.0, 100.4, 101.6, 103.0)
    released, spared = counts_after(Intervention("release", 100.0, 0.5, wait=0.5), at=at), counts_after(at=at)
    resting = spared["hairs"][1] - spared["anagen"][1]  # catagen with telogen, of which catagen is a sixth
    gone = spared["hairs"][1] - released["hairs"][1]
    assert released["anagen"][1] == spared["anagen"][1]
    telogen = central()["telogen_mean"] / (central()["telogen_mean"] + central()["catagen_length"])
    assert abs(gone - resting * telogen / 2) < 4 * np.sqrt(resting * telogen / 4)
    assert (released["shed"][1] - spared["shed"][1]) * 0.1 == pytest.approx(gone, abs=1)
    assert released["plucked"].sum() == 0
    assert released["empty"][1] > spared["empty"][1]
    assert released["hairs"][2] < spared["hairs"][2]  # half a month is not over
    assert released["hairs"][3] > spared["hairs"][3]  # all of them grow, where some of the others would have fallen


def test_shaving_resets_length_and_changes_no_cycle() -> None:
    at = (99.9, 100.0, 102.0, 112.0)
    shaved, spared = counts_after(Intervention("shave", 100.0), at=at), counts_after(at=at)
    assert np.array_equal(shaved["empty"], spared["empty"])
    assert np.array_equal(shaved["shed"], spared["shed"])
    assert shaved["hairs"][1] == 0
    # after a year what grows has 12 months of length, and resting hairs that were cut stay unseen until they are shed
    growth = (
        central()["growth_rate"] * (80 / central()["growth_reference_diameter"]) ** central()["growth_diameter_power"]
    )
    assert shaved["length"][3] <= 12 * growth * (1 + 1e-6)
    assert shaved["length"][3] > 10 * growth
    assert spared["hairs"][3] * 0.9 < shaved["hairs"][3] <= spared["hairs"][3]


def test_a_hair_must_be_long_and_thick_enough_to_be_counted() -> None:
    """The youngest counted hair is as long as a hair must be; its length is its age times its growth."""
    automaton = Automaton(patch_of(signals(HAIRED)), follicles(np.zeros(2000, dtype=np.int64)), 3, countable_only=False)
    shortest = min(portrait.length_mm.min() for portrait in portraits(automaton, 0, (60, 240)))
    assert central()["visible_length"] <= shortest < 1.1 * central()["visible_length"]
