from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from corpus.records import Document
from index.intake import Outcome, Used, sources_of, take_in, with_exports
from index.library import Library
from tests.encoders import HashedEncoder

LANTERNS = "Notes\n\nLanterns on the quay carry miR-21 to the far shore.\n"
BIB = r"""@article{ito2021,
  title = {Lanterns carry {miR-21} and {TGF-$\beta$}},
  author = {Ito, Ad{\"a} and {Harbour Group}},
  journal = {Quay Letters}, year = {in press}, date = {2021-03},
  doi = {10.1234/QUAY.7},
  file = {Full Text:files/1/lanterns.txt:text/plain;Table:files/1/boats.csv:text/csv}
}
@article{none, title = {No file at all}, year = 2019}
@article{lost, title = {A file that is gone}, file = {files/9/gone.pdf}}
@article{broken, title = {never closed
"""


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """What a reference manager writes: a folder with the export and its files."""
    folder = tmp_path / "My Library"
    (folder / "files" / "1").mkdir(parents=True)
    (folder / "files" / "1" / "lanterns.txt").write_text(LANTERNS, encoding="utf-8")
    (folder / "files" / "1" / "boats.csv").write_text("Boat,Lamp\nAlba,red\nBora,blue\n", encoding="utf-8")
    (folder / "My Library.bib").write_text(BIB, encoding="utf-8")
    return folder


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """Where a library may be made."""
    return tmp_path / "library"


def add(
    target: Path, *paths: Path, encoder: HashedEncoder | None = None
) -> tuple[dict[str, Outcome], tuple[Used, ...]]:
    """What came of each file, by its name, and of each export."""
    sources, used = with_exports(sources_of(paths), paths)
    return {one.file: one for one in take_in(target, encoder or HashedEncoder(), sources)}, used


def held(target: Path) -> dict[str, Document]:
    """The documents of the library, by their file's name."""
    with closing(Library.open(target)) as library:
        library.verify()
        return {one.file: library.store.document(one.id) for one in library.store.summaries()}


@pytest.mark.parametrize("named", ["My Library.bib", "."])
def test_files_get_what_their_entry_says(export: Path, target: Path, named: str):
    """Whether the export is named or the folder it lies in; what the text would be guessed to say is overruled."""
    outcomes, used = add(target, export / named)
    assert {name: one.status for name, one in outcomes.items()} == {"lanterns.txt": "added", "boats.csv": "added"}
    assert used == (Used("My Library.bib", 3, 1, ("gone.pdf",), 0, 1),)
    paper = held(target)["lanterns.txt"]
    assert paper.title == "Lanterns carry miR-21 and TGF-β"
    assert paper.authors == ("Adä Ito", "Harbour Group")
    assert (paper.year, paper.doi, paper.journal) == (2021, "10.1234/quay.7", "Quay Letters")


def test_further_files_of_an_entry_are_companions(export: Path, target: Path):
    """The same metadata, the name of the file in the title, and no second copy of the paper."""
    add(target, export / "My Library.bib")
    table = held(target)["boats.csv"]
    assert table.title == "Lanterns carry miR-21 and TGF-β (boats.csv)"
    assert table.doi == "10.1234/quay.7"


@pytest.mark.parametrize("table", ["boats.csv", "boats.tsv", "boats.xlsx", "boats.xlsm"])
def test_a_table_of_an_entry_is_never_its_paper(tmp_path: Path, table: str):
    """It stands beside the paper in whatever format it is, and first in the entry or not."""
    for file in ("paper.txt", table):
        (tmp_path / file).write_bytes(b"x")
    (tmp_path / "a.bib").write_text(f"@misc{{a, title={{A}}, file={{:{table}:;:paper.txt:}}}}", encoding="utf-8")
    sources, _ = with_exports(sources_of([tmp_path / "a.bib"]), [tmp_path / "a.bib"])
    assert [(one.name, one.companion) for one in sources] == [("paper.txt", False), (table, True)]


def test_a_changed_entry_changes_the_metadata_and_encodes_nothing(export: Path, target: Path):
    add(target, export)
    with closing(Library.open(target)) as library:
        before = library.manifest.hash
    (export / "My Library.bib").write_text(BIB.replace("Quay Letters", "Harbour Letters"), encoding="utf-8")
    encoder = HashedEncoder()
    outcomes, _ = add(target, export, encoder=encoder)
    assert {one.status for one in outcomes.values()} == {"replaced"}
    assert held(target)["lanterns.txt"].journal == "Harbour Letters"
    assert encoder.encoded == []
    with closing(Library.open(target)) as library:
        assert library.manifest.hash != before


def test_the_same_export_again_changes_nothing(export: Path, target: Path):
    add(target, export)
    outcomes, _ = add(target, export)
    assert {one.status for one in outcomes.values()} == {"unchanged"}


def test_what_an_entry_said_holds_where_the_file_is_added_without_the_export(export: Path, target: Path):
    """Unchanged or changed."""
    add(target, export)
    file = export / "files" / "1" / "lanterns.txt"
    assert add(target, file)[0]["lanterns.txt"].status == "unchanged"
    file.write_text(LANTERNS + "\nAnd back again at dawn.\n", encoding="utf-8")
    assert add(target, file)[0]["lanterns.txt"].status == "replaced"
    assert held(target)["lanterns.txt"].year == 2021


def test_an_export_found_in_a_folder_reads_nothing_outside_it(export: Path, target: Path, tmp_path: Path):
    """One that is named may; neither reads what is of no format that Exocite reads."""
    (tmp_path / "outside.txt").write_text("Outside\n\nMoss drinks fog with miR-210.\n", encoding="utf-8")
    (tmp_path / "passwd").write_text("root", encoding="utf-8")
    (export / "My Library.bib").write_text(
        "@misc{a, title={Out}, file={../outside.txt}}\n@misc{b, title={In}, file={../passwd}}", encoding="utf-8"
    )
    outcomes, (used,) = add(target, export)
    assert ("outside.txt" in outcomes, used.others) == (False, 2)
    outcomes, (used,) = add(target, export / "My Library.bib")
    assert (outcomes["outside.txt"].status, used.others) == ("added", 1)


def test_an_export_that_cannot_be_read_is_reported_and_stops_nothing(export: Path, target: Path):
    (export / "empty.bib").write_text("nothing here", encoding="utf-8")
    outcomes, used = add(target, export)
    assert outcomes["empty.bib"].status == "unreadable"
    assert outcomes["lanterns.txt"].status == "added"
    assert [one.file for one in used] == ["My Library.bib"]


def test_a_json_is_an_export_only_where_it_is_named(export: Path, target: Path):
    """In a folder it may be anything."""
    (export / "My Library.bib").unlink()
    text = (
        '[{"title": "Lanterns", "attachments": [{"path": "files/1/lanterns.txt"}], "issued": {"date-parts": [[2020]]}}]'
    )
    (export / "library.json").write_text(text, encoding="utf-8")
    assert add(target, export)[1] == ()
    assert add(target, export / "library.json")[1] == (Used("library.json", 1, 0, (), 0, 0),)
    assert held(target)["lanterns.txt"].year == 2020
