"""`anagen oxygen`: what it prints, writes and refuses."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner

from anagen.cli import app
from anagen.commands.oxygen_report import FILES
from anagen.commands.oxygen_threshold import scenes_of
from anagen.evidence.parameters import value
from anagen.evidence.thresholds import FIELD, RECORDS, fingerprint, shipped_thresholds
from anagen.show.oxygen_bulb import histogram_svg, shares
from anagen.show.oxygen_contour import contour
from anagen.show.oxygen_scale import BANDS, STEP, band_of, colors
from anagen.show.oxygen_slice import SliceView, slice_svg
from anagen.show.oxygen_thresholds import amount, thresholds_markdown

ROOT = Path(__file__).parents[1]
SMALL = 'width = "640 um"\nbulbs = 1\nspacing = "80 um"\nflow = "13.7 mL/100g/min"\n'


def anagen(*words: str) -> Any:
    return CliRunner().invoke(app, list(words))


def refused(*words: str) -> str:
    done = anagen(*words)
    assert done.exit_code == 2, done.output
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert isinstance(done.exception, SystemExit)
    return done.stderr


@pytest.fixture
def lossy(tmp_path: Path) -> str:
    path = tmp_path / "lossy.toml"
    path.write_text(SMALL + 'title = "[bold]a <b>"\ncapillary_loss = 0.85\n', encoding="utf-8")
    return str(path)


# one patch


def test_a_patch_is_answered_in_words_and_drawn(tmp_path: Path, lossy: str) -> None:
    out = tmp_path / "drawn"
    done = anagen("oxygen", lossy, "--out", str(out))
    assert (done.exit_code, done.stderr) == (0, "")
    words = " ".join(done.stdout.split())
    for part in ("[bold]a <b>", "85 % of the capillaries in all tissue lost", "of their tissue is below 10 mmHg",
                 "It assumes:", "no scalp has been measured so", "not medical advice"):  # fmt: skip
        assert part in words
    assert sorted(os.listdir(out)) == sorted(FILES)
    for name in ("upright.svg", "level.svg", "bulb.svg"):
        drawn = ElementTree.fromstring((out / name).read_text(encoding="utf-8"))
        assert drawn.tag.endswith("svg")
        assert "of their tissue is below 10 mmHg" in drawn.attrib["aria-label"]
    table = (out / "table.csv").read_text(encoding="utf-8").splitlines()
    assert table[0] == "name,value,unit,says"
    assert table[1].startswith("bulb_mean,")


def test_json_writes_nothing_and_says_the_same(tmp_path: Path, lossy: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = anagen("oxygen", "--json", lossy)
    assert (done.exit_code, done.stderr) == (0, "")
    assert os.listdir(tmp_path) == ["lossy.toml"]
    found = json.loads(done.stdout)
    assert {"scene", "numbers", "bulbs", "assumes", "solved", "provenance"} == set(found)
    assert (found["scene"]["capillary_loss"], found["scene"]["seed"]) == (0.85, 1)
    assert [(one["x_um"], one["y_um"]) for one in found["bulbs"]] == [(320, 320)]
    numbers = {name: one["value"] for name, one in found["numbers"].items()}
    assert numbers["bulb_min"] < numbers["bulb_mean"] < value("inlet_po2")
    assert abs(numbers["balance_error"]) < 1e-6
    assert anagen("oxygen", "solve", lossy, "--json", "--threads", "2").stdout == done.stdout


def test_the_folder_is_oxygen_if_nothing_is_said(tmp_path: Path, lossy: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert anagen("oxygen", lossy).exit_code == 0
    assert sorted(os.listdir(tmp_path / "oxygen")) == sorted(FILES)


def test_a_bad_file_is_refused_with_every_error(tmp_path: Path) -> None:
    path = tmp_path / "bad.toml"
    path.write_text('flow = "13.7"\nlos = 3\ncapillary_loss = 2\n', encoding="utf-8")
    lines = refused("oxygen", str(path)).splitlines()
    assert len(lines) == 3
    assert all(line.startswith(f"{path}: ") for line in lines)
    assert refused("oxygen", str(tmp_path / "none.toml")) == f"{tmp_path / 'none.toml'}: there is no such file\n"


def test_what_cannot_be_written_is_refused_first(tmp_path: Path, lossy: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("anagen.oxygen.scene_answer.answer", lambda *_: pytest.fail("it solved all the same"))
    file = tmp_path / "file"
    file.write_text("old", encoding="utf-8")
    assert "this is a file; name a folder" in refused("oxygen", lossy, "--out", str(file))
    assert "there is no folder" in refused("oxygen", lossy, "--out", str(file / "folder"))
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    assert "this link leads nowhere" in refused("oxygen", lossy, "--out", str(tmp_path / "link"))
    assert "cannot be written to" in refused("oxygen", lossy, "--out", "/proc/drawn")
    assert "it cannot be written" in refused("oxygen", lossy, "--out", str(tmp_path / ("x" * 300)))
    (tmp_path / "out" / "bulb.svg").mkdir(parents=True)
    assert "this is a folder; name a file in it" in refused("oxygen", lossy, "--out", str(tmp_path / "out"))
    assert file.read_text(encoding="utf-8") == "old"


def test_a_grid_that_does_not_fit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("anagen.oxygen.scene_size.free_memory", lambda: 1e9)
    path = tmp_path / "large.toml"
    path.write_text('spacing = "10 um"\n', encoding="utf-8")
    assert 'spacing = "16 um" would fit' in refused("oxygen", str(path))


def test_without_its_library_a_field_is_refused(lossy: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("anagen.oxygen.scene_field.find_spec", lambda _: None)
    said = refused("oxygen", lossy, "--field", str(tmp_path / "field.nc"))
    assert said == "--field needs netCDF4, which is not installed; install it: pip install 'anagen[store]'\n"


@pytest.mark.skipif(find_spec("netCDF4") is None, reason="needs the extra store")
def test_the_field_is_written_with_units(tmp_path: Path, lossy: str) -> None:
    import xarray as xr

    path = tmp_path / "field.nc"
    done = anagen("oxygen", lossy, "--json", "--field", str(path))
    assert done.exit_code == 0
    numbers = json.loads(done.stdout)["numbers"]
    with xr.open_dataset(path) as data:
        assert data["po2"].dims == ("x", "y", "depth")
        assert (data["po2"].attrs["units"], data["depth"].attrs["units"]) == ("mmHg", "um")
        assert float(data["po2"].where(data["bulb"] == 1).mean()) == pytest.approx(numbers["bulb_mean"]["value"])
        assert data.attrs["version"]
        assert (data.attrs["flow"], data.attrs["capillary_loss"], data.attrs["seed"]) == (13.7, 0.85, 1)
        assert data.attrs["keep_flow"] == "False"
        assert "network" not in data.attrs
    assert "ends in .nc" in refused("oxygen", lossy, "--field", str(tmp_path / "field.txt"))
    assert sorted(os.listdir(tmp_path)) == ["field.nc", "lossy.toml"]


def test_the_data_set_needs_no_library(lossy: str) -> None:
    from anagen.oxygen.scene_answer import answer, build
    from anagen.oxygen.scene_field import dataset
    from anagen.oxygen.scene_reading import load_scene

    found = answer(build(load_scene(Path(lossy))))
    data = dataset(found, {"version": "1"})
    assert float(data["po2"].where(data["bulb"] == 1).mean()) == pytest.approx(found.outcome.bulb_mean)
    assert float(data["po2"].sel(depth=40.0, x=40.0, y=40.0)) == found.outcome.field.po2[0, 0, 0]
    assert data["blood_po2"].max() <= value("inlet_po2")
    assert data["piece_length"].attrs["units"] == "um"
    kinds = data["piece_kind"].attrs["flag_meanings"].split()
    assert set(np.unique(data["piece_radius"].where(data["piece_kind"] == kinds.index("plexus"), drop=True))) == {8.0}
    assert set(np.unique(data["piece_radius"].where(data["piece_kind"] != kinds.index("plexus"), drop=True))) == {4.0}
    assert set(np.unique(data["piece_flow"])) == set(np.unique(found.built.vessels.flow))


# thresholds


def test_made_up_networks_are_not_asked_for_beside_a_file_of_ones_own(tmp_path: Path) -> None:
    own = str(tmp_path / "own.txt")
    assert refused("oxygen", "threshold", "--network", own, "--networks", "3").startswith(
        "--networks = 3: it is for made-up"
    )
    assert refused("oxygen", "threshold", "--network", own, "--seed", "4").startswith("--seed = 4: it is for made-up")


def test_a_number_of_networks_counts_in_a_quick_look_too() -> None:
    def seeds(networks: int | None, seed: int | None, quick: bool) -> list[int]:
        return [scene.seed for scene in scenes_of(networks, seed, [], None, None, None, None, quick)]

    assert seeds(None, None, False) == [1, 2, 3, 4, 5]
    assert seeds(None, None, True) == [1, 2]
    assert seeds(3, 7, True) == [7, 8, 9]


def test_a_quick_threshold_in_words_and_json(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("anagen.commands.oxygen_threshold.QUICK_NETWORKS", 1)
    done = anagen("oxygen", "threshold", "--quick", "--json", "--uptake", "5e-4 1/s")
    assert (done.exit_code, done.stderr) == (0, "")
    found = json.loads(done.stdout)
    assert (found["bulb_uptake"], found["flow"], found["networks"]) == (5e-4, 13.7, [1])
    rows = {(row["route"], row["want_mmhg"]): row for row in found["rows"]}
    assert len(rows) == 12
    for route in ("loss-everywhere", "thick-walls"):
        found_at = [rows[route, want]["mean"] for want in (10, 5, 1)]
        assert found_at == sorted(found_at)
    assert rows["low-flow", 10]["mean"] > rows["low-flow", 1]["mean"]
    assert found["provenance"]["records"] == fingerprint()
    monkeypatch.setattr("anagen.commands.oxygen_threshold.thresholds_dict", lambda *_: found)
    words = " ".join(anagen("oxygen", "threshold", "--quick").stdout.split())
    for part in ("What brings the bulbs' mean below", "below 10 mmHg", "In 1 network", "never measured in place"):
        assert part in words


def test_options_of_threshold_are_refused_all_at_once() -> None:
    said = refused("oxygen", "threshold", "--uptake", "3", "--flow", "4 L", "--nutritive", "2", "--spacing", "33 um")
    assert [line.split(" = ")[0] for line in said.splitlines()] == [
        "command line: --flow", "command line: --uptake", "command line: --nutritive", "command line: --spacing",
    ]  # fmt: skip
    assert said.splitlines()[-1].endswith("1280 um wide and 5120 deep; 32 or 40 um would")
    assert "there is no such file" in refused("oxygen", "threshold", "--network", "/no/such.txt")


def test_an_amount_says_in_how_many_networks() -> None:
    row = {"route": "thick-walls", "mean": 93.2, "sd": 8.84, "reached": 8, "networks": 8}
    assert amount(row) == "93 ± 9"
    assert amount({**row, "reached": 3}) == "93 ± 9 in 3 of 8 networks"
    assert amount({**row, "reached": 1}) == "93 in 1 of 8 networks"
    assert amount({**row, "sd": 13.8}) == "93 ± 10"
    lost = {**row, "route": "loss-around-follicle", "mean": None, "farthest_bulb_mean": 27.3, "farthest_bulb_sd": 3.2}
    assert amount(lost) == "never: 27 ± 3 mmHg are left with all lost"
    assert amount({**row, "route": "loss-everywhere", "mean": 0.841, "sd": 0.035}) == "84 ± 4 %"


def test_the_stored_run_is_whole_and_makes_the_table() -> None:
    """Whether it is of today's records the page itself says."""
    runs = shipped_thresholds()
    assert [run["bulb_uptake"] for run in runs] == sorted(run["bulb_uptake"] for run in runs)
    for run in runs:
        assert len(run["rows"]) == 12
        assert re.fullmatch("[0-9a-f]{12}", run["provenance"]["records"])
        assert run["provenance"]["version"]
    table = thresholds_markdown(runs)
    assert len(table.splitlines()) == 2 + 4 * len(runs)
    usual = next(run for run in runs if run["bulb_uptake"] == value("bulb_consumption"))
    around = [row for row in usual["rows"] if row["route"] == "loss-around-follicle"]
    assert all(amount(row) in table for row in around)


def test_the_fingerprint_is_of_every_record_that_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a solve asks of the records is what the fingerprint is made of."""
    from anagen.evidence import parameters as records
    from anagen.oxygen.scene import Scene
    from anagen.oxygen.scene_answer import answer, build

    known, asked = records.parameters(), set[str]()

    class Watched(dict[str, Any]):
        def __getitem__(self, name: str) -> Any:
            asked.add(name)
            return super().__getitem__(name)

    monkeypatch.setattr(records, "parameters", lambda: Watched(known))
    answer(build(Scene(spacing=80.0)))
    assert {name for name in asked if known[name].file != FIELD} == set(RECORDS)
    assert fingerprint() == fingerprint()
    one = replace(known["bulb_radius"], value=126.0)
    before = fingerprint()
    monkeypatch.setattr(records, "parameters", lambda: {**known, "bulb_radius": one})
    assert fingerprint() != before


# drawings


def test_colors_grow_lighter_with_every_step() -> None:
    light = [0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b in (bytes.fromhex(one[1:]) for one in colors())]
    assert len(light) == BANDS
    assert all(after - before > 4 for before, after in pairwise(light))
    assert band_of(np.array([0.0, 4.9, 5.0, 64.9, 65.0, 400.0])).tolist() == [0, 0, 1, 12, 13, 13]


def test_a_contour_is_where_the_field_has_the_value() -> None:
    y, x = np.mgrid[0:9, 0:9].astype(float)
    pieces = contour(np.hypot(x - 4, y - 4), 2.5)
    ends = np.array(pieces).reshape(-1, 2)
    assert np.hypot(ends[:, 0] - 4, ends[:, 1] - 4) == pytest.approx(2.5, abs=0.15)
    around = sum(float(np.hypot(c - a, d - b)) for a, b, c, d in pieces)
    assert around == pytest.approx(2 * np.pi * 2.5, rel=0.05)
    assert contour(x, 20.0) == []
    assert sorted(contour(np.array([[0.0, 1.0], [0.0, 1.0]]), 0.25)) == [(0.25, 0.0, 0.25, 1.0)]


@pytest.mark.parametrize(("corner", "joined"), [(2.0, True), (0.2, False)])
def test_a_saddle_is_cut_as_its_middle_says(corner: float, joined: bool) -> None:
    """Two high corners across from one another: joined where the mean of all four is high."""
    pieces = contour(np.array([[corner, 0.0], [0.0, corner]]), 0.15 if not joined else 0.5)
    assert len(pieces) == 2
    around_low = any({(a, b), (c, d)} == {(pieces[0][0], 0.0), (1.0, pieces[0][3])} for a, b, c, d in pieces)
    assert around_low == joined


def test_a_slice_shows_every_cell_once_and_says_when_there_is_no_edge() -> None:
    po2 = np.array([[3.0, 3.0, 22.0], [8.0, 40.0, 70.0]])
    view = SliceView("a", "b", "width", "depth", po2, 100.0, np.zeros((0, 5)), (), (), 60.0)
    drawn = str(slice_svg(view))
    side = 100 * view.per_um
    spans = re.findall(r"M([\d.]+) [\d.]+H([\d.]+)V", drawn)
    areas = [(float(right) - float(left)) / side for left, right in spans]
    assert sum(areas) == pytest.approx(po2.size, abs=0.05)
    assert len(areas) == 5
    assert 'class="edge"' in drawn
    calm = SliceView("a", "b", "width", "depth", po2 + 20, 100.0, np.zeros((0, 5)), (), (), 60.0)
    assert "all of it above 10 mmHg" in str(slice_svg(calm))


def test_a_histogram_adds_up() -> None:
    found = shares(np.array([1.0, 4.0, 7.0, 66.0]))
    assert found == [50.0, 25.0, *[0.0] * (BANDS - 3), 25.0]
    assert STEP == 5
    drawn = str(histogram_svg(np.array([0.2, 0.8]), "a", "b"))
    assert ">100<" in drawn
    assert ">150<" not in drawn
    assert "mean 0.5" in drawn


# the page, help, and what is imported


def test_the_page_names_every_key_and_holds_the_tables_place() -> None:
    from anagen.oxygen.scene_rules import RULES

    page = (ROOT / "docs" / "oxygen.md").read_text(encoding="utf-8")
    assert [key for key in RULES if f"`{key}`" not in page] == []
    assert page.count("<!-- thresholds -->") == 1
    shown = anagen("oxygen", "threshold", "--help").stdout + anagen("oxygen", "solve", "--help").stdout
    assert [word for word in set(re.findall(r"`(--[a-z]+)", page)) if word not in shown] == []


def test_memory_that_runs_out_is_said(lossy: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def out(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr("anagen.oxygen.scene_answer.answer", out)
    assert "memory ran out; use a larger spacing" in refused("oxygen", lossy, "--out", str(tmp_path / "new"))
    assert not (tmp_path / "new").exists()


def test_help_and_a_slip() -> None:
    assert "threshold" in anagen("oxygen", "--help").stdout
    done = anagen("oxygen", "solve", "--help")
    assert "Example: anagen oxygen examples/oxygen/bald.toml" in done.stdout
    assert "Exit status" in done.stdout
    assert "Example: anagen oxygen threshold" in anagen("oxygen", "threshold", "--help").stdout
    assert anagen("oxygen").exit_code == 2
    assert anagen("oxygen", "--colour").exit_code == 2


def test_the_command_imports_nothing_heavy() -> None:
    code = "import sys, anagen.cli; print([one for one in ('numpy', 'scipy', 'numba', 'xarray') if one in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy = done.stdout.strip()
    assert "numba" not in heavy
    assert "scipy" not in heavy
    assert "xarray" not in heavy
