"""The fixed question set: what evaluation asks, and which facts answer.

One JSON object a line: `id`, `category`, `question`, `history` (earlier questions, oldest first) and `nuggets`. A
nugget is one fact that answers (grade 2) or supports (grade 1) the question: `terms` that any faithful statement of
the fact holds, and the primary `study` it stands on (`"Zeng 2018"`, a DOI or a title; null where none is cited).
Judged on facts and studies, not on places in a file, the same set runs on any wording and any chunking of them.
A question without nuggets is one that the documents do not answer. How terms and studies match is told in
`qa.evaluation.judgments`.

The facts are those of two reviews on exosomes in cancer. Where a printed table stands beside the wrong molecule or the
wrong cancer, the cited study decides, and no nugget rests on such a row. The categories:

    mechanism     how a molecule does what it does
    reverse       from the target to the microRNA
    table         facts that stand in a table only
    spelling      names written in other ways
    near-name     names that differ by a digit or a letter
    several       at least two different pieces of evidence are needed
    background    what reviews explain before they come to their point
    follow-up     understood only with the questions before it
    unanswerable  another disease or field; a pair that is true in another cancer only, or of another molecule; the arm
                  that is not named; an attribute that is not given
"""

from __future__ import annotations

from importlib import resources
from pathlib import Path


def fixed_set() -> Path:
    """The file of the fixed question set, wherever the package is installed."""
    return Path(str(resources.files(__name__) / "exosomal.jsonl"))
