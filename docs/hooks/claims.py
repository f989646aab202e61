"""The page of claims, made from the records; every experiment is run while the docs are built."""

from __future__ import annotations

from functools import cache
from typing import Any

from mkdocs.structure.files import File, Files

from anagen.evidence.claims import claims
from anagen.outlook.experiments import run_experiment
from anagen.outlook.experiments_records import Result
from anagen.show.claims_page import claim_markdown, claims_markdown

OPENING = """# Claims

What the thread and the flowchart claim, fairly put, with the evidence for and against it, what would have to be true,
and what the model finds when it is asked. Made from the records in `evidence/claims.toml`; the numbers were found while
this page was built. A grade is that of the best evidence for a claim, as it bears on the claim: A randomized trials in
people, B observation of people, C cells or organ culture, D animals, E hypothesis only. The same from the command line:
`anagen claims`, `anagen claims NAME`.
"""


@cache
def found(experiment: str) -> Result:
    """What an experiment found, run once for all claims that ask it."""
    return run_experiment(experiment)


def claims_page() -> str:
    """The table of all claims, then each by itself."""
    every = claims().values()
    parts = [OPENING, claims_markdown(every), ""]
    parts += [claim_markdown(one, None if one.experiment is None else found(one.experiment)) for one in every]
    return "\n".join(parts)


def on_files(files: Files, config: Any) -> Files:
    """Add the made page to the ones that are written."""
    files.append(File.generated(config, "claims.md", content=claims_page()))
    return files
