"""What a person reads in the SBML (notes), and the sources a program reads (annotations).

Every source for an arrow, and the source of every record, that has a DOI stands as `bqbiol:isDescribedBy` with its
address at identifiers.org. Sources without a DOI, and those against an arrow, stand in the notes alone: no qualifier
says "is contradicted by".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import quote

from htpy import Node, a, body, p

from anagen.evidence.parameters import GRADE_WORDS, STATUS_WORDS, Grade, Parameter
from anagen.evidence.sources import bibliography
from anagen.flowchart.sbml_library import done, library
from anagen.mechanism import Arrow

XHTML = "http://www.w3.org/1999/xhtml"
IN_A_DOI = "/():;._-"  # what may stand in the path of an address as it is
LOWEST_PLAIN = ord(" ")
OUTSIDE_XML = {0xFFFE, 0xFFFF}


def plain(text: str) -> str:
    """Text fit for XML: a character that may not stand there (a control, half a surrogate pair) becomes U+FFFD."""

    def fits(letter: str) -> bool:
        code = ord(letter)
        return letter in "\t\n\r" or (code >= LOWEST_PLAIN and not 0xD800 <= code <= 0xDFFF and code not in OUTSIDE_XML)

    return "".join(letter if fits(letter) else "\ufffd" for letter in text)


def address(doi: str) -> str:
    """The address of a DOI at identifiers.org."""
    return f"https://identifiers.org/doi:{quote(doi, safe=IN_A_DOI)}"


def _cited(key: str) -> list[Node]:
    """One source in words, with a link where it has a DOI."""
    source = bibliography()[key]
    if not source.doi:
        return [plain(str(source))]
    before, doi, after = plain(str(source)).partition(f"doi:{source.doi}")
    return [before, a(href=address(source.doi))[doi], after]


def _about(lines: Iterable[Node]) -> str:
    """Paragraphs as XHTML."""
    return str(body(xmlns=XHTML)[[p[line] for line in lines]])


def _sourced(what: str, keys: Sequence[str]) -> list[Node]:
    return [[f"{what}: ", *_cited(key)] for key in keys]


def _grade(grade: Grade) -> str:
    return f"Grade {grade}: {GRADE_WORDS[grade]}."


def arrow_notes(arrow: Arrow) -> str:
    """What an arrow says, how sure it is, and the sources for and against it."""
    lines = [plain(arrow.says), f"{arrow.tail} {arrow.effect} {arrow.head}.", _grade(arrow.grade)]
    return _about([*lines, *_sourced("For", arrow.sources_for), *_sourced("Against", arrow.sources_against)])


def record_notes(record: Parameter) -> str:
    """Where a number comes from."""
    place = [f"Place in the source: {plain(record.place)}."] if record.place else []
    note = [plain(record.note)] if record.note else []
    status = f"{_grade(record.grade)} Status: {STATUS_WORDS[record.status]}."
    return _about([*_sourced("Source", [record.source]), *place, status, *note])


def notes_of(lines: Iterable[str]) -> str:
    """Plain lines as notes."""
    return _about(plain(line) for line in lines)


def annotate(element: Any, notes: str, sources: Sequence[str] = ()) -> None:
    """Give an element of SBML its notes, and the sources that describe it."""
    identifier = element.getId() or element.getMetaId()
    done(element.setNotes(notes), f"notes of {identifier}")
    found = [bibliography()[key].doi for key in sources if bibliography()[key].doi]
    if found:
        done(element.setMetaId(f"meta_{element.getId()}"), identifier)
        term = library().CVTerm(library().BIOLOGICAL_QUALIFIER)
        done(term.setBiologicalQualifierType(library().BQB_IS_DESCRIBED_BY), identifier)
        for doi in found:
            done(term.addResource(address(doi)), doi)
        done(element.addCVTerm(term), identifier)


def ascii_xml(text: str) -> str:
    """The same XML in letters that any terminal and any encoding holds."""
    return text.encode("ascii", "xmlcharrefreplace").decode("ascii")
