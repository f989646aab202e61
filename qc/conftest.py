"""Tests of the blind second versions import them by their plain names: they stand beside this file, in no package."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
