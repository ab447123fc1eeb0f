"""What a study that a row cites is about: by its title, and where that is silent, by the text that cites it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.records import RowCheck
from tests.index.cargo import LINES, checked, markdown, outcomes, read, usual

TEXT = """# Cargo of vesicles

## Findings in gastric cancer

{}

Table 1. Cargo

| miRNA | Cancer | Ref |
| --- | --- | --- |
| {} | {} | [1] |

## References

1. Ito A. {}. Wind Notes 2019;4:1-9.
2. Cruz B. {}. Gull Letters 2018;7:11-19.
"""


def one(molecule: str, cancer: str, title: str, text: str = "Vesicles travel far.") -> RowCheck:
    """The check of a table of one row that cites a study of this title."""
    (check,) = checked(read("paper.md", TEXT.format(text, molecule, cancer, title, "Walls of foam")))
    return check


def test_where_the_title_is_silent_the_text_that_cites_the_study_speaks():
    """And the message says that it is the text that says so."""
    text = "Foam brings miR-21 to lung cancer [1]."
    assert one("miR-21", "Lung cancer", "Foam at sea", text) == RowCheck("consistent")
    assert one("miR-9", "Breast cancer", "Foam at sea", text).message == (
        "The row says miR-9 under “miRNA” and Breast cancer under “Cancer”; "
        "the study it cites, [1] Ito 2019, is cited in the text on miR-21 in lung cancer."
    )
    assert one("miR-9", "Lung cancer", "Foam in lung cancer", text).message.endswith(
        "is about lung cancer and is cited in the text on miR-21."
    )


def test_a_study_is_also_about_what_the_text_says_of_it():
    """A title names the first of what a study measured."""
    text = "Besides, miR-9 rises in lung cancer [1]."
    assert one("miR-9", "Lung cancer", "Foam and miR-21 in lung cancer", text).outcome == "consistent"


def test_of_a_sentence_that_cites_two_studies_each_has_its_part():
    """What stands before the other's marker is the other's, unless no word stands between the two."""
    together = "In lung cancer foam holds miR-9 [2], [1] and miR-21 in the end."
    assert one("miR-21", "Lung cancer", "Foam at sea", together).message.endswith("is cited in the text on miR-9.")
    text = "Foam holds miR-9 [2] and miR-21 [1] in lung cancer."
    assert one("miR-21", "Lung cancer", "Foam at sea", text).outcome == "consistent"
    assert one("miR-9", "Lung cancer", "Foam at sea", text).message.endswith("is cited in the text on miR-21.")


def test_where_a_sentence_names_no_cancer_the_heading_above_does():
    """Not where it names one."""
    assert one("miR-21", "Lung cancer", "Foam at sea", "Foam holds miR-21 [1].").message.endswith(
        "is cited in the text on gastric cancer."
    )
    assert one("miR-21", "Lung cancer", "Foam at sea", "Lung cancer foam holds miR-21 [1].").outcome == "consistent"


@pytest.mark.parametrize(
    ("molecule", "title", "outcome"),
    [
        ("miR-21", "MicroRNA 21 5p in foam", "consistent"),
        ("miR-21-5p", "Foam of miR-21-3p", "contradicted"),
        ("miR-21", "Foam of miR-210", "contradicted"),
        ("miR-200 family", "Foam of miR-200c", "consistent"),
        ("miR-200a", "Foam of miR-200c", "contradicted"),
        ("miR-155 & miR-155-5p", "Foam of miR-155", "consistent"),
        ("miR-9 & miR-10", "Foam of miR-10", "consistent"),
        ("miR-9 & miR-10", "Foam of miR-21", "contradicted"),
        ("miR-10b", "Foam of miR-21 and miR-10b", "consistent"),
        ("miR-19a", "Foam of the miR-17-92 cluster", "consistent"),
        ("miR-19a", "Foam at sea", "unverified"),
        ("HNSCC", "Foam of miR-21", "unverified"),  # a column of one cell that names no molecule is not one of them
    ],
)
def test_molecules_are_held_against_each_other_by_name(molecule: str, title: str, outcome: str):
    """An arm, a letter or a cluster's members may be left out; near names are other molecules."""
    assert one(molecule, "–", title).outcome == outcome


@pytest.mark.parametrize(
    ("cancer", "title", "outcome"),
    [
        ("HCC", "Foam in hepatocellular carcinoma", "consistent"),
        ("HNSCC", "Foam in oral cancer", "consistent"),
        ("Oral cancer", "Foam in nasopharyngeal carcinoma", "contradicted"),
        ("Lung cancer", "Lung metastasis of liver cancer", "contradicted"),
        ("Liver cancer", "Lung metastasis of liver cancer", "consistent"),
        ("Breast cancer", "Foam guides liver metastasis", "unverified"),
        ("Breast cancer", "Cancer foam guides metastases to the liver", "unverified"),
        ("Breast cancer", "Bone marrow stromal cells feed cancer", "unverified"),
        ("Breast cancer", "Foam in the oral hygiene of children", "unverified"),
        ("Breast cancer", "Melanoma metastasis and foam", "contradicted"),
        ("Colorectal cancer", "Foam leads from lung to brain metastasis", "contradicted"),
        ("Melanoma", "Foam in myeloma", "contradicted"),
        ("Breast and lung cancer", "Foam in lung cancer", "consistent"),
    ],
)
def test_cancers_are_held_against_each_other_by_organ(cancer: str, title: str, outcome: str):
    """Where a cancer spreads to, or whose cells were taken, is not the cancer that a study is about."""
    assert one("–", cancer, title).outcome == outcome


def test_of_an_entry_without_a_title_no_journal_is_taken_for_a_cancer():
    """Its molecules still count."""
    entries = ["Ito A, Lung Cancer, 2019, miR-21"]
    reading = markdown(("miRNA", "Cancer", "Ref"), [("miR-21", "Breast cancer", "[1]")], entries)
    reading = replace(reading, references=tuple(replace(entry, title=None) for entry in reading.references))
    assert checked(reading) == [RowCheck("consistent")]


def test_a_number_that_two_entries_bear_is_no_study():
    """Where a list starts again at 1, nobody knows which is meant."""
    reading = usual(LINES)
    twice = [replace(reading.references[1], marker="1"), *reading.references]
    assert outcomes(replace(reading, references=tuple(twice))) == ["unverified", *["consistent"] * 5]


def test_what_names_the_study_is_not_what_the_row_says():
    """A reference written out in the row may name molecules and cancers beside the row's own column."""
    said = "Ito A. Foam of miR-21 in lung cancer. Sea 2019"
    rows = [(f"{said} [1]", name, "Breast cells") for name in ("miR-9", "miR-21")]
    found = outcomes(markdown(("Reference", "Cargo", "Source"), rows, [f"{said};1:1-2."]))
    assert found == ["contradicted", "consistent"]


def test_a_study_may_be_named_by_its_title_or_its_doi():
    """Rows of a table without a reference list, and with one."""
    titles = [("miR-21", "Foam of miR-21 in lung cancer"), ("miR-9", "Foam of miR-10b"), ("miR-7", "–")]
    first, second, third = checked(markdown(("miRNA", "Title"), titles))
    assert (first, third) == (RowCheck("consistent"), RowCheck("unverified"))
    assert second.message == (
        "The row says miR-9 under “miRNA”; the study it cites, by the title in the row, is about miR-10b."
    )
    dois = [("miR-21", "https://doi.org/10.1000/Sea.4"), ("miR-9", "10.1000/sea.4"), ("miR-9", "10.1000/sea.5")]
    entry = "Ito A. Foam of miR-21. Wind Notes 2019;4:1-9. doi:10.1000/sea.4"
    assert outcomes(markdown(("miRNA", "DOI"), dois, [entry])) == ["consistent", "contradicted", "unverified"]
