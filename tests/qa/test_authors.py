"""Authors in a question: who is one, which records are by them, and what is then answered."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from corpus.bylines import Byline
from index.intake import sources_of, take_in
from qa.authors import Authors
from qa.question import interpreted, read_question
from qa.service import Service
from qa.settings import Settings
from tests.encoders import HashedEncoder

PAPER = """---
title: "Parcels of the shore"
authors: ["Ada Quill"]
year: 2021
---

# Parcels of the shore

## Tides

Vesicles with miR-21 silence KRIT1 in kelp [1]. Parcels of miR-9 open the gills of herons [2]. Stones stay warm.

Foam carries miR-105 to the gulls [3].

Lunde keeps gulls.

## References

1. Zhou W, Fong MY. Vesicles at low tide. Sea Notes 2014;4:1-9.
2. Müller-Hill B, van der Berg J, Zhou CR. Gills of herons. Gull Letters 2018;7:11-19.
3. Fong MY, Lunde P. Foam and gulls. Sea Notes 2019;9:1-9.
"""
OTHER = """# Moss

## Fog

Moss drinks fog with miR-21.
"""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """Over a paper by Quill, which cites three studies, and one that says neither."""
    folder = tmp_path_factory.mktemp("shore")
    (folder / "shore.md").write_text(PAPER, encoding="utf-8")
    (folder / "moss.md").write_text(OTHER, encoding="utf-8")
    take_in(folder / "library", HashedEncoder(), sources_of([folder / "shore.md", folder / "moss.md"]))
    service = Service(folder / "library", Settings(), HashedEncoder())
    yield service
    service.close()


@pytest.fixture(scope="module")
def authors(service: Service) -> Authors:
    """Those of that library."""
    opened = service.opened()
    return Authors(opened.ranker.words, opened.store)


@pytest.mark.parametrize(
    ("asked", "named", "rest"),
    [
        ("What did Zhou et al. find about miR-21?", [Byline("Zhou", None, True)], "What did about miR-21?"),
        ("zhou et al miR-21", [Byline("zhou", None, True)], "miR-21"),
        ("Zhou and colleagues (2014) on miR-21", [Byline("Zhou", 2014, True)], "on miR-21"),
        ("Zhou & Fong et al., 2014b: miR-21", [Byline("Zhou", 2014, True)], ": miR-21"),
        ("Nobody et al. on miR-21", [Byline("Nobody", None, True)], "on miR-21"),
        ("Which study by Berg found miR-9?", [Byline("Berg")], "Which by miR-9?"),
        ("Fong's 2019 paper on gulls", [Byline("Fong", 2019)], "on gulls"),
        ("miR-9 in herons, Müller-Hill or Fong", [Byline("Müller-Hill"), Byline("Fong")], "miR-9 in herons, or"),
        ("What does Quill say of stones?", [Byline("Quill")], "What does of stones?"),
        # no study is by them, not in that year, or the papers have the word themselves
        ("Which study by Ito found miR-21?", [], "Which study by Ito found miR-21?"),
        ("Fong 1999 on gulls", [], "Fong 1999 on gulls"),
        ("What did Lunde find?", [], "What did Lunde find?"),
        ("Which study by fong found miR-105?", [], "Which study by fong found miR-105?"),
        ("Moss and Stones", [], "Moss and Stones"),
    ],
)
def test_an_author_is_whom_et_al_follows_or_whom_a_study_is_by(
    authors: Authors, asked: str, named: list[Byline], rest: str
):
    """The rest is what is searched for; what was asked is told whole."""
    read = authors.of(read_question(asked))
    assert list(read.authors) == named
    assert " ".join(read.alone.split()) == rest
    assert (read.text, read.whole, interpreted(read).question) == (asked, asked, asked)
    assert [card.name for card in interpreted(read).names if card.type == "author"] == list(map(str, named))


@pytest.mark.parametrize(
    ("question", "verdict", "reason"),
    [
        ("What did Zhou et al. find about miR-21?", "supported", "The best evidence names it all."),
        ("What did Fong find about miR-21?", "supported", "The best evidence names it all."),
        ("What does Quill say about miR-21?", "supported", "The best evidence names it all."),
        # the other Zhou stands third; Müller-Hill is cited for another molecule in the same passage
        (
            "What did Zhou et al. find about miR-9?",
            "absent",
            "miR-9 is in these documents, but not together with a study by Zhou.",
        ),
        (
            "What did Müller-Hill find about miR-21?",
            "absent",
            "miR-21 is in these documents, but not together with a study by Müller-Hill.",
        ),
        (
            "What did Nobody et al. find about miR-21?",
            "absent",
            "a study by Nobody is cited nowhere in these documents.",
        ),
        ("Zhou et al. 2015 miR-21", "absent", "a study by Zhou 2015 is cited nowhere in these documents."),
    ],
)
def test_evidence_is_by_whom_is_asked_about(service: Service, question: str, verdict: str, reason: str):
    """A record that cites their study for another molecule is none."""
    support = service.search(question).support
    assert (support.verdict, support.reason) == (verdict, reason)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("What did Zhou et al. find?", ["Vesicles with miR-21 silence KRIT1 in kelp [1]."]),
        ("What did Fong and colleagues report?", ["Foam carries miR-105 to the gulls [3]."]),
        ("What did Müller-Hill find about gills?", ["Parcels of miR-9 open the gills of herons [2]."]),
    ],
)
def test_an_answer_says_what_they_found_and_nothing_beside_it(service: Service, question: str, said: list[str]):
    """Other sentences of the same passage cite others, or nobody."""
    assert [sentence.text for sentence in service.ask(question).answer.sentences] == said


def test_the_best_evidence_is_by_them(service: Service):
    """Ahead of what says more of the molecule."""
    first = service.search("miR-21 vesicles, Zhou et al.").evidence[0]
    assert first.references[0].text.startswith("1. Zhou W")
