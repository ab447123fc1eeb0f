"""Files that were passed over, once the better file of their paper is gone."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.summaries import DocumentSummary
from index.intake import Outcome, heirs, sources_of, take_in, vanished
from tests.encoders import HashedEncoder
from tests.index.test_intake_twins import JATS, MARKDOWN, TEXT, copies, held


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    """Three files of one paper, of which `b.xml` is kept, and another paper; in a library beside them."""
    folder = tmp_path / "papers"
    folder.mkdir()
    for name, text in (("a.txt", TEXT), ("b.xml", JATS), ("c.md", MARKDOWN)):
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "kelp.md").write_text("# Kelp\n\nKelp sways with miR-9.\n", encoding="utf-8")
    take_in(tmp_path / "library", HashedEncoder(), sources_of([folder]))
    return folder


def inherit(papers: Path) -> dict[str, Outcome]:
    """What came of each file that could take the place of a vanished one."""
    library = papers.parent / "library"
    gone = vanished([papers], [DocumentSummary.of(one) for one in held(library).values()]).gone
    orphans = [summary.id for summary in gone]
    found = take_in(library, HashedEncoder(), heirs(gone), orphans=orphans)
    return {outcome.file: outcome for outcome in found}


def test_the_best_file_that_was_passed_over_takes_the_place_of_a_vanished_one(papers: Path):
    """Under the same id; the other one stays passed over, and the next add changes nothing."""
    (papers / "b.xml").unlink()
    outcomes = inherit(papers)
    assert outcomes.keys() == {"a.txt", "c.md"}
    assert {outcome.document_id for outcome in outcomes.values()} == {"a"}
    read = held(papers.parent / "library")
    assert sorted(read) == ["a", "kelp"]
    assert (read["a"].document.file, copies(read["a"])) == ("c.md", ["a.txt"])
    assert {record.document_id for record in read["a"].records} == {"a"}
    again = take_in(papers.parent / "library", HashedEncoder(), sources_of([papers]))
    assert {outcome.status for outcome in again} == {"unchanged"}


def test_the_outcome_says_whose_place_it_takes(papers: Path):
    """The one that is left of three."""
    (papers / "b.xml").unlink()
    (papers / "a.txt").unlink()
    (outcome,) = inherit(papers).values()
    assert (outcome.file, outcome.status) == ("c.md", "replaced")
    assert outcome.notices[-1] == (
        f"It takes the place of b.xml, the same paper, which is no more at {papers / 'b.xml'}."
    )


def test_a_file_that_is_not_as_it_was_takes_no_place(papers: Path):
    """One that is gone too, and one that is another paper by now."""
    (papers / "b.xml").unlink()
    (papers / "a.txt").unlink()
    (papers / "c.md").write_text("# Moss\n\nMoss drinks fog.\n", encoding="utf-8")
    assert inherit(papers) == {}
    assert held(papers.parent / "library")["a"].document.file == "b.xml"


def test_without_a_vanished_file_nothing_takes_its_place(papers: Path):
    """The files that were passed over stay so."""
    assert inherit(papers) == {}
