"""One study, cited by several documents, is one study."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.assemble import read_document
from corpus.records import Reading
from corpus.store import MOST_ALSO, Store
from corpus.studies import StudyId
from corpus.writing import write_store

ENTRY = "Ito K. Exosomal miR-21 folds the walls of foam. Foam Lett 2019;1:1-2."


def paper(name: str, *entries: str) -> Reading:
    """A paper that cites each of these entries in one sentence."""
    listed = "\n".join(f"{number}. {entry}" for number, entry in enumerate(entries, start=1))
    text = f"# {name}\n\n## Introduction\n\nFoam folds [1-{len(entries)}].\n\n## References\n\n{listed}\n"
    return read_document(f"{name}.md", text.encode(), document_id=name, source=f"upload:{name}")


def also(folder: Path, *papers: Reading, of: str = "moss") -> dict[str, tuple[tuple[str, str], ...]]:
    """Where else the studies of one paper's sentence are cited."""
    write_store(folder / "store", papers)
    with Store(folder / "store") as store:
        (passage,) = [one for one in store.records() if one.document_id == of]
        return {entry.marker: store.also_cited(entry) for entry in store.cited(passage)}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (ENTRY, ENTRY),
        (ENTRY, "Ito K. Exosomal miR 21 Folds the Walls of Foam. Foam Letters 2019;1(3):1-2. doi: 10.1000/foam.1."),
        (f"{ENTRY} doi: 10.1000/foam.1.", "Ito K. Exosomal mir-21 (foam). Foam Lett 2020;1:1-2. doi: 10.1000/FOAM.1."),
    ],
)
def test_a_study_is_the_same_by_doi_or_by_title_and_year(tmp_path: Path, one: str, other: str):
    """Hyphens, capitals, journal and issue do not matter; each paper is told of the other."""
    assert also(
        tmp_path, paper("moss", one), paper("kites", "Cruz B. Sails of the southern sea. Sea 2011;1:1.", other)
    ) == {"1": (("kites", "2"),)}


@pytest.mark.parametrize(
    "other",
    [
        ENTRY.replace("miR-21", "miR-210"),
        ENTRY.replace("2019", "2018"),
        ENTRY.replace("Exosomal miR-21 folds the walls of foam", "Walls of foam"),
    ],
)
def test_a_near_title_or_another_year_is_another_study(tmp_path: Path, other: str):
    """miR-210 is not miR-21."""
    assert also(tmp_path, paper("moss", ENTRY), paper("kites", other)) == {"1": ()}


def test_a_title_that_many_studies_have_joins_none(tmp_path: Path):
    """`Introduction` of 2019 may be anybody's, unless author and pages are the same."""
    entry = "Ito K. Introduction. Foam Lett 2019;1:1-2."
    others = (entry.replace("1:1-2", "1:7-9"), entry.replace("Ito", "Diaz"), "Ito K. Introduction. 2019.")
    found = also(tmp_path, paper("moss", entry), *(paper(f"kite-{n}", one) for n, one in enumerate((*others, entry))))
    assert found == {"1": (("kite-3", "1"),)}


def test_of_two_dois_a_title_makes_no_one_study(tmp_path: Path):
    """Where one entry has none, title and year decide; the store and the ids it goes by agree."""
    entries = [f"{ENTRY} doi: 10.1000/foam.{n}." for n in (1, 2)]
    papers = paper("moss", entries[0]), paper("kites", entries[1]), paper("ferns", ENTRY)
    assert also(tmp_path, *papers) == {"1": (("ferns", "1"),)}
    moss, kites, ferns = (StudyId.of_entry(one.references[0]) for one in papers)
    assert (moss.is_same(kites), moss.is_same(ferns), kites.is_same(ferns)) == (False, True, True)


def test_each_paper_is_told_once_by_its_first_entry_and_never_the_paper_itself(tmp_path: Path):
    """In the order of their ids."""
    twice = paper("moss", ENTRY, ENTRY)
    assert also(tmp_path, twice, paper("kites", ENTRY, ENTRY), paper("ferns", ENTRY)) == {
        "1": (("ferns", "1"), ("kites", "1")),
        "2": (("ferns", "1"), ("kites", "1")),
    }


def test_of_a_study_that_everybody_cites_twenty_papers_are_told(tmp_path: Path):
    """The first by id."""
    others = [paper(f"kite-{number:02}", ENTRY) for number in range(30)]
    found = also(tmp_path, paper("moss", ENTRY), *others)
    assert found == {"1": tuple((f"kite-{number:02}", "1") for number in range(MOST_ALSO))}


def test_what_a_removed_paper_cites_is_no_longer_told(tmp_path: Path):
    """Its list goes with it."""
    write_store(tmp_path / "both", [paper("moss", ENTRY), paper("kites", ENTRY)])
    write_store(tmp_path / "one", [], olds=[tmp_path / "both"], drop=["kites"])
    with Store(tmp_path / "one") as store:
        (passage,) = store.records()
        assert [store.also_cited(entry) for entry in store.cited(passage)] == [()]
