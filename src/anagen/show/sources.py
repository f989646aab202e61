"""Where the numbers come from: the bibliography entries used, and the values nobody has read in a source yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from htpy import Element, Node, a, cite, li, ol, p, span

from anagen.evidence.parameters import GRADE_WORDS, STATUS_WORDS, Parameter, parameters
from anagen.evidence.sources import ASSUMED, Source
from anagen.flowchart.chart import flowchart
from anagen.show.account import Account
from anagen.show.numbers import value
from anagen.show.parts import more, plain_table

NOT_SOURCES = frozenset({"assumed", ""})
UNREAD = ("assumed", "recalled")


Bibliography = Mapping[str, Source]


def _short(key: str, bibliography: Bibliography) -> str:
    """First author and year; the key itself where the bibliography does not have it."""
    entry = bibliography.get(key)
    if entry is None:
        return key
    if not entry.author:
        return key
    names = [name.strip() for name in entry.author.split(" and ")]
    first = names[0].split(",")[0]
    return f"{first}{' et al.' if len(names) > 1 else ''} {entry.year}".strip() or key


def cited(keys: Iterable[str], bibliography: Bibliography) -> Node:
    """Short citations that lead to the list of sources."""
    named = [key for key in keys if key not in NOT_SOURCES]
    if not named:
        return span(".none")["assumed" if "assumed" in keys else "none"]
    parts: list[Node] = []
    for key in named:
        parts += ["; " if parts else "", a(href=f"#source-{key}")[_short(key, bibliography)]]
    return parts


def keys_used(ledger: Account, run: Iterable[str]) -> tuple[str, ...]:
    """The keys of a run, of the arrows and values shown and of what the ledger holds, in order of the alphabet."""
    found = {*run, *(key for remark in ledger.remarks for key in remark.sources)}
    found |= {line.source for line in ledger.lines if line.source}
    found |= {record.source for record in parameters().values()}
    for one in flowchart().arrows.values():
        found |= {*one.sources_for, *one.sources_against}
    return tuple(sorted(found - NOT_SOURCES))


def _entry(key: str, bibliography: Bibliography) -> Element:
    """One source; its DOI is a plain link, nothing is loaded from it."""
    entry = bibliography.get(key)
    if entry is None:
        return li(id=f"source-{key}")[key, span(".none")[" (not in the bibliography yet)"]]
    doi = entry.doi.removeprefix("https://doi.org/")
    return li(id=f"source-{key}")[
        f"{entry.author or key}{f' ({entry.year})' if entry.year else ''}. ", cite[entry.title], ". ",
        f"{entry.journal}. " if entry.journal else "",
        f"{entry.note}. " if entry.note else "",
        a(href=f"https://doi.org/{doi}", rel="noreferrer")[f"doi:{doi}"] if doi else None,
    ]  # fmt: skip


def source_list(keys: tuple[str, ...], bibliography: Bibliography) -> Element:
    """Every source used."""
    return ol(".sources")[(_entry(key, bibliography) for key in keys)]


def _parameter(one: Parameter) -> list[Node]:
    regional = " (mean over regions)" if one.by_region else ""
    return [
        one.name.replace("_", " "),
        f"{value(one.value)} {one.unit}{regional}",
        STATUS_WORDS[one.status],
        f"{one.grade}: {GRADE_WORDS[one.grade]}",
        one.source if one.source == ASSUMED.key else a(href=f"#source-{one.source}")[one.source],
        one.place,
    ]


HEADS = ("Value of", "Is", "Status", "Grade", "Source", "Where in it, or why")


def unread_table() -> Element:
    """The values that are assumed, or recalled and not yet checked."""
    rows = [_parameter(one) for one in parameters().values() if one.status in UNREAD]
    return plain_table("Values assumed or recalled", HEADS, rows, "numbers", wide=True)


def sourced_table() -> Element:
    """The values that were read in a source or derived from one."""
    rows = [_parameter(one) for one in parameters().values() if one.status not in UNREAD]
    return plain_table("Values with a source", HEADS, rows, "numbers", wide=True)


def sources_section(keys: tuple[str, ...], bibliography: Bibliography) -> list[Node]:
    """The sources, and what has none."""
    known = parameters()
    counts = {status: sum(one.status == status for one in known.values()) for status in UNREAD}
    return [
        p[
            f"The model holds {len(known)} values. {counts['assumed']} of them are assumed and "
            f"{counts['recalled']} are recalled, unchecked until someone reads them in a source. Both are listed."
        ],
        more("The values that are assumed or recalled", unread_table(), wide=True),
        more("The values that were read or derived", sourced_table(), wide=True),
        more(f"The {len(keys)} sources", source_list(keys, bibliography)),
    ]
