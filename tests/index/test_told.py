"""By which texts a record is found, where its statements stand in them, and what these name."""

from __future__ import annotations

from pathlib import Path

from corpus.records import Cell, Passage, Reading, Reference, RowCheck, TableRow
from corpus.store import Store
from corpus.writing import write_store
from index.abbreviations import find_abbreviations
from index.concepts import Abbreviations
from index.namings import named
from index.told import Told
from index.vocabulary import Vocabulary
from tests.corpus.test_store import reading

VOCABULARY = Vocabulary(Abbreviations.of({"d": find_abbreviations("The hollow coastal cliff (HCC) is theirs.")}))


def told(tmp_path: Path, record: Passage | TableRow, check: RowCheck | None = None) -> Told:
    """What is told of a record that cites "Herons"."""
    entry = Reference(record.document_id, "1", 0, 1, "1. x", title="Herons at the hollow coastal cliff")
    kept = Reading(
        reading(record.document_id).document,
        (record,) if isinstance(record, Passage) else (),
        (record,) if isinstance(record, TableRow) else (),
        (entry,),
    )
    file = tmp_path / record.id.replace(":", "-")
    write_store(file, [kept], checks={record.id: check} if check else {})
    with Store(file) as store:
        return Told.of(record, store)


def test_a_passage_is_its_sentences_below_its_heading(tmp_path: Path):
    """The heading and the titles that it cites are no statement."""
    passage = Passage("d:0-23", "d", 0, 23, "Foxes bark. Hens cluck.", ("Farm", "Foxes"), None, ("1",))
    one = told(tmp_path, passage)
    assert one.text == "Foxes\nFoxes bark. Hens cluck.\nHerons at the hollow coastal cliff"
    assert one.statements == ((6, 17), (18, 29))
    assert one.said == ("Foxes bark.", "Hens cluck.")
    assert (one.document_id, one.instead, one.study) == ("d", "", ())


def test_a_row_is_one_statement(tmp_path: Path):
    """It is told by its headers, full stops or not; what it should say stands apart."""
    cells = (Cell("Who", "foxes. Really.", False, 0, 14), Cell("What", "bark", False, 15, 19))
    row = TableRow(
        "d:0-19", "d", 0, 19, "foxes. Really.\tbark", "Table 1", 1, "Table 1", cells, ("Farm",), None, ("1",)
    )
    one = told(tmp_path, row, RowCheck("contradicted", "No.", "miR-21 in foxes", "q"))
    assert one.said == ("Who: foxes. Really.; What: bark",)
    assert one.text == "Who: foxes. Really.; What: bark\nHerons at the hollow coastal cliff"
    assert (one.instead, one.study) == ("miR-21 in foxes", ("study:mir-21",))


def test_a_statement_names_what_is_named_in_its_own_characters(tmp_path: Path):
    """The record names what its heading and its titles name too; a name over two sentences is none."""
    text = "HCC is high. At the hollow coastal. Cliff foxes bark at HCC."
    one = told(tmp_path, Passage(f"d:0-{len(text)}", "d", 0, len(text), text, ("Hollow coastal cliffs",)))
    words, said = named(one, VOCABULARY)
    assert words == ["con:hollow coastal cliff"]
    assert said == [["con:hollow coastal cliff"], [], ["con:hollow coastal cliff"]]
    silent = told(tmp_path, Passage("d:0-11", "d", 0, 11, "Foxes bark.", ("HCC",)))
    assert named(silent, VOCABULARY) == (["con:hollow coastal cliff"], [[]])
