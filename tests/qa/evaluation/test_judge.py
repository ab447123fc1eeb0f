from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from qa.evaluation.judge import AnswerResult, Judge
from qa.evaluation.judgments import Nugget, Question
from qa.results import Answer, AskResponse, Check, Place, Sentence
from qa.service import Service

KRIT1 = Nugget(("miR-21", "KRIT1"), "Ito 2019", 2)
PTEN = Nugget(("miR-21", "PTEN"), "Cruz 2018", 2)
NOWHERE = Nugget(("miR-21", "KLF2"), None, 2)
WALLS = Nugget(("TGF-β",), None, 1)
ASKED = Question("k1", "mechanism", "what does miR-21 silence", (), (KRIT1, WALLS, PTEN, NOWHERE))
UNANSWERABLE = replace(ASKED, id="n1", category="none", nuggets=())

SILENCES = "Tidal parcels bring miR-21 to the gills, where it silences KRIT1 [1]."
CARRY = "Their walls carry TGF-β [2]."
LEAD = "2 findings on miR-21"


@pytest.fixture
def response(small: Service) -> AskResponse:
    """What the service answers; its evidence holds the passage and both rows."""
    return small.ask(ASKED.question, k=4)


@pytest.fixture
def judged(small: Service, response: AskResponse) -> Callable[..., AnswerResult]:
    """Judges an answer of these sentences, given as (text, whether it is a row, check)."""
    text = small.reading("kelp").document.text
    ranks = {("row" if piece.row else "passage", piece.text.split("\t")[-2:][0]): piece for piece in response.evidence}
    row = next(piece.rank for (kind, cell), piece in ranks.items() if kind == "row" and cell == "PTEN")
    passage = next(piece.rank for piece in response.evidence if SILENCES in piece.text)
    cells = next(one for one in small.reading("kelp").rows if "PTEN" in one.text).cells

    def sentence(said: str, check: Check = "verbatim") -> Sentence:
        if said.startswith("miRNA: "):
            places = tuple(Place("kelp", cell.start, cell.end) for cell in cells if cell.text in said)
            return Sentence(said, (row,), check, places)
        places = (Place("kelp", text.index(said), text.index(said) + len(said)),) if said in text else ()
        return Sentence(said, (passage,), check, places)

    def judge(*sentences: str | tuple[str, Check], asked: Question = ASKED, lead: str = LEAD) -> AnswerResult:
        told = tuple(sentence(one) if isinstance(one, str) else sentence(*one) for one in sentences)
        text = lead if told else "Not in these documents. miR-21 is, its bread is not."
        return Judge(small).result(asked, replace(response, answer=Answer(text, told, "extractive", lead)))

    return judge


ROW = "miRNA: miR-21; Shore: south; Target: PTEN; Ref: [2]"


def test_an_answer_by_hand(judged):
    """Of three facts that answer two are said and one is nowhere; 4 + 12 + 8 words; every citation holds."""
    result = judged(SILENCES, ROW)
    assert (result.said, result.unsaid, result.missing) == ((KRIT1, PTEN), (), (NOWHERE,))
    assert {name: result.scores[name] for name in result.scores if name != "redundancy"} == {
        "coverage": pytest.approx(2 / 3),
        "coverage in a sentence": pytest.approx(2 / 3),
        "coverage of found": 1.0,
        "answered": 1.0,
        "words": 24.0,
        "words a nugget": 8.0,
        "citation precision": 1.0,
        "repeats": 0.0,
        "flagged": 0.0,
    }
    assert 0 < result.scores["redundancy"] < 1
    assert (result.abstained, result.faults) == (False, ())


def test_what_a_reader_knows_after_so_many_words(judged):
    """After the lead's 4 nothing; after 12 more one fact of three; after 8 more two."""
    assert judged(SILENCES, ROW).trail == ((4, 0.0), (16, pytest.approx(1 / 3)), (24, pytest.approx(2 / 3)))


def test_a_fact_in_the_evidence_that_is_not_said_is_told(judged):
    """PTEN stands in a row that the answer leaves out."""
    result = judged(SILENCES)
    assert (result.said, result.unsaid, result.missing) == ((KRIT1,), (PTEN,), (NOWHERE,))
    assert (result.scores["coverage"], result.scores["coverage of found"]) == (pytest.approx(1 / 3), 0.5)


def test_no_answer_says_nothing(judged):
    """It counts as 0 and has no words, no citation and no sentence to repeat."""
    result = judged(lead="")
    assert result.scores == {
        "coverage": 0.0, "coverage in a sentence": 0.0, "coverage of found": 0.0, "answered": 0.0,
    }  # fmt: skip
    assert result.abstained
    assert result.trail == ((0, 0.0),)


def test_an_empty_answer_that_does_not_say_why_is_no_abstention(small: Service, response: AskResponse):
    """A reader cannot know what it means."""
    assert not Judge(small).result(ASKED, replace(response, answer=Answer("", (), "extractive"))).abstained


def test_a_flagged_sentence_says_no_fact_and_is_no_citation(judged):
    """It has words, and is counted as flagged: one of two."""
    result = judged(SILENCES, ("miR-21 silences PTEN.", "flagged"))
    assert result.said == (KRIT1,)
    figures = [result.scores[name] for name in ("citation precision", "flagged", "words")]
    assert figures == [1.0, 0.5, 19.0]


def test_an_answer_that_is_all_flagged_answers_nothing(judged):
    """There is no citation to be precise about."""
    result = judged(("miR-21 silences KRIT1.", "flagged"))
    assert (result.scores["answered"], result.scores["flagged"], result.scores["coverage"]) == (0.0, 1.0, 0.0)
    assert "citation precision" not in result.scores


def test_a_citation_that_does_not_hold_is_told(judged):
    """One sentence of two names what its evidence does not; that it says a fact does not excuse it."""
    result = judged(SILENCES, ("miR-21 silences KRIT1 and CDX2.", "checked"))
    assert result.scores["citation precision"] == 0.5
    assert result.faults == ("Its evidence does not name cdx2.",)


def test_a_fact_said_twice_is_a_repeat(judged):
    """A model's paraphrase of what was quoted before; the sentence in between says no fact."""
    assert judged(SILENCES, CARRY, ("KRIT1 is silenced by miR-21.", "checked")).scores["repeats"] == 0.5


def test_an_unanswerable_question_has_no_coverage(judged):
    """But what is said of it has words and citations all the same."""
    result = judged(SILENCES, asked=UNANSWERABLE)
    assert set(result.scores) == {"words", "citation precision", "flagged"}
    assert (result.trail, result.nuggets) == ((), 0)
