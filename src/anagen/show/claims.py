"""Claims for the terminal: a table of all, and one with its evidence and what the model found just now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from anagen.evidence.claims import Claim, Ground
from anagen.evidence.parameters import GRADE_WORDS
from anagen.outlook.experiments_records import Result
from anagen.show.claims_words import (
    AGAINST,
    DISCLAIMER,
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

NAME_WIDTH = 32  # a name is for copying: it stays on one line in a terminal of 80


def print_claims(claims: Iterable[Claim], console: Console) -> None:
    """Print every claim in a table for each topic: what it says, its grade and its verdict."""
    for topic, group in groupby(claims, key=lambda claim: claim.topic):
        title = topic[0].upper() + topic[1:]
        table = Table(box=box.SIMPLE_HEAD, title=title, title_justify="left", title_style="bold", pad_edge=False)
        table.add_column("Claim", ratio=3, overflow="fold", min_width=min(NAME_WIDTH, console.width // 2))
        table.add_column("Grade")
        table.add_column("Verdict", ratio=2)
        for claim in group:
            table.add_row(Text(f"{claim.name}\n") + Text(claim.says, "dim"), claim.grade, Text(claim.verdict))
        console.print(table)
    grades = "; ".join(f"{grade} {words}" for grade, words in GRADE_WORDS.items())
    console.print(Text(f"The grade is that of the best evidence for a claim: {grades}."), soft_wrap=False)
    console.print(Text(f"anagen claims NAME runs its experiment. {DISCLAIMER}", "italic"))


def _grounds(title: str, grounds: Sequence[Ground], console: Console) -> None:
    console.print(Text(f"\n{title}", "bold"))
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column()
    for ground in grounds:
        grid.add_row(ground.grade or "-", Text(ground_line(ground)))
    console.print(grid)


def _numbers(result: Result, console: Console) -> None:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("Number", ratio=1)
    table.add_column("Is", justify="right")
    table.add_column("Range or source")
    for one in result.numbers:
        table.add_row(*(Text(words) for words in number_words(one)))
    console.print(table)


def print_claim(claim: Claim, result: Result | None, console: Console) -> None:
    """Print one claim: evidence for and against, what would have to be true, the experiment and the verdict."""

    def say(words: str, style: str = "") -> None:
        console.print(Text(words, style))

    say(f'"{claim.says}"', "bold")
    say(f"{claim.verdict}.", "bold")
    say(standing_line(claim))
    _grounds(FOR, claim.grounds_for, console)
    _grounds(AGAINST, claim.grounds_against, console)
    say(f"\n{NEEDED}", "bold")
    say(claim.would_need)
    if claim.arrows:
        say("\nArrows of the flowchart it rests on", "bold")
        for line in arrow_lines(claim):
            say(f"- {line}")
    say(f"\n{MODEL}", "bold")
    if result is None:
        say(NO_EXPERIMENT)
    else:
        say(f"{result.asks} ({people_words(result)})", "dim")
        say(result.sentence)
        _numbers(result, console)
        for caveat in result.caveats:
            say(f"- {caveat}")
    say("\nSources", "bold")
    for entry in entries(claim, result):
        say(f"- {entry_line(entry)}")
    say(f"\n{DISCLAIMER}", "italic")
