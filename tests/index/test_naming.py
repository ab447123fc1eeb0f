from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import InputError, LibraryDamaged, LibraryMissing, UnreadableFile
from corpus.records import Reading
from index.intake import files_of
from index.library import Library, change_library
from index.naming import add_names, remove_names, tables_of
from tests.encoders import HashedEncoder
from tests.index.conftest import contents

TOYS = "id\tname\ttype\tsynonyms\nB:1\tpaper kite\ttoy\tflying diamond|sheet on a string\n"
PLANTS = "id\tname\ttype\tsynonyms\nA:1\tgreen moss\tplant\tvelvet carpet\n"


@pytest.fixture
def tables(tmp_path: Path) -> list[Path]:
    """Two tables of other names, toys.tsv and plants.tsv."""
    for name, text in (("toys.tsv", TOYS), ("plants.tsv", PLANTS)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return [tmp_path / "toys.tsv", tmp_path / "plants.tsv"]


def best(folder: Path, question: str) -> str:
    """The record that the words alone find first; "" where they find none."""
    library = Library.open(folder)
    vector = HashedEncoder().encode([question])[0]
    hits = library.ranker.rank(vector, question, 1, weight=1.0, mode="words").hits
    library.close()
    return hits[0].record_id if hits and hits[0].score else ""


def digest(folder: Path) -> str:
    """The library's hash, after its content has been held against it."""
    library = Library.open(folder)
    library.verify()
    library.close()
    return library.manifest.hash


def test_another_name_finds_the_record_once_its_table_is_there(folder: Path, tables: list[Path], encoder):
    """And no more when the file is taken out; nothing is encoded for either, and the library is what it was."""
    before = digest(folder)
    assert best(folder, "who owns the flying diamond") == ""
    (read, _) = add_names(folder, encoder, files_of(tables))
    assert (read.file, len(read.entries), read.notices) == ("toys.tsv", 1, ())
    assert best(folder, "who owns the flying diamond").startswith("kites:")
    assert best(folder, "why is a velvet carpet wet").startswith("moss:")
    assert digest(folder) != before
    remove_names(folder, encoder, ["toys.tsv"])
    assert best(folder, "who owns the flying diamond") == ""
    assert best(folder, "why is a velvet carpet wet").startswith("moss:")
    remove_names(folder, encoder, ["plants.tsv"])
    assert digest(folder) == before
    assert encoder.encoded == []


def test_names_outlive_a_change_of_the_documents(folder: Path, tables: list[Path], encoder, ferns: Reading, moss):
    """Papers come and go; the tables stay, and hold for the new papers too."""
    add_names(folder, encoder, files_of(tables))
    held = tables_of(folder).entries
    before = digest(folder)
    change_library(folder, encoder, add=[ferns], remove=["moss"]).close()
    assert tables_of(folder).entries == held
    change_library(folder, encoder, add=[moss], remove=["ferns"]).close()
    assert best(folder, "why is a velvet carpet wet").startswith("moss:")
    assert digest(folder) == before


def test_the_same_tables_make_the_same_library_whatever_the_order(folder: Path, tables: list[Path], encoder):
    """Byte for byte in the parts made of them."""
    seen = []
    for order in (tables, tables[::-1]):
        for table in order:
            add_names(folder, encoder, files_of([table]))
        files = {Path(name).name: found for name, found in contents(folder).items()}
        seen.append((digest(folder), [files[part] for part in ("glossary.sqlite", "lexicon.json", "tables.json")]))
        remove_names(folder, encoder, ["toys.tsv", "plants.tsv"])
    assert seen[0] == seen[1]


def test_what_cannot_be_added_changes_nothing(folder: Path, tables: list[Path], encoder, tmp_path: Path):
    """One bad table among good ones, or two files of one name."""
    (tmp_path / "poem.tsv").write_text("no table at all\n", encoding="utf-8")
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "toys.tsv").write_text(TOYS, encoding="utf-8")
    before = contents(folder)
    with pytest.raises(UnreadableFile, match=r"poem\.tsv"):
        add_names(folder, encoder, files_of([*tables, tmp_path / "poem.tsv"]))
    with pytest.raises(UnreadableFile, match=r"none\.tsv"):
        add_names(folder, encoder, files_of([tmp_path / "none.tsv"]))
    with pytest.raises(InputError, match=r"Two files are called toys\.tsv"):
        add_names(folder, encoder, files_of([tables[0], tmp_path / "below" / "toys.tsv"]))
    with pytest.raises(InputError, match=r"exocite names list"):
        remove_names(folder, encoder, ["toys.tsv"])
    assert contents(folder) == before


def test_where_there_is_no_library_that_is_said_and_none_is_made(tmp_path: Path, tables: list[Path], encoder):
    """For adding, removing and listing alike."""
    for change in (
        lambda: add_names(tmp_path / "new", encoder, files_of(tables)),
        lambda: remove_names(tmp_path / "new", encoder, ["toys.tsv"]),
        lambda: tables_of(tmp_path / "new"),
    ):
        with pytest.raises(LibraryMissing):
            change()
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("part", ["glossary.sqlite", "lexicon.json", "tables.json"])
def test_a_part_that_was_changed_is_noticed(folder: Path, part: str):
    """Like any other part of the library."""
    (file,) = folder.rglob(part)
    file.write_bytes(file.read_bytes() + b" ")
    with pytest.raises(LibraryDamaged, match=part):
        Library.open(folder)
