"""Opening a download of FoodData Central: a folder, a zip, or one JSON file, and the sizes past which it is refused.

Nothing is unpacked before its size is known: a zip of more files than a download has, or of one that would unpack to
more than a download ever does, is refused. Whatever is wrong with a file is told in one plain sentence.
"""

from __future__ import annotations

import lzma
import sqlite3
import zipfile
import zlib
from collections.abc import Callable, Generator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, Any, cast

from anagen.errors import AnagenError

MOST_ROWS = 200_000_000
MOST_BYTES = 2**34
MOST_RATIO = 200
SMALL_FILE = 2**24
MOST_MEMBERS = 1000
Opener = Callable[[], IO[bytes]]


class ImportFailed(AnagenError):
    """A download that cannot be used; the text says why and what is left as it was."""


@dataclass
class JsonFile:
    """A JSON download."""

    name: str
    open: Opener


@contextmanager
def in_plain_words(path: Path) -> Generator[None, None, None]:
    """Whatever can be wrong with a file, in one plain sentence."""
    try:
        yield
    except ImportFailed as error:
        raise ImportFailed(f"{path}: {error}; the foods imported before are as they were") from None
    except UnicodeDecodeError as error:
        told = f"the text is not UTF-8 (byte {error.object[error.start]:#04x}); save it as UTF-8"
        raise ImportFailed(f"{path}: {told}; the foods imported before are as they were") from None
    except (zipfile.BadZipFile, EOFError, zlib.error, lzma.LZMAError) as error:
        told = f"the zip is damaged or cut off ({error}); download it again"
        raise ImportFailed(f"{path}: {told}; the foods imported before are as they were") from None
    except (NotImplementedError, RuntimeError) as error:  # an encrypted member; an odd compression
        raise ImportFailed(f"{path}: the zip cannot be unpacked ({error})") from None
    except OSError as error:
        raise ImportFailed(f"{path}: it cannot be read: {error.strerror or error}") from None
    except sqlite3.Error as error:
        raise ImportFailed(f"{path}: the table of foods cannot be written: {error}") from None


def open_parts(path: Path, stack: ExitStack) -> JsonFile | dict[str, Opener]:
    """The files of a download by name; or the JSON file where it is one."""
    if path.is_dir():
        return _named({one.name: partial(one.open, "rb") for one in sorted(path.glob("*")) if one.is_file()})
    if not path.exists():
        raise ImportFailed("there is no such file")
    if not path.is_file():
        raise ImportFailed("this is no file and no folder")
    if path.name.casefold() == "food.csv":
        return _named({one.name: partial(one.open, "rb") for one in sorted(path.parent.glob("*.csv"))})
    with path.open("rb") as file:
        begins = file.read(2)
    if begins == b"PK":
        return _members(stack.enter_context(zipfile.ZipFile(path)))
    if path.suffix.casefold() == ".json" or begins[:1] in (b"{", b"["):
        return JsonFile(path.name, partial(path.open, "rb"))
    raise ImportFailed(
        "this is no download of FoodData Central: give the zip, the JSON file, or the folder with food.csv"
    )


def _members(archive: zipfile.ZipFile) -> JsonFile | dict[str, Opener]:
    """The files of a zip; one that would unpack to more than a download ever does is refused before unpacking."""
    infos = [info for info in archive.infolist() if not info.is_dir()]
    if len(infos) > MOST_MEMBERS:
        raise ImportFailed(f"the zip holds {len(infos):,} files; a download has a few dozen")
    wanted = [info for info in infos if Path(info.filename).suffix.casefold() in (".csv", ".json")]
    for info in wanted:
        bomb = info.file_size > SMALL_FILE and info.file_size > MOST_RATIO * max(info.compress_size, 1)
        if bomb or info.file_size > MOST_BYTES:
            raise ImportFailed(
                f"{info.filename} in the zip would unpack to {info.file_size:,} bytes from {info.compress_size:,};"
                " no download does that"
            )
    return _named({Path(info.filename).name: partial(archive.open, info) for info in wanted})


def _named(files: dict[str, Any]) -> JsonFile | dict[str, Opener]:
    """CSV files by their name in small letters, or the one JSON file."""
    by_name = {name.casefold(): cast(Opener, opener) for name, opener in files.items()}
    if "food.csv" in by_name:
        return by_name
    texts = [name for name in by_name if name.endswith(".json")]
    if len(texts) == 1:
        return JsonFile(texts[0], by_name[texts[0]])
    raise ImportFailed("there is no food.csv in it, and no single JSON file")
