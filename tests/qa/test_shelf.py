"""The papers of a library as they are looked through."""

from __future__ import annotations

import pytest

from index.intake import Source, take_in
from index.library import Library
from qa.shelf import Shelf
from tests.encoders import HashedEncoder

PAPERS = {
    "zebra.md": 'title: "miR-21 in gastric cancer"\nauthors: ["Ayşe Yazıcı", "B. Øberg"]\nyear: 2019',
    "2021 Müller.md": 'title: "MiR-210 and hypoxia"\nauthors: ["C. Müller"]\nyear: 2021\ndoi: 10.1000/sky.7',
    "plain.md": 'title: "A note on TGF\u2013β"\nyear: 2019\njournal: Gull Letters',
}


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory):
    """The three papers above on their shelf."""
    path = tmp_path_factory.mktemp("shelf") / "library"
    sources = [
        Source(name, f"upload:{name}", f"---\n{head}\n---\n\n# Text\n\nFoam {name} lies on stones.\n".encode)
        for name, head in PAPERS.items()
    ]
    take_in(path, HashedEncoder(), sources)
    library = Library.open(path)
    yield Shelf(library.store.summaries(), library.store)
    library.close()


def found(shelf: Shelf, asked: str) -> list[str]:
    return [paper.id for paper in shelf.find(asked)]


def test_papers_stand_in_the_order_of_their_titles(shelf: Shelf):
    """Whatever their case; not of their ids."""
    assert list(shelf.papers) == found(shelf, "") == found(shelf, " ") == ["plain", "zebra", "2021-muller"]


@pytest.mark.parametrize(
    ("asked", "ids"),
    [
        ("gastric", ["zebra"]),
        ("yazici OBERG", ["zebra"]),
        ("muller", ["2021-muller"]),
        ("2019", ["plain", "zebra"]),
        ("2019 cancer", ["zebra"]),
        ("gull", ["plain"]),
        ("10.1000/sky.7", ["2021-muller"]),
        ("zebra.md", ["zebra"]),
        ("tgf-β", ["plain"]),
        ("cancer hypoxia", []),
        (".*", []),
        ("(", []),
    ],
)
def test_a_paper_is_found_by_each_thing_that_is_said_of_it(shelf: Shelf, asked: str, ids: list[str]):
    """Title, author, year, journal, DOI and file; every word must be there, accents and dashes need not."""
    assert found(shelf, asked) == ids


def test_a_number_is_found_whole(shelf: Shelf):
    """Near names are never equal: miR-21 is not in miR-210, nor a year in a part of it."""
    assert found(shelf, "miR-21") == ["zebra"]
    assert found(shelf, "miR-210") == ["2021-muller"]
    assert found(shelf, "201") == found(shelf, "019") == []


def test_what_there_is_to_know_is_summed_over_the_papers_that_are_found(shelf: Shelf):
    """Two lack a DOI; none lacks a year."""
    assert shelf.told(shelf.find("")) == {"no-doi": 2}
    assert shelf.told(shelf.find("muller")) == {}
    assert shelf.tallies == {"zebra": {"no-doi": 1}, "plain": {"no-doi": 1}, "2021-muller": {}}
