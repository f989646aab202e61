"""What a plasma magnesium level has been seen to go with, as bands; most of it from single case reports."""

from __future__ import annotations

from dataclasses import dataclass

from anagen.evidence.parameters import STATUS_WORDS, parameters

WORDS: tuple[tuple[str, str, str], ...] = (
    ("", "low", "below the usual range"),
    ("acute_band_usual", "usual", "within the usual range"),
    ("acute_band_raised", "raised", "above the usual range; most people notice nothing"),
    ("acute_band_mild", "mild signs", "nausea, flushing; in single cases a slow heart or a still gut"),
    ("acute_band_marked", "marked signs", "weak reflexes, muscle weakness, low blood pressure"),
    ("acute_band_severe", "severe", "reflexes lost, limbs paralyzed, confusion"),
    ("acute_band_dangerous", "dangerous", "breathing may stop, the heart's conduction is blocked"),
    ("acute_band_deadly", "often deadly", "complete heart block, coma, the heart may stop"),
)
"""The record of each lower edge, the band's name, and what has been seen in it."""


@dataclass(frozen=True)
class PlasmaBand:
    """A band of plasma magnesium, from `above` up to `below` (mmol/L; None is open), with its source and status."""

    name: str
    words: str
    above: float | None
    below: float | None
    source: str
    status: str

    def to_dict(self) -> dict[str, object]:
        """As it stands in the JSON."""
        return {
            "name": self.name,
            "words": self.words,
            "from_mmol_l": self.above,
            "to_mmol_l": self.below,
            "source": self.source,
            "status": self.status,
        }


def plasma_bands() -> tuple[PlasmaBand, ...]:
    """Every band, the lowest first; the lowest leans on the record of its upper edge."""
    edges = [parameters()[record] if record else None for record, _, _ in WORDS]
    bands: list[PlasmaBand] = []
    for place, (_, name, words) in enumerate(WORDS):
        edge = edges[place]
        above = None if edge is None else edge.value
        following = edges[place + 1] if place + 1 < len(edges) else None
        leans_on = edge or following
        assert leans_on is not None
        below = None if following is None else following.value
        bands.append(PlasmaBand(name, words, above, below, leans_on.source, STATUS_WORDS[leans_on.status]))
    return tuple(bands)


def band_of(plasma: float) -> PlasmaBand:
    """The band a plasma level (mmol/L) falls in; an edge belongs to the band above it.

    Examples
    --------
    >>> band_of(0.85).name, band_of(1.05).name, band_of(9.0).name
    ('usual', 'raised', 'often deadly')
    """
    return next(band for band in reversed(plasma_bands()) if band.above is None or plasma >= band.above)
