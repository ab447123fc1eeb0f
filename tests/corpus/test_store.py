from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.errors import LibraryDamaged, StorageFull, UnknownDocument, UnknownRecord
from corpus.markers import Marker
from corpus.metadata import Facts
from corpus.origins import Copy, Origin
from corpus.records import Block, Cell, Document, Passage, Reading, Reference, RowCheck, TableRow, record_id
from corpus.store import Store
from corpus.stores import Stores
from corpus.summaries import DocumentSummary
from corpus.twins import sketch
from corpus.writing import write_store

TEXT = "Kites over water\nRed kites climb 𝄞 TGF-β.\nred\tlong"


def reading(document_id: str = "kites", *, title: str = "Kites", text: str = TEXT) -> Reading:
    """A heading, a passage that cites entry 2 and an entry that is not there, and a row that cites entry 1."""
    start, end = text.index("Red"), text.index("\nred")
    blocks = (
        Block("heading", 0, 16, level=1),
        Block("paragraph", start, end),
        Block("row", end + 1, len(text), table=1),
    )
    passage = Passage(
        record_id(document_id, start, end), document_id, start, end, text[start:end], ("Lift", "Wind"), 3, ("2", "9"),
        ((start, end),),
    )  # fmt: skip
    cells = (Cell("Kite", "red", True, 0, 3), Cell("", "long", False, end + 5, end + 9))
    row = TableRow(
        record_id(document_id, end + 1, len(text)), document_id, end + 1, len(text), text[end + 1 :], "Table 1", 1,
        "Table 1. Tails", cells, (), None, ("1",),
    )  # fmt: skip
    entries = (
        Reference(
            document_id, "1", 0, 5, "1. Ito", ("Ito A",), "Herons", "Wind Notes", 2019, "4", "1-9", "10.1/x", "77"
        ),
        Reference(document_id, "2", 5, 9, "2. Cruz"),
    )
    document = Document(
        document_id, title, ("A. Ito", "B. Çelik"), 2021, None, "Wind Notes", f"{document_id}.md",
        f"/p/{document_id}.md", "ab" * 32, text, blocks,
    )  # fmt: skip
    return Reading(document, (passage,), (row,), entries, ("9",), ("Marker 9 names no entry.",))


@pytest.fixture
def store(tmp_path: Path):
    write_store(tmp_path / "store.sqlite", [reading("moss"), reading("kites")])
    with Store(tmp_path / "store.sqlite") as opened:
        yield opened


def test_where_metadata_and_copies_come_from_comes_back_unchanged(tmp_path: Path):
    """In the reading, in the summary and for all documents at once."""
    own, entry = Facts("Kites", ("A. Ito",), 2021, stated=True), Facts("Kites over water", ("Ada Ito",), None, "10.1/x")
    origin, copies = Origin(own, entry, companion=True), (Copy("k.pdf", "/p/k.pdf", "cd" * 32),)
    told = replace(reading(), origin=origin, copies=copies)
    write_store(tmp_path / "store.sqlite", [told, reading("moss")])
    with Store(tmp_path / "store.sqlite") as opened:
        assert opened.reading("kites") == told
        assert [summary.copies for summary in opened.summaries()] == [copies, ()]
        assert opened.origins() == {"kites": origin, "moss": Origin()}


def test_documents_are_found_by_the_signs_of_their_text(tmp_path: Path):
    """Those of a document that was removed are gone."""
    signs = sketch(reading().passages)
    write_store(tmp_path / "a.sqlite", [reading("moss"), reading("kites")])
    write_store(tmp_path / "b.sqlite", [], olds=[tmp_path / "a.sqlite"], drop=["moss"])
    with Store(tmp_path / "a.sqlite") as before, Store(tmp_path / "b.sqlite") as after:
        assert before.sharing(signs, len(signs)) == {"kites": len(signs), "moss": len(signs)}
        assert before.sharing(signs, len(signs) + 1) == {}
        assert after.sharing(signs, 1) == {"kites": len(signs)}


def test_a_reading_comes_back_unchanged(store):
    """Document, blocks, records, cells, references, unresolved markers and notices."""
    assert store.reading("kites") == reading("kites")
    assert store.document("kites") == reading("kites").document


words = st.text(st.characters(codec="utf-8"), max_size=12)
many = st.lists(words, max_size=3).map(tuple)
maybe_number = st.none() | st.integers(0, 3000)
maybe_word = st.none() | words
PLACES = ("title", "paragraph", "row", "back")


@st.composite
def readings(draw) -> Reading:
    """Any reading whose records do not share a span; nothing in it need make sense."""
    marks = st.lists(st.builds(Marker, st.just(0), st.just(1), many), max_size=2)
    cell = st.builds(Cell, words, words, st.booleans(), maybe_number, maybe_number, st.booleans())
    texts, position, passages, rows, blocks = draw(st.lists(words, max_size=6)), 0, [], [], []
    for text in texts:
        start, position = position, position + len(text) + 1
        end = start + len(text)
        common = (record_id("d", start, end), "d", start, end, text)
        section, page, markers = draw(many), draw(maybe_number), draw(many)
        kind, level = draw(st.sampled_from(PLACES)), draw(st.integers(0, 6))
        said = (draw(maybe_word), draw(maybe_number), draw(maybe_word))
        blocks.append(Block(kind, start, end, level, draw(maybe_number), page, *said))
        if draw(st.booleans()):
            spans = tuple(draw(st.lists(st.tuples(st.just(start), st.just(end)), max_size=2)))
            passages.append(Passage(*common, section, page, markers, spans))
        else:
            cells = draw(st.lists(cell, max_size=3))
            rows.append(
                TableRow(*common, draw(words), len(rows) + 1, draw(words), tuple(cells), section, page, markers)
            )
    entry = st.builds(
        Reference, st.just("d"), words, st.just(0), st.just(1), words, many, maybe_word, maybe_word, maybe_number,
        maybe_word, maybe_word, maybe_word, maybe_word,
    )  # fmt: skip
    document = Document(
        "d", draw(words), draw(many), draw(maybe_number), draw(maybe_word), draw(maybe_word), draw(words), draw(words),
        "0" * 64, "\n".join(texts), tuple(blocks), tuple(draw(marks)),
    )  # fmt: skip
    entries = tuple(draw(st.lists(entry, max_size=3)))
    return Reading(document, tuple(passages), tuple(rows), entries, draw(many), draw(many))


@given(readings())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_reading_comes_back_equal(made):
    """Whatever characters it holds, and whatever is missing from it."""
    with TemporaryDirectory() as folder:
        write_store(Path(folder) / "s", [made])
        with Store(Path(folder) / "s") as store:
            assert store.reading("d") == made
            assert tuple(store.records()) == made.records


def test_positions_follow_document_start_and_end(store):
    """Whatever order the readings came in; a start of 7 comes before one of 17, which text would not."""
    expected = [record.id for name in ("kites", "moss") for record in reading(name).records]
    assert list(store.ids(range(4))) == [record.id for record in store.records()] == expected
    assert len(store) == 4


def test_positions_are_numbers_not_text(tmp_path: Path):
    """Passages at 2, 10 and 100 stand in that order."""
    text = "x" * 120
    passages = tuple(Passage(record_id("d", s, s + 1), "d", s, s + 1, "x") for s in (2, 10, 100))
    document = Document("d", "t", (), None, None, None, "f", "s", "0", text, ())
    write_store(tmp_path / "s", [Reading(document, passages, (), ())])
    with Store(tmp_path / "s") as store:
        assert store.ids(range(3)) == ("d:2-3", "d:10-11", "d:100-101")


@pytest.mark.parametrize(
    ("documents", "kinds", "expected"),
    [
        (None, None, None),
        (["kites"], None, (0, 1)),
        (["moss"], ["row"], (3,)),
        (None, ["passage"], (0, 2)),
        (["moss", "kites"], ["row", "passage"], (0, 1, 2, 3)),
        ([], None, ()),
        (None, [], ()),
        (["nobody"], None, ()),
    ],
)
def test_positions_can_be_limited_to_documents_and_kinds(store, documents, kinds, expected):
    """Ascending; no limit is not the same as a limit that leaves nothing."""
    assert store.positions(documents, kinds) == expected


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [(2021, None, (0, 1)), (None, 2021, (0, 1)), (2021, 2021, (0, 1)), (2022, None, ()), (None, 2020, ())],
)
def test_positions_can_be_limited_to_years(tmp_path: Path, first, last, expected):
    """Both ends count; a document that has no year lies outside any limit."""
    undated = reading("moss")
    undated = replace(undated, document=replace(undated.document, year=None))
    write_store(tmp_path / "dated.sqlite", [undated, reading("kites")])
    with Store(tmp_path / "dated.sqlite") as dated:
        assert dated.positions(None, None, first, last) == expected
        assert dated.positions(["moss"], ["row"], first, last) == ()


def test_a_record_is_found_by_its_id(store):
    """A passage and a row."""
    for record in reading("moss").records:
        assert store.record(record.id) == record


def test_the_entries_a_record_cites_are_those_of_its_own_document(store):
    """In the order of its markers; a marker that names no entry gives none."""
    passage, row = reading("moss").records
    assert [(entry.document_id, entry.marker) for entry in store.cited(passage)] == [("moss", "2")]
    assert store.cited(row) == reading("moss").references[:1]


def test_summaries_count_what_can_be_cited(store):
    """By document id, without the text."""
    summary = DocumentSummary(
        "kites", "Kites", ("A. Ito", "B. Çelik"), 2021, None, "Wind Notes", "kites.md", "/p/kites.md", "ab" * 32,
        len(TEXT), 1, 1, 2,
    )  # fmt: skip
    assert store.summaries()[0] == summary
    assert [one.id for one in store.summaries()] == ["kites", "moss"]


def test_an_unknown_id_is_said_to_be_unknown(store):
    """Document, reading and record; references of an unknown document are none."""
    with pytest.raises(UnknownDocument, match=r"nobody.*exocite documents"):
        store.document("nobody")
    with pytest.raises(UnknownDocument):
        store.reading("nobody")
    with pytest.raises(UnknownRecord, match="kites:0-1"):
        store.record("kites:0-1")
    assert store.references("nobody") == ()


def hash_of(folder: Path, *made: Reading) -> str:
    path = folder / "hashed"
    path.unlink(missing_ok=True)
    write_store(path, made)
    with Store(path) as store:
        return Stores([store]).content_hash()


def test_equal_content_has_an_equal_hash(tmp_path: Path):
    """Whatever order it came in, from whatever folder, and by whatever changes."""
    one, other = reading("kites"), reading("moss")
    elsewhere = replace(other, document=replace(other.document, source="/elsewhere/moss.md"))
    expected = hash_of(tmp_path, one, other)
    assert hash_of(tmp_path, elsewhere, one) == expected
    write_store(tmp_path / "a", [reading("moss", title="Old"), reading("ferns")])
    write_store(tmp_path / "b", [one, other], olds=[tmp_path / "a"], drop=["ferns"])
    with Store(tmp_path / "b") as store:
        assert Stores([store]).content_hash() == expected
        assert Stores([store]).content_hash(anew=True) == expected


def changed(part: str) -> Reading:
    made = reading()
    (passage,), (row,), entry = made.passages, made.rows, made.references[0]
    return {
        "title": lambda: replace(made, document=replace(made.document, title="Kites!")),
        "text": lambda: replace(made, document=replace(made.document, text=TEXT.replace("β", "b"))),
        "passage": lambda: replace(made, passages=(replace(passage, text=passage.text[:-1]),)),
        "marker": lambda: replace(made, passages=(replace(passage, markers=("2",)),)),
        "cell": lambda: replace(made, rows=(replace(row, cells=(replace(row.cells[0], carried=False), row.cells[1])),)),
        "reference": lambda: replace(made, references=(replace(entry, year=2018), made.references[1])),
    }[part]()


@pytest.mark.parametrize("part", ["title", "text", "passage", "marker", "cell", "reference"])
def test_other_content_has_another_hash(tmp_path: Path, part):
    """One character, one marker or one mark of a carried cell is enough."""
    assert hash_of(tmp_path, changed(part)) != hash_of(tmp_path, reading())


def test_a_change_leaves_the_old_store_as_it_was(tmp_path: Path):
    """The new one has the replaced reading, less the dropped one."""
    old, new = tmp_path / "old", tmp_path / "new"
    write_store(old, [reading("kites"), reading("moss")])
    before = old.read_bytes()
    write_store(new, [reading("kites", title="New kites"), reading("ferns")], olds=[old], drop=["moss", "nobody"])
    assert old.read_bytes() == before
    with Store(new) as store:
        assert [one.title for one in store.summaries()] == ["Kites", "New kites"]
        assert len(store) == 4
        assert store.reading("ferns") == reading("ferns")
        assert store.references("moss") == ()


def test_a_dropped_document_is_in_no_byte_of_the_new_store(tmp_path: Path):
    """Not even in pages that SQLite has set free."""
    secret = TEXT.replace("climb", "zyzzyva" * 5000)
    write_store(tmp_path / "old", [reading("kites"), reading("moss", text=secret, title="Plover")])
    write_store(tmp_path / "new", [], olds=[tmp_path / "old"], drop=["moss"])
    assert b"zyzzyva" in (tmp_path / "old").read_bytes()
    for word in (b"zyzzyva", b"Plover", b"moss"):
        assert word not in (tmp_path / "new").read_bytes()
    with closing(sqlite3.connect(tmp_path / "new")) as db:  # some builds of SQLite blank what they free, some do not
        assert db.execute("PRAGMA freelist_count").fetchone() == (0,)
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("new")] == ["new"]


@pytest.mark.parametrize("damage", ["missing", "empty", "no database", "cut", "without a table"])
def test_a_damaged_file_is_said_to_be_damaged(tmp_path: Path, damage):
    """When it is opened or when it is read, with the cure; never an error of SQLite."""
    path = tmp_path / "store.sqlite"
    write_store(path, [reading(f"d{i}", text=TEXT + "y" * 9000) for i in range(20)])
    whole = path.read_bytes()
    if damage == "missing":
        path.unlink()
    elif damage == "without a table":
        db = sqlite3.connect(path)
        db.execute("DROP TABLE refs")
        db.close()
    else:
        path.write_bytes({"empty": b"", "no database": b"x" * len(whole), "cut": whole[: len(whole) // 2]}[damage])
    with pytest.raises(LibraryDamaged, match=r"store\.sqlite.*exocite --library NEW add"), Store(path) as store:
        store.digests(anew=True)


def test_a_field_that_is_no_list_is_damage(tmp_path: Path):
    """A list that SQLite gives back is not always one that can be read."""
    path = tmp_path / "store.sqlite"
    write_store(path, [reading()])
    db = sqlite3.connect(path)
    with db:
        db.execute("UPDATE records SET markers = '[\"2'")
        db.execute("UPDATE documents SET blocks = '{'")
    db.close()
    with Store(path) as store:
        with pytest.raises(LibraryDamaged):
            tuple(store.records())
        with pytest.raises(LibraryDamaged):
            store.document("kites")


def test_a_damaged_old_store_is_damage_not_a_full_disk(tmp_path: Path):
    """Making room would not help."""
    (tmp_path / "old").write_bytes(b"x" * 8192)
    with pytest.raises(LibraryDamaged, match="old of the library"):
        write_store(tmp_path / "new", [], olds=[tmp_path / "old"])


def test_a_place_that_cannot_be_written_is_storage(tmp_path: Path):
    """A folder stands where the file should."""
    (tmp_path / "new").mkdir()
    with pytest.raises(StorageFull):
        write_store(tmp_path / "new", [])


def test_threads_may_share_a_store(store):
    """Each of many at once reads what one alone would."""
    wrong: list[object] = []

    def read(name: str) -> None:
        wrong.extend(name for _ in range(20) if store.reading(name) != reading(name))

    threads = [threading.Thread(target=read, args=(name,)) for name in ("kites", "moss") * 4]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_a_path_with_signs_of_an_address_is_a_path(tmp_path: Path):
    """`?`, `#` and `%` mean nothing but themselves."""
    folder = tmp_path / "50% of #1? yes"
    folder.mkdir()
    write_store(folder / "s", [reading()])
    with Store(folder / "s") as store:
        assert len(store) == 2


def test_the_check_of_a_row_stays_with_its_row(tmp_path: Path):
    """Through a change of other documents; it goes with its document, and what was never checked has none."""
    row, moss_row = reading("kites").rows[0].id, reading("moss").rows[0].id
    wrong = RowCheck("contradicted", "The row says Ω.", "miR-9 in moss", "Ω at sea")
    checks = {row: wrong, moss_row: RowCheck("consistent")}
    write_store(tmp_path / "one", [reading("moss"), reading("kites")], checks=checks)
    write_store(tmp_path / "two", [reading("ferns")], olds=[tmp_path / "one"])
    write_store(tmp_path / "three", [], olds=[tmp_path / "two"], drop=["kites"])
    write_store(tmp_path / "four", [reading("kites")], olds=[tmp_path / "two"])
    with Store(tmp_path / "two") as store:
        assert store.check(row) == wrong
        assert store.check(moss_row) == RowCheck("consistent")
        assert store.check(reading("ferns").rows[0].id) is None
        # ferns and kites have a passage and a row each before moss, and the row comes second
        assert store.checked("contradicted") == (3,)
        assert store.checked("consistent") == (5,)
        assert store.checked("merged") == ()
    for name in ("three", "four"):
        with Store(tmp_path / name) as store:
            assert store.check(row) is None
            assert store.checked("contradicted") == ()
            assert store.check(moss_row) == RowCheck("consistent")
