"""Writing a file whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from anagen.errors import AnagenError


class FileError(AnagenError):
    """A file that cannot be written; the text says why."""


def check_writable(path: Path) -> None:
    """Raise FileError now where `path` could not be written later; long work should not end in a refusal."""
    if path.is_dir():
        raise FileError(f"{path}: this is a folder; name a file in it")
    folder = path.parent
    if not folder.is_dir():
        raise FileError(f"{path}: there is no folder {folder}; make it first")
    if not os.access(folder, os.W_OK):
        raise FileError(f"{path}: the folder {folder} cannot be written to")


def write_whole(path: Path, text: str) -> None:
    """Write text beside `path` and move it into place, so that a reader never sees half a file.

    Raises FileError where that cannot be done.
    """
    check_writable(path)
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise FileError(f"{path}: it cannot be written: {error.strerror}") from None
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        os.chmod(name, 0o644)  # mkstemp keeps it to the user alone
        os.replace(name, path)
    except OSError as error:
        raise FileError(f"{path}: it cannot be written: {error.strerror}") from None
    finally:
        Path(name).unlink(missing_ok=True)
