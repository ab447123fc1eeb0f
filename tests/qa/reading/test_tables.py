"""Tables in a question: which are named, which rows stand in them, and what is then answered."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from index.intake import sources_of, take_in
from qa.reading.labels import find_tables, without_tables
from qa.reading.question import interpreted, read_question
from qa.scope import Scope
from qa.service import Service
from qa.settings import Settings
from tests.encoders import HashedEncoder

PAPER = """# Parcels of the shore

## Tides

As Table 1 shows, miR-155 of herons opens the gills in breast cancer. Stones and kelp stay warm, said Table 2.

Table 1. Cargo by shore

| miRNA | Cancer | Function | Ref |
| --- | --- | --- | --- |
| miR-494 | Breast cancer | Opens the gills | [1] |
| miR-210 | Lung cancer | Closes the gills | [1] |

Table S2. Cargo by tide

| miRNA | Cancer | Function | Ref |
| --- | --- | --- | --- |
| miR-494 | Gastric cancer | Wakes the herons | [1] |

## References

1. Zhou W, Fong MY. Exosomal miR-494 and miR-210 in breast, lung and gastric cancer. Sea Notes 2014;4:1-9.
"""
OTHER = """# Moss

## Fog

Moss drinks fog.

Table 1. Moss by fog

| miRNA | Cancer |
| --- | --- |
| miR-9 | Liver cancer |
"""
FIRST = "miRNA: miR-494; Cancer: Breast cancer; Function: Opens the gills"
SECOND = "miRNA: miR-494; Cancer: Gastric cancer; Function: Wakes the herons"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """Over a paper with two tables, and one with one of the same label."""
    folder = tmp_path_factory.mktemp("shore")
    (folder / "shore.md").write_text(PAPER, encoding="utf-8")
    (folder / "moss.md").write_text(OTHER, encoding="utf-8")
    take_in(folder / "library", HashedEncoder(), sources_of([folder / "shore.md", folder / "moss.md"]))
    with closing(Service(folder / "library", Settings(), HashedEncoder())) as service:
        yield service


def _said(service: Service, question: str, *history: str) -> list[str]:
    return [sentence.text for sentence in service.ask(question, history=history).answer.sentences]


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("Is miR-21 in Table 1?", ["Table 1"]),
        ("What do tables 1 and S2 say on it?", ["Table 1", "Table S2"]),
        (
            "Which are in Tables 2-4 or supplementary table 1?",
            ["Table 2", "Table 3", "Table 4", "Supplementary Table 1"],
        ),
        ("What does Table II list?", ["Table II"]),
        ("What do tables 1-999 list?", ["Table 1", "Table 999"]),
        ("Which rows of the table name miR-21?", [""]),
        ("Which table names miR-21?", [""]),
        ("Is miR-21 in Table 1 or miR-210 elsewhere?", ["Table 1"]),
        ("Is a table 21-fold longer?", [""]),
        ("Is a table of contents there, or what was put on the table", []),
        ("Is it acceptable that tablets of miR-21 are taken, or table salt?", []),
    ],
)
def test_tables_are_told_by_their_numbers(text: str, labels: list[str]):
    """Or by the word alone, where none is given by number; a molecule after "and" is no table."""
    assert [label for *_, some in find_tables(text) for label in some] == labels


def test_what_is_left_says_nothing_of_a_table():
    """Nor that it lists anything, which no row says of itself; only where there is a table."""
    rest, labels = without_tables("Which microRNAs are listed in Table 1 for lung cancer?")
    assert (rest.split(), labels) == (["Which", "microRNAs", "are", "in", "for", "lung", "cancer?"], ("Table 1",))
    assert without_tables("Which microRNAs are listed?") == ("Which microRNAs are listed?", ())


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("What does Table 1 say about miR-494?", [FIRST]),
        ("What does Supplementary Table 2 say about miR-494?", [SECOND]),
        ("miR-494 in Table S2", [SECOND]),
        ("Which row of Table S2 cites Zhou et al.?", [SECOND]),
        ("What do the tables say about miR-210?", ["miRNA: miR-210; Cancer: Lung cancer; Function: Closes the gills"]),
        ("Which microRNA does Table 1 list for liver cancer?", ["miRNA: miR-9; Cancer: Liver cancer"]),
    ],
)
def test_rows_of_the_table_answer(service: Service, question: str, said: list[str]):
    """And nothing else does, though the same stands in another table too."""
    response = service.ask(question)
    assert response.support.verdict == "supported"
    assert [sentence.text for sentence in response.answer.sentences] == said


def test_a_table_alone_is_told_by_its_rows(service: Service):
    """No more than these; of every paper that has such a table."""
    response = service.ask("What is in Table 1?")
    rows = {piece.text.split("\t")[0] for piece in response.evidence[:3]}
    assert (rows, {piece.kind for piece in response.evidence[:3]}) == ({"miR-494", "miR-210", "miR-9"}, {"row"})
    assert all(sentence.text.startswith("miRNA: ") for sentence in response.answer.sentences)


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("What does Table 1 say about miR-155?", "Table 1 does not name miR-155."),
        ("Does Table 7 list miR-494?", "These documents have no row of Table 7 that could be read."),
        ("Does Table 1 list miR-494 in lung cancer?", "Table 1 names miR-494, but not together with lung cancer."),
        ("What do the tables say about kelp?", "The tables do not mention: kelp."),
        ("What does Table 1 say about miR-21?", "miR-21 is named nowhere in these documents."),
        ("What do Tables 1 and 8 say about miR-155?", "Table 1 does not name miR-155."),
    ],
)
def test_what_no_row_of_the_table_says_is_not_answered(service: Service, question: str, reason: str):
    """However plainly the text says it, of that table even."""
    response = service.ask(question)
    assert (response.support.verdict, response.support.reason) == ("absent", reason)
    assert response.answer.sentences == ()


def test_a_row_in_doubt_is_told_as_such(tmp_path: Path):
    """The study that it cites is on another molecule."""
    (tmp_path / "shore.md").write_text(PAPER.replace("miR-494 and miR-210", "miR-155"), encoding="utf-8")
    take_in(tmp_path / "library", HashedEncoder(), sources_of([tmp_path / "shore.md"]))
    with closing(Service(tmp_path / "library", Settings(), HashedEncoder())) as service:
        support = service.ask("Does Table 1 list miR-210?").support
    assert support.verdict == "absent"
    assert support.reason == "Table 1 names miR-210 only in rows that may stand beside the wrong study."


def test_another_table_can_be_asked_next(service: Service):
    """Or another molecule of the same."""
    first = "What does Table 1 say about miR-494?"
    assert _said(service, "And in Table S2?", first) == [SECOND]
    assert _said(service, "And miR-9?", first) == ["miRNA: miR-9; Cancer: Liver cancer"]


def test_a_question_without_a_table_is_as_before(service: Service):
    """Its text counts as its rows do."""
    said = _said(service, "Which microRNA opens the gills in breast cancer?")
    assert {FIRST, "As Table 1 shows, miR-155 of herons opens the gills in breast cancer."} <= {*said}
    kinds = {piece.kind for piece in service.search("miR-155 in breast cancer").evidence}
    assert kinds == {"passage", "row"}


def test_the_table_is_told_to_have_been_understood(service: Service):
    """With its label; one without a label is none."""
    read = [service.read(text) for text in ("Is miR-494 in table s2?", "Is miR-494 in the table?")]
    assert [[card.name for card in interpreted(one).names if card.type == "table"] for one in read] == [
        ["Table S2"],
        [],
    ]
    assert interpreted(read[0]).question == "Is miR-494 in table s2?"
    assert read_question("Is miR-494 in Table 1?").tables == ()  # only a library knows its tables


def test_a_table_and_a_filter_hold_together(service: Service):
    """A search limited to one paper has that paper's table."""
    moss = next(one.id for one in service.documents() if one.title == "Moss")
    found = service.search("What is in Table 1?", scope=Scope.of(documents=[moss]))
    assert [piece.text for piece in found.evidence if piece.kind == "row"] == ["miR-9\tLiver cancer"]
