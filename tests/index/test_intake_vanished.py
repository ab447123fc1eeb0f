from __future__ import annotations

import os
from pathlib import Path

import pytest

from index.intake import sources_of, take_in, vanished
from index.library import Library
from tests.encoders import HashedEncoder
from tests.index.conftest import FERNS, KITES, MOSS


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    """A folder of three papers, one of them in a folder of its own, all in a library beside it."""
    folder = tmp_path / "papers"
    (folder / "below").mkdir(parents=True)
    for name, text in (("kites.md", KITES), ("moss.md", MOSS), ("below/ferns.md", FERNS)):
        (folder / name).write_text(text, encoding="utf-8")
    take_in(tmp_path / "library", HashedEncoder(), sources_of([folder]))
    return folder


def found(papers: Path, *paths: Path) -> tuple[list[str], tuple[str, ...]]:
    """The documents that are gone, and what nothing is said about."""
    library = Library.open(papers.parent / "library")
    try:
        missing = vanished(paths or [papers], library.store.summaries())
    finally:
        library.close()
    return [summary.id for summary in missing.gone], missing.unsure


def test_a_file_that_was_deleted_has_vanished(papers: Path):
    """Whether its folder is named or the file itself; not where another folder is."""
    assert found(papers) == ([], ())
    (papers / "moss.md").unlink()
    assert found(papers) == (["moss"], ())
    assert found(papers, papers / "moss.md") == (["moss"], ())
    assert found(papers, papers / "below", papers / "kites.md") == ([], ())


def test_a_folder_that_was_deleted_takes_its_files_with_it(papers: Path):
    """As long as the folder that is named is there and holds something."""
    (papers / "below" / "ferns.md").unlink()
    (papers / "below").rmdir()
    assert found(papers) == (["ferns"], ())


def test_a_folder_whose_name_only_begins_the_same_is_another(papers: Path):
    """What lies in papers does not lie in pap."""
    (papers.parent / "pap").mkdir()
    (papers / "moss.md").unlink()
    assert found(papers, papers.parent / "pap") == ([], ())


def test_an_empty_folder_is_not_taken_for_deleted_files(papers: Path):
    """It may be where a disk was mounted; the one within another too."""
    (papers / "below" / "ferns.md").unlink()
    gone, unsure = found(papers)
    assert gone == []
    assert unsure == (
        f"{papers / 'below'} is empty, as where a disk is not mounted, so nothing is done about 1 paper from there; "
        "`exocite remove` takes papers out.",
    )


def test_a_folder_that_is_not_there_is_not_taken_for_deleted_files(papers: Path):
    """Nothing is known of what was in it."""
    papers.rename(papers.parent / "elsewhere")
    gone, unsure = found(papers)
    assert gone == []
    assert unsure == (
        f"{papers} is not there, so nothing is done about 3 papers from there; `exocite remove` takes papers out.",
    )


@pytest.mark.skipif(os.geteuid() == 0, reason="the super-user may list everything")
def test_a_folder_that_cannot_be_listed_is_not_taken_for_deleted_files(papers: Path):
    """Files that nobody may look at are not gone."""
    (papers / "below").chmod(0)
    try:
        assert found(papers) == ([], ())
    finally:
        (papers / "below").chmod(0o700)


def test_a_name_that_is_not_utf8_has_not_vanished(papers: Path):
    """Though its place is written otherwise than the system has it."""
    name = os.fsdecode(b"caf\xe9.md")
    try:
        (papers / name).write_text("# Cafés\n\nThe café by the shore opens at dawn.\n", encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes no such name")
    take_in(papers.parent / "library", HashedEncoder(), sources_of([papers]))
    assert found(papers) == ([], ())
    (papers / name).unlink()
    assert found(papers) == (["caf"], ())
