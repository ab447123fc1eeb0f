from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.assemble import read_document
from corpus.records import Reading
from corpus.starter import starter_documents
from index.names import find_names
from qa.mechanisms.records import mechanisms_in
from qa.results import Mechanism
from tests.qa.mechanisms.reading import CELLS, told


def mechanisms(reading: Reading) -> Iterator[Mechanism]:
    for record in reading.records:
        yield from mechanisms_in(record, reading.document.text)


def is_exact(mechanism: Mechanism, text: str) -> bool:
    """Whether every filled cell is the characters that it says."""
    slots = [slot for cell in ("molecule", "direction", *CELLS) for slot in getattr(mechanism, cell)]
    return all(text[slot.start : slot.end] == slot.text != "" for slot in slots)


@pytest.fixture(scope="module")
def digest() -> Reading:
    name, data = starter_documents()[0]
    return read_document(name, data, document_id="digest", source="test")


def test_the_starter_documents_fill_cells_with_spans(digest: Reading) -> None:
    """Every cell that is filled from the digest is a span of it, and every molecule a name that is found there."""
    found = list(mechanisms(digest))
    assert all(is_exact(each, digest.document.text) for each in found)
    assert all(
        find_names(slot.text) or slot.text[0].isdigit() or len(slot.text) == 1 for m in found for slot in m.molecule
    )


def test_a_row_of_the_starter_documents(digest: Reading) -> None:
    """The digest's row on miR-155 and C/EBP-β says that miR-155 lowers it, to EMT and drug resistance."""
    row = next(row for row in digest.rows if "C/EBP" in row.text)
    said = [told(each) for each in mechanisms_in(row, digest.document.text)]
    assert any(
        line.startswith("miR-155 inhibits; target: C/EBP-β; ") and "EMT, drug resistance" in line for line in said
    )


def test_the_same_record_gives_the_same(digest: Reading) -> None:
    """Read twice, a record says the same in the same order."""
    assert list(mechanisms(digest)) == list(mechanisms(digest))


def test_the_reviews_fill_cells_with_spans(reviews: dict[str, Path]) -> None:
    """Every cell that is filled from the two reviews is a span of them, from rows and from sentences alike."""
    for path in reviews.values():
        reading = read_document(path.name, path.read_bytes(), document_id="r", source="test")
        found = list(mechanisms(reading))
        assert found
        assert all(is_exact(each, reading.document.text) for each in found)


def test_articles_on_other_things_say_nothing(shared: Path) -> None:
    """Six open articles without a microRNA, with 22 tables, fill no cell."""
    for path in sorted((shared / "jats").glob("*.nxml")):
        reading = read_document(path.name, path.read_bytes(), document_id="j", source="test")
        assert list(mechanisms(reading)) == []
