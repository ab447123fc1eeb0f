from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from corpus.assemble import read_document
from corpus.pages import Layout
from corpus.records import Reading
from corpus.worth import advantage

LINE = "The lamp of the quay was seen by every keeper of the long harbour wall in that year. "
TABLE = "Table 1. Boats\n\n| Boat | Lamp |\n| --- | --- |\n| Alba | red |\n| Bora | green |\n"
BARE = "| Boat | Lamp |\n| --- | --- |\n| Alba | red |\n| Bora | green |\n"
LIST = "## References\n\n1. Ito A. Lamps. Quay Lett. 2019;1:1-9.\n2. Cruz B. Gulls. Quay Lett. 2018;2:1-9.\n"


def held(text: str, name: str = "a.md") -> Reading:
    """What a file of this name gives that holds this text."""
    reading = read_document("a.md", f"# Lanterns\n\n## Light\n\n{text}\n".encode(), document_id="a", source="/p/a")
    return replace(reading, document=replace(reading.document, file=name))


def test_more_of_the_text_comes_before_the_format():
    """An abstract of the best format is the poorer file, however short the paper is."""
    abstract, whole = held(LINE, "a.xml"), held(LINE * 3, "a.txt")
    assert advantage(whole, abstract) == "more of the text"
    assert advantage(abstract, whole) == ""


def test_about_as_much_text_leaves_the_format_to_decide():
    """A reader of another format may find a running head more, or half a page."""
    xml, pdf = held(LINE * 4, "a.xml"), held(LINE * 6, "a.pdf")
    assert advantage(xml, pdf) == "the better format"
    assert advantage(pdf, xml) == ""


def test_the_formats_from_the_best_to_the_poorest():
    files = [held(LINE, name) for name in ("a.xml", "a.html", "a.md", "a.pdf", "a.txt", "a.csv")]
    assert [advantage(*pair) for pair in pairwise(files)] == ["the better format"] * 5
    assert [advantage(poorer, better) for better, poorer in pairwise(files)] == [""] * 5
    assert advantage(held(LINE, "a.nxml"), held(LINE, "a.xml")) == ""


def test_a_file_with_pages_is_a_pdf_whatever_its_name_says():
    named = replace(held(LINE, "a.docx"), layout=Layout())
    assert advantage(named, held(LINE, "a.pdf")) == ""
    assert advantage(held(LINE, "a.md"), named) == "the better format"


def test_tables_and_references_that_a_format_lacks_altogether_come_before_it():
    bare, full = held(LINE, "a.xml"), held(f"{LINE}\n\n{TABLE}\n{LIST}", "a.html")
    assert advantage(full, bare) == "its tables and its references"
    assert advantage(bare, full) == ""
    assert advantage(held(f"{LINE}\n\n{TABLE}", "a.html"), bare) == "its tables"
    assert advantage(held(f"{LINE}\n\n{LIST}", "a.pdf"), bare) == "its references"


def test_where_each_lacks_what_the_other_has_the_format_decides():
    assert advantage(held(f"{LINE}\n\n{LIST}", "a.xml"), held(f"{LINE}\n\n{TABLE}", "a.html")) == "the better format"


def test_a_small_share_of_the_tables_is_as_good_as_none():
    """Two rows of ten are; three of ten are not, since a row may be read as two."""
    rows = "| Alba | red |\n" * 8
    many, two = held(f"{LINE}\n\n{TABLE}{rows}", "a.pdf"), held(f"{LINE}\n\n{TABLE}", "a.xml")
    assert advantage(many, two) == "more of its tables"
    three = held(f"{LINE}\n\n{TABLE}| Cora | blue |\n", "a.xml")
    assert advantage(many, three) == ""
    assert advantage(three, many) == "the better format"


def test_what_only_looks_like_a_table_counts_by_its_caption():
    """In a PDF a figure may look like one; the XML of a paper without tables stays the better file."""
    xml, figure = held(LINE, "a.xml"), held(f"{LINE}\n\n{BARE}", "a.pdf")
    assert advantage(figure, xml) == ""
    assert advantage(held(f"{LINE}\n\n{TABLE}", "a.pdf"), xml) == "its tables"


def test_of_one_format_the_numbers_decide_and_equals_have_no_advantage():
    assert advantage(held(f"{LINE}\n\n{TABLE}| Cora | blue |\n"), held(f"{LINE}\n\n{TABLE}")) == "more of its tables"
    assert advantage(held(f"{LINE}\n\n## More\n\n{LINE}"), held(f"{LINE}{LINE}")) == "more of it"
    assert advantage(held(LINE), held(LINE)) == ""
