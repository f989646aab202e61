"""Drawings as pictures of dots: of the right size, with the drawing's colors, and refused in a sentence."""

from __future__ import annotations

import importlib.util
import struct
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from anagen.cli import app
from anagen.commands.oxygen_report import files
from anagen.show import png as module
from anagen.show.oxygen_scale import STYLE
from anagen.show.png import LIBRARY, on_paper, png

SMALL = 'width = "640 um"\nbulbs = 1\nspacing = "80 um"\n'
DRAWN = '<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20"><rect width="30" height="20" fill="red"/></svg>'
NO_LIBRARY = importlib.util.find_spec(LIBRARY) is None
needs_library = pytest.mark.skipif(NO_LIBRARY, reason="resvg-py is not installed")


def anagen(*words: str) -> Any:
    return CliRunner().invoke(app, list(words))


@pytest.fixture
def scene(tmp_path: Path) -> Path:
    path = tmp_path / "f.toml"
    path.write_text(SMALL, encoding="utf-8")
    return path


def size_of(picture: bytes) -> tuple[int, int]:
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    wide, high = struct.unpack(">II", picture[16:24])
    return wide, high


def test_colors_are_written_out_as_on_light_paper() -> None:
    plain = on_paper(f"<style>{STYLE}.a{{fill:var(--ink)}}</style>")
    assert "var(" not in plain
    assert "prefers-color-scheme" not in plain
    assert ".a{fill:#1f1c18}" in plain


@needs_library
def test_a_picture_is_twice_as_large() -> None:
    assert size_of(png(DRAWN)) == (60, 40)


@needs_library
def test_the_command_writes_pictures_beside_the_drawings(scene: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = anagen("oxygen", str(scene), "--png", "--out", str(out))
    assert (done.exit_code, done.stderr) == (0, "")
    assert sorted(path.name for path in out.iterdir()) == sorted(files(png=True))
    for name in ("upright.png", "level.png", "bulb.png"):
        wide, high = size_of((out / name).read_bytes())
        assert wide > 600
        assert high > 400
        assert name in done.stdout.replace("\n", "")


def test_without_its_library_a_picture_is_refused_before_the_work(
    scene: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "find_spec", lambda name: None)
    done = anagen("oxygen", str(scene), "--png", "--out", str(tmp_path / "out"))
    assert done.exit_code == 2
    assert done.stderr.strip() == "--png needs resvg-py, which is not installed; install it: pip install 'anagen[png]'"
    assert not (tmp_path / "out").exists()
