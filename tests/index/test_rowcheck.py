"""A row that stands beside the wrong study is found and named, whatever the table looks like; the rest is let be."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import astuple, dataclass, replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.assemble import read_document
from corpus.records import Reading
from corpus.starter import starter_documents
from index.rowcheck import RowCheck, check_rows

# ------------------------------------------------------------------------------------ one table in several shapes


@dataclass(frozen=True)
class Line:
    """A row of the made-up table: what it says, and the studies it cites, by their place in `STUDIES`."""

    molecule: str
    cancer: str
    target: str
    year: str
    cites: str


STUDIES = (
    "Ito A, Cruz B. Exosomal miR-21 feeds lung cancer by silencing PTEN. Wind Notes 2019;4:1-9.",
    "Cruz B. Vesicles with miR-155-5p wake fibroblasts in breast cancer. Gull Letters 2018;7:11-19.",
    "Okafor C, Ito A. Hypoxic vesicles carry miR-210 in hepatocellular carcinoma. Wind Notes 2020;5:3-8.",
    "Lind D. Loss of miR-200c loosens ovarian cancer. Gull Letters 2021;9:1-4.",
    "Moreau E. Serum let-7a and gastric carcinoma. Sea Journal 2017;2:40-49.",
    "Novak F. Vesicles of melanoma hand miR-105 to their neighbours. Sea Journal 2022;6:5-10.",
)
LINES = (
    Line("miR-21", "Lung cancer", "PTEN", "2019", "[1]"),
    Line("miR-155", "Breast cancer", "SOCS1", "2018", "[2]"),
    Line("miR-210-3p", "Hepatocellular carcinoma (HCC)", "SFRP1", "2020", "[3]"),
    Line("miR-200c", "Ovarian cancer", "ZEB1", "2021", "[4]"),
    Line("let-7a", "Stomach cancer", "–", "2017", "[5]"),
    Line("miR-105", "Melanoma", "ZO-1", "2022", "[6]"),
)
# what the titles of STUDIES say
ABOUT = (
    "miR-21 in lung cancer",
    "miR-155-5p in breast cancer",
    "miR-210 in hepatocellular carcinoma",
    "miR-200c in ovarian cancer",
    "let-7a in gastric carcinoma",
    "miR-105 in melanoma",
)
WHO = ("[1] Ito 2019", "[2] Cruz 2018", "[3] Okafor 2020", "[4] Lind 2021", "[5] Moreau 2017", "[6] Novak 2022")


def read(name: str, text: str) -> Reading:
    return read_document(name, text.encode(), document_id="paper", source=f"upload:{name}")


def markdown(header: Sequence[str], rows: Sequence[Sequence[str]], studies: Sequence[str] = STUDIES) -> Reading:
    """A Markdown paper with this table and this reference list."""
    lines = [f"| {' | '.join(cells)} |" for cells in (header, ["---"] * len(header), *rows)]
    entries = [f"{number}. {study}" for number, study in enumerate(studies, start=1)]
    parts = ["# Cargo of vesicles", "## Findings", "Vesicles travel far.", "Table 1. Cargo", "\n".join(lines)]
    return read("paper.md", "\n\n".join([*parts, "## References", "\n".join(entries)]))


def plain(header: Sequence[str], rows: Sequence[Sequence[str]]) -> Reading:
    """A plain text with the same, cells parted by tabs; without a header line where that is empty."""
    lines = ["\t".join(cells) for cells in ([header] if header else []) + list(rows)]
    entries = [f"{number}. {study}" for number, study in enumerate(STUDIES, start=1)]
    return read(
        "paper.txt",
        "\n".join(["Cargo of vesicles", "", "Introduction", "", "Vesicles travel far [1].", "", "Table 1. Cargo"])
        + "\n".join(["", *lines, "", "REFERENCES", "", *entries, ""]),
    )


def usual(lines: Sequence[Line]) -> Reading:
    """Markdown, molecule first, reference last."""
    rows = [(line.molecule, line.cancer, line.target, line.year, line.cites) for line in lines]
    return markdown(("miRNA", "Cancer", "Target", "Year", "Ref"), rows)


def turned_round(lines: Sequence[Line]) -> Reading:
    """Markdown, reference first, molecule last, bare numbers in place of markers."""
    rows = [(line.cites.strip("[]"), line.year, line.target, line.cancer, line.molecule) for line in lines]
    return markdown(("References", "Year", "Target", "Tumour type", "Exosomal miRNA"), rows)


def disease_first(lines: Sequence[Line]) -> Reading:
    """Plain text with tabs, the disease first, and a column that says of what cancer the cells were."""
    rows = [(line.cancer, f"{line.cancer} cells", line.molecule, line.year, line.cites) for line in lines]
    return plain(("Disease", "Source", "microRNA", "Year", "Refs"), rows)


def headless(lines: Sequence[Line]) -> Reading:
    """Plain text with tabs and no header line."""
    return plain((), [(line.molecule, line.cancer, line.year, line.cites) for line in lines])


def nameless(lines: Sequence[Line]) -> Reading:
    """Markdown with empty headers and the target in front."""
    return markdown(("", "", "", ""), [(line.target, line.molecule, line.cancer, line.cites) for line in lines])


def two_references(lines: Sequence[Line]) -> Reading:
    """Markdown with two reference columns, the second mostly empty."""
    rows = [(line.molecule, line.cancer, line.cites, "[1]" if line is LINES[0] else "", line.year) for line in lines]
    return markdown(("miRNA", "Cancer", "Reference", "Citation", "Year"), rows)


SHAPES = (usual, turned_round, disease_first, headless, nameless, two_references)
shapes = pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
Shape = Callable[[Sequence[Line]], Reading]


def checked(reading: Reading) -> list[RowCheck]:
    """The checks in the order of the rows."""
    checks = check_rows(reading)
    assert checks.keys() == {row.id for row in reading.rows}
    return [checks[row.id] for row in reading.rows]


def outcomes(reading: Reading) -> list[str]:
    return [check.outcome for check in checked(reading)]


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
    for check, above, who, about in zip(rest, said, WHO[1:], ABOUT[1:], strict=False):
        assert check.outcome == "contradicted"
        assert check.message.startswith(f"The row says {above} ")
        assert check.message.endswith(f"; the study it cites, {who}, is about {about}.")


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


@shapes
def test_one_wrong_reference_is_found(shape: Shape):
    """The fifth row cites the fourth study."""
    wrong = [*LINES[:4], replace(LINES[4], cites="[4]"), LINES[5]]
    checks = checked(shape(wrong))
    assert [check.outcome for check in checks] == [*["consistent"] * 4, "contradicted", "consistent"]
    assert "let-7a " in checks[4].message
    assert "Stomach cancer " in checks[4].message
    assert "[4] Lind 2021, is about miR-200c in ovarian cancer" in checks[4].message


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


# ----------------------------------------------------------------------------------------- what a study is about


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
    """What stands before the other's marker is the other's."""
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
    """One that is wrong beside one study is not trusted beside another that says nothing of it."""
    studies = [
        *STUDIES,
        "Poe G. Foam in lung cancer. Sea Journal 2023;1:1-2.",
        "Roy H. Foam in melanoma. Sea Journal 2023.",
    ]
    checks = checked(markdown(("miRNA", "Cancer", "Ref"), CARRIED, studies))
    assert [check.outcome for check in checks] == [
        "consistent", "contradicted", "unverified", "consistent", "consistent",
    ]  # fmt: skip
    assert checks[1].message == (
        "The row says miR-21 under “miRNA” (from the merged cell above); "
        "the study it cites, [2] Cruz 2018, is about miR-155-5p in breast cancer."
    )


def test_where_the_cell_of_the_cancer_is_empty_another_that_names_one_speaks():
    """Not where two are named."""
    lines = [replace(line, target=f"{line.cancer} cells") for line in LINES]
    lines[1] = replace(lines[1], cancer="–", target="Bladder cancer cells")
    lines[2] = replace(lines[2], cancer="–", target="Bladder cancer and breast cancer cells", molecule="–")
    checks = checked(usual(lines))
    assert [check.outcome for check in checks] == ["consistent", "contradicted", "unverified", *["consistent"] * 3]
    assert "says Bladder cancer cells under “Target”" in checks[1].message


def test_a_cell_that_holds_something_else_by_right_is_let_be():
    """A protein among microRNAs, a general word among cancers."""
    lines = [
        replace(LINES[0], molecule="PD-L1"),
        replace(LINES[1], cancer="Several solid tumours"),
        replace(LINES[2], molecule="A panel"),
        *LINES[3:],
    ]
    assert outcomes(usual(lines)) == ["consistent"] * 6


def test_lists_in_one_row_are_not_two_rows():
    """Values parted by anything but blanks, arms of one molecule, and where a cancer spread to."""
    lines = [
        replace(LINES[0], molecule="miR-21, miR-9", year="2019, 2020", cites="[1], [2]"),
        replace(LINES[1], molecule="miR-155-5p miR-155-3p", cites="[2] [2]"),
        replace(LINES[2], cancer="Liver cancer lung metastasis", cites="[3] [3]"),
        *LINES[3:],
    ]
    assert "merged" not in outcomes(usual(lines))


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


# by hand: the title of each cited study, and where it is silent the sentences that cite it, read against the row
CONTRADICTED = (*range(4, 22), 23, 25, 26, *range(28, 33), 34, 42, 50)
MERGED = (33,)
# the molecule stands in a merged cell that slid, and neither title nor text names one
UNVERIFIED = (22, 24, 27)


def test_the_slid_table_of_a_real_review_is_found_out_row_by_row(reviews: dict[str, Path]):
    """Of 59 rows 29 are contradicted, one is two run together, three cannot be told and 26 are right."""
    path = reviews["tahan"]
    reading = read_document(path.name, path.read_bytes(), document_id="review", source=path.name)
    found: dict[str, list[int]] = {}
    checks = check_rows(reading)
    for row in reading.rows:
        found.setdefault(checks[row.id].outcome, []).append(row.number)
    assert len(reading.rows) == 59
    assert tuple(found["contradicted"]) == CONTRADICTED
    assert tuple(found["merged"]) == MERGED
    assert tuple(found["unverified"]) == UNVERIFIED
    assert len(found["consistent"]) == 26
    said = {row.number: checks[row.id].message for row in reading.rows}
    assert said[28] == (
        "The row says miR-105 under “Exosomal microRNAs”; "
        "the study it cites, [91] Kia 2019, is about miR-9 and miR-155 in breast cancer."
    )
