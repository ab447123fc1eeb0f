"""Several stores say together what one store of the same readings says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.bylines import Byline
from corpus.errors import UnknownDocument, UnknownRecord
from corpus.records import RowCheck
from corpus.store import Store
from corpus.stores import Stores
from corpus.twins import sketch
from corpus.writing import write_store
from tests.corpus.test_store import reading

NAMES = ("ferns", "kites", "moss")


@pytest.fixture
def apart(tmp_path: Path) -> Iterator[Stores]:
    """Moss and ferns in one store, kites in another; one row is contradicted."""
    checks = {reading("kites").rows[0].id: RowCheck("contradicted", "No.", "miR-9", "q")}
    write_store(tmp_path / "a", [reading("moss"), reading("ferns")])
    write_store(tmp_path / "b", [reading("kites")], checks=checks)
    with Stores([Store(tmp_path / "a"), Store(tmp_path / "b")]) as stores:
        yield stores


@pytest.fixture
def together(tmp_path: Path) -> Iterator[Stores]:
    """All three in one store."""
    write_store(tmp_path / "all", [reading(name) for name in NAMES])
    with Stores([Store(tmp_path / "all")]) as stores:
        yield stores


@pytest.mark.parametrize(
    ("byline", "held"),
    [
        # the row cites Ito's study, the paper itself is by Ito and Çelik
        (Byline(("Ito",), 2019), (1, 3, 5)),
        (Byline(("ito",), first=True), (0, 1, 2, 3, 4, 5)),
        (Byline(("Celik",)), (0, 1, 2, 3, 4, 5)),
        (Byline(("Celik", "A Ito")), (0, 1, 2, 3, 4, 5)),
        (Byline(("Celik",), first=True), ()),
        (Byline(("Celik",), 2020), ()),
        (Byline(("It",)), ()),
        (Byline(("'",)), ()),
        (Byline(("%",)), ()),
    ],
)
def test_records_are_by_whose_studies_they_cite_and_by_whom_their_paper_is(
    apart: Stores, byline: Byline, held: tuple[int, ...]
):
    """In any store."""
    assert apart.by(byline) == held


def test_documents_are_in_the_order_of_their_ids(apart: Stores, together: Stores):
    """Summaries, origins and the hash are those of one store."""
    assert apart.summaries() == together.summaries()
    assert list(apart.origins()) == list(NAMES)
    assert apart.content_hash() == together.content_hash() == apart.content_hash(anew=True)


def test_positions_count_on_from_store_to_store(apart: Stores):
    """Ferns, moss, then kites: two records each; ids and records are given by position, in any store."""
    expected = [record.id for name in ("ferns", "moss", "kites") for record in reading(name).records]
    assert [record.id for record in apart.records()] == expected
    assert apart.ids(range(6)) == tuple(expected)
    assert apart.ids([5, 0, 3]) == (expected[5], expected[0], expected[3])
    assert [record.id for record in apart.records([1, 4])] == [expected[1], expected[4]]
    assert apart.offsets == (0, 4, 6)
    assert apart.firsts == (("ferns", 2), ("moss", 2), ("kites", 2))
    assert apart.positions(["kites", "ferns"], ["row"]) == (1, 5)
    assert apart.positions(["nobody"]) == ()
    assert apart.positions() is None
    assert apart.checked("contradicted") == (5,)
    for position in (-1, 6):
        with pytest.raises(IndexError):
            apart.ids([position])


def test_each_document_is_asked_where_it_lies(apart: Stores):
    """Its reading, its records, what these cite, and what the check of a row said."""
    for name in NAMES:
        assert apart.reading(name) == reading(name)
        assert apart.document(name) == reading(name).document
        assert apart.references(name) == reading(name).references
        assert (apart.layout(name), apart.page_count(name)) == (None, 0)
        for record in reading(name).records:
            assert apart.record(record.id) == record
    passage = reading("kites").passages[0]
    assert [entry.marker for entry in apart.cited(passage)] == ["2"]
    row = apart.check(reading("kites").rows[0].id)
    assert row is not None
    assert row.suggestion == "miR-9"
    assert apart.check(reading("moss").rows[0].id) is None


def test_what_documents_share_is_found_across_stores(apart: Stores, together: Stores):
    """Signs of the same text, most first, then by id; other papers that cite the same study, by id."""
    signs = sketch(reading().passages)
    assert apart.sharing(signs, 1) == together.sharing(signs, 1) == NAMES
    entries = apart.references("moss")
    assert [apart.also_cited(entry) for entry in entries] == [together.also_cited(entry) for entry in entries]
    assert any(apart.also_cited(entry) for entry in entries)


def test_letters_are_found_wherever_a_record_is_searched(apart: Stores):
    """In its text, above it, in its cells, in what a row should say, and in titles that its document cites."""
    assert apart.holding("Lift") == (0, 2, 4)
    assert apart.holding("long") == (1, 3, 5)
    assert apart.holding("miR-9") == (5,)
    assert apart.holding("Herons") == (0, 1, 2, 3, 4, 5)
    assert apart.holding("lift") == ()


def test_what_is_in_no_store_is_unknown(apart: Stores):
    """As in one store."""
    for ask in (apart.document, apart.reading):
        with pytest.raises(UnknownDocument, match="nobody"):
            ask("nobody")
    for record_id in ("nobody:0-1", "moss:0-1", "x"):
        with pytest.raises(UnknownRecord, match=record_id):
            apart.record(record_id)
    assert apart.references("nobody") == ()
    assert (apart.layout("nobody"), apart.page_count("nobody"), apart.check("nobody:0-1")) == (None, 0, None)


def test_no_store_is_an_empty_library():
    """It holds nothing, and its hash is that of nothing."""
    empty = Stores([])
    assert (len(empty), empty.summaries(), empty.firsts, empty.ids([]), list(empty.records())) == (0, (), (), (), [])
    assert empty.content_hash() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
