"""Claims as they are shown: in a terminal, in Markdown and as HTML, and through the command."""

from __future__ import annotations

import json
from dataclasses import replace
from io import StringIO

import pytest
from rich.console import Console
from typer.testing import CliRunner, Result

from anagen.cli import app
from anagen.evidence.claims import SEARCHED, claims
from anagen.evidence.sources import bibliography
from anagen.outlook.experiments import run_experiment
from anagen.show.claims import print_claim, print_claims
from anagen.show.claims_page import claim_markdown, claim_section, claims_markdown, claims_table
from anagen.show.claims_words import NO_EXPERIMENT, arrow_lines, cite, entry_line, ground_line, number_words

ALL = list(claims().values())
FOOD = claims()["food-does-not-count"]
STING = claims()["stinging-fades-with-use"]
RESULT = run_experiment("where-food-counts")


def anagen(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments), catch_exceptions=False)


def printed(width: int, show: object, *what: object) -> str:
    out = StringIO()
    show(*what, Console(file=out, width=width, highlight=False))  # type: ignore[operator]
    return out.getvalue()


def words(text: str) -> str:
    return " ".join(text.split())


# the terminal


@pytest.mark.parametrize("width", [80, 120])
def test_every_name_stands_whole_in_the_table(width: int) -> None:
    lines = printed(width, print_claims, ALL).splitlines()
    assert max(map(len, lines)) <= width
    starts = {line.split()[0] for line in lines if line.split()}
    assert set(claims()) <= starts


def test_a_narrow_terminal_loses_no_name() -> None:
    text = "".join(printed(40, print_claims, ALL).split())
    assert "\N{HORIZONTAL ELLIPSIS}" not in text


def test_the_table_holds_every_verdict_and_grade() -> None:
    text = words(printed(300, print_claims, ALL))
    for claim in ALL:
        assert f"{claim.name} {claim.grade} {claim.verdict}" in text
        assert claim.says in text
    assert "not medical advice" in text


def test_a_claim_is_shown_with_both_sides_and_its_numbers() -> None:
    text = words(printed(300, print_claim, FOOD, RESULT))
    for part in (FOOD.says, FOOD.verdict, FOOD.would_need, RESULT.sentence, *RESULT.caveats, RESULT.experiment):
        assert words(part) in text
    for ground in FOOD.grounds:
        assert words(ground_line(ground)) in text
        assert words(entry_line(bibliography()[ground.source])) in text
    assert text.index("For it") < text.index("Against it") < text.index("What would have to be true")
    assert "not medical advice" in text
    for one in RESULT.numbers:
        assert words(" ".join(number_words(one))) in text


def test_a_claim_without_an_experiment_says_so() -> None:
    assert NO_EXPERIMENT in words(printed(200, print_claim, STING, None))
    assert NO_EXPERIMENT in claim_markdown(STING, None)
    assert NO_EXPERIMENT in str(claim_section(STING, None))


def test_what_was_searched_for_is_not_called_read() -> None:
    ground = next(one for one in STING.grounds if one.source == SEARCHED)
    assert ground_line(ground).endswith("(our own search)")
    assert cite("vanneste2000") == "Van Neste 2000"
    assert cite("no-such-key") == "no-such-key"
    assert cite("occiput2021").startswith("Histology of the occiput")
    assert entry_line(bibliography()["brinelore"]).startswith("brinelore: [Makers' and health pages")


def test_numbers_have_units_and_ranges() -> None:
    result = run_experiment("magnesium-on-calcification")
    assert number_words(result["serum-rise"])[1:] == ("0.04 mmol/L", "Zhang 2016")
    assert number_words(result["dose"])[1:] == ("300 mg a day", "set")
    says, shown, spread = number_words(result["t50"])
    assert says == "rise of T50 by it"
    assert shown.endswith(" %")
    assert spread.startswith("8 in 10: ")


def test_arrows_are_told_with_their_grade() -> None:
    assert arrow_lines(claims()["tension-inflames-the-scalp"]) == [
        "tension-raises-inflammation (E): Tension of the galea is said to inflame the scalp under it."
    ]


# pages


def test_the_markdown_leads_from_the_table_to_every_claim() -> None:
    table = claims_markdown(ALL)
    assert len(table.splitlines()) == len(ALL) + 2
    for claim in ALL:
        assert f"[{claim.name}](#{claim.name})" in table
    page = claim_markdown(FOOD, RESULT)
    assert page.startswith(f"## {FOOD.name}\n")
    for part in (FOOD.says, FOOD.verdict, RESULT.sentence):
        assert part in page
    rows = [line for line in page.splitlines() if line.startswith("|")]
    assert len(rows) == len(RESULT.numbers) + 2
    assert {row.count(" | ") for row in rows if "---" not in row} == {2}


def test_html_escapes_what_it_is_given() -> None:
    nasty = replace(FOOD, says="<script>alert(1)</script>", verdict="a | b <b>")
    for page in (str(claim_section(nasty, RESULT)), str(claims_table([nasty]))):
        assert "<script>" not in page
        assert "&lt;script&gt;" in page
    assert "<b>" not in claims_markdown([nasty])
    assert "a \\| b" in claims_markdown([nasty])
    whole = str(claim_section(FOOD, RESULT))
    assert f'id="claim-{FOOD.name}"' in whole
    assert RESULT.sentence in whole


# the command


def test_the_command_lists_every_claim() -> None:
    done = anagen("claims")
    assert (done.exit_code, done.stderr) == (0, "")
    for name in claims():
        assert name in done.stdout
    found = json.loads(anagen("claims", "--json").stdout)
    assert [one["name"] for one in found["claims"]] == list(claims())
    for one in found["claims"]:
        assert {"says", "verdict", "standing", "grade", "status", "arrows", "for", "against", "would_need"} <= set(one)


def test_the_command_runs_the_experiment_now() -> None:
    done = anagen("claims", "food-does-not-count")
    assert (done.exit_code, done.stderr) == (0, "")
    assert words(RESULT.sentence) in words(done.stdout)
    found = json.loads(anagen("claims", "food-does-not-count", "--json").stdout)
    assert found["result"] == RESULT.to_dict()
    assert found["result"]["sentence"] == RESULT.sentence
    assert json.loads(anagen("claims", "stinging-fades-with-use", "--json").stdout)["result"] is None


def test_the_seed_reaches_the_experiment() -> None:
    seen = [anagen("claims", "magnesium-moves-calcium-to-bone", "--seed", seed, "--json").stdout for seed in "778"]
    assert seen[0] == seen[1] != seen[2]
    assert json.loads(seen[0])["result"]["seed"] == 7
    assert anagen("claims", "food-does-not-count", "--seed", "-1").exit_code == 2


def test_an_unknown_name_gets_the_nearest() -> None:
    done = anagen("claims", "magnesium-oil-regrows")
    assert done.exit_code == 2
    assert done.stdout == ""
    assert 'did you mean "magnesium-oil-regrows-hair"' in done.stderr
    assert "Traceback" not in done.output
    assert anagen("claims", "").exit_code == 2


def test_help_has_an_example() -> None:
    done = anagen("claims", "--help")
    assert done.exit_code == 0
    assert "Example: anagen claims magnesium-oil-regrows-hair" in words(done.stdout)
    assert "Exit status" in done.stdout
