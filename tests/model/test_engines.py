"""Two engines, one model: the same changes, number for number, whatever the threads, blocks and order."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anagen.follicle import grow as grow_module
from anagen.follicle.census import Census, Wanted
from anagen.follicle.clock import Clock
from anagen.follicle.elementary import exp32, log32, quantile_of
from anagen.follicle.grow import grow
from anagen.follicle.histories import histories
from anagen.follicle.laws import CycleLaws, Shapes
from anagen.follicle.patches import FollicleError, Follicles, Intervention, Patches
from anagen.follicle.shapes import exponential, lognormal

TIMES = np.array([0.0, 0.5, 3.0, 7.7, *range(10, 300, 5), 300.0])
DEEDS = (
    Intervention("shock", 80.0, 0.5),
    Intervention("pluck", 130.5, 0.7, 2.0, (0,)),
    Intervention("shave", 170.25),
    Intervention("shave", 220.0, patches=(1,)),
    Intervention("release", 240.5, np.array([0.4, 0.9]), np.array([0.5, 1.5])),
    Intervention("release", 241.0, 0.5, patches=(0,)),
)


def patches(drive: float = 0.8, deeds: tuple[Intervention, ...] = DEEDS, shapes: Shapes | None = None) -> Patches:
    """Two patches under a drive that rises for ten years and is halved at month 200."""
    month = np.arange(301.0)
    ramp = np.clip(month / 120, 0, 1) * np.where(month > 200, 0.5, 1.0)
    rise = drive * np.stack([ramp, ramp**2])
    flat = np.ones_like(rise)
    return Patches(
        Clock.from_speeds(flat, 0.55 * rise), flat, 0.56 * rise, 0.01 * flat, 0.12 * rise, 0.02 * rise,
        CycleLaws.central(2), Shapes.usual() if shapes is None else shapes, deeds,
    )  # fmt: skip


def people(n: int = 600) -> Follicles:
    """Follicles of two patches, some lost on the way, some moved from the one to the other."""
    rng = np.random.default_rng(4)
    who = Follicles.in_one_patch(n, np.exp(0.2 * rng.standard_normal(n)))
    patch = np.repeat([0, 1, 1], [n // 2, n // 3, n - n // 2 - n // 3])
    origin = np.where(np.arange(n) >= n // 2 + n // 3, 0, patch)
    born = np.where(origin != patch, 55.5, 0.0)
    lost = np.where(np.arange(n) % 7 == 3, 210.3, 1e9)
    return replace(who, patch=patch, origin=origin, region=origin + 1, born=born, lost=lost)


def same(one: Census, other: Census) -> bool:
    for field in fields(Census):
        first, second = getattr(one, field.name), getattr(other, field.name)
        if (first is None) != (second is None):
            return False
        if first is not None and not np.array_equal(first, second, equal_nan=True):
            return False
    return True


@pytest.mark.parametrize("countable_only", [True, False])
@pytest.mark.parametrize("deeds", [(), DEEDS])
@pytest.mark.parametrize(
    "wanted", [Wanted(), Wanted(sums=False, phases=False), Wanted(edges=np.arange(15.0, 100.0, 5.0))]
)
def test_both_engines_count_the_same(countable_only: bool, deeds: tuple[Intervention, ...], wanted: Wanted) -> None:
    given = (patches(deeds=deeds), people(), 11, TIMES, wanted, countable_only)
    assert same(grow(*given, engine="numpy"), grow(*given, engine="numba"))


def test_both_engines_count_the_same_under_other_laws() -> None:
    shapes = Shapes(exponential(), lognormal(), exponential(), lognormal())
    given = (patches(shapes=shapes), people(), 2**63 + 5, TIMES)
    assert same(grow(*given, engine="numpy"), grow(*given, engine="numba"))


@settings(max_examples=25, deadline=None)
@given(
    drive=st.floats(0, 6), seed=st.integers(0, 2**64 - 1),
    months=st.lists(st.floats(0, 300), min_size=1, max_size=9, unique=True),
    n=st.integers(3, 300), share=st.floats(0, 1), when=st.floats(0.01, 300),
)  # fmt: skip
def test_both_engines_count_the_same_whatever_is_asked(
    drive: float, seed: int, months: list[float], n: int, share: float, when: float
) -> None:
    deeds = (
        Intervention("pluck", when, share, 1.0),
        Intervention("shock", when / 2 + 0.01, share),
        Intervention("release", when / 2 + 2.5, share, 0.7),
        Intervention("release", when, share),
    )
    given = (patches(drive, deeds), people(n), seed, np.sort(np.array(months)))
    assert same(grow(*given, engine="numpy"), grow(*given, engine="numba"))


@pytest.mark.parametrize("engine", ["numpy", "numba"])
def test_threads_blocks_and_order_change_nothing(engine: str, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = grow(patches(), people(), 3, TIMES, engine=engine, threads=1)
    monkeypatch.setattr(grow_module, "BLOCK", 57)
    assert same(whole, grow(patches(), people(), 3, TIMES, engine=engine, threads=1))
    assert same(whole, grow(patches(), people(), 3, TIMES, engine=engine, threads=3))
    order = np.random.default_rng(0).permutation(600)
    shuffled = Follicles(**{name: array[order] for name, array in vars(people()).items()})
    assert same(whole, grow(patches(), shuffled, 3, TIMES, engine=engine, threads=2))
    stream = (people().part(begin, begin + 100) for begin in range(0, 600, 100))
    assert same(whole, grow(patches(), stream, 3, TIMES, engine=engine))


def test_without_numba_the_numpy_engine_serves_and_says_so_once() -> None:
    """In a process where numba cannot be found."""
    script = (
        "import importlib.util as u; real = u.find_spec\n"
        "u.find_spec = lambda name, *rest: None if name == 'numba' else real(name, *rest)\n"
        "import numpy as np\n"
        "from anagen.follicle.clock import Clock; from anagen.follicle.grow import grow\n"
        "from anagen.follicle.laws import CycleLaws; from anagen.follicle.patches import Follicles, Patches\n"
        "f = np.ones((1, 61)); o = 0 * f\n"
        "p = Patches(Clock.from_speeds(f, o), f, o, o, o, o, CycleLaws.central(1))\n"
        "for _ in range(2): print(grow(p, Follicles.in_one_patch(500), 1, np.array([60.0])).hairs[0, 0])\n"
        "import sys; assert 'numba' not in sys.modules\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stderr.count("numba is not installed") == 1
    first, second = done.stdout.split()
    assert first == second
    assert 450 < int(first) < 500


@pytest.mark.parametrize("engine", ["numpy", "numba"])
def test_plucked_hair_may_grow_again_at_once(engine: str) -> None:
    """Without a wait the new anagen begins in the very moment of the plucking, and is not plucked by it again."""
    who, times = Follicles.in_one_patch(2000), np.array([99.0, 100.0, 103.0])
    scalp = patches(0.0, (Intervention("pluck", 100.0),))
    counted = grow(scalp, who, 1, times, countable_only=False, engine=engine)
    assert counted.hairs[0, 0] > 1800
    assert counted.in_anagen is not None
    assert counted.in_anagen[0, 1] == 2000 - counted.empty[0, 1]
    assert counted.hairs[0, 2] > 1900


@pytest.mark.parametrize("engine", ["numpy", "numba"])
@pytest.mark.parametrize("counted_diameter", [5.0, 15.0])
def test_where_every_hair_is_thick_enough_no_follicle_is_left(engine: str, counted_diameter: float) -> None:
    laws = replace(CycleLaws.central(2), counted_diameter=np.full(2, counted_diameter))
    scalp = replace(patches(0.0, ()), laws=laws)
    given = (scalp, people(), 1, TIMES, Wanted(phases=False))
    followed = grow(*given, countable_only=True, engine=engine)
    assert same(followed, grow(*given, countable_only=False, engine=engine))


# --- arithmetic ---


@given(st.lists(st.floats(-79, 79, width=32), min_size=1, max_size=50))
def test_the_exponential_is_right_to_single_precision(xs: list[float]) -> None:
    x = np.array(xs, dtype=np.float32)
    assert np.allclose(exp32(x).astype(float), np.exp(x.astype(float)), rtol=2.5e-7, atol=0)


@given(st.lists(st.floats(2.0**-126, 2.0**127, width=32), min_size=1, max_size=50))
def test_the_logarithm_is_right_to_single_precision(xs: list[float]) -> None:
    x = np.array(xs, dtype=np.float32)
    assert np.allclose(log32(x).astype(float), np.log(x.astype(float)), rtol=2.5e-7, atol=2.5e-7)


def test_the_normal_quantile_is_right_from_tail_to_tail() -> None:
    from scipy.special import ndtri

    words = np.array([0, 1, 5, 1000, 2**20, 2**31 - 1, 2**31, 2**31 + 12345, 2**32 - 1000, 2**32 - 1], dtype=np.uint32)
    words = np.concatenate([words, np.random.default_rng(1).integers(0, 2**32, 100_000, dtype=np.uint32)])
    exact = ndtri((words.astype(float) + 0.5) / 2**32)
    assert np.abs(quantile_of(words, lognormal().table) - exact).max() < 5e-5


# --- what no engine is given ---

FLAT = np.ones((2, 301))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"stretch": -FLAT}, "stretch: -1 is not a positive speed"),
        ({"stretch": 1e-300 * FLAT}, "is not a positive speed"),
        ({"loss": np.nan * FLAT}, "loss: holds something that is not a finite number"),
        ({"drop": np.ones((2, 9))}, "its shape (2, 301) is not that of the other arrays, (2, 9)"),
        ({"stretch_sensitive": -9 * FLAT}, "would have a speed of 0 or below"),
        (
            {"laws": replace(CycleLaws.central(2), telogen_mean=np.array([3.0, 0.0]))},
            "laws.telogen_mean: 0 must be more",
        ),
        ({"laws": replace(CycleLaws.central(2), anagen_spread=np.array([0.4, -1]))}, "laws.anagen_spread: -1 must not"),
        ({"laws": CycleLaws.central(3)}, "is not one value for each of 2 patches"),
        ({"interventions": (Intervention("shave", 999.0),)}, "within 300 months"),
        ({"interventions": (Intervention("pluck", 9.0, 1.5),)}, "a share of 1.5 is outside 0 to 1"),
        ({"interventions": (Intervention("pluck", 9.0, patches=(7,)),)}, "there is no patch 7"),
        (
            {"interventions": (Intervention("release", 9.0, np.array([0.5, 0.5, 0.5])),)},
            "3 shares are not one for each",
        ),
        (
            {"interventions": (Intervention("release", 9.0, np.array([0.5, np.nan])),)},
            "a share of nan is outside 0 to 1",
        ),
        (
            {"interventions": (Intervention("release", 9.0, 1.0, np.array([0.5, -1])),)},
            "a wait of -1 months is outside",
        ),
        ({"interventions": (Intervention("burn", 9.0),)}, "the kind must be shock, pluck, shave or release"),
    ],
)
@pytest.mark.parametrize("engine", ["numpy", "numba"])
def test_what_cannot_be_simulated_is_refused_in_a_sentence(engine: str, change: dict[str, object], says: str) -> None:
    with pytest.raises(FollicleError) as caught:
        grow(replace(patches(), **change), people(), 1, TIMES, engine=engine)
    assert says in str(caught.value)


@pytest.mark.parametrize(
    ("times", "says"),
    [
        ([], "there are none"), ([5.0, 4.0], "they must rise"), ([5.0, 5.0], "they must rise"),
        ([float("nan")], "they must rise"), ([-1.0], "within 0 to 300"), ([301.0], "within 0 to 300"),
    ],
)  # fmt: skip
def test_times_that_cannot_be_counted_at_are_refused(times: list[float], says: str) -> None:
    with pytest.raises(FollicleError, match=says):
        grow(patches(), people(), 1, np.array(times))


def test_follicles_that_cannot_be_drawn_are_refused_with_every_reason() -> None:
    bad = replace(
        people(), number=people().number - 5, person=people().person + 2**32, sensitivity=-people().sensitivity
    )
    with pytest.raises(FollicleError) as caught:
        grow(patches(), bad, 1, TIMES)
    assert len(str(caught.value).splitlines()) == 2
    with pytest.raises(FollicleError, match="there are none"):
        grow(patches(), people().part(0, 0), 1, TIMES)
    with pytest.raises(FollicleError, match="there are none"):
        grow(patches(), iter(()), 1, TIMES)
    for never in (np.inf, 1e300):
        with pytest.raises(FollicleError, match="leave such follicles out"):
            grow(patches(), replace(people(), born=np.full(600, never)), 1, TIMES)
    with pytest.raises(FollicleError, match="seed"):
        grow(patches(), people(), -1, TIMES)
    with pytest.raises(FollicleError, match="choose auto, cuda, numba or numpy"):
        grow(patches(), people(), 1, TIMES, engine="fast")


# --- histories ---


def test_histories_hold_what_is_counted() -> None:
    """Counted again from the table of events: the same phases at every time, and each cycle begins where one ended."""
    told = histories(patches(), people(), 11)
    counted = grow(patches(), people(), 11, TIMES, countable_only=False)
    patch, lost = people().patch[told.follicle], people().lost[told.follicle]
    for place, time in enumerate(TIMES):
        for name, begin, end in (
            ("in_anagen", told.start, told.anagen_end),
            ("in_catagen", told.anagen_end, told.catagen_end),
            ("in_telogen", told.catagen_end, told.telogen_end),
            ("empty", told.telogen_end, told.end),
        ):
            here = (begin <= time) & (time < end) & (time < lost)
            assert np.bincount(patch[here], minlength=2).tolist() == getattr(counted, name)[:, place].tolist()
    same_follicle = told.follicle[1:] == told.follicle[:-1]
    assert np.array_equal(told.start[1:][same_follicle], told.end[:-1][same_follicle])
    assert (told.size > 0).all()
    assert told.plucked.any()


def test_too_many_histories_are_refused() -> None:
    who = Follicles.in_one_patch(1_000_001)
    with pytest.raises(FollicleError, match="at most 1000000"):
        histories(patches(), who, 1)
