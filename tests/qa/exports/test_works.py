"""The works behind evidence: papers and primary studies, each once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from corpus.errors import UnknownDocument
from index.intake import sources_of, take_in
from qa.exports.works import Person, Work, paper, person, study, works
from qa.service import Service
from qa.settings import Settings
from tests.encoders import HashedEncoder

GULL = """---
title: "Gull reports"
authors: ["Cruz B", "Ana de la Peña", "E. Eze"]
year: 2022
---

# Gull reports

## Foam

Gulls carry miR-21 parcels past the foam [7]. Foam holds parcels with TGF-β [8].

## References

7. Ito A. Parcels at low tide! Sea Notes 2019. doi:10.1000/sea.4
8. Cruz B. Walls of Foam. Gull Letters 2018;7:11-19. doi:10.1000/gull.7
"""


@pytest.fixture
def both(papers: Path, tmp_path: Path):
    """A service over the papers of the suite and one that cites the same two studies."""
    (papers / "gull.md").write_text(GULL, encoding="utf-8")
    take_in(tmp_path / "both", HashedEncoder(), sources_of([papers]))
    service = Service(tmp_path / "both", Settings(), HashedEncoder())
    yield service
    service.close()


def found(service: Service, question: str = "miR-21 parcels foam walls") -> dict[str, Work]:
    """The works of what a question finds, by title."""
    evidence = service.search(question).evidence
    return {work.title: work for work in works(evidence, service.opened().store)}


def test_papers_come_first_then_studies_each_once(small: Service):
    """The kelp paper's three pieces of evidence cite two studies; moss cites none."""
    titles = list(found(small, "miR-21 walls north south fog"))
    assert set(titles[:2]) == {"Kelp letters", "Moss on stones"}
    assert set(titles[2:]) == {"Parcels at low tide", "Walls of foam"}


def test_a_study_is_taken_apart_and_says_who_cites_it(small: Service):
    """Everything its entry says, and the number it has there."""
    cited = found(small)["Parcels at low tide"]
    assert (cited.people, cited.year, cited.journal) == ((Person("Ito", "A"),), 2019, "Sea Notes")
    assert (cited.volume, cited.pages, cited.doi) == ("4", "1-9", "10.1000/sea.4")
    assert cited.note == "Cited by Ito and Cruz 2020 [1]; read from the reference list there."


def test_a_paper_is_no_citation(small: Service):
    """It has authors, year and DOI, and no note."""
    kelp = found(small)["Kelp letters"]
    assert (kelp.people, kelp.year, kelp.doi, kelp.note) == (
        (Person("Ito", "A."), Person("Cruz", "B.")),
        2020,
        "10.1000/kelp.1",
        "",
    )


def test_one_study_cited_by_two_papers_is_one(both: Service):
    """By its DOI, or by title and year where only one entry has a DOI; each paper is named, gaps are filled."""
    shown = found(both)
    assert len([work for work in shown.values() if work.note]) == 2
    for work in shown.values():
        if work.note:
            assert "Ito and Cruz 2020 [" in work.note
            assert "Cruz et al. 2022 [" in work.note
    walls = next(work for title, work in shown.items() if title.casefold() == "walls of foam")
    assert (walls.doi, walls.pages) == ("10.1000/gull.7", "11-19")


def test_titles_alone_do_not_make_one_study_of_two_dois():
    """Two editorials of one year are two."""
    title = "Editorial on the walls of foam"
    first, second = Work(title, year=2020, doi="10.1/a"), Work(title, year=2020, doi="10.1/b")
    assert not first.is_same(second)
    assert first.key != second.key
    assert first.is_same(Work(f"{title}!", year=2020))
    assert not first.is_same(Work(title, year=2021))


def test_a_short_title_makes_one_study_only_with_its_author_and_pages():
    """Otherwise a work is the same as one of which all is the same, and its key tells it from others."""
    ito, diaz = (Work("Editorial", (Person(name, "A"),), year=2020, pages="1-2") for name in ("Ito", "Diaz"))
    assert ito.is_same(replace(ito, title="Editorial.", journal="Sea Notes"))
    assert not ito.is_same(diaz)
    bare = Work("Editorial", year=2020)
    assert bare.is_same(replace(bare))
    assert not bare.is_same(replace(bare, journal="Sea Notes"))
    assert bare.key != replace(bare, journal="Sea Notes").key


def test_a_key_depends_on_the_study_alone(small: Service, both: Service):
    """The same DOI gives the same key in another library, with a title in other punctuation."""
    key = found(small)["Parcels at low tide"].key
    assert key.startswith("ito2019-")
    assert key in {work.key for work in found(both).values()}


@pytest.mark.parametrize(
    ("name", "family", "given", "suffix"),
    [
        ("Zhou W", "Zhou", "W", ""),
        ("Yazıcı H-G", "Yazıcı", "H-G", ""),
        ("van der Berg JP Jr", "van der Berg", "JP", "Jr"),
        ("Smith, J. A., Jr", "Smith", "J. A.", "Jr"),
        ("J. A. Smith", "Smith", "J. A.", ""),
        ("O'Neil K.", "O'Neil", "K.", ""),
        ("Cancer Genome Atlas Network", "Cancer Genome Atlas Network", "", ""),
        ("WHO", "WHO", "", ""),
    ],
)
def test_names_of_reference_lists(name: str, family: str, given: str, suffix: str):
    """Family name and initials in any of their orders; a group stays whole."""
    assert person(name) == Person(family, given, suffix)


def test_names_of_papers_have_the_given_name_first():
    """Particles belong to the family name; a last word in small letters shows a group."""
    assert person("Ana de la Peña", given_first=True) == Person("de la Peña", "Ana")
    assert person("Exocite contributors", given_first=True) == Person("Exocite contributors")


def test_an_entry_without_a_title_keeps_all_its_words(small: Service):
    """Nothing is lost of what could not be read."""
    entry = small.reading("kelp").references[0]
    bare = type(entry)("kelp", "3", 0, 9, "3. Ibid.\n p. 4")
    assert study(bare).title == "3. Ibid. p. 4"
    assert study(bare).people == ()


def test_et_al_is_remembered(small: Service):
    """The list of authors goes on."""
    entry = small.reading("kelp").references[0]
    assert not study(entry).more
    more = type(entry)("kelp", "3", 0, 9, "3. Ito A, et al. Tides.", ("Ito A",), "Tides")
    assert study(more).more
    assert study(more).short == "Ito et al."


def test_a_short_name_needs_no_author(small: Service):
    """The title stands for it."""
    assert paper(small.reading("moss").document).short == "Moss on stones"


def test_a_paper_removed_in_between_is_an_error_that_says_so(small: Service):
    """The evidence was given before."""
    evidence = small.search("miR-21 walls").evidence
    small.remove("kelp")
    with pytest.raises(UnknownDocument, match="kelp"):
        works(evidence, small.opened().store)
