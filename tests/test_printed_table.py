"""The slid table of a real review, judged row by row by hand: what is found out, and that nothing right is doubted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.assemble import read_document
from corpus.records import DOUBTED, Reading, RowCheck
from index.rowcheck import check_rows
from qa.results import AskResponse
from qa.service import Service
from qa.settings import Settings
from tests.encoders import HashedEncoder

# Each row as extracted was read against the title of the study it cites and the sentences that cite that study; where
# these name no molecule or no cancer, nothing is held against the row.
WRONG_CANCER = (4, 5, 6, 7, 9, 12, 13, 14, 15, 42)
WRONG_MOLECULE = (8, 18, 21, 23, 25, 26, 28, 29, 30, 31, 32, 34, 50)
WRONG_BOTH = (10, 16, 19, 20)
# Their own columns of molecule and cancer say nothing that the study denies: 11 leaves the cancer out and names lung
# cancer as the source beside a study of liver cancer; of 17 the molecule is a cancer, carried down from row 16, beside
# a study of miR-21. Both are quoted wrongly as they stand, so they count as found, not as false alarms.
WRONG_ELSEWHERE = (11, 17)
MERGED = (33,)
# molecule and cancer both confirmed
RIGHT = (1, 2, 3, 35, 36, 38, 39, 41, 44, 45, 46, 48, 49, 51, 52, 53, 54, 55, 56, 58, 59)
# the cancer is confirmed, and neither title nor text names a molecule; all but 43 have theirs from a merged cell
SILENT = (22, 24, 27, 37, 40, 43, 47, 57)
# and of these, those whose merged cell stands beside other rows too, of which every study that speaks denies it
SLID = (22, 24, 27)


@pytest.fixture(scope="module")
def printed(reviews: dict[str, Path]) -> Reading:
    path = reviews["tahan"]
    return read_document(path.name, path.read_bytes(), document_id="review", source=path.name)


@pytest.fixture(scope="module")
def checks(printed: Reading) -> dict[int, RowCheck]:
    """By the row's number."""
    found = check_rows(printed)
    return {row.number: found[row.id] for row in printed.rows}


def test_every_row_was_judged():
    """Each of the 59 once; 27 stand beside the wrong molecule or cancer by their own columns."""
    judged = (WRONG_CANCER, WRONG_MOLECULE, WRONG_BOTH, WRONG_ELSEWHERE, MERGED, RIGHT, SILENT)
    assert sorted(number for rows in judged for number in rows) == [*range(1, 60)]
    assert len(WRONG_CANCER) + len(WRONG_MOLECULE) + len(WRONG_BOTH) == 27
    assert (len(RIGHT), len(SILENT)) == (21, 8)


def test_every_row_that_is_wrong_is_found_and_no_other(checks: dict[int, RowCheck]):
    """27 of 27, and two more by other columns; not one of the 21 that are right."""
    expected = {*WRONG_CANCER, *WRONG_MOLECULE, *WRONG_BOTH, *WRONG_ELSEWHERE}
    assert {number for number, check in checks.items() if check.outcome == "contradicted"} == expected
    assert [number for number, check in checks.items() if check.outcome == "merged"] == [*MERGED]
    assert all(checks[number] == RowCheck("consistent") for number in RIGHT)
    assert [number for number in SILENT if checks[number] != RowCheck("unverified")] == [*SLID, 43]
    assert [number for number, check in checks.items() if check.outcome == "slid"] == [*SLID]


def test_the_cell_that_is_wrong_is_named(printed: Reading, checks: dict[int, RowCheck]):
    """By its words and its column: the molecule's, the cancer's, or both."""
    for row in printed.rows:
        says = checks[row.number].message.partition(";")[0] if row.number in (*WRONG_CANCER, *WRONG_MOLECULE) else ""
        if says:
            molecule, cancer = row.cells[:2]
            assert (f"{molecule.text} under “{molecule.header}”" in says) is (row.number in WRONG_MOLECULE)
            assert (f"{cancer.text} under “{cancer.header}”" in says) is (row.number in WRONG_CANCER)


def test_what_speaks_against_a_row_is_quoted_from_the_document(printed: Reading, checks: dict[int, RowCheck]):
    """Every contradicted row has a quote and a reading; nothing printed is changed."""
    for check in checks.values():
        if check.outcome == "contradicted":
            assert check.quote
            assert check.quote in printed.document.text
            assert check.suggestion
    assert all(printed.document.text[row.start : row.end] == row.text for row in printed.rows)


@pytest.mark.parametrize(
    ("number", "reading"),
    [
        (4, "miR-155 in gastric cancer; the row above names gastric cancer"),
        (8, "miR-21, miR-378e and miR-143 in breast cancer"),
        (17, "miR-21 in oral squamous cell carcinoma"),
        (28, "miR-9 and miR-155 in breast cancer; the row above names miR-9"),
        (31, "miR-105; the row above names miR-105"),
        (33, "[38] Fang 2018: miR-1247-3p in liver cancer; [94] Zhang 2019: lung cancer"),
        (50, "miR-92a-3p in prostate adenocarcinoma; the row above names miR-92a-3p"),
    ],
)
def test_a_reading_is_suggested(checks: dict[int, RowCheck], number: int, reading: str):
    """What the study is about, and the neighbour that says so."""
    assert checks[number].suggestion == reading


def test_the_message_says_what_stands_there_and_what_should(checks: dict[int, RowCheck]):
    """In words for a reader."""
    assert checks[28].message == (
        "The row says miR-105 under “Exosomal microRNAs”; "
        "the study it cites, [91] Kia 2019, is about miR-9 and miR-155 in breast cancer."
    )


# ------------------------------------------------------------------------------------------ what follows from it


@pytest.fixture(scope="module")
def service(reviews_library: Path) -> Iterator[Service]:
    service = Service(reviews_library, Settings(), HashedEncoder())
    yield service
    service.close()


@pytest.fixture(scope="module")
def answers(service: Service, printed: Reading) -> dict[int, AskResponse]:
    """By the row's number, the answer to a question in the row's own words."""
    said = {row.number: " ".join(cell.text for cell in row.cells[:5]) for row in printed.rows}
    return {number: service.ask(f"What is known of {text}?", k=20) for number, text in said.items()}


def test_a_contradicted_row_is_shown_with_its_caution_as_it_is_printed(
    answers: dict[int, AskResponse], checks: dict[int, RowCheck], printed: Reading
):
    """Asked for in its own words, it is there; what the check said is its one caution."""
    rows = {row.number: row for row in printed.rows}
    for number, check in checks.items():
        (piece,) = [one for one in answers[number].evidence if one.row and one.row.number == number]
        assert piece.text == rows[number].text
        if check.message:
            (caution,) = piece.cautions
            assert (caution.kind, caution.message) == (check.outcome, check.message)
            assert (caution.suggestion, caution.quote) == (check.suggestion, check.quote)


def test_no_answer_says_what_a_study_denies(answers: dict[int, AskResponse]):
    """No sentence stands on a row that is contradicted, has slid, or is two run together."""
    for response in answers.values():
        doubted = {one.rank for one in response.evidence if {c.kind for c in one.cautions} & DOUBTED}
        assert not any(doubted & {*sentence.evidence} for sentence in response.answer.sentences)


def test_a_contradicted_row_is_found_by_what_its_study_says(service: Service, checks: dict[int, RowCheck]):
    """Row 8 names neither molecule, nor does the title of its study: only the text that cites it does."""
    found = service.search(
        "miR-378e and miR-143 in osteoclastogenesis and bone metastasis", k=10, mode="words"
    ).evidence
    assert 8 in [piece.row.number for piece in found if piece.row]
    assert "miR-378e" in checks[8].suggestion
