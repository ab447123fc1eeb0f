"""Evidence to hold sentences against: of our own making, and all of the starter documents."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from index.hits import Hit
from index.library import Library
from qa.citations import evidence
from qa.results import Caution, CellCard, DocumentCard, Evidence, ReferenceCard, RowCard


def all_of(path: Path) -> tuple[Evidence, ...]:
    """Every record of a library as evidence, each with rank 1."""
    with closing(Library.open(path)) as library:
        store = library.store
        summaries = {summary.id: summary for summary in store.summaries()}
        return tuple(
            evidence(
                Hit(record.id, 1.0, 1),
                record,
                summaries[record.document_id],
                store.cited(record),
                store.check(record.id),
            )
            for record in store.records()
        )


def piece(
    text: str,
    *,
    rank: int = 1,
    section: str | None = None,
    titles: tuple[str, ...] = (),
    cells: dict[str, str] | None = None,
    caution: str = "",
) -> Evidence:
    """A passage, or a row with these cells by header."""
    row = None
    if cells is not None:
        row = RowCard("Table 1", 1, "", tuple(CellCard(header, cell, carried=False) for header, cell in cells.items()))
        text = "\t".join(cells.values())
    return Evidence(
        rank=rank,
        id=f"paper:{rank}-{rank + len(text)}",
        kind="row" if row else "passage",
        text=text,
        score=1.0,
        document=DocumentCard("paper", "A paper", (), 2020, None, "paper.md"),
        section=section,
        page=None,
        start=rank,
        end=rank + len(text),
        row=row,
        references=tuple(ReferenceCard(str(i), title, None, None) for i, title in enumerate(titles, start=1)),
        cautions=(Caution(caution, "Its own study says otherwise."),) if caution else (),
        permalink="",
    )


@pytest.fixture(scope="session")
def told(starter_library: Path) -> tuple[Evidence, ...]:
    """All evidence of the starter documents."""
    return all_of(starter_library)


@pytest.fixture(scope="session")
def quoted(told: tuple[Evidence, ...]) -> Callable[[list[str]], list[Evidence]]:
    """Gives the starter documents' evidence that holds each of some quotes, ranked in their order."""

    def find(quotes: list[str]) -> list[Evidence]:
        return [
            replace(next(one for one in told if quote in one.text), rank=rank)
            for rank, quote in enumerate(quotes, start=1)
        ]

    return find
