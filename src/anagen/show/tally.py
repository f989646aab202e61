"""The ledger in words: every item with its sum, and what was found."""

from __future__ import annotations

from htpy import Element, Node, a, caption, div, li, p, span, strong, table, tbody, td, th, thead, tr, ul

from anagen.show.account import KIND_WORDS, SEVERITY_WORDS, SHOWN, Account, Line, Remark
from anagen.show.ledger_words import UNREAD, calcium_sentence
from anagen.show.numbers import mg
from anagen.show.parts import more

SEVERITY_SIGNS = {"stop": "\N{BLACK SQUARE}", "caution": "\N{BLACK UP-POINTING TRIANGLE}", "note": "\N{BLACK CIRCLE}"}


def _rows(item: Line) -> Element:
    """One item: what it is, mg, what of it counts; and below, the arithmetic."""
    return tbody[
        tr[
            th(scope="row")[item.name, " ", span(".ranges")[KIND_WORDS.get(item.kind, item.kind)]],
            td["unknown" if item.elemental is None else mg(item.elemental)],
            td[mg(item.counted)],
        ],
        tr(".sum-row")[td(".sum", colspan="3")[item.arithmetic, _source(item)]],
    ]


def _source(item: Line) -> Element | None:
    """Where the content of an item is from, as a link to the list of sources."""
    if not item.source:
        return None
    return span(".ranges")[" ", a(href=f"#source-{item.source}")[item.source], f", {item.status}"]


def items_table(ledger: Account) -> Element | None:
    """Every item with the arithmetic that leads to its milligrams."""
    if not ledger.lines:
        return None
    title = "Every item and its sum, mg of elemental magnesium a day"
    return div(".scroll", tabindex="0", role="region", aria_label=title)[
        table(".numbers.items")[
            caption[span[title]],
            thead[tr[(th(scope="col")[words] for words in ("Item", "Holds", "Counts"))]],
            (_rows(item) for item in ledger.lines),
        ]
    ]


def beside(ledger: Account) -> Element:
    """Calcium beside magnesium, and which cells of the tables nobody has read in a source."""
    lines = [calcium_sentence(ledger)]
    unread = [
        words
        for words, status in (("the limit", ledger.limit_status), ("the need", ledger.need_status))
        if status == UNREAD
    ]
    if unread:
        lines.append(f"Of the figures above, {' and '.join(unread)} ({ledger.place}): {UNREAD}.")
    return div(".beside")[(p(".bar-note")[line] for line in lines if line)]


def _remark(remark: Remark) -> Element:
    """One finding: how grave it is in words, what it is about, and what it says."""
    about = f" ({remark.item})" if remark.item else ""
    return li(class_=remark.severity)[
        span(".severity")[
            span(aria_hidden="true")[SEVERITY_SIGNS[remark.severity], " "], SEVERITY_WORDS[remark.severity]
        ],
        span[strong[remark.code.replace("-", " "), about], ". ", remark.message],
    ]


def findings(ledger: Account) -> Node:
    """What was found, gravest first: three in sight, the rest folded away."""
    if not ledger.remarks:
        return p["Nothing further was found."]
    rest = ledger.remarks[SHOWN:]
    return [
        ul(".findings")[(_remark(remark) for remark in ledger.remarks[:SHOWN])],
        more(f"{len(rest)} more", ul(".findings")[(_remark(remark) for remark in rest)]) if rest else None,
    ]
