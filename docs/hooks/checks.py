"""Puts the pictures of the verification beside the page that shows them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mkdocs.structure.files import File, Files

PICTURES = Path(__file__).parents[2] / "verification" / "pictures"


def on_files(files: Files, config: Any, **_: Any) -> Files:
    """Add every picture to the folder `checks`."""
    for path in sorted(PICTURES.glob("*.svg")):
        files.append(File.generated(config, f"checks/{path.name}", abs_src_path=str(path)))
    return files
