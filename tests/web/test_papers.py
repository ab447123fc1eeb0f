"""The pages about papers: the list, adding, removing, and one paper with its highlight."""

from __future__ import annotations

import html
import re

import pytest
from fastapi.testclient import TestClient

from qa.service import Service
from tests.web.test_pages import words


def marks(markup: str) -> str:
    """The highlighted characters, in order."""
    return html.unescape(re.sub(r"<[^>]*>", "", "".join(re.findall(r"<mark.*?</mark>", markup, re.DOTALL))))


def dense(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_the_list_shows_every_paper_with_its_counts(client: TestClient, service: Service):
    """Title, authors, year, how much can be cited, and a form to remove it that needs no script."""
    text = client.get("/documents").text
    for summary in service.documents():
        assert f'<a href="/documents/{summary.id}">{html.escape(summary.title)}</a>' in text
        assert f'<form action="/documents/{summary.id}/remove" method="post">' in text
    assert "A. Ito et al. · 2021" in words(text)
    assert "2 table rows · 2 references · small-parcels.md" in words(text)


def test_an_upload_is_reported_on_the_list(own_client: TestClient):
    """What was added and what was not, each with its reason."""
    files = [("file", ("hats.md", b"# On hats\n\nHats keep miR-33 warm.\n")), ("file", ("empty.txt", b""))]
    response = own_client.post("/documents", files=files)
    assert response.status_code == 200
    assert re.search(r'<li class="added"><strong>hats\.md</strong>', response.text)
    assert re.search(r'<li class="unreadable"><strong>empty\.txt</strong>', response.text)
    assert '<a href="/documents/hats">' in response.text


def test_an_upload_of_nothing_readable_says_so(own_client: TestClient):
    """The page's status is that of the endpoint."""
    response = own_client.post("/documents", files=[("file", ("<i>.txt", b""))])
    assert response.status_code == 422
    assert "<strong>&lt;i&gt;.txt</strong>" in response.text


def test_an_upload_without_a_file_asks_for_one(own_client: TestClient):
    """As a browser sends it: one file without a name and without content."""
    part = (
        '--b\r\nContent-Disposition: form-data; name="file"; filename=""\r\nContent-Type: application/octet-stream\r\n'
    )
    headers = {"Content-Type": "multipart/form-data; boundary=b"}
    response = own_client.post("/documents", content=f"{part}\r\n\r\n--b--\r\n".encode(), headers=headers)
    assert response.status_code == 422
    assert "No file was chosen" in response.text


def test_removing_leads_back_to_the_list(own_client: TestClient):
    """The paper is gone from the list, which says so; its page is a calm 404."""
    response = own_client.post("/documents/small-parcels/remove", headers={"Origin": "http://testserver"})
    assert (response.status_code, response.headers["location"]) == (303, "/documents?removed=small-parcels")
    text = own_client.get(response.headers["location"]).text
    assert "Removed <code>small-parcels</code>" in text
    assert 'href="/documents/small-parcels"' not in text
    gone = own_client.get("/documents/small-parcels")
    assert gone.status_code == 404
    assert "<h1>No such document</h1>" in gone.text


FACTS = (("miR-21", "colon"), ("miR-9", "breast"), ("miR-105", "gastric"))
SLID = """# Slid

Table 1. Cargo

| miRNA | Cancer | Ref |
| --- | --- | --- |
| miR-155 | colon cancer | [1] |
| miR-9 | breast cancer | [2] |
| miR-105 | gastric cancer | [3] |
"""


@pytest.mark.parametrize("removed", ["small-parcels", "<b>", "Buy hats now", ""])
def test_the_list_claims_no_removal_that_was_none(client: TestClient, removed: str):
    """A paper that is here, and what is no id, was not removed."""
    assert "Removed" not in client.get("/documents", params={"removed": removed}).text


def test_every_record_is_highlighted_exactly(client: TestClient, service: Service):
    """For each passage and row of the small paper: the marks hold its characters but the tabs between cells."""
    reading = service.reading("small-parcels")
    assert len(reading.records) >= 3
    for record in reading.records:
        text = client.get(f"/documents/small-parcels?start={record.start}&end={record.end}").text
        assert dense(marks(text)) == dense(record.text)
        assert text.count('id="evidence"') == 1
        assert text.count('<tr class="hit">') == (record.kind == "row")


def test_every_evidence_of_an_answer_is_highlighted_where_its_link_leads(client: TestClient, service: Service):
    """Following each citation shows exactly what was cited."""
    for evidence in service.ask("how does miR-21 promote metastasis in colorectal cancer").evidence:
        span = {"start": evidence.start, "end": evidence.end}
        text = client.get(f"/documents/{evidence.document.id}", params=span).text
        assert dense(marks(text)) == dense(evidence.text)


def test_markers_lead_to_entries_that_are_on_the_page(client: TestClient):
    """Every link of a marker has its entry."""
    text = client.get("/documents/exosomal-mirnas-in-metastasis-digest").text
    linked = set(re.findall(r'<a class="marker"[^>]* href="#(ref-[^"]*)"', text))
    assert len(linked) > 50
    assert all(f'id="{entry}"' in text for entry in linked)


def test_entries_lead_back_to_every_place_that_cites_them(client: TestClient):
    """In the small paper each entry is cited in a sentence and in a row, in the digest all of them somewhere."""
    for name, places in (("small-parcels", 4), ("exosomal-mirnas-in-metastasis-digest", 150)):
        text = client.get(f"/documents/{name}").text
        back = re.findall(r'<a href="#(cite-\d+)">\d+</a>', text)
        assert len(back) >= places
        assert all(text.count(f'id="{place}"') == 1 for place in back)
        assert text.count('<span class="cited">') == text.count('<li id="ref-')


def test_citations_without_an_entry_are_listed_with_the_reason(own_client: TestClient):
    """On the page of their paper."""
    paper = "# Foam\n\nFoam folds [1,7].\n\n## References\n\n1. Ito A. Foam. Foam Lett 2018;1:1-2.\n"
    own_client.post("/documents", files=[("file", ("foam.md", paper.encode(), "text/markdown"))])
    text = own_client.get("/documents/foam").text
    assert "1 citation could not be resolved" in text
    assert "<li>7: the reference list ends at 1.</li>" in text
    assert "could not be resolved" not in own_client.get("/documents/small-parcels").text


def test_a_row_that_its_study_contradicts_says_so_where_it_stands(own_client: TestClient, own_service: Service):
    """The one that is highlighted in full beside it, another folded; a row that agrees has nothing beside it."""
    studies = enumerate(FACTS, start=1)
    listed = [f"{n}. Ito A. Exosomal {name} in {cancer} cancer. Foam Lett 2018;1:{n}." for n, (name, cancer) in studies]
    paper = SLID + "\n## References\n\n" + "\n".join(listed)
    own_client.post("/documents", files=[("file", ("slid.md", paper.encode(), "text/markdown"))])
    rows = own_service.reading("slid").rows
    first, second = (f"/documents/slid?start={row.start}&end={row.end}" for row in rows[:2])
    texts = [own_client.get(path).text for path in (first, second)]
    assert [text.count("<details><summary>Read with care</summary>") for text in texts] == [0, 1]
    assert [text.count("the study it cites, [1] Ito 2018, is about miR-21") for text in texts] == [1, 1]
    assert [text.count('<tr class="beside hit">') for text in texts] == [1, 0]
    assert [text.count("Read it as: miR-21 in") for text in texts] == [1, 1]
    assert [text.count("<q>Exosomal miR-21 in") for text in texts] == [1, 1]


def test_ids_on_a_page_are_unique(client: TestClient):
    """A fragment leads to one place."""
    text = client.get("/documents/exosomal-mirnas-in-metastasis-digest?start=3000&end=3600").text
    ids = re.findall(r'\sid="([^"]*)"', text)
    assert len(ids) == len(set(ids))


def test_the_text_of_the_page_is_the_text_of_the_paper(client: TestClient, service: Service):
    """Every block is drawn, in order, character for character."""
    document = service.reading("small-parcels").document
    article = (
        client.get("/documents/small-parcels").text.partition('<article class="paper">')[2].partition("</article>")[0]
    )
    ours = r' <span class="cited">.*?</span>|<tr class="beside.*?</tr>'
    article = re.sub(ours, "", article, flags=re.DOTALL)
    article = re.sub(r' <a href="https://[^"]*" rel="noreferrer noopener">(?:DOI|PubMed)</a>', "", article)
    blocks = "".join(document.text[block.start : block.end] for block in document.blocks)
    drawn = dense(html.unescape(re.sub(r"<[^>]*>", "", article)))
    titled = any(block.kind == "title" for block in document.blocks)
    assert drawn == dense(blocks if titled else document.title + blocks)


@pytest.mark.parametrize(
    "span", ["start=9&end=3", "start=a&end=9", "start=3", "end=3", "start=0&end=99999999", "start=-1&end=4"]
)
def test_a_bad_span_shows_the_paper_and_a_note(client: TestClient, span: str):
    """Status 200, no highlight, and what is wrong."""
    response = client.get(f"/documents/small-parcels?{span}")
    assert response.status_code == 200
    assert "<mark" not in response.text
    assert "shown without a highlight" in response.text


def test_a_paper_opened_by_itself_has_no_note(client: TestClient):
    """Nothing was asked for, so nothing is wrong."""
    text = client.get("/documents/small-parcels").text
    assert "<mark" not in text
    assert "without a highlight" not in text


@pytest.mark.parametrize("path", ["/documents/no-such", "/nowhere", "/documents/a/b", "/static/no-such.css"])
def test_an_unknown_page_is_calm(client: TestClient, path: str):
    """Status 404, a page with a way on."""
    response = client.get(path)
    assert response.status_code == 404
    assert response.text.startswith("<!doctype html>")
    assert '<a href="/">Ask a question</a>' in response.text
