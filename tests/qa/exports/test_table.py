"""The table of evidence, read back by Python's reader of CSV."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

from qa.exports.table import COLUMNS, as_csv, harmless
from qa.results import SearchResponse
from qa.service import Service


def lines(response: SearchResponse) -> list[dict[str, str]]:
    """The lines below the headers, as a script reads them."""
    text = as_csv(response).encode().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_each_evidence_is_one_line_with_everything_that_cites_it(small: Service):
    """Best first; a passage has no table."""
    response = small.search("tidal parcels bring miR-21 to the gills")
    table = lines(response)
    assert [line["rank"] for line in table] == [str(piece.rank) for piece in response.evidence]
    first = table[0]
    assert tuple(first) == COLUMNS
    assert first["kind"] == "passage"
    assert "TGF-β" in first["text"]
    assert first["document"] == "kelp"
    assert first["authors"] == "A. Ito | B. Cruz"
    assert (first["year"], first["doi"], first["file"]) == ("2020", "10.1000/kelp.1", "kelp.md")
    assert first["section"] == "Tides"
    assert first["table"] == first["row"] == first["cells"] == ""
    assert first["references"] == (
        "1. Ito A. Parcels at low tide. Sea Notes 2019;4:1-9. doi:10.1000/sea.4 | "
        "2. Cruz B. Walls of foam. Gull Letters 2018;7:11-19."
    )
    assert first["id"] == f"kelp:{first['start']}-{first['end']}"
    assert first["permalink"] == response.evidence[0].permalink
    assert first["question"] == "tidal parcels bring miR-21 to the gills"


def test_a_row_is_told_by_its_headers_and_says_what_was_carried(small: Service):
    """As the second row of the table of cargo."""
    row = next(line for line in lines(small.search("PTEN south")) if line["row"] == "2")
    assert row["table"] == "Table 1"
    assert row["cells"] == "miRNA: miR-21 (carried down); Shore: south; Target: PTEN; Ref: [2]"
    assert "empty and were taken from the merged cell above" in row["cautions"]


def test_what_a_spreadsheet_would_calculate_is_text(small: Service):
    """In the text of a paper and in what was asked, blanks before it or not; numbers stay numbers."""
    response = small.search("miR-21 gills")
    evil = replace(response.evidence[0], text='=HYPERLINK("http://x")', section="\t+1")
    line = lines(replace(response, question="@sum(1)", evidence=(evil,)))[0]
    assert line["text"] == '\'=HYPERLINK("http://x")'
    assert line["section"] == "'\t+1"
    assert line["question"] == "'@sum(1)"
    assert line["rank"] == "1"
    assert harmless("  -1+1") == "'  -1+1"
    assert harmless("miR-21 = 2") == "miR-21 = 2"


def test_line_ends_and_quotes_within_a_text_come_back(small: Service):
    """The reader gives the very characters."""
    response = small.search("miR-21 gills")
    piece = replace(response.evidence[0], text='one,\n"two"\tβ')
    assert lines(replace(response, evidence=(piece,)))[0]["text"] == 'one,\n"two"\tβ'


def test_the_file_says_that_it_is_utf_8(small: Service):
    """Or a spreadsheet shows other letters for Greek ones; lines end as the standard has them."""
    text = as_csv(small.search("miR-21 gills"))
    assert text.startswith("\ufeffrank,kind,")
    assert text.endswith("\r\n")
