"""A row that stands beside the wrong study is found and named, whatever the table looks like; the rest is let be."""

from __future__ import annotations

import re
from dataclasses import astuple, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.assemble import read_document
from corpus.records import RowCheck
from corpus.starter import starter_documents
from index.rowcheck import check_rows
from tests.index.cargo import (
    ABOUT,
    LINES,
    STUDIES,
    Line,
    Shape,
    checked,
    cited_as,
    markdown,
    nameless,
    outcomes,
    read,
    shapes,
    usual,
)


@shapes
def test_a_table_that_stands_beside_its_studies_raises_nothing(shape: Shape):
    """Arms, bare molecules and other words for one organ are no contradiction."""
    assert checked(shape(LINES)) == [RowCheck("consistent")] * 6


@shapes
@pytest.mark.parametrize("column", ["molecule", "cancer"])
def test_a_column_that_slid_by_one_row_is_found_in_every_row(shape: Shape, column: str):
    """Each row is told what it says and what its own study is about; the first, which kept its cell, is let be."""
    said = [getattr(line, column) for line in LINES]
    slid = [replace(line, **{column: above}) for line, above in zip(LINES, [said[0], *said], strict=False)]
    first, *rest = checked(shape(slid))
    assert first == RowCheck("consistent")
    for place, (check, above) in enumerate(zip(rest, said, strict=False), start=1):
        assert check.outcome == "contradicted"
        assert check.message.startswith(f"The row says {above} ")
        assert check.message.endswith(f"; the study it cites, {cited_as(shape, place)}, is about {ABOUT[place]}.")
        assert check.suggestion.startswith(ABOUT[place])
        assert ("; the row below names " in check.suggestion) is (place < 5)
        assert check.quote in STUDIES[place]


@shapes
def test_two_cells_that_changed_places_are_found(shape: Shape):
    """The molecules of the second and the fourth row."""
    swapped = list(LINES)
    swapped[1] = replace(LINES[1], molecule="miR-200c")
    swapped[3] = replace(LINES[3], molecule="miR-155")
    checks = checked(shape(swapped))
    assert [check.outcome == "contradicted" for check in checks] == [False, True, False, True, False, False]
    assert "says miR-200c " in checks[1].message
    assert "says miR-155 " in checks[3].message


@shapes
def test_a_molecule_and_a_cancer_that_changed_places_are_found(shape: Shape):
    """Neither cell holds what its column does; the message says so of both."""
    line = LINES[2]
    swapped = [*LINES[:2], replace(line, molecule=line.cancer, cancer=line.molecule), *LINES[3:]]
    checks = checked(shape(swapped))
    assert [check.outcome == "contradicted" for check in checks] == [False, False, True, False, False, False]
    assert "(no microRNA)" in checks[2].message
    assert "(no cancer)" in checks[2].message


def test_a_molecule_that_changed_places_with_its_target_is_found():
    """The one row that names no molecule where all others do, and one where no other does."""
    line = LINES[1]
    swapped = [LINES[0], replace(line, molecule=line.target, target=line.molecule), *LINES[2:]]
    checks = checked(usual(swapped))
    assert [check.outcome for check in checks] == ["consistent", "contradicted", *["consistent"] * 4]
    assert checks[1].message == (
        "The row says SOCS1 under “miRNA” (no microRNA); "
        "the study it cites, [2] Cruz 2018, is about miR-155-5p in breast cancer."
    )


@shapes
def test_two_rows_run_together_are_found(shape: Shape):
    """The second and the third; the others are as before."""
    pairs = zip(astuple(LINES[1]), astuple(LINES[2]), strict=True)
    merged = [LINES[0], Line(*(f"{one} {other}" for one, other in pairs)), *LINES[3:]]
    checks = checked(shape(merged))
    assert [check.outcome for check in checks] == ["consistent", "merged", *["consistent"] * 3]
    assert "two run together" in checks[1].message
    assert "miR-155 miR-210-3p " in checks[1].message


@shapes
def test_one_wrong_reference_is_found(shape: Shape):
    """The fifth row cites the fourth study."""
    wrong = [*LINES[:4], replace(LINES[4], cites="[4]"), LINES[5]]
    checks = checked(shape(wrong))
    assert [check.outcome for check in checks] == [*["consistent"] * 4, "contradicted", "consistent"]
    assert "let-7a " in checks[4].message
    assert "Stomach cancer " in checks[4].message
    assert f"{cited_as(shape, 3)}, is about miR-200c in ovarian cancer" in checks[4].message


@shapes
def test_without_a_reference_that_is_there_nothing_is_said(shape: Shape):
    """An empty cell, a number beyond the list's end, and a name and a year that are of no entry."""
    lines = [
        *LINES[:3],
        replace(LINES[3], cites="", molecule="miR-9"),
        replace(LINES[4], cites="[77]", molecule="miR-9"),
        replace(LINES[5], cites="(Nemo et al., 1999)", molecule="miR-9"),
    ]
    assert checked(shape(lines)) == [RowCheck("consistent")] * 3 + [RowCheck("unverified")] * 3


# ------------------------------------------------------------------------------------------------------ messages


def test_the_message_names_the_cell_its_column_and_the_study():
    """Both cells where both are wrong; without a header, the column's number."""
    wrong = [*LINES[:5], replace(LINES[5], cites="[1]")]
    assert checked(usual(wrong))[5].message == (
        "The row says miR-105 under “miRNA” and Melanoma under “Cancer”; "
        "the study it cites, [1] Ito 2019, is about miR-21 in lung cancer."
    )
    assert checked(nameless(wrong))[5].message.startswith("The row says miR-105 in column 2 and Melanoma in column 3; ")


def test_of_two_rows_run_together_each_study_is_told():
    """Which cells hold two values, and what belongs to which study; the slid neighbour is not looked for."""
    merged = Line("miR-155 miR-210", "Breast cancer Liver cancer", "SOCS1 SFRP1", "2018 2020", "[2] [3]")
    assert checked(usual([LINES[0], merged, *LINES[3:]]))[1] == RowCheck(
        "merged",
        "This row looks like two run together (miR-155 miR-210 under “miRNA”; Breast cancer Liver cancer under "
        "“Cancer”; 2018 2020 under “Year”; [2] [3] under “Ref”): which cell belongs to which study is unsure.",
        "[2] Cruz 2018: miR-155-5p in breast cancer; [3] Okafor 2020: miR-210 in hepatocellular carcinoma",
    )


def test_a_neighbour_that_fits_the_study_is_suggested():
    """Above or below, by the names that fit alone, and only where all that is wrong fits."""
    above = [replace(LINES[0], molecule="miR-9, miR-155"), replace(LINES[1], molecule="miR-105"), *LINES[2:]]
    assert checked(usual(above))[1].suggestion == "miR-155-5p in breast cancer; the row above names miR-155"
    below = [LINES[0], replace(LINES[1], molecule="miR-105"), replace(LINES[2], molecule="miR-155"), *LINES[3:]]
    assert checked(usual(below))[1].suggestion == "miR-155-5p in breast cancer; the row below names miR-155"
    both = [LINES[0], replace(below[1], cancer="Melanoma"), *below[2:]]
    assert checked(usual(both))[1].suggestion == "miR-155-5p in breast cancer"


def test_a_message_says_no_more_than_the_entry_does():
    """Neither author nor year nor cancer where the entry names none."""
    lines = [("miR-9", "Lung cancer", "[1]"), ("miR-21", "Lung cancer", "[2]")]
    first, second = checked(markdown(("miRNA", "Cancer", "Ref"), lines, ["A vesicle with miR-21 goes far.", *STUDIES]))
    assert first.outcome == "contradicted"
    assert first.message.endswith(", is about miR-21.")
    assert second == RowCheck("consistent")


def test_a_long_cell_is_quoted_in_part():
    """Its first eighty characters."""
    said = "miR-9 " + "of the quiet shore " * 8
    (check, *_) = checked(usual([replace(LINES[0], molecule=said), *LINES[1:]]))
    assert f"says {said[:80].rstrip()}… under" in check.message
    assert said.strip() not in check.message


# -------------------------------------------------------------------------------------------- several studies, cells


def test_of_two_studies_one_may_be_in_another_cancer_but_not_on_another_molecule():
    """Nor is a molecule another that the row names beside the first."""
    rows = [
        ("miR-21", "Lung cancer", "PTEN", "[1]", "[7]"),
        ("miR-21", "Lung cancer", "PTEN", "[1]", "[6]"),
        ("miR-21", "Lung cancer", "with miR-105", "[1]", "[6]"),
    ]
    studies = [*STUDIES, "Poe G. Foam and miR-21 in bladder cancer. Sea Journal 2023;1:1-2."]
    first, second, third = checked(markdown(("miRNA", "Cancer", "Effect", "Ref", "Ref"), rows, studies))
    assert (first.outcome, third.outcome) == ("consistent", "consistent")
    assert second.message == (
        "The row says miR-21 under “miRNA”; one of the studies it cites, [6] Novak 2022, is about miR-105 in melanoma."
    )


CARRIED = (
    ("miR-21", "Lung cancer", "[1]"),
    ("", "Breast cancer", "[2]"),
    ("", "Lung cancer", "[7]"),
    ("miR-105", "Melanoma", "[6]"),
    ("", "Melanoma", "[8]"),
)


def test_a_carried_cell_is_checked_and_said_to_be_carried():
    """Where one is wrong, none is trusted beside a study that says nothing of it."""
    studies = [
        *STUDIES,
        "Poe G. Foam in lung cancer. Sea Journal 2023;1:1-2.",
        "Roy H. Foam in melanoma. Sea Journal 2023.",
    ]
    checks = checked(markdown(("miRNA", "Cancer", "Ref"), CARRIED, studies))
    assert [check.outcome for check in checks] == [
        "consistent", "contradicted", "unverified", "consistent", "unverified",
    ]  # fmt: skip
    assert checks[1].message == (
        "The row says miR-21 under “miRNA” (from the merged cell above); "
        "the study it cites, [2] Cruz 2018, is about miR-155-5p in breast cancer."
    )


SLID = (
    ("miR-21", "Lung cancer", "[7]"),
    ("", "Breast cancer", "[2]"),
    ("", "Lung cancer", "[9]"),
    ("miR-105", "Melanoma", "[8]"),
    ("", "Melanoma", "[10]"),
)
SILENT = ["Poe G. Foam in lung cancer. Sea Journal 2023.", "Roy H. Foam in melanoma. Sea Journal 2023."] * 2


def test_a_carried_cell_that_is_wrong_in_other_rows_has_slid():
    """Where no study beside it speaks for it; a row's own cell is let be, as is one that nothing speaks against."""
    first, second, third, *rest = checked(markdown(("miRNA", "Cancer", "Ref"), SLID, [*STUDIES, *SILENT]))
    assert (first, second.outcome, third.outcome) == (RowCheck("consistent"), "contradicted", "slid")
    assert third.message == (
        "The row says miR-21 under “miRNA” (from the merged cell above); the study it cites does not say so, and other "
        "rows with the same merged cell cite studies of miR-155-5p: this one may belong elsewhere, too."
    )
    assert rest == [RowCheck("consistent"), RowCheck("unverified")]


def test_where_the_cell_of_the_cancer_is_empty_another_that_names_one_speaks():
    """Not where two are named."""
    lines = [replace(line, target=f"{line.cancer} cells") for line in LINES]
    lines[1] = replace(lines[1], cancer="–", target="Bladder cancer cells")
    lines[2] = replace(lines[2], cancer="–", target="Bladder cancer and breast cancer cells", molecule="–")
    checks = checked(usual(lines))
    assert [check.outcome for check in checks] == ["consistent", "contradicted", "unverified", *["consistent"] * 3]
    assert "says Bladder cancer cells under “Target”" in checks[1].message


def test_where_a_cancer_goes_to_is_not_what_a_row_is_about():
    """A column of organs is none of cancers, with a header or without, unless the header says so."""
    places = [replace(line, cancer=organ) for line, organ in zip(LINES, ("brain", "bone", "lung") * 2, strict=True)]
    rows = [(line.molecule, line.cancer, line.cites) for line in places]
    for header in ("Metastatic site", "Goes to", ""):
        assert outcomes(markdown(("miRNA", header, "Ref"), rows)) == ["consistent"] * 6
    assert outcomes(markdown(("miRNA", "Cancer", "Ref"), rows)) == ["contradicted"] * 6


def test_a_cell_that_holds_something_else_by_right_is_let_be():
    """A protein among microRNAs, a general word among cancers."""
    lines = [
        replace(LINES[0], molecule="PD-L1"),
        replace(LINES[1], cancer="Several solid tumours"),
        replace(LINES[2], molecule="A panel"),
        *LINES[3:],
    ]
    assert outcomes(usual(lines)) == ["consistent"] * 6


def test_a_column_of_sources_may_hold_a_cell_of_no_cancer():
    """Healthy cells beside a cancer they act on; under a header that promises cancers, such a row is misplaced."""
    rows = [[line.molecule, line.cancer, "Endothelium", line.cites] for line in LINES]
    rows[3][1:3] = ["Macrophages", "Ovarian cancer cells"]
    assert outcomes(markdown(("miRNA", "Source", "Recipient", "Ref"), rows)) == ["consistent"] * 6
    assert outcomes(markdown(("miRNA", "Cancer", "Recipient", "Ref"), rows))[3] == "contradicted"


def test_lists_in_one_row_are_not_two_rows():
    """Values parted by anything but blanks, arms of one molecule, and where a cancer spread to."""
    lines = [
        replace(LINES[0], molecule="miR-21, miR-9", year="2019, 2020", cites="[1], [2]"),
        replace(LINES[1], molecule="miR-155-5p miR-155-3p", cites="[2] [2]"),
        replace(LINES[2], cancer="Liver cancer lung metastasis", cites="[3] [3]"),
        *LINES[3:],
    ]
    assert "merged" not in outcomes(usual(lines))


def test_a_paper_without_rows_or_without_names_has_nothing_to_check():
    """An empty result, or unverified rows."""
    assert check_rows(read("paper.md", "# Foam\n\nFoam at sea.\n")) == {}
    assert outcomes(markdown(("Kite", "Tail", "Ref"), [("red", "long", "[1]"), ("blue", "short", "[2]")])) == [
        "unverified",
        "unverified",
    ]


# ------------------------------------------------------------------------------------------------- whole documents


@given(order=st.permutations(range(6)))
@settings(max_examples=30)
def test_the_order_of_the_reference_list_changes_nothing(order: list[int]):
    """Entries shuffled and markers with them: the same outcomes, in the same words but for the numbers."""
    lines = [*LINES[:4], replace(LINES[4], molecule="miR-9"), replace(LINES[5], cites="[1]")]
    number = {old + 1: new + 1 for new, old in enumerate(order)}

    def marker(line: Line) -> str:
        return f"[{number[int(line.cites.strip('[]'))]}]"

    rows = [(line.molecule, line.cancer, marker(line)) for line in lines]
    shuffled = checked(markdown(("miRNA", "Cancer", "Ref"), rows, [STUDIES[old] for old in order]))
    as_printed = checked(
        markdown(("miRNA", "Cancer", "Ref"), [(line.molecule, line.cancer, line.cites) for line in lines])
    )
    for there, here in zip(shuffled, as_printed, strict=True):
        assert there.outcome == here.outcome
        assert there.message == re.sub(r"\[(\d)\]", lambda old: f"[{number[int(old[1])]}]", here.message)


def test_the_starter_documents_raise_no_alarm():
    """Every row of their table names the molecule and the cancer of the study it cites."""
    for name, data in starter_documents():
        reading = read_document(name, data, document_id="digest", source=f"starter:{name}")
        assert set(outcomes(reading)) <= {"consistent"}
