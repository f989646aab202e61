"""The day as a clock: what is drawn, what is said, and the strip of the terminal."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from rich.console import Console

from anagen.intake.ledger import Ledger, tally
from anagen.outlook.records import Outlook
from anagen.quantities import read_amount
from anagen.routine import Intake, Medicine, Person
from anagen.scenario import Scenario
from anagen.show.account import account
from anagen.show.clock import (
    CELLS,
    MOST_TRACKS,
    DayClock,
    Guarded,
    Meeting,
    at,
    clock_drawing,
    clock_lines,
    hours,
    spans,
    strip,
)
from anagen.show.report import report_html
from anagen.show.text import print_ledger

from .test_report import read


def pill(*times: str, name: str = "magnesium citrate") -> Intake:
    return Intake("supplement", name, read_amount("100 mg"), label="elemental", at=times)


def ledger_of(*intakes: Intake, medicines: tuple[Medicine, ...]) -> Ledger:
    return tally(Scenario(Person(40, "female", medicines=medicines), intakes))


CLASH = ledger_of(pill("08:00", "22:30"), medicines=(Medicine("levothyroxine", "07:00"), Medicine("iron", "13:00")))
LATE = ledger_of(pill("22:30"), medicines=(Medicine("levothyroxine", "01:00"),))


def drawn(ledger: Ledger) -> str:
    drawing = clock_drawing(account(ledger).clock)
    assert drawing is not None
    return str(drawing)


def test_no_clock_without_both() -> None:
    for ledger in (
        ledger_of(pill("08:00"), medicines=()),
        ledger_of(pill(), medicines=(Medicine("iron", "08:00"),)),
        ledger_of(pill("08:00"), medicines=(Medicine("iron"),)),
        ledger_of(medicines=(Medicine("iron", "08:00"),)),
    ):
        clock = account(ledger).clock
        assert clock_drawing(clock) is None
        assert clock_lines(clock) == []


def test_a_ledger_without_a_clock_reads(outlook: Outlook) -> None:
    assert account(outlook.ledger).clock == DayClock()


def test_everything_is_said_in_words() -> None:
    page = drawn(CLASH)
    (label,) = re.findall(r'role="img" aria-label="([^"]*)"', page)
    assert "Magnesium by mouth: magnesium citrate 08:00 and magnesium citrate 22:30." in label
    assert "levothyroxine 07:00: clash with magnesium at 08:00 (1 h apart); clear from 11:00 to 03:00." in label
    assert "iron 13:00: no clash; clear from 17:00 to 09:00." in label
    assert "1 clash" in page
    assert page.count('class="clock"') == 3  # one lane for each medicine, and magnesium's own


def test_shapes_tell_what_color_does() -> None:
    page = drawn(CLASH)
    assert page.count('class="clock-medicine"') == 3  # two marks and the key
    assert page.count('class="clock-cross"') == 2  # one clash and the key
    assert page.count('class="clock-free"') == 3
    assert 'style="' not in page
    assert "fill=" not in page


def test_a_bow_over_midnight_is_in_two() -> None:
    page = drawn(LATE)
    assert page.count('class="clock-bow"') == 2
    assert page.count('class="clock-free"') == 3  # the hours to keep free, in two pieces, and the key
    assert "(2.5 h apart)" in page


def test_the_same_hour_is_a_ring() -> None:
    page = drawn(ledger_of(pill("07:00"), medicines=(Medicine("levothyroxine", "07:00"),)))
    assert "the same time" in page
    assert 'class="clock-bow"' not in page


@pytest.mark.parametrize("hour", [0.0, 0.25, 3.0, 12.0, 23.75])
@pytest.mark.parametrize(("before", "after"), [(0.0, 2.0), (4.0, 4.0), (8.0, 4.0), (13.0, 13.0)])
def test_the_hours_to_keep_free_lie_within_the_day(hour: float, before: float, after: float) -> None:
    pieces = spans(Guarded("x", hour, before, after))
    assert all(0 <= start <= end <= 24 for start, end in pieces)
    assert sum(end - start for start, end in pieces) == pytest.approx(min(before + after, 24))


def test_the_strip() -> None:
    one = Guarded("levothyroxine", 7.0, 4.0, 4.0)
    line = strip(one, [Meeting("levothyroxine", "pill", 7.0, 8.0)])
    assert len(line) == CELLS
    assert line[14] == "M"
    assert line[16] == "X"
    assert line.count("-") == 14
    assert set(strip(Guarded("x", 23.9, 0.0, 0.5), [])) == {".", "-", "M"}


def test_the_terminal_strip_fits_80_columns_in_plain_letters() -> None:
    long = Medicine("a medicine with a name that goes on and on, 50 micrograms in the morning", "07:00")
    ledger = ledger_of(pill("08:00", name="magnesium citrate"), medicines=(long, Medicine("levothyroxine", "06:00")))
    lines = clock_lines(account(ledger).clock)
    assert all(len(line) <= 80 for line in lines)
    assert all(line.isascii() for line in lines)
    out = io.StringIO()
    print_ledger(ledger, Console(file=out, width=80))
    assert "X clash" in out.getvalue()


def test_many_medicines_are_named_and_not_all_drawn() -> None:
    taken = tuple(Medicine(f"iron {number}", "08:00") for number in range(MOST_TRACKS + 3))
    clock = account(ledger_of(pill("12:00"), medicines=taken)).clock
    assert str(clock_drawing(clock)).count('class="clock-words"') == MOST_TRACKS + 1
    assert f"iron {MOST_TRACKS + 2}" in clock_lines(clock)[-1]


def test_names_are_escaped() -> None:
    page = drawn(ledger_of(pill("08:00"), medicines=(Medicine("<script>iron", "08:00"),)))
    assert "<script" not in page


def test_the_report_holds_the_clock(outlook: Outlook) -> None:
    whole: dict[str, Any] = {**outlook.ledger.to_dict(), "clock": CLASH.clock.to_dict()}
    page = report_html(
        type(outlook)(outlook.scenario, type(outlook.ledger)(whole), outlook.data, outlook.hairs, outlook.provenance)
    )  # type: ignore[call-arg]
    read(page)
    assert "around the clock" in page


def test_times_in_words() -> None:
    assert [at(7.5), at(24.0), at(-1.0)] == ["07:30", "00:00", "23:00"]
    assert [hours(0.5), hours(2.0), hours(2.5), hours(0.0)] == ["30 min", "2 h", "2.5 h", "0 h"]
