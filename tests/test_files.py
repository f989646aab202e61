"""A file is written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from anagen.files import FileError, check_folder, check_writable, write_folder, write_whole
from anagen.stopping import go_on, in_threads


def said(path: Path) -> str:
    """Why a path is refused, which must be the same before the work and after it."""
    with pytest.raises(FileError) as before:
        check_writable(path)
    with pytest.raises(FileError) as after:
        write_whole(path, "text")
    assert str(before.value) == str(after.value)
    return str(before.value)


def test_a_file_is_written_whole(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    write_whole(path, "scalp: 37 °C\n")
    assert path.read_text(encoding="utf-8") == "scalp: 37 °C\n"
    assert os.listdir(tmp_path) == ["report.html"]
    assert path.stat().st_mode & 0o777 == 0o644


def test_an_old_file_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_text("a much longer old text", encoding="utf-8")
    write_whole(path, "new")
    assert path.read_text(encoding="utf-8") == "new"


def test_what_cannot_be_encoded_does_not_stop_a_report(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    write_whole(path, "of \udcff.toml")
    assert path.read_text(encoding="utf-8") == "of ?.toml"


@pytest.mark.parametrize("step", ["replace", "chmod", "fdopen"])
def test_a_failure_midway_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    path = tmp_path / "report.html"
    path.write_text("old", encoding="utf-8")
    real = getattr(os, step)

    def fail(*given: Any, **named: Any) -> None:
        if step == "fdopen":
            real(*given, **named).close()
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, step, fail)
        with pytest.raises(FileError) as caught:
            write_whole(path, "new")
    assert str(caught.value) == f"{path}: it cannot be written: No space left on device"
    assert path.read_text(encoding="utf-8") == "old"
    assert os.listdir(tmp_path) == ["report.html"]


def test_stopping_midway_leaves_the_old_file_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "report.html"
    path.write_text("old", encoding="utf-8")

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", stop)
        with pytest.raises(KeyboardInterrupt):
            write_whole(path, "new")
    assert path.read_text(encoding="utf-8") == "old"
    assert os.listdir(tmp_path) == ["report.html"]


def test_a_folder_is_refused(tmp_path: Path) -> None:
    assert said(tmp_path) == f"{tmp_path}: this is a folder; name a file in it"


def test_a_missing_folder_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "none" / "report.html"
    assert said(path) == f"{path}: there is no folder {path.parent}; make it first"


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    assert "there is no folder" in said(file / "report.html")


def test_a_device_is_not_replaced() -> None:
    assert said(Path("/dev/null")) == "/dev/null: this is a device, not a file; name a file"


def test_a_name_too_long_is_refused(tmp_path: Path) -> None:
    assert "it cannot be written" in said(tmp_path / ("x" * 300))


def test_a_folder_that_cannot_be_written_to_is_refused() -> None:
    assert "the folder /proc cannot be written to" in said(Path("/proc/report.html"))  # by root neither


def test_a_folder_to_write_in_is_looked_at_first(tmp_path: Path) -> None:
    check_folder(tmp_path / "new" / "deep", ["a.txt"])
    assert os.listdir(tmp_path) == [], "looking makes nothing"
    write_folder(tmp_path / "new" / "deep", {"a.txt": "one", "b.txt": b"two"})
    assert (tmp_path / "new" / "deep" / "b.txt").read_bytes() == b"two"
    check_folder(tmp_path / "new" / "deep", ["a.txt"])


def test_a_folder_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    def refused(folder: Path, *names: str) -> str:
        with pytest.raises(FileError) as caught:
            check_folder(folder, names)
        return str(caught.value)

    (tmp_path / "file").write_text("")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    (tmp_path / "full" / "a.txt").mkdir(parents=True)
    assert "this is a file; name a folder" in refused(tmp_path / "file")
    assert "is not a folder" in refused(tmp_path / "file" / "below") or "there is no folder" in refused(
        tmp_path / "file" / "below"
    )
    assert "this link leads nowhere; name a folder" in refused(tmp_path / "link")
    assert "this is a folder; name a file in it" in refused(tmp_path / "full", "a.txt")
    assert "cannot be written" in refused(Path("/proc/new"))
    assert "it cannot be written" in refused(tmp_path / ("x" * 300))


def test_interrupted_work_leaves_what_it_has_not_begun() -> None:
    begun: list[int] = []
    waiting = Event()

    def work(item: int) -> int:
        begun.append(item)
        if item == 0:
            raise KeyboardInterrupt
        while True:  # until what began it is over
            waiting.wait(0.001)
            go_on()

    with pytest.raises(KeyboardInterrupt):
        in_threads(work, range(100), 2)
    assert len(begun) < 10
    assert in_threads(str, [2, 1], 2) == ["2", "1"]
