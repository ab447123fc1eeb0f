"""The row check on tables of JATS and on CSV: correct ones raise nothing, and what is made wrong is found and named."""

from __future__ import annotations

import pytest

from corpus.assemble import read_document
from index.rowcheck import RowCheck, check_rows
from tests.corpus.jats import article

ROWS = (
    ("miR-21", "Colorectal cancer", "PTEN", "Ito K", "Vesicular miR-21 in colorectal cancer"),
    ("miR-155", "Breast cancer", "SOCS1", "Moss A", "Transfer of miR-155 in breast cancer"),
    ("miR-210", "Lung cancer", "HIF", "Reed B", "Lung cancer cells send miR-210"),
    ("miR-105", "Melanoma", "ZO-1", "Gull C", "Melanoma vesicles carry miR-105"),
)


def jats(rows: list[tuple[str, ...]], *, merged: bool = False) -> list[RowCheck]:
    """The checks of a JATS table whose rows cite by author and year; the first two cells may be one."""
    entries = "".join(
        f'<ref id="r{place}"><element-citation><name><surname>{row[3]}</surname></name><article-title>{row[4]}'
        f"</article-title><source>J Foam</source><year>2019</year></element-citation></ref>"
        for place, row in enumerate(ROWS)
    )
    cites = {row[3]: f'<xref ref-type="bibr" rid="r{place}">{row[3]}, 2019</xref>' for place, row in enumerate(ROWS)}
    lines = []
    for place, (molecule, cancer, target, author, _) in enumerate(rows):
        first = f'<td rowspan="{2 if merged and not place else 1}">{molecule}</td>' if not merged or place != 1 else ""
        lines.append(f"<tr>{first}<td>{cancer}</td><td>{target}</td><td>{cites[author]}</td></tr>")
    head = "<thead><tr><th>miRNA</th><th>Cancer</th><th>Target</th><th>Study</th></tr></thead>"
    body = f"<p>Foam.</p><table-wrap><label>Table 1</label><table>{head}{''.join(lines)}</table></table-wrap>"
    data = article(body, f"<back><ref-list>{entries}</ref-list></back>")
    return list(check_rows(read_document("a.xml", data, document_id="a", source="s")).values())


def sheet(rows: list[tuple[str, ...]]) -> list[RowCheck]:
    """The checks of a CSV file whose rows name their study by title."""
    lines = ["miRNA,Cancer,Target,First author,Title", *(",".join(row) for row in rows)]
    data = "\n".join(lines).encode()
    return list(check_rows(read_document("a.csv", data, document_id="a", source="s")).values())


def cited(rows: list[tuple[str, ...]]) -> list[RowCheck]:
    """The checks of a CSV file whose rows have their study in one cell."""
    lines = ["Cancer\tmiRNA\tReference"]
    lines += [f"{row[1]}\t{row[0]}\t{row[3]}. {row[4]}. J Foam 2019;1:2." for row in rows]
    data = "\n".join(lines).encode()
    return list(check_rows(read_document("a.tsv", data, document_id="a", source="s")).values())


FORMATS = pytest.mark.parametrize("checked", [jats, sheet, cited])


@FORMATS
def test_a_table_as_its_studies_have_it_raises_nothing(checked):
    """Every row is consistent."""
    assert [check.outcome for check in checked(list(ROWS))] == ["consistent"] * 4


@FORMATS
def test_a_column_that_slid_is_found_in_every_row(checked):
    """The molecules one row down."""
    slid = [(ROWS[place - 1][0], *row[1:]) for place, row in enumerate(ROWS)]
    assert [check.outcome for check in checked(slid)] == ["contradicted"] * 4


@FORMATS
def test_one_wrong_cell_is_named_with_the_study(checked):
    """What the row says, under which header, and what its study is about."""
    wrong = [*ROWS[:2], ("miR-9", *ROWS[2][1:]), ROWS[3]]
    found = checked(wrong)
    assert [check.outcome for check in found] == ["consistent", "consistent", "contradicted", "consistent"]
    assert "says miR-9 under “miRNA”" in found[2].message
    assert "cites, [3] Reed" in found[2].message
    assert found[2].message.endswith(", is about miR-210 in lung cancer.")


def test_a_merged_cell_that_its_study_denies_is_found():
    """A cell that the file itself spans over two rows counts in both."""
    assert [check.outcome for check in jats(list(ROWS), merged=True)] == [
        "consistent",
        "contradicted",
        *["consistent"] * 2,
    ]
