"""Cuts and histogram of a solved patch as pieces of a page, which brings their style and may scroll them sideways."""

from __future__ import annotations

from htpy import Element, div, figcaption, figure

from anagen.show.oxygen_slice import SliceView, slice_svg


def scrolled(title: str, drawing: Element, words: str = "") -> Element:
    """A drawing in a box that scrolls by itself where the screen is narrow."""
    return figure(".oxygen-drawing")[
        div(".scroll", tabindex="0", role="region", aria_label=f"{title}, scrolls sideways")[drawing],
        figcaption(".caption")[words] if words else None,
    ]


def cut_figure(view: SliceView, words: str = "") -> Element:
    """A cut."""
    return scrolled(view.title, slice_svg(view, alone=False), words)
