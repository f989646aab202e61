"""The public face: names only, and nothing heavy until it is used."""

from __future__ import annotations

import subprocess
import sys

import pytest

import anagen

HEAVY = ("numpy", "pint", "xarray", "typer", "rich", "cattrs", "molmass", "htpy", "rapidfuzz", "pybtex")


def loaded_after(statements: str) -> set[str]:
    """The modules that a fresh Python holds after some statements."""
    code = f"{statements}\nimport sys\nprint('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_importing_the_package_loads_nothing_heavy() -> None:
    loaded = loaded_after("import anagen")
    assert "anagen" in loaded
    assert loaded.isdisjoint(HEAVY)
    assert {name for name in loaded if name.startswith("anagen.")} == set()


def test_weighing_a_routine_needs_no_simulation() -> None:
    text = '[person]\\nage = 34\\nsex = "male"\\n[[intake]]\\nkind = "supplement"\\nproduct = "MgO"\\namount = "1 g"\\n'
    loaded = loaded_after(f"import anagen as ag\nag.tally(ag.Scenario.loads('{text}'))")
    assert "anagen.intake.ledger" in loaded
    assert loaded.isdisjoint({"xarray", "typer", "rich", "htpy", "pybtex"})
    assert not [name for name in loaded if name.startswith(("anagen.outlook", "anagen.follicle", "anagen.show"))]


@pytest.mark.parametrize("name", anagen.__all__)
def test_every_public_name_is_there_and_documented(name: str) -> None:
    found = getattr(anagen, name)
    assert found.__name__ == name
    assert found.__doc__


def test_the_names_are_listed_once_and_sorted() -> None:
    assert dir(anagen) == anagen.__all__ == sorted(set(anagen.__all__))


def test_another_name_is_no_attribute() -> None:
    with pytest.raises(AttributeError, match="module 'anagen' has no attribute 'nothing'"):
        _ = anagen.nothing


def test_star_import_gives_the_public_names() -> None:
    found: dict[str, object] = {}
    exec("from anagen import *", found)
    assert set(found) - {"__builtins__"} == set(anagen.__all__)


def test_errors_are_of_one_family() -> None:
    from anagen.errors import UnknownName
    from anagen.files import FileError

    assert issubclass(anagen.ScenarioError, anagen.AnagenError)
    assert issubclass(FileError, anagen.AnagenError)
    assert issubclass(UnknownName, anagen.AnagenError)
