"""The fixed question set itself: its size, its form, and that both libraries answer what they should."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from importlib import resources
from pathlib import Path

import pytest

from corpus.assemble import read_document
from corpus.records import Reading, Record, Reference, TableRow
from qa.evaluation.judgments import Nugget, Question, judged_text, load_questions, matches, nuggets_found, qrels
from qa.questions import fixed_set

LEAST = {
    "mechanism": 72,
    "reverse": 37,
    "table": 35,
    "spelling": 38,
    "near-name": 52,
    "several": 35,
    "background": 15,
    "follow-up": 39,
    "unanswerable": 123,
}


class Library:
    """The records of some files, with what each of them cites."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self.readings: list[Reading] = [
            read_document(path.name, path.read_bytes(), document_id=path.stem, source=str(path)) for path in paths
        ]
        self.records: dict[str, Record] = {record.id: record for reading in self.readings for record in reading.records}
        self._references = {
            (reference.document_id, reference.marker): reference
            for reading in self.readings
            for reference in reading.references
        }

    def cited(self, record: Record) -> list[Reference]:
        """The references that a record cites."""
        return [self._references[record.document_id, marker] for marker in record.markers]


@pytest.fixture(scope="module")
def questions() -> tuple[Question, ...]:
    return load_questions(fixed_set())


@pytest.fixture(scope="module")
def starter() -> Library:
    folder = Path(str(resources.files("corpus") / "starter"))
    return Library(sorted(folder.glob("*.md")))


@pytest.fixture(scope="module")
def real(reviews: dict[str, Path]) -> Library:
    return Library(list(reviews.values()))


def test_every_category_has_its_questions(questions):
    """No category is smaller than it was meant to be, and there is no other."""
    counts = Counter(question.category for question in questions)
    assert set(counts) == set(LEAST)
    assert {category: counts[category] for category, least in LEAST.items() if counts[category] < least} == {}
    assert len(questions) >= 215


def test_no_question_is_asked_twice(questions):
    """Question and history together are unique but for case."""
    asked = Counter((question.question.casefold(), question.history) for question in questions)
    assert [text for (text, _), count in asked.items() if count > 1] == []


def test_only_the_unanswerable_have_no_answer(questions):
    """A question has no nuggets exactly when its category says so; all others have one of grade 2."""
    for question in questions:
        assert question.answerable is (question.category != "unanswerable"), question.id
        assert question.answerable or question.nuggets == (), question.id


def test_follow_ups_have_a_history(questions):
    """Follow-ups have earlier questions; besides them only unanswerable questions may."""
    for question in questions:
        assert question.category != "follow-up" or question.history, question.id
        assert question.category in {"follow-up", "unanswerable"} or not question.history, question.id
    assert sum(bool(question.history) for question in questions if not question.answerable) >= 3


def test_facts_are_named_in_few_terms(questions):
    """A nugget asks for one to four terms, none of which is a sentence."""
    for question in questions:
        for nugget in question.nuggets:
            assert 1 <= len(nugget.terms) <= 4, (question.id, nugget)
            words = [alternative for term in nugget.terms for alternative in term.split("|")]
            assert max(len(word.split()) for word in words) <= 4, (question.id, nugget)


def test_every_question_is_answered_by_the_starter_library(questions, starter):
    """Each answerable question has a record of grade 2 among the starter documents; the others have none."""
    _check(questions, starter)


def test_every_question_is_answered_by_the_reviews(questions, real):
    """Each answerable question has a record of grade 2 in the two real reviews; the others have none."""
    _check(questions, real)


def _check(questions: Sequence[Question], library: Library) -> None:
    judged = qrels(questions, library.records.values(), library.cited)
    unanswered = [q.id for q in questions if q.answerable and 2 not in judged[q.id].values()]
    assert unanswered == []
    assert [q.id for q in questions if not q.answerable and judged[q.id]] == []


def test_several_needs_several(questions, starter):
    """A question of that category has at least two different facts, on different records."""
    judged = qrels(questions, starter.records.values(), starter.cited)
    for question in questions:
        if question.category == "several":
            answering = [starter.records[key] for key, grade in judged[question.id].items() if grade == 2]
            assert len(answering) >= 2, question.id
            assert len(nuggets_found(question, answering, starter.cited)) >= 2, question.id


def test_what_stands_in_the_table_only_is_found_in_the_table_only(questions, real):
    """In the reviews, the answers to the table questions are rows, never passages."""
    judged = qrels(questions, real.records.values(), real.cited)
    for question in questions:
        if question.category == "table":
            answering = [real.records[key] for key, grade in judged[question.id].items() if grade == 2]
            assert answering, question.id
            assert all(isinstance(record, TableRow) for record in answering), question.id


# an unanswerable question that joins what the documents know apart, with the words that would have to stand together
APART = {
    "unans-036": ("PTEN", "gastric|stomach"),
    "unans-037": ("KRIT1|Krev*|CCM1", "melanoma"),
    "unans-038": ("SOCS1", "miR-21"),
    "unans-039": ("SOCS3", "breast|mammary"),
    "unans-040": ("RUNX3", "lung|NSCLC"),
    "unans-041": ("semaphorin|SEMA3A", "melanoma"),
    "unans-042": ("PIK3CA", "gastric|stomach"),
    "unans-043": ("FBXW7", "hepat*|liver|HCC"),
    "unans-044": ("SUFU|suppressor of fused", "miR-27a"),
    "unans-045": ("KRIT1|Krev*|CCM1", "miR-25-3p"),
    "unans-046": ("MDK|midkine", "breast"),
    "unans-047": ("DNMT1", "breast"),
    "unans-048": ("TXNIP", "cervi*"),
    "unans-049": ("miR-182", "breast"),
    "unans-050": ("miR-1247", "pancrea*"),
    "unans-051": ("miR-423", "lung|NSCLC"),
    "unans-052": ("brain|cerebr*", "breast cancer"),
    "unans-053": ("bone|osteo*", "gastric|stomach"),
    "unans-054": ("galectin-9|galectin", "ovar*"),
    "unans-055": ("miR-25-5p",),
    "unans-056": ("miR-9-3p",),
    "unans-057": ("miR-92a-5p",),
    "unans-058": ("miR-17-3p",),
    "unans-059": ("miR-423-3p",),
    "unans-060": ("miR-1247-5p",),
}


@pytest.mark.parametrize("documents", ["starter", "real"])
def test_what_unanswerable_questions_join_stands_together_nowhere(questions, documents, request):
    """No sentence, no row with the title it cites, and no title holds all the words that would answer."""
    library: Library = request.getfixturevalue(documents)
    texts = [reference.title or "" for reading in library.readings for reference in reading.references]
    for record in library.records.values():
        if isinstance(record, TableRow):
            texts.append(" | ".join([judged_text(record), *(cited.title or "" for cited in library.cited(record))]))
        else:
            texts += re.split(r"(?<=[.\]]) (?=[A-Z])", judged_text(record))
    assert set(APART) <= {question.id for question in questions if not question.answerable}
    joined = {
        key: [text for text in texts if matches(Nugget(terms, None, 2), text, ())] for key, terms in APART.items()
    }
    assert {key: found for key, found in joined.items() if found} == {}


# what a slid row says beside the study whose title denies it: (study's first author and year, words of the false row)
SLID = [
    ("Kia", 2019, "miR-105"),
    ("Yang", 2020, "miR-9"),
    ("Lu", 2018, "miR-105"),
    ("Song", 2020, "miR-105"),
    ("Zhou", 2014, "miR-7641"),
    ("Shen", 2021, "miR-19a"),
    ("Zhuang", 2020, "miR-143"),
    ("Zhang", 2022, "miR-143"),
    ("Bigagli", 2016, "miR-103"),
    ("Ashok", 2023, "miR-17-5p"),
    ("Gu", 2021, "Multiple myeloma"),
    ("Zhou", 2019, "Renal cell carcinoma"),
    ("Zhou", 2018, "Colorectal cancer"),
    ("Zhou", 2018, "Lung cancer"),
    ("Wang", 2022, "Breast cancer"),
    ("Wang", 2022, "miR-9"),
    ("Donnarumma", 2017, "bone metastasis"),
    ("Yuan", 2021, "Hepatocellular carcinoma"),
    ("Tiong", 2023, "Colorectal cancer"),
    ("Tsukamoto", 2017, "Oral squamous"),
    ("Shao", 2018, "Head and neck"),
    ("Tian", 2019, "Lung cancer"),
    ("Fabbri", 2012, "Colorectal cancer"),
    ("He", 2021, "Oral squamous"),
    ("Han", 2012, "Multiple myeloma"),
    ("Wang", 2020, "Multiple myeloma"),
    ("Li", 2019, "Multiple myeloma"),
]


def test_no_question_counts_a_slid_row_as_an_answer(questions, real):
    """Rows that stand beside the wrong molecule or the wrong cancer have no grade for any question."""
    judged = qrels(questions, real.records.values(), real.cited)
    false = {
        record.id
        for record in real.records.values()
        if isinstance(record, TableRow)
        for reference in real.cited(record)
        for surname, year, words in SLID
        if reference.authors[0].startswith(f"{surname} ") and reference.year == year
        if re.search(rf"\b{re.escape(words)}\b", judged_text(record))
    }
    assert len(false) >= 20
    assert {question: false & set(grades) for question, grades in judged.items() if false & set(grades)} == {}
