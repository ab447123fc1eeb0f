"""One correct table of exosomal cargo in many shapes, and the studies it cites; all of our own invention."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pytest

from corpus.assemble import read_document
from corpus.records import Reading, RowCheck
from index.rowcheck import check_rows


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


def authored(lines: Sequence[Line]) -> Reading:
    """Plain text whose last column names the study by author and year."""
    told = {cites: f"{author} et al., {year}" for cites, author, year in (who.split() for who in WHO)}
    rows = [(line.molecule, line.cancer, line.target, told.get(line.cites, line.cites)) for line in lines]
    return plain(("Molecule", "Disease", "Targets", "Study"), rows)


def titled(lines: Sequence[Line]) -> Reading:
    """Markdown as a sheet of studies: each row has a title of its own, and the list is not asked."""
    titles = {who.split()[0]: study.split(". ")[1] for who, study in zip(WHO, STUDIES, strict=True)}
    rows = [
        (re.sub(r"\[\d\]", lambda cited: titles.get(cited[0], ""), line.cites), line.year, line.molecule, line.cancer)
        for line in lines
    ]
    return markdown(("Title", "Year", "miRNA", "Cancer type"), rows)


SHAPES = (usual, turned_round, disease_first, headless, nameless, two_references, authored, titled)
shapes = pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
Shape = Callable[[Sequence[Line]], Reading]


def cited_as(shape: Shape, place: int) -> str:
    """How a message names the study in this place of `STUDIES`."""
    return "by the title in the row" if shape is titled else WHO[place]


def checked(reading: Reading) -> list[RowCheck]:
    """The checks in the order of the rows."""
    checks = check_rows(reading)
    assert checks.keys() == {row.id for row in reading.rows}
    return [checks[row.id] for row in reading.rows]


def outcomes(reading: Reading) -> list[str]:
    return [check.outcome for check in checked(reading)]
