"""Targets and years speak against a row only where cells have moved beyond doubt."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.records import RowCheck
from index.targets import genes
from tests.index.cargo import LINES, Line, checked, markdown, outcomes, usual
from tests.index.cargo import STUDIES as CARGO

STUDIES = (
    "Ito A. Exosomal miR-21 feeds lung cancer by silencing KLF2. Wind Notes 2019;4:1-9.",
    "Cruz B. Vesicles with miR-155 wake fibroblasts of breast cancer through SOCS1. Gull Letters 2018;7:11-19.",
    "Okafor C. Hypoxic vesicles carry miR-210 against SFRP1 in liver cancer. Wind Notes 2020;5:3-8.",
    "Lind D. Loss of miR-200c frees ZEB1 in ovarian cancer. Gull Letters 2021;9:1-4.",
    "Moreau E. Serum let-7a and gastric cancer by way of HMGA2. Sea Journal 2017;2:40-49.",
)
ROWS = (
    ("miR-21", "Lung cancer", "KLF2", "[1]"),
    ("miR-155", "Breast cancer", "SOCS1 and STAT3", "[2]"),
    ("miR-210", "Liver cancer", "Sfrp1", "[3]"),
    ("miR-200c", "Ovarian cancer", "ZEB1; ZEB2", "[4]"),
    ("let-7a", "Gastric cancer", "HMGA2", "[5]"),
)


def with_targets(*targets: str) -> list[RowCheck]:
    """The checks of the table with other targets."""
    rows = [(*row[:2], target, row[3]) for row, target in zip(ROWS, targets, strict=True)]
    return checked(markdown(("miRNA", "Cancer", "Target gene", "Ref"), rows, STUDIES))


@pytest.mark.parametrize(
    "targets",
    [
        ("KLF2", "SOCS1 and STAT3", "Sfrp1", "ZEB1; ZEB2", "HMGA2"),
        ("KRIT1", "RASSF4", "PTEN", "CDH1", "–"),  # of what a study found, its title names a part
        ("KLF2", "SOCS1", "SFRP1", "KLF2", "HMGA2"),  # one gene may be the target of two
        ("PTEN", "PTEN", "PTEN", "PTEN", "PTEN"),
        ("SFRP1", "SOCS1", "CDH1", "ZEB1", "HMGA2; KLF2"),  # one move, which may be chance
    ],
)
def test_targets_that_may_be_right_raise_nothing(targets: tuple[str, ...]):
    """A target that a title leaves out is no contradiction."""
    assert [check.outcome for check in with_targets(*targets)] == ["consistent"] * 5


def test_two_targets_that_changed_places_are_found():
    """And told, with what the study's title names instead."""
    checks = with_targets("ZEB1; ZEB2", "SOCS1", "SFRP1", "KLF2", "HMGA2")
    assert [check.outcome == "contradicted" for check in checks] == [True, False, False, True, False]
    assert checks[0] == RowCheck(
        "contradicted",
        "The row says ZEB1; ZEB2 under “Target gene”; the study it cites, [1] Ito 2019, names KLF2.",
        "miR-21 in lung cancer; KLF2",
        "Exosomal miR-21 feeds lung cancer by silencing KLF2",
    )


def test_in_a_sheet_of_studies_the_title_in_the_row_is_not_the_rows_word():
    """What the title names is missing where no other cell names it."""
    rows = [(study.split(". ")[1], row[0], row[2]) for study, row in zip(STUDIES, ROWS, strict=True)]
    assert outcomes(markdown(("Title", "miRNA", "Target"), rows)) == ["consistent"] * 5
    rows[0], rows[3] = (*rows[0][:2], rows[3][2]), (*rows[3][:2], rows[0][2])
    found = outcomes(markdown(("Title", "miRNA", "Target"), rows))
    assert [outcome == "contradicted" for outcome in found] == [True, False, False, True, False]


def test_a_column_of_targets_that_slid_is_found():
    """Every row but the first, which kept its own."""
    checks = with_targets("KLF2", "KLF2", "SOCS1 and STAT3", "Sfrp1", "ZEB1; ZEB2")
    assert [check.outcome for check in checks] == ["consistent", *["contradicted"] * 4]


def test_a_gene_that_several_titles_name_ties_no_rows_together():
    """Pathways that half a field writes about stand in any row."""
    studies = [study.replace("KLF2", "PTEN").replace("HMGA2", "AKT1") for study in STUDIES]
    studies += ["Poe G. PTEN at sea. Sea Journal 2023;1:1-2.", "Poe G. AKT1 ashore. Sea Journal 2022;1:1-2."]
    rows = [(*ROWS[0][:2], "AKT1", "[1]"), *ROWS[1:4], (*ROWS[4][:2], "PTEN", "[5]")]
    assert outcomes(markdown(("miRNA", "Cancer", "Target", "Ref"), rows, studies)) == ["consistent"] * 5
    assert "contradicted" in outcomes(markdown(("miRNA", "Cancer", "Target", "Ref"), rows, studies[:5]))


def test_what_is_written_like_a_gene_is_one():
    """Two capitals, or a capital and a digit; neither words nor microRNAs."""
    found = genes("Loss of miR-21, Hipk2 and HIF1A in Cells; E-cadherin, ZO-1 (c-MYB), the MOTHERS of 2019")
    assert list(found) == ["hipk2", "hif1a", "zo1", "myb", "mothers"]
    assert found["zo1"] == "ZO-1"


SILENT = "Poe G. Cargo at sea. Sea Journal 2012;1:1-2."


def dated(*lines: Line) -> list[RowCheck]:
    """The checks of a table whose seventh study says nothing of molecules or cancers."""
    rows = [(line.molecule, line.cancer, line.target, line.year, line.cites) for line in lines]
    return checked(markdown(("miRNA", "Cancer", "Target", "Year", "Ref"), rows, [*CARGO, SILENT]))


def test_a_year_that_is_not_the_studys_speaks_where_no_molecule_does():
    """One year apart is print and online; a table whose years are often others says nothing by them."""
    wrong = replace(LINES[5], cites="[7]")
    *rest, last = dated(*LINES[:5], wrong)
    assert [check.outcome for check in rest] == ["consistent"] * 5
    assert last == RowCheck(
        "contradicted",
        "The row says 2022 under “Year”; the study it cites, [7] Poe 2012, is of 2012, so it may stand beside another "
        "row's study.",
        "",
        f"7. {SILENT}",
    )
    assert dated(*LINES[:5], replace(wrong, year="2013"))[5] == RowCheck("unverified")
    assert dated(*LINES[:2], wrong)[2] == RowCheck("unverified")


def test_a_wrong_year_beside_the_right_molecule_is_no_contradiction():
    """It is a slip of the pen, not of the row."""
    assert [check.outcome for check in checked(usual([*LINES[:5], replace(LINES[5], year="2002")]))] == [
        "consistent"
    ] * 6
