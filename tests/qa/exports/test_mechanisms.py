"""The table of mechanisms as CSV, read back by Python's reader of CSV."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

from qa.exports.mechanisms import COLUMNS, mechanisms_csv
from qa.results import MechanismEntry
from tests.qa.mechanisms.made import entry

TEXT = "By silencing KLF2 and KLF4, miR-25-3p of CRC cells opens vessels."


def lines(*entries: MechanismEntry) -> list[dict[str, str]]:
    """The lines below the headers, as a script reads them."""
    text = mechanisms_csv(entries).encode().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_each_mechanism_is_one_line_with_its_words_and_their_places():
    """Several values are parted by bars; the direction is one of three words; a cell that is not filled is empty."""
    made = entry(TEXT, molecule="miR-25-3p", direction="inhibits by silencing", target="KLF2; KLF4", source="CRC cells")
    (line,) = lines(made)
    assert tuple(line) == COLUMNS
    assert (line["molecule"], line["direction"], line["target"]) == ("miR-25-3p", "inhibits", "KLF2 | KLF4")
    assert (line["target at"], line["direction at"]) == ("13-17 | 22-26", "3-12")
    assert (line["source"], line["pathway"], line["negated"]) == ("CRC cells", "", "")
    assert (line["text"], line["document"], line["year"], line["end"]) == (TEXT, "kelp", "2020", str(len(TEXT)))


def test_what_is_denied_says_so():
    """`yes` under `negated`."""
    made = entry("miR-9 spares PTEN.", molecule="miR-9", target="PTEN", negated=True)
    assert lines(made)[0]["negated"] == "yes"


def test_a_text_that_a_spreadsheet_would_calculate_is_made_harmless():
    """With an apostrophe before it."""
    assert lines(replace(entry("x"), text="=1+1"))[0]["text"] == "'=1+1"
