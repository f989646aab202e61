"""The page of the oxygen field: its table from the stored run, its drawings solved while the docs are built."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mkdocs.structure.files import File, Files

from anagen.commands.oxygen_report import drawings
from anagen.evidence.thresholds import fingerprint, shipped_thresholds
from anagen.oxygen.scene_answer import answer, build
from anagen.oxygen.scene_reading import load_scene
from anagen.show.oxygen_thresholds import setting_sentence, thresholds_markdown

ROOT = Path(__file__).parents[2]
DRAWN = ROOT / "examples" / "oxygen" / "lost_capillaries.toml"
PAGE, MARK, FOLDER = "oxygen.md", "<!-- thresholds -->", "oxygen-drawings"


def thresholds_part() -> str:
    """The table, how it was made, and whether with today's records."""
    runs = shipped_thresholds()
    made = runs[0]["provenance"]
    parts = [
        thresholds_markdown(runs),
        "",
        f"{setting_sentence(runs[1])} After the sign ± stands the standard deviation over networks, in brackets the "
        "median of all tissue.",
        "",
        *(f"- {caveat}" for caveat in runs[0]["caveats"]),
        "",
        f"Made from a stored run of version {made['version']}, records {made['records']}"
        f"{'' if made['records'] == fingerprint() else '; **today the records are others**'}; "
        "`python benchmarks/oxygen_thresholds.py` makes it anew.",
    ]
    return "\n".join(parts)


def on_files(files: Files, config: Any) -> Files:
    """Add the drawings of one example."""
    for name, text in drawings(answer(build(load_scene(DRAWN)))).items():
        if name.endswith(".svg"):
            files.append(File.generated(config, f"{FOLDER}/{name}", content=text))
    return files


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """Put the table in its place."""
    return markdown.replace(MARK, thresholds_part()) if page.file.src_uri == PAGE else markdown
