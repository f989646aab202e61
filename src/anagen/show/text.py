"""The ledger for the terminal; every color stands beside a word, and none is needed."""

from __future__ import annotations

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from anagen.show.account import KIND_WORDS, SEVERITY_WORDS, SHOWN, Account, HasDict, account
from anagen.show.clock import clock_lines
from anagen.show.ledger_words import UNREAD, calcium_sentence, limits_sentence, skin_sentence, verdict_words
from anagen.show.numbers import margin_mg, mg, percent

BAR_CELLS = 20
PLAIN, FULL, BEYOND, EMPTY = "#", "\N{FULL BLOCK}", "\N{DARK SHADE}", "\N{LIGHT SHADE}"


def bar(amount: float, top: float, mark: float | None, unicode: bool = True, limit: bool = True) -> str:
    """A bar of fixed width: filled up to `amount`, with `|` at the mark, and shaded beyond it where that is a limit.

    Examples
    --------
    >>> bar(30, 40, 20, unicode=False)
    '##########|++++.....'
    """
    full, beyond, empty = (FULL, BEYOND, EMPTY) if unicode else (PLAIN, "+", ".")
    filled = round(BAR_CELLS * min(amount / top, 1.0)) if top > 0 else 0
    at = BAR_CELLS + 1 if mark is None else round(BAR_CELLS * mark / top)
    cells = [(full if i < at or not limit else beyond) if i < filled else empty for i in range(BAR_CELLS)]
    if mark is not None:
        cells[min(at, BAR_CELLS - 1)] = "|"
    return "".join(cells)


def _bars(ledger: Account, console: Console) -> None:
    """Two bars on one scale: all of it against the need, what counts against the limit."""
    total = sum(ledger.all_by_kind().values())
    top = 1.05 * max(total, ledger.counted, ledger.limit or 0, ledger.need or 0, 1.0)
    fancy = not console.options.ascii_only
    grid = Table.grid(padding=(0, 2))
    need = "" if ledger.need is None else f"need {mg(ledger.need)} mg"
    if ledger.need is not None and ledger.need_status == UNREAD:
        need += f" ({UNREAD})"
    limit = "no limit set" if ledger.limit is None else f"limit {mg(ledger.limit)} mg"
    if ledger.allowance is not None:
        limit += f", margin {margin_mg(ledger.allowance)} mg ({percent(ledger.margin)})"
    grid.add_row(
        "all of it",
        Text(bar(total, top, ledger.need, fancy, limit=False), "cyan"),
        f"{mg(total)} mg; {need}".rstrip("; "),
    )
    grid.add_row(
        "counted", Text(bar(ledger.counted, top, ledger.limit, fancy), "cyan"), f"{mg(ledger.counted)} mg; {limit}"
    )
    console.print(grid)


def _items(ledger: Account, console: Console) -> None:
    """Every item, its sum below its name."""
    table = Table(box=box.SIMPLE_HEAD, title="Magnesium a day, elemental", title_justify="left", pad_edge=False)
    table.add_column("Item", ratio=1)
    table.add_column("Holds, mg", justify="right")
    table.add_column("Counts, mg", justify="right")
    for item in ledger.lines:
        holds = "unknown" if item.elemental is None else mg(item.elemental)
        name = Text(f"{item.name}, {KIND_WORDS.get(item.kind, item.kind)}\n")
        table.add_row(name + Text(f"  {item.arithmetic}", "dim"), holds, mg(item.counted))
    console.print(table)


def _findings(ledger: Account, console: Console) -> None:
    """The gravest findings, and how many more there are."""
    styles = {"stop": "bold red", "caution": "bold yellow", "note": "bold"}
    for remark in ledger.remarks[:SHOWN]:
        about = f" ({remark.item})" if remark.item else ""
        head = Text(f"{SEVERITY_WORDS[remark.severity]}: ", styles[remark.severity])
        console.print(head + Text(f"{remark.code}{about}. {remark.message}", ""), soft_wrap=False)
    if len(ledger.remarks) > SHOWN:
        console.print(f"{len(ledger.remarks) - SHOWN} more findings; --json lists them all.", markup=False)


def print_ledger(ledger: HasDict, console: Console) -> None:
    """Print what counts against which limit, the items with their sums, and the findings."""
    read = account(ledger)
    console.print(Text(verdict_words(read), "bold"))
    for sentence in (limits_sentence(read), skin_sentence(read)):
        if sentence:
            console.print(sentence, markup=False, highlight=False)
    if read.lines:
        console.print()
        _bars(read, console)
        _items(read, console)
        if calcium := calcium_sentence(read):
            console.print(calcium, markup=False, highlight=False)
            console.print()
    for line in clock_lines(read.clock):
        console.print(line, markup=False, highlight=False)
    if read.clock.worth_drawing:
        console.print()
    _findings(read, console)
