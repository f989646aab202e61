"""A serving of several tablets: the amount of a row is then what the label says of it, and less may be taken at once.

In the address and in a row an entry keeps `serving` and `taken` beside its product and amount. The scenario file has
another way to say that, the line of a label; `as_scenario` writes it so.
"""

from __future__ import annotations

from anagen.web.pairs import Table

TAKEN, SERVING = "taken", "serving"
READ_OTHERWISE = ("label_text", "daily_value_percent")
SWALLOWED = ("supplement", "medicine")


def is_plain(table: Table) -> bool:
    """Whether an entry is something swallowed that is told by product and amount."""
    return table.get("kind") in SWALLOWED and not any(key in table for key in READ_OTHERWISE)


def as_scenario(table: Table) -> Table:
    """An entry as a scenario file holds it.

    Examples
    --------
    >>> as_scenario({"kind": "supplement", "product": "MgO", "amount": "400 mg", "serving": "2 tablets",
    ...              "taken": "1 tablet"})
    {'kind': 'supplement', 'label_text': 'MgO 400 mg', 'serving': '2 tablets', 'amount': '1 tablet'}
    """
    if not is_plain(table) or not (TAKEN in table or SERVING in table):
        return table
    line = f"{table.get('product', '')} {table.get('amount', '')}".strip()
    left = {key: value for key, value in table.items() if key not in ("kind", "product", "amount", "unit_mass", TAKEN)}
    at_once: Table = {"amount": table[TAKEN]} if TAKEN in table else {}
    return {"kind": table["kind"], "label_text": line, **left, **at_once}
