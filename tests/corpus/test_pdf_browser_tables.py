"""Tables inside one column of two, as a browser prints them and the typesetter sets them, with the text around them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

import pytest

from corpus.readers.pdf import read_pdf
from corpus.records import Draft
from tests.browsers import print_html
from tests.corpus.typesetting import told

PARAGRAPHS = [
    f"{bird} nest on ledge {at} of the tower, and the keeper counts them at dawn. No one else climbs there in spring. "
    f"By the end of season {at} the young have left, although some come back when the harvest of mussels is good. "
    "Winds from the north bring cold water to the bay, and so the fish move on to where the current is slow."
    for at, bird in enumerate(("Gulls", "Terns", "Razorbills", "Puffins", "Fulmars", "Gannets", "Kestrels") * 3)
]
HEAD = ["Bird", "Found on", "Pairs"]
ROWS = [
    ["Gull", "wide ledges that look out over the harbour and the old mole", "120"],
    ["Tern", "shingle", "48"],
    ["Auk", "cracks", "7"],
    ["Gannet-like swift", "the tower, where it leans over the sea wall", "15"],
]
LONG = [[f"Ledge {at}", ("north", "east", "south")[at % 3], str(10 * at)] for at in range(1, 41)]
LONG_HEAD = ["Ledge", "Faces", "Pairs"]
CAPTION = "What was counted"
RULES = {
    "three rules": "table { border-top: 1pt solid; border-bottom: 1pt solid } thead { border-bottom: .5pt solid }",
    "a grid": "td, th { border: .5pt solid }",
    "a rule a row": "tr { border-bottom: .4pt solid }",
    "no rule": "",
}
STYLE = """
@page { size: 560pt 560pt; margin: 36pt }
body { margin: 0; font: 9pt/1.3 'DejaVu Serif', serif; text-align: justify }
main { columns: 2; column-gap: 18pt; column-fill: auto }
p { margin: 0 0 4pt } figure { margin: 7pt 0 } figure.whole { break-inside: avoid } figcaption { text-align: left }
table { border-collapse: collapse; font-size: .8em; margin: 3pt auto; text-align: left }
tr { break-inside: avoid }
td, th { padding: 1.5pt 4pt; vertical-align: top; text-align: left }
"""


@dataclass(frozen=True)
class Table:
    """A table as it is printed: with its caption above or below, in one piece or over columns."""

    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    below: bool = False
    whole: bool = True

    def html(self) -> str:
        """It as a figure."""
        head = "".join(f"<th>{escape(cell)}</th>" for cell in self.head)
        rows = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in self.rows)
        table = f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
        caption = f"<figcaption><b>Table 1.</b> {CAPTION}</figcaption>"
        inside = table + caption if self.below else caption + table
        return f"<figure{' class=whole' if self.whole else ''}>{inside}</figure>"

    def expected(self) -> list[str]:
        """What is to be read of it, part by part."""
        return [f"Table 1. {CAPTION}", *("\t".join(row) for row in (self.head, *self.rows))]


@pytest.fixture
def print_page(chromium_path: str) -> Callable[[str, str], Draft]:
    """Prints the paragraphs, with something before the fourth, in two columns, and reads the print."""

    def printed(figure: str, style: str) -> Draft:
        text = [f"<p>{escape(paragraph)}</p>" for paragraph in PARAGRAPHS]
        body = f"<main>{''.join(text[:3])}{figure}{''.join(text[3:])}</main>"
        return read_pdf(
            "print.pdf", print_html(chromium_path, f"<meta charset=utf-8><style>{STYLE}{style}</style>{body}")
        )

    return printed


def tabular(draft: Draft) -> list[str]:
    """Caption, header and rows, in order."""
    return told(draft, "caption", "header", "row")


def running(draft: Draft) -> list[str]:
    """Everything else, in order."""
    return [one for one in told(draft) if one not in told(draft, "caption", "header", "row")]


@pytest.mark.parametrize("below", [False, True], ids=["caption above", "caption below"])
@pytest.mark.parametrize("rules", [name for name in RULES if name != "no rule"])
def test_a_browser_s_narrow_table_is_read_cell_by_cell_and_the_text_around_it_is_whole(print_page, rules, below):
    """However it is ruled, wherever its caption stands."""
    table = Table(HEAD, ROWS, below)
    draft = print_page(table.html(), RULES[rules])
    assert tabular(draft) == table.expected()
    assert running(draft) == PARAGRAPHS


def test_without_rules_the_justified_text_below_a_table_is_no_part_of_it(print_page):
    """Its wide blanks look like those between cells."""
    table = Table(LONG_HEAD, LONG[:5])
    draft = print_page(table.html(), RULES["no rule"])
    assert tabular(draft) == table.expected()
    assert running(draft) == PARAGRAPHS


@pytest.mark.parametrize("below", [False, True], ids=["caption above", "caption below"])
@pytest.mark.parametrize("rules", ["a grid", "a rule a row"])
def test_a_table_that_goes_on_in_the_next_column_is_one_in_its_order(print_page, rules, below):
    """Though its second part begins higher on the page than its first."""
    table = Table(LONG_HEAD, LONG, below, whole=False)
    draft = print_page(table.html(), RULES[rules])
    assert tabular(draft) == table.expected()
    assert running(draft) == PARAGRAPHS


def test_a_page_that_a_table_fills_has_the_columns_of_the_pages_around_it(print_page):
    """Long cells of a narrow table are no columns of text."""
    rows = [[f"Ledge {at}", ROWS[0][1], f"seen by all who came up the steps in year {at}"] for at in range(1, 51)]
    table = Table(["Ledge", "Found on", "Seen"], rows, whole=False)
    draft = print_page(table.html(), RULES["a rule a row"])
    assert tabular(draft) == table.expected()
    assert running(draft) == PARAGRAPHS
