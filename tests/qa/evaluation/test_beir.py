from __future__ import annotations

import pytest

from corpus.errors import BadQuestionSet
from qa.evaluation.beir import BeirDocument, BeirQuestion, read_beir

CORPUS = (
    '{"_id": "d1", "title": "Vesicles", "text": "They carry cargo."}\n{"_id": "d2", "text": "No title\u2028here."}\n'
)
QUERIES = (
    '{"_id": "q1", "text": "what is carried?"}\n{"_id": "q2", "text": "unjudged"}\n\n{"_id": "q3", "text": "why?"}\n'
)
QRELS = "query-id\tcorpus-id\tscore\nq3\td1\t2\nq1\td2\t0\nq1\td9\t1\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "corpus.jsonl").write_text(CORPUS, encoding="utf-8")
    (tmp_path / "queries.jsonl").write_text(QUERIES, encoding="utf-8")
    (tmp_path / "qrels").mkdir()
    (tmp_path / "qrels" / "test.tsv").write_text(QRELS, encoding="utf-8")
    return tmp_path


def test_a_folder_is_read_whole(folder):
    """Title before text, unjudged queries left out, grades of 0 and judged but absent documents kept."""
    read = read_beir(folder)
    assert read.documents == (
        BeirDocument("d1", "Vesicles They carry cargo."),
        BeirDocument("d2", "No title\u2028here."),
    )
    assert read.questions == (BeirQuestion("q1", "what is carried?"), BeirQuestion("q3", "why?"))
    assert read.qrels == {"q3": {"d1": 2}, "q1": {"d2": 0, "d9": 1}}
    assert read.name == folder.name


def test_a_query_is_an_answerable_question_of_the_category_beir(folder):
    """So the one evaluation takes it."""
    question = read_beir(folder).questions[0]
    assert (question.category, question.history, question.answerable) == ("beir", (), True)


def test_test_judgments_are_preferred_to_others_and_others_to_none(folder):
    """`dev.tsv` counts only where there is no `test.tsv`."""
    (folder / "qrels" / "dev.tsv").write_text("q2\td1\t1\n")
    assert set(read_beir(folder).qrels) == {"q1", "q3"}
    (folder / "qrels" / "test.tsv").unlink()
    assert read_beir(folder).qrels == {"q2": {"d1": 1}}
    (folder / "qrels" / "dev.tsv").unlink()
    with pytest.raises(BadQuestionSet, match=r"no \.tsv file"):
        read_beir(folder)


@pytest.mark.parametrize(
    ("file", "content", "says"),
    [
        ("corpus.jsonl", CORPUS + "{", "corpus.jsonl, line 3: not JSON"),
        ("corpus.jsonl", CORPUS + "[1]", "corpus.jsonl, line 3: not a JSON object"),
        ("corpus.jsonl", CORPUS + '{"_id": "d1", "text": ""}', "corpus.jsonl, line 3: the “_id” “d1” .* second time"),
        ("corpus.jsonl", '{"_id": 1, "text": "number"}', "line 1: “_id” is missing or no string"),
        ("corpus.jsonl", '{"_id": "d1"}', "line 1: “text” is missing"),
        ("corpus.jsonl", "\n", "corpus.jsonl: holds nothing"),
        ("queries.jsonl", '{"_id": "q1"}', "queries.jsonl, line 1: “text” is missing"),
        ("qrels/test.tsv", QRELS + "q1 d1 1\n", "test.tsv, line 5: 1 fields"),
        ("qrels/test.tsv", QRELS + "q1\td1\t0.5\n", "test.tsv, line 5: the score “0.5”"),
        ("qrels/test.tsv", QRELS + "q8\td1\t1\n", "test.tsv, line 5: no query “q8”"),
        ("qrels/test.tsv", QRELS + "q3\td1\t1\n", "test.tsv, line 5: “d1” is judged twice"),
        ("qrels/test.tsv", "query-id\tcorpus-id\tscore\n", "holds no judgment"),
    ],
)
def test_what_is_wrong_is_named_with_file_and_line(folder, file, content, says):
    """The user learns where to look and what is expected there."""
    (folder / file).write_text(content, encoding="utf-8")
    with pytest.raises(BadQuestionSet, match=says):
        read_beir(folder)


def test_a_missing_or_foreign_file_is_said(folder):
    """Neither a bare OSError nor a bare decoding error."""
    (folder / "queries.jsonl").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadQuestionSet, match=r"queries\.jsonl: cannot be read"):
        read_beir(folder)
    with pytest.raises(BadQuestionSet, match=r"corpus\.jsonl: cannot be read"):
        read_beir(folder / "elsewhere")


def test_the_same_judgment_twice_is_one(folder):
    """A repeated line does no harm."""
    (folder / "qrels" / "test.tsv").write_text(QRELS + "q3\td1\t2\n")
    assert read_beir(folder).qrels["q3"] == {"d1": 2}


@pytest.mark.parametrize(
    ("name", "documents", "questions", "judgments"), [("scifact", 5183, 300, 339), ("cystic_fibrosis", 1239, 99, 4812)]
)
def test_the_real_benchmarks_are_read_whole(shared, name, documents, questions, judgments):
    """Counts as the files have lines, less the header."""
    read = read_beir(shared / "benchmarks" / name)
    assert (len(read.documents), len(read.questions)) == (documents, questions)
    assert sum(len(grades) for grades in read.qrels.values()) == judgments
