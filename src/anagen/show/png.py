"""A drawing as a picture of dots (PNG), for where a vector drawing (SVG) cannot be used. Needs the library resvg-py."""

from __future__ import annotations

import re
from importlib.util import find_spec

from anagen.files import FileError

LIBRARY = "resvg_py"
LIBRARY_NEEDED = "--png needs resvg-py, which is not installed; install it: pip install 'anagen[png]'"
ZOOM = 2.0
"""Dots for each unit of the drawing."""
DARK = re.compile(r"@media \(prefers-color-scheme:dark\)\{:root\{[^}]*\}\}")
DEFINED = re.compile(r":root\{([^}]*)\}")
USED = re.compile(r"var\(--([a-z-]+)\)")


def check_png() -> None:
    """Raise FileError where no picture could be made."""
    if find_spec(LIBRARY) is None:
        raise FileError(LIBRARY_NEEDED)


def on_paper(svg: str) -> str:
    """The drawing with the colors of light paper written out: a picture cannot follow its reader's settings."""
    svg = DARK.sub("", svg)
    known = dict(one.split(":", 1) for found in DEFINED.findall(svg) for one in found.split(";") if one)
    return USED.sub(lambda found: known[f"--{found[1]}"], svg)


def png(svg: str) -> bytes:
    """The drawing, twice as large as it says, with the fonts this computer has."""
    check_png()
    import resvg_py

    return resvg_py.svg_to_bytes(svg_string=on_paper(svg), zoom=ZOOM)
