"""The made pages of arrows, nodes and predictions: whole, linked, true to the model; and no parameter table by hand."""

from __future__ import annotations

import importlib
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from xml.dom import minidom

import pytest

from anagen.evidence.parameters import parameters
from anagen.evidence.sources import bibliography
from anagen.flowchart.chart import flowchart, node_parameters
from anagen.outlook.experiments_records import Number
from anagen.outlook.predictions_records import FAILS, Forecast, Held, Prediction

ROOT = Path(__file__).parents[1]
HOOKS = ROOT / "docs" / "hooks"
QC = ROOT / "qc"
CHART = flowchart()
LINK = re.compile(r"\]\((?:(\w+)\.md)?#([\w-]+)\)")
PARTS = ("**Says.**", "**Equation**", "**Reads and gives**", "**Parameters**", "**Sources for**", "**Sources against**")

sympy = pytest.importorskip("sympy")
pytest.importorskip("mkdocs")


@pytest.fixture(scope="module")
def hook() -> Iterator[object]:
    """A hook by its name; hooks find their neighbors as MkDocs lets them."""
    before = set(sys.modules)
    sys.path.insert(0, str(HOOKS))
    yield importlib.import_module
    sys.path.remove(str(HOOKS))
    for name in set(sys.modules) - before:
        if getattr(sys.modules[name], "__file__", None) and str(HOOKS) in str(sys.modules[name].__file__):
            del sys.modules[name]


@pytest.fixture(scope="module")
def arrows(hook) -> str:
    return hook("arrow_pages").arrows_page()


@pytest.fixture(scope="module")
def nodes(hook) -> str:
    return hook("node_pages").nodes_page()


@pytest.fixture(scope="module")
def blind(hook) -> ModuleType:
    return hook("blind")


def sections(page: str) -> dict[str, str]:
    """The sections of a page by heading."""
    found = page.split("\n## ")[1:]
    return {one.split("\n", 1)[0]: one for one in found}


def test_every_arrow_has_its_five_parts(arrows: str) -> None:
    every = sections(arrows)
    for one in CHART.arrows.values():
        text = every[one.name]
        assert all(part in text for part in PARTS), one.name
        assert one.says in text
        for name in one.parameters:
            assert f"[{name}](parameters.md#{name})" in text
        for key in (*one.sources_for, *one.sources_against):
            assert f"[{key}](sources.md#{key}): " in text
            assert bibliography()[key].title.split("<")[0] in text
        for name in (*one.nodes, one.head):
            assert f"[{name}](nodes.md#{name})" in text


def test_every_node_has_a_section_with_what_enters_and_what_reads_it(nodes: str) -> None:
    every = sections(nodes)
    for node in CHART.nodes.values():
        text = every[node.name]
        entering, leaving = text.split("**Arrows in**")[1].split("**Arrows that read it**")
        assert {one.name for one in CHART.into(node.name)} == set(re.findall(r"arrows\.md#([\w-]+)", entering))
        assert {one.name for one in CHART.arrows.values() if node.name in one.nodes} == set(
            re.findall(r"arrows\.md#([\w-]+)", leaving)
        )
        assert ("slow state" in text) == (node.name in CHART.states)
        for name in node_parameters(CHART, node):
            assert f"parameters.md#{name}" in text
        assert (node.combine == "input") == ("```text" not in text)


def test_links_lead_to_something(hook, arrows: str, nodes: str) -> None:
    pages = hook("pages")
    made = {name.removesuffix(".md"): make for name, make in pages.PAGES.items()}
    texts = {"arrows": arrows, "nodes": nodes, "parameters": made["parameters"](), "sources": made["sources"]()}
    targets = {
        name: {slug(head) for head in sections(text)} | set(re.findall(r'<a id="([\w-]+)">', text))
        for name, text in texts.items()
    }
    for name, text in texts.items():
        for page, target in LINK.findall(text):
            assert target in targets[page or name], f"{name}: {page}#{target}"
    assert set(parameters()) <= targets["parameters"]
    assert set(bibliography()) <= targets["sources"]


def slug(heading: str) -> str:
    from markdown.extensions.toc import slugify

    return slugify(heading, "-")


def test_drawn_equations_are_well_formed_and_in_words(arrows: str, nodes: str) -> None:
    drawings = re.findall(r"<math.*?</math>", arrows + nodes)
    assert len(drawings) > len(CHART.arrows) / 2
    for one in drawings:
        minidom.parseString(one)
    name = "androgen-drives-miniaturization"
    assert "androgen threshold" in re.findall(r"<math.*?</math>", sections(arrows)[name])[0]


def test_equations_as_text_give_what_the_arrows_give(arrows: str) -> None:
    """The printed text, read back, against the function itself at some odd values."""
    every = sections(arrows)
    for one in CHART.arrows.values():
        names = [*one.nodes, "gate", *one.parameters]
        symbols = {name: sympy.Symbol(name) for name in names}
        values = {name: 0.37 + 0.11 * place for place, name in enumerate(names)}
        values["gate"] = 1.0
        text = every[one.name].split("```text\n")[1].split("\n```")[0]
        read = sympy.sympify(text, locals=symbols).subs({symbols[name]: value for name, value in values.items()})
        assert float(read) == pytest.approx(float(one.equation(*values.values())), rel=1e-9), one.name


# blind second versions


def test_every_blind_version_names_things_that_exist(blind: ModuleType) -> None:
    for one in blind.blind_versions():
        source = (QC / one.file).read_text(encoding="utf-8")
        for name in one.theirs:
            assert re.search(rf"^def {name}\(", source, re.MULTILINE), f"{one.name}: {one.file} has no {name}"
        for path in one.functions:
            module, name = path.split(":")
            assert callable(getattr(importlib.import_module(module), name)), f"{one.name}: {path}"
        assert set(one.nodes) <= set(CHART.nodes), one.name
        assert set(one.arrows) <= set(CHART.arrows), one.name
        assert one.functions, one.name
        assert one.held_by, one.name


def test_a_blind_version_is_held_by_tests_that_run_it(blind: ModuleType) -> None:
    for one in blind.blind_versions():
        module = one.file.removesuffix(".py")
        texts = [(ROOT / path).read_text(encoding="utf-8") for path in one.held_by]
        runs = (f'blind("{module}")', f'"{module}.py"')
        assert any(run in text for run in runs for text in texts), f"{one.name}: no test runs qc/{one.file}"


def test_every_file_of_second_versions_is_in_the_table(blind: ModuleType) -> None:
    files = {path.name for path in QC.glob("*.py") if not path.name.startswith("test_")} - {"cases.py", "conftest.py"}
    assert files == {one.file for one in blind.blind_versions()}


def test_pages_mark_what_has_a_blind_version(blind: ModuleType, arrows: str, nodes: str) -> None:
    covered = {name for one in blind.blind_versions() for name in one.arrows}
    for name, text in sections(arrows).items():
        assert (name in covered) == ("**Blind second version.**" in text), name
    covered = {name for one in blind.blind_versions() for name in one.nodes}
    for name, text in sections(nodes).items():
        assert (name in covered) == ("**Blind second version.**" in text), name


# written pages


def test_no_table_of_parameters_is_written_by_hand() -> None:
    known = set(parameters())
    for path in [*sorted((ROOT / "docs").glob("*.md")), ROOT / "README.md"]:
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("|"):
                first = line.split("|")[1].strip().strip("`")
                assert first not in known, f"{path.name}: {first} stands in a table written by hand"


# predictions


def a_number(value: float, low: float | None = None) -> Number:
    return Number("one", "hair | left", value, "percent", low, None if low is None else 2 * value)


def test_a_prediction_becomes_a_section(hook) -> None:
    """A prediction made up for the test; the real ones are run when the docs are built."""
    page = hook("predictions")
    held = (Held(a_number(45.0, 30.0), "400 %", FAILS),)
    some = [Forecast(name, held, (a_number(7.0),), 20, FAILS, f"Under {name} it is 45 %.") for name in ("a", "b")]
    one = Prediction("made-up", "Made up", "What?", ("krajcik2003",), "Seen.", "Asked.", tuple(some), ("Note.",))
    text = page.section(one)
    assert "## Made up" in text
    assert "| hair \\| left | 400 % | 45 % (30 to 90): **fails** | 45 % (30 to 90): **fails** |" in text
    assert "| hair \\| left | not measured | 7 % | 7 % |" in text
    assert "- **Fails.** Under a it is 45 %." in text
    assert "[krajcik2003](sources.md#krajcik2003): " in text


def test_a_hypothesis_without_men_leaves_its_cells_empty(hook) -> None:
    page = hook("predictions")
    full = Forecast("a", (Held(a_number(45.0), "400 %", FAILS),), (), 20, FAILS, "Under a it is 45 %.")
    none = Forecast("b", (), (), 0, FAILS, "Under b too few.")
    one = Prediction("made-up", "Made up", "What?", ("krajcik2003",), "Seen.", "Asked.", (full, none), ())
    text = page.section(one)
    assert "| hair \\| left | 400 % | 45 %: **fails** |  |" in text
    assert "| drawn men |  | 20 | too few |" in text
