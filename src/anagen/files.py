"""Writing a file whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from anagen.errors import AnagenError


class FileError(AnagenError):
    """A file that cannot be written; the text says why."""


def check_writable(path: Path) -> None:
    """Raise FileError now where `path` could not be written later; long work should not end in a refusal."""
    folder = path.parent
    try:
        is_folder, is_special = path.is_dir(), path.exists() and not path.is_file()
    except OSError as error:  # a name too long
        raise FileError(f"{path}: it cannot be written: {error.strerror}") from None
    if is_folder:
        raise FileError(f"{path}: this is a folder; name a file in it")
    if is_special:
        raise FileError(f"{path}: this is a device, not a file; name a file")
    if not folder.is_dir():
        raise FileError(f"{path}: there is no folder {folder}; make it first")
    try:
        with tempfile.TemporaryFile(dir=folder):  # of no name; what a file system allows is known by trying
            pass
    except OSError:
        raise FileError(f"{path}: the folder {folder} cannot be written to") from None


def check_folder(folder: Path, names: Iterable[str]) -> None:
    """Raise FileError now where files of these names could not be written in a folder later; it may be one to make."""
    try:
        exists, is_folder, is_link = folder.exists(), folder.is_dir(), folder.is_symlink()
    except (OSError, ValueError):
        raise FileError(f"{folder}: it cannot be written: its name cannot be used") from None
    if is_link and not exists:
        raise FileError(f"{folder}: this link leads nowhere; name a folder")
    if exists and not is_folder:
        raise FileError(f"{folder}: this is a file; name a folder")
    if exists:
        for name in names:
            check_writable(folder / name)
        return
    missing = folder
    while not missing.parent.exists() and missing.parent != missing:
        missing = missing.parent
    check_writable(missing)


def write_folder(folder: Path, texts: Mapping[str, str | bytes]) -> None:
    """Write files by their names, each whole, in a folder, which is made with those above it; raises FileError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileError(f"{folder}: it cannot be made: {error.strerror}") from None
    for name, text in texts.items():
        write_whole(folder / name, text)


def write_whole(path: Path, text: str | bytes) -> None:
    """Write text or bytes beside `path` and move it into place, so that a reader never sees half a file.

    Raises FileError where that cannot be done.
    """
    check_writable(path)
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise FileError(f"{path}: it cannot be written: {error.strerror}") from None
    try:
        # "replace": the name of a scenario file, which a report repeats, need not be UTF-8
        with os.fdopen(handle, "wb") as file:
            file.write(text if isinstance(text, bytes) else text.encode("utf-8", "replace"))
        os.chmod(name, 0o644)  # mkstemp keeps it to the user alone
        os.replace(name, path)
    except OSError as error:
        raise FileError(f"{path}: it cannot be written: {error.strerror}") from None
    finally:
        Path(name).unlink(missing_ok=True)
