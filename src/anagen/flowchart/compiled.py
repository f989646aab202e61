"""The assembled module, compiled by numba once for every version of the flowchart and kept for the next process."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import sys
import tempfile
from functools import cache
from pathlib import Path
from types import ModuleType

from anagen.files import FileError, write_whole
from anagen.flowchart.assemble import module_text
from anagen.flowchart.chart import flowchart
from anagen.kernel_cache import folder, is_warm, mark_warm, use_folder

HASH_DIGITS = 16


@cache
def _text() -> str:
    return module_text(flowchart(), kept=True)


def kernel_name() -> str:
    """Of this version of the flowchart, as its mark among the kernels names it."""
    return f"flowchart-{hashlib.sha256(_text().encode()).hexdigest()[:HASH_DIGITS]}"


def is_ready() -> bool:
    """Whether this version has been compiled and kept before."""
    return is_warm(kernel_name())


def mark_ready() -> None:
    """Remember that this version has been compiled."""
    mark_warm(kernel_name())


def _written() -> Path:
    """The module's file among the kernels, or in a folder of its own where nothing can be kept."""
    name = f"{kernel_name().replace('-', '_')}.py"
    if use_folder():
        path = folder() / name
        try:
            if not path.exists():
                path.parent.mkdir(parents=True, exist_ok=True)
                write_whole(path, _text())
                # numba looks at the time a file was written; two processes that write the same must not differ
                os.utime(path, (0, 0))
        except (FileError, OSError):
            pass
        else:
            return path
    path = Path(tempfile.mkdtemp(prefix="anagen-")) / name
    path.write_text(module_text(flowchart(), kept=False), encoding="utf-8")
    return path


@cache
def assembled() -> ModuleType:
    """The assembled module; numba compiles it at its first call, unless it did so before."""
    path = _written()
    spec = importlib.util.spec_from_file_location(f"anagen_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # numba finds kept kernels by the module's name
    spec.loader.exec_module(module)
    return module
