"""The bibliography: every source the model and the ledger lean on, read from `sources/*.bib`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from anagen.evidence.parameters import EvidenceError


@dataclass(frozen=True)
class Source:
    """One entry of the bibliography; what is not known is empty."""

    key: str
    author: str
    title: str
    year: str
    journal: str
    doi: str
    note: str

    def __str__(self) -> str:
        """The entry in one line, for a reader."""
        parts = [self.author, f"({self.year})" if self.year else "", self.title, self.journal]
        line = ". ".join(part.rstrip(".") for part in (" ".join(p for p in parts[:2] if p), *parts[2:]) if part)
        tail = f" doi:{self.doi}" if self.doi else ""
        note = f" [{self.note}]" if self.note else ""
        return f"{line}.{tail}{note}"


ASSUMED = Source("assumed", "", "Assumed: no source stands behind this value", "", "", "", "")


@cache
def bibliography() -> Mapping[str, Source]:
    """Every source by its key, and "assumed"; raises EvidenceError where a key stands twice."""
    from pybtex.backends.plaintext import Backend
    from pybtex.database import parse_string
    from pybtex.richtext import Text

    backend = Backend()  # named once: looking it up by name searches every installed package

    def plain(value: str) -> str:
        return Text.from_latex(value).render(backend)

    found: dict[str, Source] = {ASSUMED.key: ASSUMED}
    folder = files("anagen.evidence").joinpath("sources")
    for path in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if not path.name.endswith(".bib"):
            continue
        for key, entry in parse_string(path.read_text(encoding="utf-8"), "bibtex").entries.items():
            if key in found:
                raise EvidenceError(f"{path.name}: {key} stands twice")
            authors = [
                " ".join([*person.prelast_names, *person.last_names]) for person in entry.persons.get("author", [])
            ]
            author = authors[0] if len(authors) == 1 else f"{authors[0]} and others" if authors else ""
            field = {name: plain(entry.fields.get(name, "")) for name in ("title", "year", "journal", "note")}
            found[key] = Source(key, plain(author), doi=entry.fields.get("doi", ""), **field)
    return MappingProxyType(found)
