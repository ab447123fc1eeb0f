"""Authors in a question: who is one, which records are by them, and what is then answered."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.bylines import Byline
from index.intake import sources_of, take_in
from qa.reading.authors import Authors
from qa.reading.bylines import blanked, find_bylines
from qa.reading.question import interpreted, read_question
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

Spray holds TLR4. This wakes the gulls at dawn [3].

Lunde keeps gulls.

Table 1. Cargo by shore

| miRNA | Cancer | Ref |
| --- | --- | --- |
| miR-200c | Lung cancer | [4] |

## References

1. Zhou W, Fong MY. Vesicles at low tide. Sea Notes 2014;4:1-9.
2. Müller-Hill B, van der Berg J, Zhou CR. Gills of herons. Gull Letters 2018;7:11-19.
3. Fong MY, Lunde P. Foam and gulls. Sea Notes 2019;9:1-9.
4. Vang A, D'Amico R. Exosomal miR-155 in gastric cancer. Moss News 2020;2:3-4.
"""
OTHER = """# Moss

## Fog

Moss drinks fog with miR-21.
"""


FONG = ["Foam carries miR-105 to the gulls [3].", "Spray holds TLR4.", "This wakes the gulls at dawn [3]."]


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
        ("What did Zhou et al. find about miR-21?", [Byline(("Zhou",), None, True)], "What did about miR-21?"),
        ("zhou et al miR-21", [Byline(("zhou",), None, True)], "miR-21"),
        ("Zhou and colleagues (2014) on miR-21", [Byline(("Zhou",), 2014, True)], "on miR-21"),
        ("Zhou & Fong et al., 2014b: miR-21", [Byline(("Zhou", "Fong"), 2014, True)], ": miR-21"),
        ("Nobody et al. on miR-21", [Byline(("Nobody",), None, True)], "on miR-21"),
        # nobody of that name stands first in a list
        ("van der Berg et al., miR-9", [Byline(("van der Berg",))], ", miR-9"),
        ("Which study by Berg found miR-9?", [Byline(("Berg",))], "Which by miR-9?"),
        ("Fong's 2019 paper on gulls", [Byline(("Fong",), 2019)], "on gulls"),
        ("W. Zhou or Zhou CR on miR-9", [Byline(("W Zhou",)), Byline(("CR Zhou",))], "or on miR-9"),
        ("What did Zhou W, Fong and Prof. Quill find?", [], "What did Zhou W, Fong and Prof. Quill find?"),
        ("What did Fong and Zhou find on miR-21 in 2014?", [Byline(("Fong", "Zhou"), 2014)], "What did on miR-21 ?"),
        ("miR-9 in herons, Müller-Hill or Fong", [Byline(("Müller-Hill",)), Byline(("Fong",))], "miR-9 in herons, or"),
        ("muller-hill et al. on gills", [Byline(("muller-hill",), None, True)], "on gills"),
        ("What does Quill say of stones?", [Byline(("Quill",))], "What does of stones?"),
        ("D’Amico's paper on lungs", [Byline(("D’Amico",))], "on lungs"),
        # there is somebody, but not in that year
        ("Fong 1999 on gulls", [Byline(("Fong",), 1999)], "on gulls"),
        ("ZHOU ET AL. ON MIR-21", [Byline(("ZHOU",), None, True)], "ON MIR-21"),
        # a word of the papers is told by what stands before or behind it
        ("What did Lunde find?", [Byline(("Lunde",))], "What did ?"),
        ("Are Lunde and gulls there?", [], "Are Lunde and gulls there?"),
        # no study is by them, not in that year, or nothing but a capital tells in a whole sentence
        ("Which study by Ito found miR-21?", [], "Which study by Ito found miR-21?"),
        ("Ito 1999 on gulls", [], "Ito 1999 on gulls"),
        ("Which study by fong found miR-105?", [], "Which study by fong found miR-105?"),
        ("Is Fong in the gills?", [], "Is Fong in the gills?"),
        ("Moss and Stones", [], "Moss and Stones"),
        ("Zhou-9 and Fong 3", [], "Zhou-9 and Fong 3"),
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
        ("What did Zhou et al. find about KRIT1?", "supported", "The best evidence names it all."),
        # the study is cited after the sentence that goes on from this one
        ("What did Fong and Lunde find about TLR4?", "supported", "The best evidence names it all."),
        (
            "What did Vang et al. find about miR-200c?",
            "absent",
            "miR-200c and a study by Vang are in these documents, but together only in table rows that may stand "
            "beside the wrong study.",
        ),
        (
            "What did Zhou et al. find about gulls?",
            "absent",
            "A study by Zhou is in these documents, but not together with gulls.",
        ),
        # the other Zhou stands third; Müller-Hill is cited for another molecule in the same passage
        (
            "What did Zhou et al. find about miR-9?",
            "absent",
            "A study by Zhou is in these documents, but not together with miR-9.",
        ),
        (
            "What did Müller-Hill find about miR-21?",
            "absent",
            "A study by Müller-Hill is in these documents, but not together with miR-21.",
        ),
        (
            "What did Nobody et al. find about miR-21?",
            "absent",
            "A study by Nobody is cited nowhere in these documents.",
        ),
        (
            "What did Lunde find about resistance?",
            "absent",
            "A study by Lunde is in these documents, but not together with resistance.",
        ),
        ("Fong 2015 miR-105", "absent", "A study by Fong 2015 is cited nowhere in these documents."),
        ("Zhou et al. 2015 miR-21", "absent", "A study by Zhou 2015 is cited nowhere in these documents."),
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
        ("What did Fong and colleagues report?", FONG),
        ("What did Müller-Hill find about gills?", ["Parcels of miR-9 open the gills of herons [2]."]),
    ],
)
def test_an_answer_says_what_they_found_and_nothing_beside_it(service: Service, question: str, said: list[str]):
    """Other sentences of the same passage cite others, or nobody."""
    assert [sentence.text for sentence in service.ask(question).answer.sentences] == said


def test_who_found_something_is_told_by_what_cites_them(service: Service):
    """The evidence names them; the word for them need not stand there."""
    for question in ("Which authors studied miR-105?", "who are the authors of the miR-105 study?"):
        response = service.ask(question)
        assert (response.support.verdict, response.interpreted.question) == ("supported", question)
        assert [sentence.text for sentence in response.answer.sentences] == ["Foam carries miR-105 to the gulls [3]."]
        assert response.evidence[0].references[0].text.startswith("3. Fong MY")


def test_the_best_evidence_is_by_them(service: Service):
    """Ahead of what says more of the molecule, and of what is on that molecule by others."""
    for question, study in (
        ("miR-21 vesicles, Zhou et al.", "1. Zhou W"),
        ("study by Fong and Lunde on miR-21", "3. Fong MY"),
    ):
        first = service.search(question).evidence[0]
        assert first.references[0].text.startswith(study)


def test_what_tells_of_them_is_looked_at_however_far_it_ranks(service: Service, monkeypatch: pytest.MonkeyPatch):
    """Where other records fill the places of those that words and vectors propose."""
    monkeypatch.setattr("index.ranking._POOL", 1)
    first = service.search("miR-105 for gulls by foam, Zhou et al.").evidence[0]
    assert first.references[0].text.startswith("1. Zhou W")


def test_where_only_the_title_of_a_study_says_it_the_answer_says_so(tmp_path: Path):
    """The evidence shows the title."""
    lines = [
        "# Kelp",
        "## Tides",
        "Many studies were made [1].",
        "## References",
        "1. Ma L. Tides by miR-10b. Sea 2007;4:1-9.",
    ]
    (tmp_path / "kelp.md").write_text("\n\n".join(lines), encoding="utf-8")
    take_in(tmp_path / "library", HashedEncoder(), sources_of([tmp_path / "kelp.md"]))
    with closing(Service(tmp_path / "library", Settings(), HashedEncoder())) as service:
        answer = service.ask("What did Ma et al. find about miR-10b?").answer
    assert answer.sentences == ()
    assert answer.text.startswith("Studies by these authors are cited here")


@given(
    st.lists(st.sampled_from([*"Aa.,-'&? ", "Zhou", "Fong MY", " et al.", " and ", "van der ", "by ", "2014", "Fèvre"]))
)
def test_bylines_stand_in_the_text_one_after_another(pieces: list[str]):
    """And what is left of it has its length, without them."""
    text = "".join(pieces)
    found = find_bylines(text)
    places = [place for one in found for place in (one.start, one.end)]
    assert places == sorted(places)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    rest = blanked(text, found)
    assert len(rest) == len(text)
    assert all(rest[one.start : one.end].isspace() for one in found)
    assert all(letter in {" ", old} for letter, old in zip(rest, text, strict=True))
