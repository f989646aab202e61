"""Where compiled kernels are kept between processes: a folder for every version of their sources.

numba watches only the file a kernel stands in, not the constants it takes from others, so the folder's name holds a
hash of all of them, of numba and of Python: a changed source never meets an old kernel.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import os
import shutil
import sys
from functools import cache
from pathlib import Path

from platformdirs import user_cache_path

SOURCES = {
    "follicle": (
        "automaton", "census", "chance", "compiled*", "elementary", "gpu_*", "kernel", "lanes", "laws", "months",
        "patches",
    ),
    "oxygen": (
        "blood", "chains", "coarsest", "compiled", "grid", "gpu_*", "jumps", "krylov_sums", "prefetch", "stencil",
        "tissue", "transfer", "two_steps",
    ),
}  # fmt: skip
"""The files, folder by folder, that a kernel is made of or takes constants from."""
COMPILERS = ("numba", "llvmlite", "numba-cuda")
MARK = "warm"
HASH_DIGITS = 16


def root() -> Path:
    """The folder of all kernels: `ANAGEN_CACHE` where it is set, else the user's own cache."""
    chosen = os.environ.get("ANAGEN_CACHE")
    return (Path(chosen) if chosen else user_cache_path("anagen")) / "kernels"


@cache
def sources_hash() -> str:
    """Of every source a kernel may take from, of numba and of this Python."""
    digest = hashlib.sha256(sys.version.encode())
    for compiler in COMPILERS:
        try:
            digest.update(f"{compiler} {importlib.metadata.version(compiler)}".encode())
        except importlib.metadata.PackageNotFoundError:
            continue
    for package, patterns in SOURCES.items():
        for pattern in patterns:
            for path in sorted((Path(__file__).parent / package).glob(f"{pattern}.py")):
                digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:HASH_DIGITS]


def folder() -> Path:
    """The folder of this version's kernels."""
    return root() / sources_hash()


def is_warm(kernel: str) -> bool:
    """Whether a kernel of this version has been compiled and kept before."""
    return (folder() / f"{MARK}-{kernel}").exists()


def mark_warm(kernel: str) -> None:
    """Remember that a kernel has been compiled; where nothing can be written, do without."""
    try:
        folder().mkdir(parents=True, exist_ok=True)
        (folder() / f"{MARK}-{kernel}").touch()
    except OSError:
        return


def clear_old() -> int:
    """Remove the kernels of other versions; returns how many folders went."""
    gone = 0
    for path in root().glob("*") if root().is_dir() else ():
        if path.is_dir() and path != folder():
            shutil.rmtree(path, ignore_errors=True)
            gone += 1
    return gone


def use_folder() -> bool:
    """Tell numba where to keep its kernels; False where nothing can be written: they are compiled anew each time."""
    from numba.core import config

    if "NUMBA_CACHE_DIR" in os.environ:
        return True
    try:
        folder().mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    if not os.access(folder(), os.W_OK):
        return False
    config.CACHE_DIR = str(folder())  # pyright: ignore[reportAttributeAccessIssue]
    return True
