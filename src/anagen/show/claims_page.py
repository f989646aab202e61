"""Claims as pieces of a page, in Markdown for the documentation and as HTML."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from htpy import Element, Node, a, h3, li, p, section, strong, ul

from anagen.evidence.claims import Claim, Ground
from anagen.outlook.experiments_records import Result
from anagen.show.claims_words import (
    AGAINST,
    FOR,
    MODEL,
    NEEDED,
    NO_EXPERIMENT,
    arrow_lines,
    entries,
    entry_line,
    ground_line,
    number_words,
    people_words,
    standing_line,
)
from anagen.show.parts import plain_table


def _cell(text: str) -> str:
    """Text fit for one cell of a table."""
    return text.replace("|", "\\|").replace("\n", " ").replace("<", "&lt;")


def claims_markdown(claims: Iterable[Claim]) -> str:
    """The table of every claim, each name leading to its section."""
    rows = [f"| [{one.name}](#{one.name}) | {_cell(one.says)} | {one.grade} | {_cell(one.verdict)} |" for one in claims]
    return "\n".join(["| Claim | Says | Grade | Verdict |", "|---|---|---|---|", *rows])


def claim_markdown(claim: Claim, result: Result | None) -> str:
    """One claim as a section of a page."""

    def grounds(title: str, some: Sequence[Ground]) -> list[str]:
        return [f"**{title}**", "", *(f"- {one.grade or 'n/a'}: {_cell(ground_line(one))}" for one in some), ""]

    parts = [f"## {claim.name}", "", f"> {claim.says}", "", f"**{claim.verdict}.** {standing_line(claim)}", ""]
    parts += grounds(FOR, claim.grounds_for) + grounds(AGAINST, claim.grounds_against)
    parts += [f"**{NEEDED}.** {claim.would_need}", ""]
    if result is None:
        return "\n".join([*parts, f"**{MODEL}.** {NO_EXPERIMENT}", ""])
    parts += [f"**{MODEL}** ({people_words(result)}). {_cell(result.sentence)}", ""]
    parts += ["| Number | Is | Range or source |", "|---|---|---|"]
    parts += ["| " + " | ".join(_cell(words) for words in number_words(one)) + " |" for one in result.numbers]
    return "\n".join([*parts, "", *(f"- {caveat}" for caveat in result.caveats), ""])


def claims_table(claims: Iterable[Claim]) -> Element:
    """The table of every claim, as a piece of a page."""
    rows: list[list[Node]] = [
        [a(href=f"#claim-{one.name}")[one.name], one.says, one.grade, one.verdict] for one in claims
    ]
    return plain_table("Claims", ("Claim", "Says", "Grade", "Verdict"), rows)


def claim_section(claim: Claim, result: Result | None) -> Element:
    """One claim as a section of a page."""

    def listed(title: str, lines: Iterable[str]) -> list[Node]:
        return [p[strong[title]], ul[(li[line] for line in lines)]]

    if result is None:
        found: list[Node] = [p[NO_EXPERIMENT]]
    else:
        rows: list[list[Node]] = [list(number_words(one)) for one in result.numbers]
        found = [
            p[f"{result.asks} ({people_words(result)})"],
            p[result.sentence],
            plain_table(f"Numbers of {result.experiment}", ("Number", "Is", "Range or source"), rows, "numbers"),
            ul[(li[caveat] for caveat in result.caveats)],
        ]
    return section(id=f"claim-{claim.name}")[
        h3[claim.says],
        p[strong[f"{claim.verdict}."], f" {standing_line(claim)}"],
        listed(FOR, (f"{one.grade or 'n/a'}: {ground_line(one)}" for one in claim.grounds_for)),
        listed(AGAINST, (f"{one.grade or 'n/a'}: {ground_line(one)}" for one in claim.grounds_against)),
        p[strong[f"{NEEDED}. "], claim.would_need],
        listed("Arrows of the flowchart it rests on", arrow_lines(claim)) if claim.arrows else None,
        p[strong[MODEL]],
        found,
        listed("Sources", (entry_line(entry) for entry in entries(claim, result))),
    ]
