"""Reading of `studies/*.toml`: tables into records, with everything that is wrong in one error."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

from anagen.evidence.parameters import EvidenceError
from anagen.evidence.study import After, Ages, Study
from anagen.evidence.study_faults import faults

if TYPE_CHECKING:
    import cattrs


def _text(value: Any, _: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} must be text in quotes")
    return value


def _number(value: Any, _: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise TypeError(f"{value!r} must be a plain number")
    return float(value)


def _count(value: Any, _: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"{value!r} must be a whole number")
    return value


def _after(value: Any, _: Any) -> After:
    after = After(_text(value, str))
    if after.months <= 0:
        raise ValueError(f'"{after.text}" must be later than the start')
    return after


def _ages(value: Any, _: Any) -> Ages:
    if not isinstance(value, list) or len(value) not in (1, 2):
        raise TypeError(f"{value!r} must be a list of one or two ages, such as [18, 41] or [70]")
    ages = Ages(*(_number(one, float) for one in value))
    if ages.high is not None and ages.high < ages.low:
        raise ValueError(f"{value!r} must not end before it begins")
    return ages


def _word(value: Any, kind: Any) -> Any:
    if value not in get_args(kind):
        raise ValueError(f"{value!r} must be one of {', '.join(map(str, get_args(kind)))}")
    return value


@cache
def converter() -> cattrs.Converter:
    """Tables to records: unknown keys and wrong types are errors, and all of them are kept."""
    import cattrs

    made = cattrs.Converter(forbid_extra_keys=True, detailed_validation=True)
    for kind, hook in ((str, _text), (float, _number), (int, _count), (After, _after), (Ages, _ages)):
        made.register_structure_hook(kind, hook)
    made.register_structure_hook_func(lambda kind: get_origin(kind) is Literal, _word)

    def entries(kind: Any) -> Any:
        def hook(value: Any, _: Any) -> tuple[Any, ...]:
            if not isinstance(value, list):
                raise TypeError(f"{value!r} must be a list")
            return tuple(made.structure(value, list[get_args(kind)[0]]))

        return hook

    made.register_structure_hook_factory(lambda kind: get_origin(kind) is tuple, entries)
    return made


def _said(error: BaseException, _: Any) -> str:
    """Why one value was refused."""
    from cattrs.errors import ForbiddenExtraKeysError

    if isinstance(error, ForbiddenExtraKeysError):
        return f"no key is called {', '.join(sorted(error.extra_fields))}"
    if isinstance(error, KeyError):
        return "this key is needed"
    return str(error)


def _problems(error: BaseException) -> Iterator[str]:
    from cattrs import transform_error

    for line in transform_error(error, "$", _said):  # pyright: ignore[reportArgumentType]
        message, _, path = line.rpartition(" @ ")
        place = path.removeprefix("$").removeprefix(".").replace("arms", "arm").replace("endpoints", "endpoint")
        yield f"{place}: {message}" if place else message


def read_group(group: str, text: str) -> tuple[dict[str, Study], list[str]]:
    """The studies of one file, and what is wrong with it, each with its place."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return {}, [f"{group}.toml: {error}"]
    found: dict[str, Study] = {}
    problems: list[str] = []
    for key, table in tables.items():
        place = f"{group}.toml: {key}"
        try:
            study = converter().structure({**table, "key": key, "group": group}, Study)
        except Exception as error:  # cattrs groups what it found; a table that is no table raises a plain error
            problems += [f"{place}: {said}" for said in _problems(error)]
            continue
        found[key] = study
        problems += [f"{place}: {said}" for said in faults(study)]
    return found, problems


def read_studies(texts: dict[str, str]) -> dict[str, Study]:
    """Every study of every file (group -> text); raises EvidenceError with everything that is wrong, a line each."""
    every: dict[str, Study] = {}
    problems: list[str] = []
    for group, text in texts.items():
        found, wrong = read_group(group, text)
        problems += wrong
        for key, study in found.items():
            if key in every:
                problems.append(f"{group}.toml: {key}: it stands in {every[key].group}.toml already")
            every[key] = study
    if problems:
        raise EvidenceError("\n".join(problems))
    return every
