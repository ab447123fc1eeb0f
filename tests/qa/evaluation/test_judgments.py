"""What a nugget matches, and what it never does."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import BadQuestionSet
from corpus.records import Cell, Passage, Record, Reference, TableRow
from qa.evaluation.judgments import (
    Nugget,
    Question,
    grade,
    judged_text,
    load_questions,
    matches,
    nuggets_found,
    qrels,
)

ZENG = Reference(
    "d",
    "20",
    0,
    0,
    "",
    authors=("Zeng Z", "Li Y"),
    title="Leaky vessels: a tale of miR 25 3p.",
    year=2018,
    doi="10.1/ab",
)
DALEN = Reference("d", "51", 0, 0, "", authors=("van Dalen FJ",), title="Repolarising macrophages", year=2018)


def holds(term: str, text: str) -> bool:
    return matches(Nugget((term,), None, 2), text, ())


def passage(text: str, *markers: str, start: int = 0) -> Passage:
    return Passage(f"d:{start}-{start + len(text)}", "d", start, start + len(text), text, markers=markers)


def row(*cells: Cell, markers: tuple[str, ...] = ()) -> TableRow:
    return TableRow("d:900-950", "d", 900, 950, "\tGastric", "Table 1", 1, "Table 1 Exosomes", cells, markers=markers)


def cited(record: Record) -> list[Reference]:
    return [reference for reference in (ZENG, DALEN) if reference.marker in record.markers]


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("TGF-β", "more TGF-beta was seen"),
        ("TGF-beta", "signals (TGFβ) rose"),
        ("TGFbeta", "the TGF- β response"),
        ("NF-κB", "through NF κ B"),
        ("NFkappaB", "NF-κB is on"),
        ("KLF2", "KLF-2 falls"),
        ("KLF-2", "KLF2 falls"),
        ("HIF-1α", "stable HIF-1 α"),
        ("αvβ5", "integrin α v β 5"),
        ("p120", "p120-catenin"),
        ("E-cadherin", "less E‑cadherin"),
        ("kruppel-like factor", "two Krüppel-like factors"),
        ("exosomes", "one exosome"),
        ("exosome", "many exosomes"),
        ("metasta*", "it Metastasised"),
        ("leak*|permeab*", "permeability"),
        ("Wnt/β-catenin", "WNT/beta-catenin on"),
        ("interleukin-6", "Interleukin 6"),
    ],
)
def test_a_term_is_found_in_other_spellings(term, text):
    """Case, accents, hyphens, blanks, Greek letters and a plural s make no difference."""
    assert holds(term, text)


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("AKT", "AKTIP"),
        ("AKT", "pAKT"),
        ("KLF2", "KLF20"),
        ("HIF-1", "HIF-1α"),
        ("TGF-β", "TGF-β1"),
        ("p85", "p85α"),
        ("metasta*", "premetastatic"),
        ("MHC", "HMHC"),
        ("ALK5", "ALK 15"),
    ],
)
def test_a_term_ends_where_a_word_ends(term, text):
    """A term never matches part of a word, a number or a name with a Greek letter."""
    assert not holds(term, text)


@pytest.mark.parametrize(
    "text", ["miR-21", "mir21", "microRNA 21", "miRNA-21", "hsa-miR-21-5p", "miR 21 5p", "miR-155/21"]
)
def test_a_microrna_is_found_in_every_spelling(text):
    """A microRNA without an arm is met by every spelling and by its arms."""
    assert holds("miR-21", text)


@pytest.mark.parametrize("text", ["miR-210", "miR-212-3p", "miR-121", "let-21", "IL-21", "21"])
def test_a_near_microrna_is_another(text):
    """miR-21 is none of its near names."""
    assert not holds("miR-21", text)


@pytest.mark.parametrize(
    ("text", "found"), [("miR-21-5p", True), ("microRNA 21 5p", True), ("miR-21", False), ("miR-21-3p", False)]
)
def test_an_arm_is_that_arm_only(text, found):
    """A term with an arm is met by that arm, not by the other nor by the molecule."""
    assert holds("miR-21-5p", text) is found


@given(st.integers(1, 9999), st.integers(1, 9999), st.sampled_from(["miR-", "microRNA-", "hsa-mir-", "miR "]))
def test_two_numbers_are_two_micrornas(one, other, stem):
    """A microRNA term matches a mention exactly when the number is its own."""
    assert holds(f"miR-{one}", f"exosomes with {stem}{other} fuse") is (one == other)


@given(st.text())
def test_any_text_can_be_judged(text):
    """No text is too odd to judge; a term that it does not hold is not found."""
    assert not holds("zz9zz", text.replace("z", ""))


def test_every_term_must_occur():
    """Terms are joined by and; alternatives within one by or."""
    nugget = Nugget(("miR-25-3p", "KLF2|KLF4"), None, 2)
    assert matches(nugget, "miR-25-3p lowers KLF4", ())
    assert not matches(nugget, "miR-25-3p lowers KLF6", ())
    assert not matches(nugget, "miR-25-5p lowers KLF4", ())


@pytest.mark.parametrize(
    ("study", "cites"),
    [
        ("Zeng 2018", True),
        ("ZENG, 2018", True),
        ("Zeng Z 2018", True),
        ("Zeng 2019", False),
        ("Zen 2018", False),
        ("Li 2018", False),
        ("Van Dalen 2018", False),
        ("10.1/AB", False),
        ("10.1000/x", False),
        ("leaky vessels - a tale of miR-25-3p", True),
        ("Leaky vessels", False),
    ],
)
def test_a_study_is_one_of_the_references_cited(study, cites):
    """A study is the first author with the year, or the whole title, of a reference that the record cites."""
    assert matches(Nugget(("KLF2",), study, 2), "KLF2", (ZENG,)) is cites


def test_a_study_may_be_a_doi():
    """A DOI is compared without its case and without a resolver's address."""
    reference = Reference("d", "1", 0, 0, "", doi="10.1038/ncb3094")
    assert matches(Nugget(("KLF2",), "10.1038/NCB3094", 2), "KLF2", (reference,))
    assert matches(Nugget(("KLF2",), "https://doi.org/10.1038/ncb3094", 2), "KLF2", (reference,))
    assert not matches(Nugget(("KLF2",), "10.1038/ncb309", 2), "KLF2", (reference,))


@pytest.mark.parametrize("author", ["Şükür Ö", "Sukur O", "Sukur, Oe", "Ö. Şükür"])
def test_a_surname_is_compared_without_accents_and_in_any_order(author):
    """The first author's surname is found before or after initials and given names."""
    assert matches(Nugget(("a1",), "Şükür 2020", 2), "a1", (Reference("d", "1", 0, 0, "", (author,), year=2020),))


def test_a_surname_of_two_words_is_whole():
    """A surname such as van Dalen is found as one; the wrong year is another study."""
    assert matches(Nugget(("M2",), "Van Dalen 2018", 2), "M2", (DALEN,))
    assert not matches(Nugget(("M2",), "van Dalen 2019", 2), "M2", (DALEN,))


def test_a_nugget_with_a_study_needs_the_citation():
    """The right words without the study do not match, nor the study without the words."""
    nugget = Nugget(("KLF2",), "Zeng 2018", 2)
    assert not matches(nugget, "KLF2", ())
    assert not matches(nugget, "KLF4", (ZENG,))


def test_a_row_is_judged_by_all_its_cells_but_not_its_caption():
    """Carried cells count; header and caption do not; a term does not reach over two cells."""
    record = row(
        Cell("miRNA", "miR-155", True, 1, 2), Cell("Cancer", "Gastric", False, 3, 4), Cell("Effect", "EMT", False, 5, 6)
    )
    assert judged_text(record) == "miR-155 | Gastric | EMT"
    assert grade(_question(Nugget(("miR-155", "EMT"), None, 2)), record, ()) == 2
    assert grade(_question(Nugget(("exosome",), None, 2)), record, ()) == 0
    assert grade(_question(Nugget(("Gastric EMT",), None, 2)), record, ()) == 0


def _question(*nuggets: Nugget, id: str = "q") -> Question:  # noqa: A002 - the field's name
    return Question(id, "mechanism", "why?", (), nuggets)


def test_the_highest_grade_counts():
    """A record that matches a grade 1 and a grade 2 nugget has grade 2."""
    question = _question(Nugget(("KLF2",), None, 1), Nugget(("KLF4",), "Zeng 2018", 2))
    assert grade(question, passage("KLF2"), ()) == 1
    assert grade(question, passage("KLF2 and KLF4", "20"), (ZENG,)) == 2
    assert grade(question, passage("KLF6", "20"), (ZENG,)) == 0


def test_qrels_judge_a_whole_library():
    """Every question has its records with a grade above 0; one without nuggets has none."""
    one = passage("miR-25-3p silences KLF2", "20")
    two = passage("miR-25-3p silences KLF2", "51", start=100)
    three = row(Cell("", "miR-25-3p", True, 0, 9), Cell("", "leaky vessels", False, 9, 19), markers=("20",))
    questions = [
        _question(Nugget(("KLF2",), "Zeng 2018", 2), Nugget(("miR-25",), None, 1)),
        _question(id="none"),
        _question(Nugget(("leak*",), "Zeng 2018", 2), id="row"),
    ]
    assert qrels(questions, [one, two, three], cited) == {
        "q": {one.id: 2, two.id: 1, three.id: 1},
        "none": {},
        "row": {three.id: 2},
    }


def test_nuggets_found_are_those_that_some_record_states():
    """Positions of the matched nuggets, whichever record matched them."""
    question = _question(Nugget(("KLF2",), "Zeng 2018", 2), Nugget(("KLF4",), None, 1), Nugget(("KLF6",), None, 1))
    assert nuggets_found(question, [passage("KLF4"), passage("KLF2", "20", start=50)], cited) == {0, 1}
    assert nuggets_found(question, [passage("KLF2", start=50)], cited) == frozenset()


def test_a_question_is_answerable_when_a_nugget_answers():
    """Supporting nuggets alone do not make a question answerable."""
    assert _question(Nugget(("KLF2",), None, 2)).answerable
    assert not _question(Nugget(("KLF2",), None, 1)).answerable
    assert not _question().answerable


LINE = {
    "id": "a",
    "category": "mechanism",
    "question": "why?",
    "history": ["how?"],
    "nuggets": [{"terms": ["TGF-β"], "study": None, "grade": 1, "note": "passed over"}],
    "comment": "passed over",
}


def test_questions_are_read_as_written(tmp_path: Path):
    """The order of the file is kept, blank lines and unknown fields are passed over, Greek survives."""
    file = tmp_path / "set.jsonl"
    file.write_text(
        "\n".join([json.dumps(LINE, ensure_ascii=False), "", json.dumps({**LINE, "id": "A"})]), encoding="utf-8"
    )
    first, second = load_questions(file)
    assert first == Question("a", "mechanism", "why?", ("how?",), (Nugget(("TGF-β",), None, 1),))
    assert second.id == "A"


def _with_nugget(**fields: object) -> dict[str, object]:
    return {**LINE, "nuggets": [{"terms": ["KLF2"], "study": "Zeng 2018", "grade": 2, **fields}]}


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ("{", "not JSON"),
        ("[]", "not a JSON object"),
        ({**LINE, "id": None}, '"id"'),
        ({**LINE, "id": " "}, '"id"'),
        ({**LINE, "category": 3}, '"category"'),
        ({key: value for key, value in LINE.items() if key != "question"}, '"question"'),
        ({**LINE, "history": "how?"}, '"history"'),
        ({**LINE, "history": [1]}, '"history"'),
        ({**LINE, "nuggets": {}}, '"nuggets"'),
        ({**LINE, "nuggets": [[]]}, "nugget 1"),
        (_with_nugget(terms=[]), '"terms"'),
        (_with_nugget(terms=[""]), '"terms"'),
        (_with_nugget(terms=["|*"]), '"terms"'),
        (_with_nugget(study=7), '"study"'),
        (_with_nugget(grade=3), '"grade"'),
        (_with_nugget(grade=True), '"grade"'),
        (_with_nugget(grade="2"), '"grade"'),
        ({**LINE, "id": "first"}, "'first'"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, bad, said):
    """The message names the file, the line and what is wrong with it."""
    file = tmp_path / "set.jsonl"
    lines = [json.dumps({**LINE, "id": "first"}), "", bad if isinstance(bad, str) else json.dumps(bad)]
    file.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(BadQuestionSet) as caught:
        load_questions(file)
    assert str(caught.value).startswith(f"{file}, line 3: ")
    assert said in str(caught.value)


@pytest.mark.parametrize("content", [None, b"\xff\xfe{", b"\n \n"])
def test_a_file_without_questions_is_said(tmp_path: Path, content):
    """A missing, undecodable or empty file is one error of our own that names the file."""
    file = tmp_path / "set.jsonl"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(BadQuestionSet, match=r"set\.jsonl"):
        load_questions(file)
