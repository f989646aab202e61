"""Make the stored thresholds that docs/oxygen.md shows: `python benchmarks/oxygen_thresholds.py`, some minutes.

The same as `anagen oxygen threshold --networks 8 --uptake ...` for three bulbs that burn little, usually and much. The
file says with which version and which records it was made; the page says so where today's records are others.
"""

from __future__ import annotations

import json
from pathlib import Path

from anagen.commands.oxygen_threshold import scenes_of, thresholds_dict
from anagen.files import write_whole

STORED = Path(__file__).parents[1] / "src" / "anagen" / "evidence" / "oxygen_thresholds.json"
NETWORKS, SEED = 8, 1
UPTAKES = ("0.8e-4 1/s", "2e-4 1/s", "5e-4 1/s")


def main() -> None:
    """Search and store."""
    runs: list[dict[str, object]] = []
    for uptake in UPTAKES:
        scenes = scenes_of(NETWORKS, SEED, [], None, uptake, None, None, quick=False)
        runs.append(thresholds_dict(scenes))
        print(f"{uptake}: done", flush=True)
    write_whole(STORED, json.dumps({"runs": runs}, indent=1) + "\n")


if __name__ == "__main__":
    main()
