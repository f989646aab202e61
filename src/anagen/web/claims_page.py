"""The claims on the page: every one with its verdict, and one whose experiment is run when it is opened."""

from __future__ import annotations

from urllib.parse import urlencode

from htpy import a, h2, p

from anagen.evidence.claims import Claim, claims
from anagen.outlook.experiments import run_experiment
from anagen.outlook.experiments_records import Result
from anagen.outlook.kept import Kept
from anagen.show.claims_screen import claim_parts, claims_by_topic, count_sentence, grades_sentence, list_of
from anagen.web.plain import plain_page

SEED = 0
SLOW = {
    "calcification-for-hypoxia": "some five seconds; on a new computer up to a minute, while the solver is compiled"
}
"""Experiments that take longer than a second, and how long."""
MOST_KEPT = 32

_results: Kept[Result] = Kept(MOST_KEPT)
Pairs = list[tuple[str, str]]


def result_of(claim: Claim) -> Result | None:
    """What the claim's experiment finds, as `anagen claims NAME` runs it; run once and kept, as its seed is."""
    name = claim.experiment
    return None if name is None else _results.get(name, lambda: run_experiment(name, SEED))


def _address(kept: Pairs, name: str = "") -> str:
    pairs = [*kept, ("name", name)] if name else kept
    return f"/claims?{urlencode(pairs)}" if pairs else "/claims"


def _slow_words() -> str:
    every = claims().values()
    words = [f'"{one.says.rstrip(".")}" takes {SLOW[one.experiment]}' for one in every if one.experiment in SLOW]
    return f"Open a claim to run its experiment: a second or less. {'; '.join(words)}."


def claims_page(kept: Pairs) -> str:
    """Every claim with its verdict; `kept` is the state that the way back leads to."""
    every = claims().values()
    return plain_page(
        "Claims, with verdicts",
        p[a(href="/?" + urlencode(kept) if kept else "/")["Back to the page"]],
        p(".big")[count_sentence(every)],
        p[_slow_words()],
        claims_by_topic(every, lambda name: _address(kept, name)),
        p(".caption")[grades_sentence()],
    )


def claim_page(claim: Claim, result: Result | None, kept: Pairs) -> str:
    """One claim with what its experiment found."""
    others = [one for one in claims().values() if one.topic == claim.topic and one is not claim]
    again = None
    if result is not None:
        again = p(".caption")[
            f"Run with seed {result.seed}; anagen claims {claim.name} gives the same numbers in a terminal, and other "
            "numbers with another seed."
        ]
    return plain_page(
        claim.says,
        p[a(href=_address(kept))["Every claim"]],
        claim_parts(claim, result),
        again,
        [h2["Of the same topic"], list_of(others, lambda name: _address(kept, name))] if others else None,
    )


def too_long(claim: Claim) -> str:
    """Said where an experiment was given up."""
    return (
        f"The experiment of this claim took too long and was given up. Ask again in a minute, or run anagen claims "
        f"{claim.name} in a terminal, which waits for as long as it takes."
    )
