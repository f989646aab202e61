"""One table of a scenario as short text for an address: "kind:supplement;product:magnesium citrate;amount:500 mg".

A value that reads as a number, true, false, a list or a table is one; everything else is text. Text that would read
as one of those, or that holds a semicolon, stands in quotation marks.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from anagen.errors import AnagenError

LONGEST_VALUE = 2000
Table = dict[str, Any]


class AddressError(AnagenError):
    """An address that cannot be read; the text says what is wrong with it."""


def _no_constant(name: str) -> Any:
    raise ValueError(name)


def clean(text: str) -> str:
    """Text without halves of letters, which no file could hold."""
    return text.encode("utf-8", "replace").decode("utf-8")


def quoted(value: object, most: int = 40) -> str:
    """As much of what stands in an address as a sentence may repeat, on one line."""
    return " ".join(clean(str(value)).split())[:most]


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return [_cleaned(one) for one in value]
    return {clean(key): _cleaned(one) for key, one in value.items()} if isinstance(value, dict) else value


def read_value(text: str) -> Any:
    """A value: a number, true, false, a list, a table or quoted text; else the text itself."""
    if len(text) > LONGEST_VALUE:
        raise AddressError(f"a value of the address is longer than {LONGEST_VALUE} characters; shorten it")
    try:
        value = json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        return clean(text)
    return clean(text) if value is None else _cleaned(value)


def write_value(value: Any) -> str:
    """A value as `read_value` reads it back."""
    if isinstance(value, str) and ";" not in value and read_value(value) == value and value == value.strip():
        return value
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str).replace(";", "\\u003b")


def read_table(text: str) -> Table:
    """A table of `key:value` pairs, each behind a semicolon."""
    table: Table = {}
    for part in text.split(";") if text else ():
        key, colon, value = part.partition(":")
        if not colon or not key.strip():
            raise AddressError(f'"{quoted(part, 60)}" in the address is no key and value, such as amount:500 mg')
        table[clean(key.strip())] = read_value(value)
    return table


def write_table(table: Mapping[str, Any]) -> str:
    """A table as `read_table` reads it back."""
    return ";".join(f"{key}:{write_value(value)}" for key, value in table.items())
