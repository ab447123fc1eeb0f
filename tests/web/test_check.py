"""The page of what to know before trusting the papers."""

from __future__ import annotations

import html
import re

from fastapi.testclient import TestClient

from qa.overview import overview, summed_up, tally
from qa.service import Service

FOAM = b"# Foam & a < b\n\n## Sand <i\n\nFoam lies on stones [3].\n\n## References\n\n1. Ito A. Foam.\n"


def words(markup: str) -> str:
    """What a reader sees of it."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", markup)).split())


def test_every_finding_is_on_the_page_with_a_link_to_its_place(own_client: TestClient, own_service: Service):
    """The link highlights exactly what is meant."""
    own_service.add("foam.md", FOAM)
    page = own_client.get("/check").text
    found = overview(own_service.opened().store)
    counted = tally(found)
    assert len(counted) > 3
    for kind, number in counted.items():
        assert re.search(rf'href="/check\?kind={kind}">[^<]+ <span class="number">{number}</span>', page)
    for each in found:
        for finding in each.findings:
            assert finding.message in words(page)
            if finding.start is not None:
                link = f"/documents/{each.document.id}?start={finding.start}&amp;end={finding.end}#evidence"
                assert f'<a href="{link}">{html.escape(finding.where)}</a>' in page
    (marker,) = [one for each in found for one in each.findings if one.kind == "unresolved"]
    source = own_client.get(f"/documents/foam?start={marker.start}&end={marker.end}").text
    marked = "".join(re.findall(r"<mark[^>]*>(.*?)</mark>", source, re.DOTALL))
    assert words(marked) == "Foam lies on stones [3]."


def test_what_a_paper_says_is_text_on_this_page_too(own_client: TestClient, own_service: Service):
    """Its title and its headings."""
    own_service.add("foam.md", FOAM)
    page = own_client.get("/check").text
    assert "Foam &amp; a &lt; b</a>" in page
    assert ">Sand &lt;i</a>" in page


def test_one_paper_can_be_checked(client: TestClient, service: Service):
    """From the list of papers; the others are not shown, an unknown one is a calm page."""
    shelf = client.get("/documents").text
    assert re.search(r'<a href="/check\?document=small-parcels" aria-label="check [^"]+">check</a>', shelf)
    assert '<a href="/check">Check them</a>' in shelf
    page = words(client.get("/check?document=small-parcels").text)
    (one,) = overview(service.opened().store, "small-parcels")
    assert f"1 paper: {summed_up(tally([one]))}." in page
    assert "digest" not in page
    assert client.get("/check?document=nowhere").status_code == 404


def test_an_empty_library_has_nothing_to_check(empty_client: TestClient):
    """The page says what to do."""
    page = words(empty_client.get("/check").text)
    assert "0 papers: nothing found." in page
    assert "The library is empty." in page
