"""An oxygen file: every error at once, the patch it describes, and its answer."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from anagen.errors import AnagenError
from anagen.evidence.parameters import value
from anagen.oxygen.damage import Damage
from anagen.oxygen.network import NetworkError, write_network
from anagen.oxygen.patch import patch_of, solve_patch
from anagen.oxygen.scene import Scene, patch_of_scene
from anagen.oxygen.scene_answer import Answer, answer, build, numbers
from anagen.oxygen.scene_network import network_of_file
from anagen.oxygen.scene_reading import SceneError, load_scene, parse_options, parse_scene
from anagen.oxygen.scene_size import TooLarge, check_fits, estimate, free_memory
from anagen.oxygen.scene_slices import level, upright

EXAMPLES = Path(__file__).parents[2] / "examples" / "oxygen"
SMALL = 'width = "640 um"\nbulbs = 1\nspacing = "80 um"\n'


def read(text: str) -> Scene:
    return parse_scene(text, "f.toml", Path())


def said(text: str) -> list[str]:
    with pytest.raises(SceneError) as caught:
        read(text)
    return str(caught.value).splitlines()


@pytest.fixture(scope="module")
def found() -> Answer:
    return answer(build(read(SMALL + 'flow = "13.7 mL/100g/min"\ncapillary_loss = 0.8')))


# reading


def test_an_empty_file_is_health() -> None:
    scene = read("")
    assert scene.flow == value("flow_at_rest")
    assert scene.perfusion == pytest.approx(35.7 * 1.05 / 6000)
    assert scene.damage == Damage()
    assert scene.anatomy.width == value("patch_width")


def test_every_key_arrives() -> None:
    scene = read(
        'title = "a"\nflow = "13.7 mL/100 g/min"\nnutritive_share = 0.5\ncapillary_loss = 0.4\n'
        'where = "around the follicle"\nkeep_flow = true\nnarrowing = 0.3\ncapillary_narrowing = 0.1\n'
        'wall_resistance = "40 mmHg s/um2"\nfibrosis = 0.5\nfollicle_fibrosis = 0.6\nbulb_uptake = "4e-4 1/s"\n'
        'capillary_density = "20 mm/mm3"\nbasket_capillaries = 8\nseed = 7\nspacing = "0.08 mm"\nwidth = "640 um"\n'
        'depth = "5.12 mm"\nbulbs = 1\nthreads = 2\n'
    )
    assert scene.damage == Damage(0.4, "follicle", 0.9, 0.7, 0.0, 40.0, 0.5, 0.6, True)
    assert (scene.flow, scene.nutritive_share, scene.bulb_uptake, scene.basket_capillaries) == (13.7, 0.5, 4e-4, 8)
    assert scene.capillary_density == pytest.approx(2e-5)
    assert (scene.seed, scene.spacing, scene.width, scene.depth, scene.bulbs) == (7, 80, 640, 5120, 1)
    assert (scene.threads, scene.title) == (2, "a")
    assert patch_of_scene(scene).demands.bulb == 4e-4


@pytest.mark.parametrize("written", ["2e-4 1/s", "2e-4 /s", "2e-4 per s", "1.2 mL/100 mL/min", "1.2 mL/dL/min"])
def test_an_uptake_may_be_written_in_several_ways(written: str) -> None:
    assert read(f'bulb_uptake = "{written}"').bulb_uptake == pytest.approx(2e-4)


def test_an_uptake_of_a_mass_of_tissue() -> None:
    assert read('bulb_uptake = "1.2 mL/100g/min"').bulb_uptake == pytest.approx(1.2 * 1.05 / 6000)


def test_every_error_is_said_at_once() -> None:
    lines = said(
        'flow = "13.7"\ncapilary_loss = 0.5\nnarrowing = 1.5\nwhere = "everywhere"\ncapillary_density = "0 mm/mm3"'
    )
    assert [line.split(":")[1].split("=")[0].strip() for line in lines] == [
        "flow", "capilary_loss", "narrowing", "capillary_density", "where",
    ]  # fmt: skip
    assert lines[1] == 'f.toml: capilary_loss = 0.5: unknown key; did you mean "capillary_loss"?'


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("capillary_loss = -0.1", "capillary_loss = -0.1: it must be from 0 to 1"),
        ("capillary_loss = nan", "it must be from 0 to 1"),
        ('capillary_loss = "70 %"', "it must be a plain number from 0 to 1"),
        ('capillary_density = "-25 mm/mm3"', "it must be from 0.1 to 1000 mm/mm3"),
        ("basket_capillaries = 0", "it must be an even number from 2 to 100"),
        ("basket_capillaries = 5", "capillaries stand in pairs; write 4 or 6"),
        ('flow = "0 mL/100g/min"', "it must be from 0.01 to 1000 mL/100g/min"),
        ('flow = "13 mmHg"', "a flow is a volume of blood in tissue and time"),
        ('flow = "13 quarks"', "its unit is not known"),
        ("flow = 13", "write it as text with a unit"),
        ('wall_thickness = "1 um"\nwall_resistance = "1 mmHg s/um2"', "not both"),
        ("network = 3", "it must be the name of a text file"),
        ('width = "1010 um"', 'width = "1000 um" and depth = "5120 um" would do'),
        ('spacing = "30 um"', "it must be a whole number of cells of 30 um"),
        ('width = "640 um"', "bulbs = 2: each needs 290 um of width"),
        ('depth = "3 mm"', "it must reach below the bulbs and the deep plexus"),
        ('where = "everywhere"', "write capillary_loss too"),
        ("flow = [", "this is not valid TOML"),
        ("a." * 200 + "b = 1", "more than 100 dots"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(text: str, says: str) -> None:
    if says.startswith("bulbs"):
        text += "\nbulbs = 3"
        says = says.replace("bulbs = 2", "bulbs = 3")
    lines = said(text)
    assert len(lines) == 1, lines
    assert says in lines[0]
    assert lines[0].startswith("f.toml: ")


def test_keys_sizes_and_network_are_looked_at_together() -> None:
    lines = said('network = "n.txt"\nseed = 1\nflow = "3"\nwidth = "1010 um"')
    assert [line.split(" = ")[0] for line in lines[:3]] == ["f.toml: flow", "f.toml: seed", "f.toml: width"]
    assert lines[3:] == ["n.txt: there is no such file"]
    lines = said('spacing = "3"\nwidth = "1010 um"')
    assert len(lines) == 1, "whether a width suits cells of unknown size is not known"


def test_a_width_that_would_do_has_room_for_the_bulbs() -> None:
    bulbs, width = said('bulbs = 50\nwidth = "1300 um"')
    wanted = width.split("; ")[-1].split(" and ")[0]
    assert bulbs.endswith(f"or {wanted}"), (bulbs, width)
    assert read(f"bulbs = 50\n{wanted}").bulbs == 50


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"flow": -3}, "flow = -3: give a number above 0"),
        ({"bulbs": 0}, "bulbs = 0: give a whole number of 1 or more"),
        (
            {"width": np.inf, "nutritive_share": 0},
            "width = inf: give a number above 0\nnutritive_share = 0: give a share",
        ),
        ({"bulb_uptake": np.nan}, "bulb_uptake = nan: give 0 or more"),
        ({"capillary_density": -1}, "capillary_density = -1: give 0 or more"),
    ],
)
def test_a_scene_made_in_python_is_checked_too(given: dict[str, float], told: str) -> None:
    with pytest.raises(AnagenError) as caught:
        Scene(**given)
    assert str(caught.value).startswith(told)


def test_what_would_do_does() -> None:
    for width, spacing in ((1010, 40), (1280, 30), (710, 20), (3010, 25)):
        line = said(f'width = "{width} um"\nspacing = "{spacing} um"')[0]
        mended = [part.split(" would")[0] for part in line.split("; ")[-1].split(" and ")]
        assert read("\n".join([*mended, f'spacing = "{spacing} um"'])).spacing == spacing


@pytest.mark.parametrize("name", sorted(path.name for path in EXAMPLES.glob("*.toml")))
def test_every_example_can_be_built(name: str) -> None:
    assert build(load_scene(EXAMPLES / name)).vessels.count > 0


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(SceneError, match="there is no such file"):
        load_scene(tmp_path / "none.toml")


def test_options_have_their_own_names() -> None:
    with pytest.raises(SceneError, match='command line: --uptake = "3": a unit is missing'):
        parse_options({"bulb_uptake": "3"}, {"bulb_uptake": "--uptake"})


# a grid that cannot be


def test_cells_too_fine_for_a_vessel_are_refused_with_what_would_do() -> None:
    with pytest.raises(SceneError) as caught:
        build(read('spacing = "5 um"\nwidth = "640 um"\nbulbs = 1'))
    assert 'f.toml: spacing = "5 um": cells of 5 um are too fine for a vessel' in str(caught.value)
    assert str(caught.value).endswith('spacing = "10 um" would do')


def test_a_grid_that_does_not_fit_is_refused_with_what_would() -> None:
    scene = read('spacing = "10 um"\nwidth = "5120 um"')
    with pytest.raises(TooLarge) as caught:
        check_fits(scene, 4e9)
    assert 'spacing = "10 um": 134,217,728 cells' in str(caught.value)
    assert str(caught.value).endswith('spacing = "20 um" would fit')
    fitting = read('spacing = "20 um"\nwidth = "5120 um"')
    assert check_fits(fitting, 4e9).memory < 4e9
    assert check_fits(scene, None).cells == 134_217_728, "where memory is not known, nothing is refused"
    coarse = 'spacing = "80 um"\nwidth = "{} um"\ndepth = "10240 um"'
    with pytest.raises(TooLarge, match="a patch up to 1908 um wide would fit"):
        check_fits(read(coarse.format(5120)), 2.6e8)
    check_fits(read(coarse.format(1840)), 2.6e8)


def test_an_estimate_grows_with_the_cells() -> None:
    coarse, fine = estimate(read("")), estimate(read('spacing = "20 um"'))
    assert fine.cells == 8 * coarse.cells == 1_048_576
    assert fine.memory > coarse.memory
    assert fine.seconds > coarse.seconds
    free = free_memory()
    assert free is None or free > 0


# a network of one's own


def test_a_network_file_gives_what_its_network_gives(tmp_path: Path, found: Answer) -> None:
    write_network(found.built.patch.network, tmp_path / "own.txt")
    (tmp_path / "own.toml").write_text(
        SMALL + 'network = "own.txt"\nflow = "13.7 mL/100g/min"\ncapillary_loss = 0.8', encoding="utf-8"
    )
    again = answer(build(load_scene(tmp_path / "own.toml")))
    assert np.array_equal(again.outcome.field.po2, found.outcome.field.po2)


def test_a_network_of_a_wide_patch_stands_around_its_own_bulbs(tmp_path: Path) -> None:
    """Where the bulbs stand comes with the file, to the bit; without it nothing would say where."""
    wide = 'width = "1920 um"\nbulbs = 3\nspacing = "80 um"\n'
    drawn = answer(build(read(wide + "seed = 7")))
    write_network(drawn.built.patch.network, tmp_path / "wide.txt")
    again = answer(build(parse_scene(wide + 'network = "wide.txt"', "f.toml", tmp_path)))
    assert np.array_equal(again.outcome.bulb_means, drawn.outcome.bulb_means)
    text = (tmp_path / "wide.txt").read_text(encoding="utf-8")
    without = "\n".join(line for line in text.splitlines() if not line.startswith("bulb"))
    (tmp_path / "without.txt").write_text(without, encoding="utf-8")
    with pytest.raises(NetworkError, match='nothing says where they stand in a patch 1920 um wide; add a line "bulb X'):
        build(parse_scene(wide + 'network = "without.txt"', "f.toml", tmp_path))
    with pytest.raises(NetworkError, match=r"the file names 3 .* the patch has 2; write bulbs = 3"):
        build(parse_scene(wide.replace("3", "2", 1) + 'network = "wide.txt"', "f.toml", tmp_path))


def test_bulbs_stand_where_a_file_says(tmp_path: Path) -> None:
    text = "bulb 200 450\nnode 100 100 3000 inlet 0\nnode 500 500 3900 outlet 0\npiece 0 1 4 dermal 0 0.5\n"
    (tmp_path / "own.txt").write_text(text, encoding="utf-8")
    built = build(parse_scene(SMALL + 'network = "own.txt"', "f.toml", tmp_path))
    assert built.patch.anatomy.centers.tolist() == [[200.0, 450.0, value("bulb_depth")]]
    (tmp_path / "own.txt").write_text(text.replace("bulb 200", "bulb 900"), encoding="utf-8")
    with pytest.raises(NetworkError, match="bulb 0 = 900 450: it lies outside the patch"):
        build(parse_scene(SMALL + 'network = "own.txt"', "f.toml", tmp_path))


def test_cells_as_coarse_as_a_bulb_are_refused() -> None:
    assert "too coarse for a bulb 250 um wide" in said('spacing = "160 um"')[0]
    with pytest.raises(AnagenError, match=r"use cells of 83\.33 um or less"):
        solve_patch(patch_of(1), 0.003, spacing=128.0)


@pytest.mark.parametrize("side", [10, 16, 20, 32, 40, 64, 80])
def test_every_usual_spacing_can_be_used_in_health(side: int) -> None:
    assert build(read(f'width = "640 um"\nbulbs = 1\nspacing = "{side} um"')).vessels.count > 0


NODES = "node 10 10 10 inlet 0\nnode 500 500 900 outlet 0\n"
PIECE = "piece 0 1 4 dermal 0 0.5\n"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("node 10 10 -5 inlet 0\nnode 900 10 10 outlet 0\n" + PIECE, "node 0 = 10 10 -5: it lies outside the patch"),
        (NODES, "there is no piece in it"),
        (NODES.replace("outlet", "inner") + PIECE, "no node is an outlet"),
        (NODES + PIECE + "piece 0 0 4 dermal 1 0.5\n", "piece 1 = 0 0: its two nodes"),
        (NODES.replace("outlet 0", "outlet 1") + PIECE, "piece 0 = 0 1: its two nodes belong to different units"),
        (NODES.replace(" 0\n", " 99999999\n") + PIECE, "number them anew"),
        (NODES.replace("inlet 0", f"inlet {10**400}") + PIECE, "is too large a number"),
        (NODES + "piece 0 1 -4 dermal 0 0.5\n", "line 3"),
        ("", "there is no piece in it"),
        (NODES + PIECE.replace("0.5", "-0.5"), "a rank is the share of loss"),
        (NODES + PIECE.replace(" 4 ", " 1e300 "), "a radius is from 0.1 to 1000 um"),
        ("nod 1 2 3\n" + NODES + PIECE, "line 1 = nod 1 2 3"),
    ],
)
def test_a_network_that_cannot_be_used_is_refused(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "own.txt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(NetworkError) as caught:
        network_of_file(path, read(SMALL).anatomy)
    assert says in str(caught.value)
    assert str(caught.value).startswith(str(path))


def test_a_network_file_that_cannot_be_read(tmp_path: Path) -> None:
    anatomy = read(SMALL).anatomy
    (tmp_path / "bytes.txt").write_bytes(b"\xff\xfe\x00")
    for path, says in (
        (tmp_path / "none.txt", "there is no such file"),
        (tmp_path, "this is a folder"),
        (tmp_path / "bytes.txt", "is not UTF-8 text"),
        (tmp_path / ("x" * 300), "cannot be read"),
    ):
        with pytest.raises(NetworkError, match=says):
            network_of_file(path, anatomy)


def test_lines_places_and_pieces_are_all_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "own.txt"
    path.write_text(NODES + "node 1 1 -5 inner 0\nnode x 1 1 inner 0\n" + PIECE + "piece 0 9 4 dermal 1 0.5\n")
    with pytest.raises(NetworkError) as caught:
        network_of_file(path, read(SMALL).anatomy)
    lines = str(caught.value).splitlines()
    assert [line.split(": ")[1].split(" = ")[0] for line in lines] == ["line 4", "piece 1", "node 2"]


def test_lines_that_cannot_be_read_are_counted_and_a_mark_of_utf8_is_none(tmp_path: Path) -> None:
    path = tmp_path / "own.txt"
    path.write_text("nonsense\n" * 1000)
    with pytest.raises(NetworkError, match="and 980 more like these"):
        network_of_file(path, read(SMALL).anatomy)
    path.write_text(NODES + PIECE, encoding="utf-8-sig")
    assert network_of_file(path, read(SMALL).anatomy).radius.tolist() == [4.0]


def test_many_problems_are_counted_not_listed(tmp_path: Path) -> None:
    path = tmp_path / "own.txt"
    path.write_text("node -1 0 0 inlet 0\n" * 50 + NODES + "piece 50 51 4 dermal 0 0.5\n", encoding="utf-8")
    with pytest.raises(NetworkError) as caught:
        network_of_file(path, read(SMALL).anatomy)
    lines = str(caught.value).splitlines()
    assert len(lines) == 21
    assert lines[-1].endswith("and 30 more like these")


def test_a_network_without_a_way_through_names_its_file(tmp_path: Path) -> None:
    path = tmp_path / "own.txt"
    path.write_text(NODES + "node 9 9 9 inner 0\npiece 0 2 4 dermal 0 0.5\n", encoding="utf-8")
    with pytest.raises(AnagenError, match=r"own\.txt: no blood can pass this network"):
        build(parse_scene(SMALL + f'network = "{path}"', "f.toml", tmp_path))


# the answer


def test_the_answer_is_the_solvers(found: Answer) -> None:
    scene = found.built.scene
    direct = solve_patch(
        patch_of(1, scene.anatomy), scene.perfusion, Damage(loss=0.8), scene.nutritive_share, scene.spacing
    )
    assert np.array_equal(direct.field.po2, found.outcome.field.po2)
    shown = numbers(found)
    assert shown["bulb_mean"][0] == direct.bulb_mean
    assert found.bulb_po2.mean() == pytest.approx(direct.bulb_mean)
    assert shown["perfusion"][0] == pytest.approx(direct.perfusion * 6000 / 1.05)


def test_extraction_and_surface_close_the_balance(found: Answer) -> None:
    """What blood gives and what comes through the surface is what is burned: extraction from the balance by hand."""
    balance, vessels, blood = found.outcome.field.balance, found.built.vessels, found.built.patch.blood
    brought = float((vessels.flow * vessels.outside_share).sum()) * blood.content(value("inlet_po2"))
    assert found.extraction == pytest.approx(balance.from_blood / brought)
    assert 0 < found.extraction < 0.5
    given = found.extraction * brought / balance.burned
    assert given + found.surface_share == pytest.approx(1, abs=1e-6)


def test_cuts_hold_the_cells_and_the_vessels_that_lie_there(found: Answer) -> None:
    po2, grid = found.outcome.field.po2, found.built.grid
    cut, flat = upright(found), level(found)
    assert cut.po2.shape == (grid.shape[2], grid.shape[0])
    assert cut.po2 == pytest.approx(po2[:, 3:5].mean(axis=1).T), "the middle lies on the face between cells 3 and 4"
    assert flat.po2 == pytest.approx(po2[:, :, 43].T), "3500 um lie within the 44th layer of 80 um"
    for one, sizes in ((cut, (640, 5120)), (flat, (640, 640))):
        assert one.vessels.shape[1] == 5
        assert (one.vessels[:, [0, 2]] >= 0).all()
        assert (one.vessels[:, [0, 2]] <= sizes[0]).all()
        assert (one.vessels[:, [1, 3]] <= sizes[1]).all()
    inside = np.abs(found.built.vessels.begin[:, 1] - 320) <= 60
    inside &= np.abs(found.built.vessels.end[:, 1] - 320) <= 60
    assert len(cut.vessels) >= inside.sum() > 0
    assert cut.bulbs == ((320.0, 3500.0, 125.0),)
