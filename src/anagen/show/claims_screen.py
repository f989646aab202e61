"""The claims as screens: all of them by topic, and one with its verdict, its experiment and its evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby

from htpy import Element, Node, a, h2, li, p, strong, ul

from anagen.evidence.claims import Claim, Ground, Standing
from anagen.evidence.parameters import GRADE_WORDS
from anagen.flowchart.chart import flowchart
from anagen.outlook.experiments_records import Result
from anagen.show.claims_words import (
    AGAINST,
    FOR,
    MODEL,
    NEEDED,
    NO_EXPERIMENT,
    entries,
    entry_line,
    ground_line,
    number_words,
    people_words,
    standing_line,
)
from anagen.show.numbers import listed
from anagen.show.parts import plain_table

Address = Callable[[str], str]


COUNTED: dict[Standing, str] = {
    "supported": "the evidence speaks for {}",
    "limited": "{} hold with a limit",
    "contested": "sources conflict on {}",
    "unproven": "{} are unproven",
    "against": "the evidence speaks against {}",
}


def count_sentence(claims: Iterable[Claim]) -> str:
    """How many there are, and how they stand."""
    found = Counter(one.standing for one in claims)
    parts = [words.format(found[name]) for name, words in COUNTED.items() if found[name]]
    return f"Of {found.total()} claims {listed(parts)}."


def grades_sentence() -> str:
    """What the letters mean."""
    grades = "; ".join(f"{grade} {words}" for grade, words in GRADE_WORDS.items())
    return f"The grade is that of the best evidence for a claim: {grades}."


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]


def claims_by_topic(claims: Iterable[Claim], address: Address) -> list[Node]:
    """A table for each topic; a claim's words lead to it."""

    def rows(group: Iterable[Claim]) -> list[list[Node]]:
        return [[a(href=address(one.name))[one.says], one.grade, one.verdict] for one in group]

    return [
        [
            h2[_capital(topic)],
            plain_table(f"Claims about {topic}", ("Claim", "Grade", "Verdict"), rows(group), "claim-list"),
        ]
        for topic, group in groupby(claims, key=lambda one: one.topic)
    ]


def _grounds(title: str, grounds: Sequence[Ground]) -> list[Node]:
    lines = [f"{f'Grade {one.grade}. ' if one.grade else ''}{_capital(ground_line(one))}" for one in grounds]
    return [h2[title], ul[(li[line] for line in lines)] if lines else p(".none")["Nothing that is known here."]]


def _arrows(claim: Claim) -> list[Node]:
    arrows = flowchart().arrows
    if not claim.arrows:
        return []
    return [
        h2["Arrows of the flowchart it rests on"],
        ul[(li[a(href=f"/arrow/{name}")[arrows[name].says], f" Grade {arrows[name].grade}."] for name in claim.arrows)],
    ]


def _model(result: Result | None) -> list[Node]:
    """What the experiment found just now."""
    if result is None:
        return [h2[MODEL], p[NO_EXPERIMENT]]
    rows: list[list[Node]] = [list(number_words(one)) for one in result.numbers]
    return [
        h2[MODEL],
        p[strong[result.asks]],
        p[result.sentence],
        plain_table(f"Numbers of the {people_words(result)}", ("Number", "Is", "Range or source"), rows, "numbers"),
        ul[(li[caveat] for caveat in result.caveats)],
    ]


def claim_parts(claim: Claim, result: Result | None) -> list[Node]:
    """One claim, for a page that has the claim itself as its heading; the verdict comes first."""
    return [
        p(".big")[strong[f"{claim.verdict}."]],
        p[standing_line(claim)],
        _model(result),
        h2["What would change the verdict"],
        p[strong[f"{NEEDED}. "], claim.would_need],
        _grounds(FOR, claim.grounds_for),
        _grounds(AGAINST, claim.grounds_against),
        _arrows(claim),
        h2["Sources"],
        ul[(li[entry_line(one)] for one in entries(claim, result))],
    ]


def list_of(claims: Iterable[Claim], address: Address) -> Element:
    """Claims in a list, each leading to its own screen."""
    return ul[(li[a(href=address(one.name))[one.says]] for one in claims)]
