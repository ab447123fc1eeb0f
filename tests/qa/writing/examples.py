"""The sentences of `tests/qa/lies.jsonl` and `paraphrases.jsonl`, each as a model wrote it, with what it was shown.

Both sets are over the starter documents, and were written before the checks were, by somebody who had not seen them;
those of `more_lies` and `more_paraphrases`, which hold no questions, by two who had not read the checks.
A quote stands in one passage or row, which is the evidence; `missing` are numbers cited that no evidence has.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any, Final

from index.hits import Hit
from qa.citations import evidence
from qa.results import Evidence
from qa.service import Service

FOLDER: Final = Path(__file__).parent.parent


@dataclass(frozen=True)
class Example:
    """One sentence; `shown` holds the evidence it cites, ranked from 1, and `cited` the numbers that it cites."""

    id: str
    kind: str
    question: str
    text: str
    cited: tuple[int, ...]
    shown: tuple[Evidence, ...]

    @property
    def written(self) -> str:
        """The sentence with its marks, as a model writes it."""
        return f"{self.text.removesuffix('.')} [{', '.join(map(str, self.cited))}]."


def examples(name: str, service: Service) -> Iterator[Example]:
    """The sentences of `lies` or `paraphrases`, in order, over the starter documents of a service."""
    lines = (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    for line in lines:
        each: dict[str, Any] = json.loads(line)
        shown = tuple(
            _evidence(rank, cited["file"], cited["quote"], service) for rank, cited in enumerate(each["evidence"], 1)
        )
        numbers = (*(piece.rank for piece in shown), *each.get("missing", ()))
        yield Example(each["id"], each["kind"], each.get("question", ""), each["sentence"], numbers, shown)


def _evidence(rank: int, file: str, quote: str, service: Service) -> Evidence:
    """The one record that holds the quote, as evidence."""
    summary = next(summary for summary in service.documents() if summary.file == file)
    reading = service.reading(summary.id)
    (record,) = [record for record in chain(reading.passages, reading.rows) if quote in record.text]
    store = service.opened().store
    return evidence(Hit(record.id, 1 / rank, rank), record, summary, store.cited(record), store.check(record.id))
