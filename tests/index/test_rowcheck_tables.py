"""Correct tables of several kinds raise nothing; damaged as files damage them, the damaged rows are found and named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.assemble import read_document
from corpus.records import RowCheck
from index.rowcheck import check_rows

Rows = Sequence[Sequence[str]]


@dataclass(frozen=True)
class Table:
    """A correct table.

    Attributes:
        about: by row, the molecule and the cancer that its study's title names.
        molecule, cancer, cites: columns; -1 where there is none.
        studies: the reference list; empty where the rows bring titles.
        form: which of `FORMS` writes it; the file's ending.
    """

    caption: str
    header: Sequence[str]
    rows: Rows
    about: Sequence[tuple[str, str]]
    studies: Sequence[str]
    molecule: int
    cancer: int
    cites: int
    form: str = "md"

    def checks(self, rows: Rows | None = None) -> list[RowCheck]:
        """The checks of the table with these rows in place of its own."""
        name = f"harbour.{self.form}"
        text = FORMS[self.form](self.caption, self.header, rows or self.rows, self.studies)
        reading = read_document(name, text.encode(), document_id="harbour", source=name)
        checks = check_rows(reading)
        return [checks[row.id] for row in reading.rows]


def markdown(caption: str, header: Sequence[str], rows: Rows, studies: Sequence[str]) -> str:
    """A Markdown paper with this table; with a reference list where there are studies."""
    table = "\n".join(f"| {' | '.join(line)} |" for line in (header, ["---"] * len(header), *rows))
    entries = "\n".join(f"{number}. {study}" for number, study in enumerate(studies, start=1))
    text = f"# Harbour notes\n\n## Introduction\n\nBoats carry cargo [1].\n\n{caption}\n\n{table}\n"
    return text + (f"\n## References\n\n{entries}\n" if entries else "")


def plain(caption: str, header: Sequence[str], rows: Rows, studies: Sequence[str]) -> str:
    """The same as plain text, cells parted by tabs."""
    table = "\n".join("\t".join(line) for line in (header, *rows))
    entries = "\n".join(f"{number}. {study}" for number, study in enumerate(studies, start=1))
    text = f"Harbour notes\n\nIntroduction\n\nBoats carry cargo [1].\n\n{caption}\n\n{table}\n"
    return text + (f"\nREFERENCES\n\n{entries}\n" if entries else "")


def jats(caption: str, header: Sequence[str], rows: Rows, studies: Sequence[str]) -> str:
    """The same as a JATS article, empty first cells merged with those above."""
    lines = []
    for place, row in enumerate(rows):
        empty = next((at for at, below in enumerate(rows[place + 1 :]) if below[0]), len(rows) - place - 1)
        cells = [f"<td>{escape(cell)}</td>" for cell in row[1:]]
        cells[:0] = [f'<td rowspan="{empty + 1}">{escape(row[0])}</td>'] if row[0] or not place else []
        lines.append(f"<tr>{''.join(cells)}</tr>")
    cited = re.sub(r"\[(\d+)\]", r'[<xref ref-type="bibr" rid="B\1">\1</xref>]', "".join(lines))
    label, _, title = caption.partition(". ")
    heads = "".join(f"<th>{name}</th>" for name in header)
    wrap = f"<table-wrap><label>{label}</label><caption><p>{title}</p></caption><table><thead><tr>{heads}</tr></thead>"
    wrap += f"<tbody>{cited}</tbody></table></table-wrap>"
    entries = "".join(
        f'<ref id="B{number}"><label>{number}</label><mixed-citation>{study}</mixed-citation></ref>'
        for number, study in enumerate(studies, start=1)
    )
    body = f"<body><sec><title>Findings</title><p>Boats carry cargo.</p>{wrap}</sec></body>"
    front = (
        "<front><article-meta><title-group><article-title>Harbour</article-title></title-group></article-meta></front>"
    )
    return f"<article>{front}{body}<back><ref-list>{entries}</ref-list></back></article>"


def sheet(caption: str, header: Sequence[str], rows: Rows, studies: Sequence[str]) -> str:
    """A CSV file of records that bring their studies, the caption above."""
    assert not studies
    quoted = (",".join(f'"{cell}"' for cell in line) for line in (header, *rows))
    return "\n".join([caption, *quoted, ""])


FORMS = {"md": markdown, "txt": plain, "nxml": jats, "csv": sheet}


MERGED = Table(
    "Table 1. One molecule over several rows",
    ("Exosomal miRNA", "Cancer", "Source", "Year", "Refs"),
    [
        ("miR-34a", "Prostate cancer", "Urine", "2015", "[1]"),
        ("", "Bladder cancer", "Cells", "2016", "[2]"),
        ("miR-126", "Lung cancer", "Serum", "2017", "[3]"),
        ("", "Colorectal cancer", "Plasma", "2018", "[4]"),
        ("", "Breast cancer", "Cells", "2019", "[5]"),
        ("miR-451", "Gastric cancer", "Serum", "2020", "[6]"),
    ],
    [
        ("miR-34a", "prostate cancer"), ("miR-34a", "bladder cancer"), ("miR-126", "lung cancer"),
        ("miR-126", "colon cancer"), ("miR-126", "breast carcinoma"), ("miR-451", "gastric cancer"),
    ],
    [
        "Abe K. Boats bring miR-34a to prostate cancer. Pier J 2015;1:1-9.",
        "Bako L. MicroRNA-34a at the quay of bladder cancer. Pier J 2016;2:1-9.",
        "Cho M. Cargo of miR-126 in lung cancer. Pier J 2017;3:1-9.",
        "Dahl N. Endothelial miR-126 sails with colon cancer. Pier J 2018;4:1-9.",
        "Ebo O. Breast carcinoma ships miR-126. Pier J 2019;5:1-9.",
        "Fonda P. Serum miR-451 tells gastric cancer. Pier J 2020;6:1-9.",
    ],
    0, 1, 4, form="txt",
)  # fmt: skip
CAPTIONED = Table(
    "Table 1. Cargo of exosomes in pancreatic cancer",
    ("Refs", "Cargo goes to", "Effect", "Mechanism", "MicroRNA"),
    [
        ("1", "liver", "Metastasis", "silences KLF4", "miR-1290"),
        ("2", "stroma", "Fibrosis", "–", "miR-4644"),
        ("3", "muscle", "Wasting", "TLR7", "miR-223-3p"),
        ("4", "nerves", "Pain", "–", "miR-92b"),
        ("5", "bone", "Loss", "RANKL", "miR-664a"),
    ],
    [
        ("miR-1290", "pancreatic cancer"), ("miR-4644", "pancreatic cancer"), ("miR-223-3p", "pancreatic cancer"),
        ("miR-92b", "PDAC"), ("miR-664a", "pancreatic cancer"),
    ],
    [
        "Gil Q. miR-1290 leaves harbour in pancreatic cancer. Quay 2011;1:2-3.",
        "Han R. Pancreatic cancer freight: miR-4644. Quay 2012;1:2-3.",
        "Ivo S. Wasting and miR-223-3p in pancreatic cancer. Quay 2013;1:2-3.",
        "Joo T. Pain of PDAC: a part for miR-92b. Quay 2014;1:2-3.",
        "Kim U. Bone and miR-664a in pancreatic cancer. Quay 2015;1:2-3.",
    ],
    4, -1, 0,
)  # fmt: skip
SEVERAL = Table(
    "Table 1. Studies of each molecule",
    ("Disease", "Study", "Exosomal miR", "Remark"),
    [
        ("Oral cancer", "[1,2]", "miR-24", "rises"),
        ("Thyroid cancer", "[3-5]", "miR-146b & miR-222", "rises"),
        ("Melanoma", "[6]", "miR-211", "falls"),
        ("Renal cell carcinoma", "[7], [8]", "miR-19b", "rises"),
    ],
    [("miR-24", "oral cancer"), ("miR-146b", "thyroid cancer"), ("miR-211", "melanoma"), ("miR-19b", "renal cancer")],
    [
        "Lau V. Boats of oral cancer laden with miR-24. Rope 2015;1:2-3.",
        "Mto W. miR-24-3p and oral squamous cell carcinoma. Rope 2016;1:2-3.",
        "Nab X. miR-146b in papillary thyroid cancer. Rope 2017;1:2-3.",
        "Oto Y. Thyroid cancer and miR-222. Rope 2018;1:2-3.",
        "Pim Z. Freight of thyroid cancer. Rope 2019;1:2-3.",
        "Qui A. Melanoma unloads miR-211. Rope 2020;1:2-3.",
        "Rae B. miR-19b and renal cancer. Rope 2021;1:2-3.",
        "Sol C. Stem cells of clear cell renal cell carcinoma send miR-19b-3p. Rope 2022;1:2-3.",
    ],
    2, 0, 1,
)  # fmt: skip
AUTHORED = Table(
    "Table 1. Who found what",
    ("Author, year", "Molecule", "Cancer type", "Fluid"),
    [
        ("Tan et al., 2014", "miR-375", "Cervical cancer", "blood"),
        ("Ude and Voss, 2015", "miR-205", "Endometrial cancer", "urine"),
        ("Wyn 2016", "miR-30d", "Oesophageal cancer", "blood"),
        ("Xu (2017)", "miR-181c", "Glioblastoma", "brain fluid"),
        ("Yee et al. (2018)", "let-7b", "Ovarian cancer", "ascites"),
    ],
    [
        ("miR-375", "cervical cancer"), ("miR-205", "endometrial carcinoma"), ("miR-30d", "esophageal cancer"),
        ("miR-181c", "glioblastoma"), ("let-7b", "ovarian cancer"),
    ],
    [
        "Tan D. Cervical cancer: boats with miR-375. Mast 2014;1:2-3.",
        "Ude E, Voss F. Urine holds miR-205 in endometrial carcinoma. Mast 2015;1:2-3.",
        "Wyn G. Tides of miR-30d in esophageal cancer. Mast 2016;1:2-3.",
        "Xu H. Glioblastoma casts off miR-181c. Mast 2017;1:2-3.",
        "Yee I. Ascites, let-7b and ovarian cancer. Mast 2018;1:2-3.",
    ],
    1, 2, 0,
)  # fmt: skip
SHEET = Table(
    "Table 1. An extract of studies",
    ("Study title", "Year", "miRNA", "Tumour", "N"),
    [
        ("Decks of miR-122 in hepatocellular carcinoma", "2010", "hsa-miR-122-5p", "Liver cancer", "20"),
        ("miR-194 and a colon cancer keel", "2011", "hsa-miR-194", "Colorectal cancer", "31"),
        ("Bows, sterns and miR-1246 in lung cancer", "2012", "hsa-miR-1246", "NSCLC", "42"),
        ("A neuroblastoma crew with miR-199a", "2013", "hsa-miR-199a-3p", "Neuroblastoma", "53"),
    ],
    [
        ("miR-122", "hepatocellular carcinoma"), ("miR-194", "colon cancer"), ("miR-1246", "lung cancer"),
        ("miR-199a", "neuroblastoma"),
    ],
    [],
    2, 3, 0,
)  # fmt: skip
SPANNED = replace(MERGED, form="nxml")
TABLES = {
    "merged": MERGED,
    "spanned": SPANNED,
    "captioned": CAPTIONED,
    "several": SEVERAL,
    "authored": AUTHORED,
    "sheet": SHEET,
    "csv": replace(SHEET, form="csv"),
}
tables = pytest.mark.parametrize("table", TABLES.values(), ids=TABLES.keys())


def columns(table: Table) -> Iterator[int]:
    """Those that are checked."""
    return (column for column in (table.molecule, table.cancer) if column >= 0)


def filled(rows: Rows, column: int) -> list[str]:
    """A column as it is read, merged cells carried down where it is the first."""
    cells: list[str] = []
    for row in rows:
        cells.append(row[column] or (cells[-1] if cells and column == 0 else ""))
    return cells


def put(rows: Rows, row: int, column: int, cell: str) -> list[list[str]]:
    changed = [list(line) for line in rows]
    changed[row][column] = cell
    return changed


def check_found(table: Table, rows: Rows, column: int) -> None:
    """The rows whose cell of this column is another than it was are contradicted, by name, and no others."""
    was, now = filled(table.rows, column), filled(rows, column)
    checks = table.checks(rows)
    assert [check.outcome == "contradicted" for check in checks] == [a != b for a, b in zip(was, now, strict=True)]
    for check, said, (molecule, cancer) in zip(checks, now, table.about, strict=True):
        if check.outcome == "contradicted":
            assert f"says {said} under “{table.header[column]}”" in check.message
            named = molecule if column == table.molecule else cancer
            assert named in check.message.partition(";")[2]
            assert named in check.suggestion
            assert check.quote


@tables
def test_a_correct_table_raises_nothing(table: Table):
    """Every row is confirmed."""
    assert table.checks() == [RowCheck("consistent")] * len(table.rows)


@tables
def test_a_column_that_slid_by_one_row_is_found(table: Table):
    """As printed: each cell stands where the one above stood."""
    for column in columns(table):
        printed = [row[column] for row in table.rows]
        rows = [list(row) for row in table.rows]
        for row, cell in zip(rows, [printed[0], *printed], strict=False):
            row[column] = cell
        check_found(table, rows, column)


@tables
def test_two_cells_that_changed_places_are_found(table: Table):
    """The third row's and the last but one that has its own."""
    for column in columns(table):
        first, *_, last = [place for place, row in enumerate(table.rows) if row[column] and place > 0]
        rows = put(table.rows, first, column, table.rows[last][column])
        check_found(table, put(rows, last, column, table.rows[first][column]), column)


@tables
def test_two_rows_run_together_are_found(table: Table):
    """The third with the fourth, or where the fourth has no molecule of its own, the second with the third."""
    at = 2 if all(table.rows[3]) else 1
    one = [f"{above} {below}".strip() for above, below in zip(*table.rows[at : at + 2], strict=True)]
    checks = table.checks([*table.rows[:at], one, *table.rows[at + 2 :]])
    assert [check.outcome == "merged" for check in checks] == [place == at for place in range(len(table.rows) - 1)]
    assert "contradicted" not in {check.outcome for check in checks}
    column = table.cancer if table in (MERGED, SPANNED) else table.molecule
    assert f"{one[column]} under “{table.header[column]}”" in checks[at].message


@tables
def test_one_wrong_reference_is_found(table: Table):
    """The third row cites what the last one does."""
    checks = table.checks(put(table.rows, 2, table.cites, table.rows[-1][table.cites]))
    assert [check.outcome == "contradicted" for check in checks] == [place == 2 for place in range(len(table.rows))]
    molecule, _ = table.about[-1]
    assert f"{table.rows[2][table.molecule]} under" in checks[2].message
    assert molecule in checks[2].message
    assert molecule in checks[2].suggestion


# -------------------------------------------------------------------------------------------- tables made at random

CANCERS = (
    ("Breast cancer", "breast cancer"), ("Lung cancer", "NSCLC"), ("HCC", "hepatocellular carcinoma"),
    ("Colorectal cancer (CRC)", "colon cancer"), ("Melanoma", "melanoma"), ("Stomach cancer", "gastric cancer"),
    ("Glioma", "glioblastoma"), ("Ovarian cancer", "ovarian carcinoma"), ("Prostate cancer", "prostate cancer"),
    ("Renal cell carcinoma", "kidney cancer"), ("Multiple myeloma", "myeloma"), ("HNSCC", "oral cancer"),
)  # fmt: skip
TITLES = (
    "Exosomal {} feeds {}", "A keel for {1}: {0}", "Loss of {0} guides bone metastasis of {1}", "Freight of {1}",
    "Antagonism of {0} mends cells", "Boats and tides",
)  # fmt: skip


@st.composite
def made(draw: st.DrawFn) -> Table:
    """A correct table of 8 to 14 rows, each molecule once, in some order of columns, some titles silent."""
    numbers = draw(st.lists(st.integers(4, 4000), min_size=8, max_size=14, unique=True))
    molecules = [f"miR-{number}" for number in numbers]
    cancers = [draw(st.sampled_from(CANCERS)) for _ in molecules]
    titles = [
        draw(st.sampled_from(TITLES)).format(molecule, title)
        for molecule, (_, title) in zip(molecules, cancers, strict=True)
    ]
    fields = {
        "miRNA": molecules,
        "Cancer": [cell for cell, _ in cancers],
        "Effect": ["EMT", "growth"] * 7,
        "Ref": [f"[{place}]" for place in range(1, len(molecules) + 1)],
    }
    header = draw(st.permutations([*fields]))
    rows = [list(row) for row in zip(*(fields[name][: len(molecules)] for name in header), strict=True)]
    studies = [f"Ito A. {title}. Wind Notes 2019;4:1-9." for title in titles]
    about = [
        (molecule if molecule in title else "", cancer if cancer in title else "")
        for molecule, (_, cancer), title in zip(molecules, cancers, titles, strict=True)
    ]
    places = (header.index(name) for name in ("miRNA", "Cancer", "Ref"))
    return Table(
        "Table 1. Cargo", header, rows, about, studies, *places, form=draw(st.sampled_from(("md", "txt", "nxml")))
    )


@given(table=made())
@settings(max_examples=60)
def test_no_correct_table_raises_an_alarm(table: Table):
    """Whatever its columns' order, and whatever its titles leave out."""
    checks = table.checks()
    assert {check.outcome for check in checks} <= {"consistent", "unverified"}
    silent = [about == ("", "") for about in table.about]
    assert [check.outcome == "unverified" for check in checks] == silent


@given(table=made(), by=st.integers(3, 6))
@settings(max_examples=60)
def test_molecules_that_slid_by_three_rows_or_more_are_found_wherever_a_title_names_one(table: Table, by: int):
    """The rows above the slide and those of silent titles are let be."""
    printed = [row[table.molecule] for row in table.rows]
    rows = [list(row) for row in table.rows]
    for place in range(by, len(rows)):
        rows[place][table.molecule] = printed[place - by]
    found = [check.outcome == "contradicted" for check in table.checks(rows)]
    assert found == [place >= by and bool(molecule) for place, (molecule, _) in enumerate(table.about)]
