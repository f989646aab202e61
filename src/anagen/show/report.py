"""The whole answer as one HTML file that needs nothing else: no script, no font, no request."""

from __future__ import annotations

from importlib.resources import files

import htpy
from htpy import Element, Node, a, body, footer, h1, head, header, li, main, meta, nav, p, span, ul
from markupsafe import Markup

from anagen.evidence.sources import bibliography
from anagen.outlook.records import Outlook
from anagen.routine import Person
from anagen.show.account import Account, account
from anagen.show.arrows import flowchart_section, grades_section
from anagen.show.bars import ledger_bars, patterns
from anagen.show.clock import clock_drawing
from anagen.show.hair import hair_by_age
from anagen.show.numbers import whole
from anagen.show.opening import answer_section
from anagen.show.origin import origin
from anagen.show.parts import part
from anagen.show.routes import nodes_used
from anagen.show.scalp import scalp_pictures
from anagen.show.side_effects import harm_sources, harms_of
from anagen.show.side_effects_drawing import harms_section
from anagen.show.sources import Bibliography, keys_used, sources_section
from anagen.show.tally import beside, findings, items_table
from anagen.show.words import has_plan

DISCLAIMER = "A model for learning, not medical advice."
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
STYLES = ("style.css", "side_effects.css")
CONTENTS = (
    ("answer", "Answer"),
    ("magnesium", "Magnesium"),
    ("hair", "Hair by age"),
    ("scalp", "Scalp"),
    ("side-effects", "Side effects"),
    ("flowchart", "Flowchart"),
    ("evidence", "How sure"),
    ("sources", "Sources"),
    ("origin", "Origin"),
)


def stylesheet() -> Markup:
    """The one stylesheet, part of the package and so safe to set as it is."""
    return Markup("".join(files("anagen.show").joinpath(name).read_text(encoding="utf-8") for name in STYLES))


def _who(person: Person) -> str:
    """The person in a line."""
    sex = {"female": "woman", "male": "man"}[person.sex]
    pattern = f", pattern {person.pattern}" if person.pattern else ""
    since = f", thinning seen since {whole(person.onset_age)}" if person.onset_age is not None else ""
    return f"{sex}, {whole(person.age)}{pattern}{since}"


def _head(name: str) -> Element:
    return head[
        meta(charset="utf-8"),
        meta(http_equiv="Content-Security-Policy", content=POLICY),
        meta(name="viewport", content="width=device-width, initial-scale=1"),
        meta(name="color-scheme", content="light dark"),
        meta(name="referrer", content="no-referrer"),
        htpy.title[f"anagen: the outlook for {name}"],
        htpy.style[stylesheet()],
    ]


def _top(person: Person) -> Element:
    return header(".top")[
        p(".wordmark")["anagen"],
        h1[f"The outlook for {person.name}"],
        p(".who")[_who(person), ". ", span(".disclaimer")[DISCLAIMER]],
        nav(aria_label="Contents")[ul[(li[a(href=f"#{anchor}")[words]] for anchor, words in CONTENTS)]],
    ]


def _magnesium(ledger: Account) -> list[Node]:
    """The ledger; without an item there is nothing to draw."""
    if not ledger.lines:
        return [p["The scenario lists nothing that holds magnesium."], findings(ledger) if ledger.remarks else None]
    return [ledger_bars(ledger), beside(ledger), clock_drawing(ledger.clock), items_table(ledger), findings(ledger)]


def _sections(outlook: Outlook, ledger: Account, entries: Bibliography) -> list[Element]:
    used, plan = nodes_used(outlook.scenario), has_plan(outlook.scenario)
    harms = harms_of(outlook.scenario, ledger)
    keys = keys_used(ledger, (*outlook.provenance.sources, *harm_sources(harms)))
    return [
        answer_section(outlook, ledger),
        part("magnesium", "Magnesium, added up", _magnesium(ledger)),
        part("hair", "Hair by age", hair_by_age(outlook)),
        part("scalp", "The scalp, drawn", scalp_pictures(outlook.hairs, plan)),
        part("side-effects", "Side effects, of 100 people", harms_section(harms, outlook.scenario.person, entries)),
        part("flowchart", "What the model believes", flowchart_section(used, entries, outlook.hypotheses)),
        part("evidence", "How sure the arrows are", grades_section()),
        part("sources", "Sources", sources_section(keys, entries)),
        part("origin", "Where this comes from", origin(outlook)),
    ]


def report_html(outlook: Outlook) -> str:
    """An outlook as one self-contained HTML page; the same outlook gives the same bytes."""
    ledger, person = account(outlook.ledger), outlook.scenario.person
    page = htpy.html(lang="en")[
        _head(person.name),
        body[
            a(".skip", href="#answer")["Skip to the answer"],
            patterns(),
            _top(person),
            main[_sections(outlook, ledger, bibliography())],
            footer[p[DISCLAIMER]],
        ],
    ]
    return str(page)
