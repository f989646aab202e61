"""Where bulbs stand: in a row in the usual block, in follicular units over the plane of a wide one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from anagen.evidence.parameters import value
from anagen.oxygen.anatomy import Anatomy
from anagen.oxygen.bulb_places import most_bulbs, over_plane, usual_bulbs
from anagen.oxygen.grid import Floats
from anagen.oxygen.scene import Scene
from anagen.oxygen.scene_reading import SceneError, parse_scene

USUAL = Anatomy.of_records()
SQUARE_CM = 10_240.0


def nearest(places: Floats) -> Floats:
    """From each place to the next."""
    apart = np.linalg.norm(places[:, None] - places[None], axis=2)
    np.fill_diagonal(apart, np.inf)
    return apart.min(axis=1)


def test_the_usual_block_has_its_bulbs_in_a_row() -> None:
    assert USUAL.centers.tolist() == [[320.0, 640.0, 3500.0], [960.0, 640.0, 3500.0]]
    assert replace(USUAL, seed=5).centers.tolist() == USUAL.centers.tolist()


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize(("width", "bulbs"), [(SQUARE_CM, 128), (5120.0, 32), (1920.0, 4), (1920.0, 36), (1300.0, 1)])
def test_bulbs_of_a_wide_block_never_meet_and_stay_inside(width: float, bulbs: int, seed: int) -> None:
    places = over_plane(width, bulbs, USUAL.room, seed)
    assert places.shape == (bulbs, 2)
    assert places.min() >= USUAL.room / 2 - 1e-9
    assert places.max() <= width - USUAL.room / 2 + 1e-9
    if bulbs > 1:
        assert nearest(places).min() >= USUAL.room - 1e-9


def test_a_square_centimeter_has_its_units() -> None:
    """Bulbs of one unit touch, and units as many as published stand apart; all over the plane."""
    anatomy = replace(USUAL, width=SQUARE_CM, bulbs=usual_bulbs(SQUARE_CM), seed=3)
    places = anatomy.centers[:, :2]
    assert len(places) == 128
    paired = np.isclose(nearest(places), USUAL.room).sum()
    assert len(places) - paired / 2 == round(value("follicular_unit_density") * SQUARE_CM**2) == 84
    quarters, _, _ = np.histogram2d(*places.T, bins=2, range=[[0, SQUARE_CM]] * 2)
    assert quarters.min() > 20
    assert np.unique(places[:, 1].round()).size > 80, "no rows"


def test_a_seed_gives_one_layout_and_another_seed_another() -> None:
    layouts = [Scene(width=5120.0, bulbs=32, seed=seed).anatomy.centers for seed in (1, 1, 2)]
    assert np.array_equal(layouts[0], layouts[1])
    assert not np.array_equal(layouts[0], layouts[2])


def test_a_file_without_a_number_of_bulbs_has_the_usual_density(tmp_path: object) -> None:
    assert [parse_scene(f'width = "{width} um"', "f.toml", None).bulbs for width in (640, 1280, 2560, 10240)] == [
        1, 2, 8, 128,
    ]  # fmt: skip


def test_more_bulbs_than_there_is_room_for_are_refused() -> None:
    assert most_bulbs(1280.0, 290.0) == 4
    assert most_bulbs(1920.0, 290.0) == 36
    with pytest.raises(SceneError, match="bulbs = 37: each needs 290 um of width; write at most 36"):
        parse_scene('width = "1920 um"\nbulbs = 37', "f.toml", None)
