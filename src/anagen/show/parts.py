"""Pieces of the page that several sections share."""

from __future__ import annotations

from collections.abc import Sequence

from htpy import Element, Node, caption, details, div, h2, section, span, summary, table, tbody, td, th, thead, tr

Cells = Sequence[Node]


def part(anchor: str, heading: str, *content: Node) -> Element:
    """A section of the page with its heading."""
    return section(id=anchor, aria_labelledby=f"{anchor}-heading")[h2(id=f"{anchor}-heading")[heading], content]


def more(label: Node, *content: Node, wide: bool = False) -> Element:
    """Something folded away, open to anyone who asks; wide where it holds a drawing or a broad table."""
    return details(class_="breakout" if wide else None)[summary[label], div(".folded")[content]]


def plain_table(title: str, head: Cells, rows: Sequence[Cells], classes: str = "", wide: bool = False) -> Element:
    """A table in a box that scrolls by itself where the screen is narrow; the first cell of a row names it."""
    return div(class_="scroll breakout" if wide else "scroll", tabindex="0", role="region", aria_label=title)[
        table(class_=classes)[
            caption[span[title]],
            thead[tr[(th(scope="col")[cell] for cell in head)]],
            tbody[(tr[th(scope="row")[first], (td[cell] for cell in rest)] for first, *rest in rows)],
        ]
    ]
