"""No test reads or writes the foods that the user of this computer imported."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from anagen.intake.foods_store import close_store


@pytest.fixture(autouse=True)
def data_folder(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data folder of its own for each test."""
    folder = tmp_path_factory.mktemp("data")
    monkeypatch.setenv("ANAGEN_DATA", str(folder))
    yield folder
    close_store()
