"""The day as a clock: medicines with the hours to keep free, magnesium by mouth, and where the two meet.

Places are in percent of the width, so that the drawing narrows with the page while its marks keep their size.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

from htpy import Element, Node, div, figcaption, figure, li, p, strong, ul

from anagen.show.numbers import coordinate, listed
from anagen.show.svg import circle, g, line, path, rect, svg, text

HOURS = 24
TICKS = (0, 6, 12, 18, 24)
HEAD, TRACK, FOOT = 16, 22, 28
CELLS = 48
WIDTH = 78
MOST_TRACKS = 12
MINUTES = 60


@dataclass(frozen=True)
class Guarded:
    """A medicine at an hour of the clock, and the hours before and after it to keep free of magnesium."""

    name: str
    hour: float
    before: float
    after: float
    general: bool = False

    @property
    def title(self) -> str:
        """Its name and time, and whether only general advice stands behind it."""
        return f"{self.name} {at(self.hour)}{' (general advice)' if self.general else ''}"


@dataclass(frozen=True)
class Meeting:
    """Magnesium too near a medicine; hours of the clock."""

    medicine: str
    item: str
    medicine_hour: float
    magnesium_hour: float

    @property
    def apart(self) -> float:
        """Hours between the two, the short way round."""
        there = (self.magnesium_hour - self.medicine_hour) % HOURS
        return min(there, HOURS - there)


@dataclass(frozen=True)
class DayClock:
    """What the drawing and the terminal read."""

    medicines: tuple[Guarded, ...] = ()
    magnesium: tuple[tuple[str, float], ...] = ()
    meetings: tuple[Meeting, ...] = ()
    timeless: tuple[str, ...] = ()

    @property
    def worth_drawing(self) -> bool:
        """True where a medicine and magnesium by mouth both have a time."""
        return bool(self.medicines and self.magnesium)

    def meets(self, guarded: Guarded) -> list[Meeting]:
        """Where magnesium comes too near one medicine."""
        return [one for one in self.meetings if (one.medicine, one.medicine_hour) == (guarded.name, guarded.hour)]


def day_clock(whole: Mapping[str, Any]) -> DayClock:
    """Read the ledger's JSON; an empty one where it has no clock."""
    found: Mapping[str, Any] = whole.get("clock") or {}
    return DayClock(
        tuple(
            Guarded(
                str(one["name"]),
                float(one["hour"]),
                float(one["free_before_h"]),
                float(one["free_after_h"]),
                bool(one.get("general", False)),
            )
            for one in found.get("medicines", ())
        ),
        tuple((str(one["name"]), float(one["hour"])) for one in found.get("magnesium", ())),
        tuple(
            Meeting(str(one["medicine"]), str(one["item"]), float(one["medicine_hour"]), float(one["magnesium_hour"]))
            for one in found.get("clashes", ())
        ),
        tuple(str(name) for name in found.get("timeless", ())),
    )


def at(hour: float) -> str:
    """7.5 as "07:30"."""
    minutes = round(hour % HOURS * MINUTES) % (HOURS * MINUTES)
    return f"{minutes // MINUTES:02d}:{minutes % MINUTES:02d}"


def hours(number: float) -> str:
    """A span of hours: "2 h", "30 min"."""
    if 0 < number < 1:
        return f"{round(number * MINUTES)} min"
    return f"{number:.1f}".removesuffix(".0") + " h"


def spans(guarded: Guarded) -> list[tuple[float, float]]:
    """The hours to keep free, as one or two pieces of the day."""
    length = min(guarded.before + guarded.after, HOURS)
    start = (guarded.hour - guarded.before) % HOURS
    end = start + length
    return [(start, end)] if end <= HOURS else [(start, HOURS), (0.0, end - HOURS)]


def _x(hour: float) -> str:
    return f"{100 * hour / HOURS:.2f}%"


def _mark(hour: float, shape: Element) -> Element:
    """A shape of its own size at an hour, in the middle of a track."""
    return svg(x=_x(hour), y=coordinate(HEAD + TRACK / 2), overflow="visible", aria_hidden="true")[shape]


def _diamond() -> Element:
    return path(".clock-medicine", d="M0-9L9 0L0 9L-9 0Z")


def _dot() -> Element:
    return circle(".clock-magnesium", r="7")


def _cross() -> Element:
    return g[circle(".clock-clash", r="9"), path(".clock-cross", d="M-4-4L4 4M-4 4L4-4")]


def _ring() -> Element:
    """A clash at the very hour of the medicine, around its mark."""
    return circle(".clock-clash", r="12")


def _bow(start: float, end: float) -> Element:
    """A bow over the track from one hour to another within the day."""
    return svg(
        x=_x(start), y="1", width=_x(end - start), height=str(HEAD), viewBox="0 0 10 10", preserveAspectRatio="none",
        overflow="visible", aria_hidden="true",
    )[path(".clock-bow", d="M0 10C2-2.5 8-2.5 10 10", vector_effect="non-scaling-stroke")]  # fmt: skip


def _bows(one: Meeting) -> list[Element]:
    """The bow of a clash, by the short way round, in two where that crosses midnight; none at the same hour."""
    first, last = sorted((one.medicine_hour, one.magnesium_hour))
    if last - first <= HOURS / 2:
        return [_bow(first, last)] if last > first else []
    return [_bow(last, HOURS), *([_bow(0.0, first)] if first > 0 else [])]


def _lane(head: int, foot: int, marks: Iterable[Node]) -> Element:
    """One lane of the day: its ground, and what lies on it."""
    height = head + TRACK + foot
    return svg(class_="clock", width="100%", height=str(height), aria_hidden="true", focusable="false")[
        rect(".ground", x="0", width="100%", y=str(head), height=str(TRACK)), marks
    ]


def _guides(clock: DayClock, height: int) -> list[Element]:
    """Where magnesium is swallowed, as a dotted line down every lane."""
    once = dict.fromkeys(hour for _, hour in clock.magnesium)
    return [line(".clock-guide", x1=_x(hour), x2=_x(hour), y1="0", y2=str(height)) for hour in once]


def _track(clock: DayClock, guarded: Guarded) -> Element:
    """One medicine: its day, the hours to keep free, its mark, and a bow to what comes too near."""
    meetings, free = clock.meets(guarded), spans(guarded)
    size = {"y": str(HEAD), "height": str(TRACK)}
    marks: list[Node] = [rect(".clock-free", x=_x(start), width=_x(end - start), **size) for start, end in free]
    marks += _guides(clock, HEAD + TRACK)
    marks += [bow for one in meetings for bow in _bows(one)]
    marks += [_mark(one.magnesium_hour, _cross() if one.apart > 0 else _ring()) for one in meetings]
    marks.append(_mark(guarded.hour, _diamond()))
    return _lane(HEAD, 0, marks)


def _magnesium(clock: DayClock) -> Element:
    """The lane of magnesium by mouth, with the hours of the day below it."""
    bottom = HEAD + TRACK
    marks: list[Node] = [*_guides(clock, bottom)]
    marks += [_mark(hour, _dot()) for hour in dict.fromkeys(hour for _, hour in clock.magnesium)]
    for hour in TICKS:
        anchor = "start" if hour == 0 else "end" if hour == HOURS else "middle"
        marks += [
            line(".tick-line", x1=_x(hour), x2=_x(hour), y1=str(bottom), y2=str(bottom + 6)),
            text(".tick", x=_x(hour), y=str(bottom + 22), text_anchor=anchor)[f"{hour:02d}:00"],
        ]
    return _lane(HEAD, FOOT, marks)


def _apart(one: Meeting) -> str:
    return "the same time" if one.apart == 0 else f"{hours(one.apart)} apart"


def _standing(guarded: Guarded, meetings: list[Meeting]) -> str:
    """Whether one medicine is clear of magnesium, and when it would be."""
    start, end = at(guarded.hour + guarded.after), at(guarded.hour - guarded.before)
    if not meetings:
        return f"no clash; clear from {start} to {end}"
    near = listed(list(dict.fromkeys(f"{at(one.magnesium_hour)} ({_apart(one)})" for one in meetings)))
    return f"clash with magnesium at {near}; clear from {start} to {end}"


def _swallowed(clock: DayClock) -> str:
    """What is swallowed when."""
    return listed(list(dict.fromkeys(f"{name} {at(hour)}" for name, hour in clock.magnesium)))


def says(clock: DayClock) -> str:
    """The whole drawing in words, for those who do not see it."""
    tracks = " ".join(f"{one.title}: {_standing(one, clock.meets(one))}." for one in clock.medicines)
    return f"The day as a clock. Magnesium by mouth: {_swallowed(clock)}. {tracks}"


def clock_drawing(clock: DayClock) -> Element | None:
    """The clock as a drawing with its key; None where there is nothing to hold side by side.

    One lane for each medicine with its words above it, so that no words can lie on a mark.
    """
    if not clock.worth_drawing:
        return None
    tracks = clock.medicines[:MOST_TRACKS]
    return figure(".day-clock")[
        figcaption(".bar-heading")[
            "Medicines and magnesium by mouth, around the clock: ",
            strong[f"{len(clock.meetings)} clash{'' if len(clock.meetings) == 1 else 'es'}"],
        ],
        div(role="img", aria_label=says(clock))[
            ([p(".clock-words")[strong[one.title], ": ", _standing(one, clock.meets(one))], _track(clock, one)]
             for one in tracks),
            p(".clock-words")[strong["magnesium by mouth"], ": ", _swallowed(clock)],
            _magnesium(clock),
        ],
        _key(clock, tracks),
    ]  # fmt: skip


def _swatch(shape: Element) -> Element:
    return svg(".swatch", width="20", height="20", viewBox="-10 -10 20 20", aria_hidden="true")[shape]


def _key(clock: DayClock, tracks: tuple[Guarded, ...]) -> Element:
    """What the marks mean, and what could not be drawn."""
    left = [one.name for one in clock.medicines[len(tracks) :]]
    return div[
        ul(".key")[
            li[_swatch(_diamond()), "medicine"],
            li[_swatch(_dot()), "magnesium by mouth"],
            li[_swatch(rect(".clock-free", x="-10", y="-8", width="20", height="16")), "hours to keep free of it"],
            li[_swatch(_cross()), "clash"] if clock.meetings else None,
        ],
        p(".bar-note")[f"No time is given for {listed(clock.timeless)}."] if clock.timeless else None,
        p(".bar-note")[f"Not drawn: {listed(left)}."] if left else None,
    ]


def strip(guarded: Guarded, meetings: list[Meeting]) -> str:
    """One medicine's day as half hours: `.` clear, `-` keep free, `M` the medicine, `X` magnesium too near.

    Examples
    --------
    >>> strip(Guarded("levothyroxine", 7.0, 4.0, 4.0), [])
    '......--------M-------..........................'
    """
    cells = ["."] * CELLS
    for start, end in spans(guarded):
        for cell in range(round(start * 2), min(round(end * 2), CELLS)):
            cells[cell] = "-"
    cells[_cell(guarded.hour)] = "M"
    for one in meetings:
        cells[_cell(one.magnesium_hour)] = "X"
    return "".join(cells)


def _cell(hour: float) -> int:
    return min(int(hour * 2), CELLS - 1)


def clock_lines(clock: DayClock) -> list[str]:
    """The clock for the terminal, below 80 columns: a strip of half hours for each medicine, with its words above."""
    if not clock.worth_drawing:
        return []
    swallowed = ["."] * CELLS
    for _, hour in clock.magnesium:
        swallowed[_cell(hour)] = "o"
    lines = ["Around the clock: M medicine, - keep free of magnesium, o magnesium, X clash"]

    def told(words: str) -> list[str]:
        return wrap(words, WIDTH, initial_indent="  ", subsequent_indent="    ")

    for one in clock.medicines[:MOST_TRACKS]:
        meetings = clock.meets(one)
        lines += [*told(f"{one.title}: {_standing(one, meetings)}"), f"  {strip(one, meetings)}"]
    lines += [*told(f"magnesium by mouth: {_swallowed(clock)}"), f"  {''.join(swallowed)}"]
    lines.append("  " + "".join(f"{hour:02d}".ljust(CELLS // 4) for hour in TICKS[:-1]) + "24")
    left = [one.name for one in clock.medicines[MOST_TRACKS:]]
    if left:
        lines.append(f"  not drawn: {listed(left)}")
    return lines
