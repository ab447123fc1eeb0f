"""Real JATS articles held against an independent walk of their XML, by letters and digits alone."""

from __future__ import annotations

import re
import unicodedata
import xml.etree.ElementTree as ET  # a second parser, so that the reader's is not held against itself
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.assemble import read_document
from corpus.records import Reading
from tests.corpus import drafts

FILES = (
    *("1471-2180-11-174.nxml", "elife-56337.nxml", "pntd.0002065.nxml"),
    *("pntd.0008301.nxml", "pone.0046493.nxml", "pone.0234687.nxml"),
)
YEARS = dict(zip(FILES, (2011, 2020, 2013, 2020, 2012, 2020), strict=True))


@pytest.fixture(scope="module", params=FILES)
def article(request: pytest.FixtureRequest, shared: Path) -> tuple[ET.Element, Reading]:
    """The XML of an article as a tree, and its reading."""
    path = shared / "jats" / request.param
    if not path.is_file():
        pytest.skip(f"no {path}")
    reading = read_document(path.name, path.read_bytes(), document_id="a", source="s")
    return ET.fromstring(path.read_bytes()), reading  # noqa: S314 (a file of ours)


def bare(text: str | None) -> str:
    """Letters and digits, raised and lowered ones as on the line."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text or "")))


def said(node: ET.Element | None) -> str:
    """All text in an element, bare."""
    return "" if node is None else bare("".join(node.itertext()))


def heads(node: ET.Element, above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The title of each section of a tree, after those of the sections it stands in."""
    for child in node:
        path = above
        if child.tag == "sec" and child.find("title") is not None:
            path = (*above, said(child.find("title")))
            yield path
        yield from heads(child, path)


def test_what_the_front_states(article: tuple[ET.Element, Reading]):
    """Title, authors, year, DOI and journal."""
    tree, reading = article
    meta = tree.find("front/article-meta")
    assert meta is not None
    document = reading.document
    assert bare(document.title) == said(meta.find("title-group/article-title"))
    people = [
        bare(
            (one.findtext("name/given-names") or "")
            + (one.findtext("name/surname") or "")
            + (one.findtext("collab") or "")
        )
        for one in meta.iterfind("contrib-group/contrib[@contrib-type='author']")
    ]
    assert [bare(name) for name in document.authors] == people
    assert len(people) > 1
    assert document.year == YEARS[document.file]
    assert document.year in {int(date.findtext("year") or 0) for date in meta.iterfind("pub-date")}
    assert document.doi == (meta.findtext("article-id[@pub-id-type='doi']") or "").lower()
    assert document.journal == tree.findtext("front/journal-meta//journal-title")


def test_every_section_stands_under_its_headings(article: tuple[ET.Element, Reading]):
    """Each title once, in order, with the titles above it."""
    tree, reading = article
    path: list[tuple[int, str]] = []
    found = []
    for block in reading.document.blocks:
        if block.kind == "heading":
            path = [
                *(one for one in path if one[0] < block.level),
                (block.level, bare(reading.document.text[block.start : block.end])),
            ]
            found.append(tuple(text for _, text in path))
    abstract = [("Abstract", *one) for one in heads(tree.find("front") or ET.Element("none"))]
    rest = [one for part in ("body", "back") if (node := tree.find(part)) is not None for one in heads(node)]
    expected = [*abstract, *rest]
    assert [one for one in found if one in expected] == expected
    assert len(expected) > 10


def test_every_paragraph_is_there_whole(article: tuple[ET.Element, Reading]):
    """Each `p` of abstract and body outside tables; those with a block inside, by their first words."""
    tree, reading = article
    texts = bare(reading.document.text)
    inner = {"list", "table-wrap", "fig", "fn", "supplementary-material", "boxed-text", "disp-quote"}
    for part in (*tree.iterfind("front//abstract"), *tree.iterfind("body")):
        files = [one for media in part.iter("media") for one in media.iter("p")]
        for paragraph in (one for one in part.iter("p") if one not in files):
            blocks = any(child.tag in inner for child in paragraph.iter())
            assert (said(paragraph) if not blocks else bare(paragraph.text)) in texts


def test_every_row_has_its_cells(article: tuple[ET.Element, Reading]):
    """Each `tr` outside heads is a row of its own, in order; what a cell spans has its text and says it is carried."""
    tree, reading = article
    tables = list(tree.iter("table"))
    expected = [
        [said(cell) for cell in row if said(cell)]
        for table in tables
        for group in table
        if group.tag == "tbody"
        for row in group
    ]
    rows = list(reading.rows)
    assert [[bare(cell.text) for cell in row.cells if bare(cell.text) and not cell.carried] for row in rows] == [
        row for row in expected if row
    ]
    assert len(rows) > 20
    assert len({row.table for row in rows}) == len(tables)
    for wrap, label in zip(tree.iter("table-wrap"), dict.fromkeys(row.table for row in rows), strict=True):
        assert bare(label) == said(wrap.find("label"))


def test_every_cell_stands_under_its_headers(article: tuple[ET.Element, Reading]):
    """In a grid laid out anew: the texts of the head above a column, each spread over the columns it spans."""
    tree, reading = article
    by_table: dict[str, list] = {}
    for row in reading.rows:
        by_table.setdefault(row.table, []).append(row)
    for table, rows in zip(tree.iter("table"), by_table.values(), strict=True):
        width = max(len(row.findall("td")) + len(row.findall("th")) for row in table.iterfind("tbody/tr"))
        columns = [""] * width
        for row in table.iterfind("thead/tr"):
            place = 0
            for cell in row:
                assert cell.get("rowspan", "1") == "1"
                for _ in range(int(cell.get("colspan", "1"))):
                    columns[place] += said(cell)
                    place += 1
            assert place == width
        assert {tuple(bare(cell.header) for cell in row.cells) for row in rows} == {tuple(columns)}


def test_every_entry_has_its_fields(article: tuple[ET.Element, Reading]):
    """Each `ref`, in order: authors, title, journal, year, volume, pages, DOI and PMID as its elements have them."""
    tree, reading = article
    entries = list(tree.iter("ref"))
    assert len(reading.references) == len(entries)
    assert [one.marker for one in reading.references] == [str(place) for place in range(1, len(entries) + 1)]
    for entry, reference in zip(entries, reading.references, strict=True):
        families = [bare(name.findtext("surname")) for name in entry.iter("name")]
        people = iter(map(bare, reference.authors))
        assert all(any(name.startswith(family) for name in people) for family in families)
        if entry.find(".//article-title") is not None:
            assert bare(reference.title) == said(entry.find(".//article-title"))
            assert bare(reference.journal) == said(entry.find(".//source"))
        if entry.find(".//year") is not None:
            assert reference.year == int(re.findall(r"\d{4}", entry.findtext(".//year") or "")[0])
        if entry.find(".//volume") is not None:
            assert reference.volume == entry.findtext(".//volume")
        pages = said(entry.find(".//fpage")) + said(entry.find(".//lpage"))
        assert not pages or bare(reference.pages) in {pages, said(entry.find(".//fpage"))}
        ids = {one.get("pub-id-type"): one.text for one in entry.iter("pub-id")}
        assert reference.doi == ids["doi"].lower() if "doi" in ids else True
        assert reference.pmid == ids["pmid"] if "pmid" in ids else True
        for word in ("article-title", "source", "year", "volume"):
            assert said(entry.find(f".//{word}")) in bare(reference.text)


def test_every_pointer_into_the_list_is_a_citation(article: tuple[ET.Element, Reading]):
    """Each `xref` to an entry is among the citations, under the words it shows, and nothing is left."""
    tree, reading = article
    assert reading.unresolved == ()
    order = {one.get("id"): str(place) for place, one in enumerate(tree.iter("ref"), start=1)}
    pointers = [one for one in tree.iter("xref") if one.get("rid") in order]
    body = [(said(one), order[one.get("rid")]) for one in pointers]
    text = reading.document.text
    cited = [(bare(text[one.start : one.end]), one.markers[0]) for one in reading.document.citations]
    assert sorted(cited) == sorted(body)
    everywhere = {name for record in reading.records for name in record.markers}
    assert {order[one.get("rid")] for one in tree.iterfind("body//p//xref") if one.get("rid") in order} <= everywhere


def test_what_is_made_of_it_stands_where_it_says(article: tuple[ET.Element, Reading]):
    """Every passage, sentence, cell, entry and citation is its span of the text."""
    drafts.check_reading(article[1])
