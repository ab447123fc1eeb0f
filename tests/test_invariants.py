"""What is always true of a library and of every response, held over the starter documents and two real reviews."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import get_args

import pytest

from corpus.records import Passage, Reading, TableRow, record_id
from index.intake import sources_of, starter_sources, take_in
from index.library import Library
from qa.evaluation.judgments import Question, load_questions
from qa.questions import fixed_set
from qa.results import AskResponse, Case, SearchResponse
from qa.serial import to_json
from qa.service import Service
from qa.settings import Settings
from tests.encoders import HashedEncoder

GREEK = """# Letters of the shore

## Cargo

Foam carries TGF-β₁ and α-SMA past 10⁶ gulls, each of 5 µm, at ΔG‡ of −3 kcal. The 3′ UTR of miR-21★ binds CO₂.

Table 1. Letters

| Letter | Count |
| --- | --- |
| NF-κB | 10⁹ |
"""


@pytest.fixture(scope="module", params=["starter_library", "reviews_library"])
def service(request: pytest.FixtureRequest) -> Iterator[Service]:
    """A service over each of the two libraries; not to be changed."""
    service = Service(request.getfixturevalue(request.param), Settings(), HashedEncoder())
    yield service
    service.close()


@pytest.fixture(scope="module")
def readings(service: Service) -> tuple[Reading, ...]:
    """Every document of the library with everything cut from it."""
    return tuple(service.reading(summary.id) for summary in service.documents())


@pytest.fixture(scope="module")
def questions() -> tuple[Question, ...]:
    """The fixed set."""
    return load_questions(fixed_set())


@pytest.fixture(scope="module")
def responses(service: Service, questions: tuple[Question, ...]) -> tuple[AskResponse, ...]:
    """The answer to each of them."""
    return tuple(service.ask(question.question, history=question.history) for question in questions)


def untimed(response: SearchResponse) -> str:
    """The response as JSON, without how long it took."""
    return to_json(replace(response, took_ms={}))


# -- 1. every span is its text


def test_every_record_stands_where_it_says(readings: tuple[Reading, ...]):
    """Passages, their sentences, rows and references: the document's characters from start to end are the text."""
    assert readings
    for reading in readings:
        text = reading.document.text
        for part in (*reading.records, *reading.references):
            assert text[part.start : part.end] == part.text
            assert part.text.strip(" \n") == part.text != ""
        for record in reading.records:
            assert record.id == record_id(reading.document.id, record.start, record.end)
        for passage in reading.passages:
            assert passage.sentences
            assert all(passage.start <= start < end <= passage.end for start, end in passage.sentences)
            assert all(one[1] <= other[0] for one, other in pairwise(passage.sentences))


def test_every_cell_stands_where_it_says(readings: tuple[Reading, ...]):
    """A row's own within the row, a carried one above it."""
    for reading in readings:
        for row in reading.rows:
            for cell in row.cells:
                assert reading.document.text[cell.start : cell.end] == cell.text
                if cell.text and not cell.carried:
                    assert row.start <= cell.start <= cell.end <= row.end
                if cell.carried:
                    assert cell.text
                    assert cell.end <= row.start


def test_everything_shown_stands_where_it_says(readings: tuple[Reading, ...], responses: tuple[AskResponse, ...]):
    """For every question of the fixed set, each piece of evidence is its document's characters, and cites its list."""
    texts = {reading.document.id: reading.document.text for reading in readings}
    listed = {(entry.document_id, entry.marker): entry.text for reading in readings for entry in reading.references}
    for response in responses:
        for piece in response.evidence:
            assert texts[piece.document.id][piece.start : piece.end] == piece.text
            assert all(listed[piece.document.id, entry.marker] == entry.text for entry in piece.references)


# -- 3. nothing in a cell is invented


def test_a_carried_cell_is_that_of_a_row_above(readings: tuple[Reading, ...]):
    """The very characters of an own cell in the same column of the same table, further up."""
    for reading in readings:
        own: dict[tuple[str, int], set[tuple[int, int]]] = {}
        for row in reading.rows:
            for column, cell in enumerate(row.cells):
                place = (cell.start, cell.end)
                if cell.carried:
                    assert place in own.get((row.table, column), set())
                elif cell.text:
                    own.setdefault((row.table, column), set()).add(place)


def test_the_own_cells_of_a_row_are_its_text(readings: tuple[Reading, ...]):
    """Every word of the row is in exactly one of them, in order."""
    for reading in readings:
        for row in reading.rows:
            own = " ".join(cell.text for cell in row.cells if not cell.carried)
            assert own.split() == row.text.split()


# -- 4. one library, one question, one answer


def test_every_order_is_total(responses: tuple[AskResponse, ...]):
    """Score downwards, equal scores by id; ranks from 1."""
    for response in responses:
        assert [piece.rank for piece in response.evidence] == list(range(1, len(response.evidence) + 1))
        assert all((-a.score, a.id) < (-b.score, b.id) for a, b in pairwise(response.evidence))


def test_the_same_question_has_the_same_answer_byte_for_byte(
    service: Service, questions: tuple[Question, ...], responses: tuple[AskResponse, ...]
):
    """Asked of a second service, opened by itself, in another order."""
    other = Service(service.path, Settings(), HashedEncoder())
    for question, response in reversed(list(zip(questions, responses, strict=True))):
        assert untimed(other.ask(question.question, history=question.history)) == untimed(response)
    other.close()


def test_the_same_documents_make_the_same_library(tmp_path: Path, questions: tuple[Question, ...], starter_library):
    """In another order and one by one: the same hash, the same answers."""
    for source in reversed(starter_sources()):
        take_in(tmp_path / "again", HashedEncoder(), [source])
    one, other = (Service(path, Settings(), HashedEncoder()) for path in (starter_library, tmp_path / "again"))
    assert one.library() == other.library()
    for question in questions[::5]:
        asked = [untimed(service.ask(question.question, history=question.history)) for service in (one, other)]
        assert asked[0] == asked[1]
    one.close()
    other.close()


def test_every_response_names_what_it_was_made_with(service: Service, responses: tuple[AskResponse, ...]):
    """The library's content hash, the encoder, and the settings that shape it."""
    for response in responses:
        assert response.library == service.library()
        assert re.fullmatch(r"[0-9a-f]{64}", response.library.hash)
        assert response.library.encoder == "hashed"
        assert response.settings == Settings().shaping()


# -- 5. "not in these documents" is an answer


def test_what_is_not_there_is_said_with_its_case_and_the_nearest_evidence(
    questions: tuple[Question, ...], responses: tuple[AskResponse, ...]
):
    """For every question judged absent: a case, a reason, a text, evidence, and no sentence that claims to answer."""
    absent = [response for response in responses if response.support.verdict == "absent"]
    assert any(not question.answerable for question in questions)
    assert absent
    for response in absent:
        assert response.support.case in get_args(Case)
        assert response.support.reason in response.answer.text
        assert response.answer.text.startswith("Not in these documents.")
        assert response.answer.sentences == ()
        assert response.evidence


@pytest.mark.parametrize("question", ["how does miR-99999 act", "sourdough zeppelin", "?", "ⵣ", "miR-21 " * 250])
def test_no_question_is_an_exception_or_an_empty_page(service: Service, question: str):
    """Whatever is asked, there is a verdict, a text and evidence."""
    response = service.ask(question)
    assert response.answer.text
    assert response.evidence
    assert response.support.reason


# -- 7. letters survive


def test_greek_super_and_subscripts_survive_from_file_to_response(tmp_path: Path):
    """In a passage and in a cell, letter for letter."""
    (tmp_path / "letters.md").write_text(GREEK, encoding="utf-8")
    take_in(tmp_path / "library", HashedEncoder(), sources_of([tmp_path / "letters.md"]))
    service = Service(tmp_path / "library", Settings(), HashedEncoder())
    shown = to_json(service.ask("what does foam carry past gulls"))
    for letters in ("TGF-β₁", "α-SMA", "10⁶", "5 µm", "ΔG‡", "−3", "3′ UTR", "CO₂", "NF-κB", "10⁹"):
        assert unicodedata.normalize("NFC", letters) in shown
    service.close()


@pytest.mark.parametrize("spelling", ["TGF-β", "TGF-beta", "TGFβ", "TGFbeta", "tgf beta", "TGF‑β"])
def test_greek_letters_are_found_by_their_names(service: Service, spelling: str):
    """However the question spells it, the best evidence by words has the Greek letter."""
    assert "TGF-β" in to_json(service.search(spelling, mode="words").evidence[0])


# -- 8. what is removed is gone: `tests/test_removal.py`


# -- the table of a real review


def test_every_row_of_the_printed_table_is_a_record_and_no_abbreviation_is(reviews: dict[str, Path], reviews_library):
    """Counted in the raw file: lines with tabs, less the header of each page; in order, by the studies they cite."""
    raw = reviews["tahan"].read_text(encoding="utf-8").splitlines()
    tabbed = [line.split("\t") for line in raw if "\t" in line]
    printed = [cells for cells in tabbed if cells[-1].strip() != "Refs"]
    assert (len(tabbed), len(printed)) == (63, 59)
    opened = Library.open(reviews_library)
    (reading,) = [opened.store.reading(one.id) for one in opened.store.summaries() if one.id.startswith("tahan")]
    opened.close()
    assert {row.table for row in reading.rows} == {"Table 1"}
    assert [row.number for row in reading.rows] == list(range(1, 60))
    assert [row.cells[-1].text for row in reading.rows] == [cells[-1].strip() for cells in printed]
    assert [row.cells[-2].text for row in reading.rows] == [cells[-2].strip() for cells in printed]
    assert all(len(row.cells) == 7 for row in reading.rows)
    (footnote,) = [line for line in raw if line.count(";") > 20 and "\t" not in line]
    meanings = [" ".join(part.split()) for part in footnote.split(";") if re.match(r"\s*[A-Z0-9]{2,}s?:", part)]
    assert len(meanings) > 10
    texts = [" ".join(record.text.split()) for record in reading.records]
    assert [meaning for meaning in meanings if any(meaning in text for text in texts)] == []


def test_a_record_is_a_passage_or_a_row(readings: tuple[Reading, ...]):
    """And its JSON can be read back."""
    for reading in readings:
        assert all(isinstance(record, Passage | TableRow) for record in reading.records)
        assert json.loads(to_json(reading.records[0]))["id"] == reading.records[0].id
