"""XML that is no article, stands in a wrapping, or means harm."""

from __future__ import annotations

import pytest

from corpus.errors import UnreadableFile
from corpus.readers import read
from tests.corpus.jats import article, draft


def test_an_article_in_a_wrapping_or_a_namespace_is_found():
    """As PubMed Central sends it, and where JATS has a namespace of its own."""
    inner = article("<p>Foam.</p>").decode()
    wrapped = f"<pmc-articleset>{inner}</pmc-articleset>".encode()
    spaced = inner.replace("<article>", '<article xmlns="https://jats.nlm.nih.gov/ns/archiving/1.4/">', 1).encode()
    assert draft(wrapped).text == draft(spaced).text == draft(inner.encode()).text


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"<TEI><text>Foam</text></TEI>", "no JATS article .its outermost element is <TEI>"),
        (b"<article><head><t>Foam</t></head><body><para>Foam.</para></body></article>", "is an article, but no JATS"),
        (b"<set><article><body/></article><article><body/></article></set>", "holds 2 articles"),
        (b"<article><front></article>", "not well-formed XML .* near its line 1"),
        (b"", "not well-formed XML"),
        (b"PMC1234567", "not well-formed XML"),
        (b"<article><body/></article>", "there is no text in the file"),
        (b"<article><body><p>&who;</p></body></article>", "Entity 'who' not defined"),
        (
            b'<!DOCTYPE article [<!ENTITY f SYSTEM "file:///etc/hostname">]><article><body><p>&f;</p></body></article>',
            "something that is not in the file",
        ),
        (
            b'<!DOCTYPE article [<!ENTITY % f SYSTEM "http://127.0.0.1:9/x"> %f;]><article><p>x&g;</p></article>',
            "something that is not in the file",
        ),
        (
            b'<!DOCTYPE a [<!ENTITY a0 "lol">'
            + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 9))
            + b"]><article>&a8;</article>",
            "grow without bound",
        ),
        (b"<article>" + b"<sec>" * 120 + b"x" + b"</sec>" * 120 + b"</article>", "more than 100 deep"),
        (b"<article>" * 100_000, "more than 100 deep"),
        (b"<article><body>" + b"<b/>" * 1_000_001 + b"</body></article>", "more than 1,000,000 elements"),
        (
            article(
                "<table-wrap><table><tr>" + '<td rowspan="65000" colspan="1000">x</td><td>y</td>' + "</tr>"
                + "<tr><td>z</td></tr>" * 2000 + "</table></table-wrap>"
            ),
            "more than 500,000 cells",
        ),
    ],
)  # fmt: skip
def test_what_is_no_article_or_means_harm_is_refused(data: bytes, reason: str):
    """With what it is and what to do."""
    with pytest.raises(UnreadableFile, match=reason):
        read("paper.xml", data)


def test_the_deepest_article_that_is_allowed_is_read():
    """Sections in sections, to the limit; deeper headings count as the sixth."""
    deep = "<sec><title>T</title>" * 90 + "<p>Foam.</p>" + "</sec>" * 90
    made = draft(article(deep, ""))
    assert [block.level for block in made.blocks if block.kind == "heading"] == [1, 2, 3, 4, 5, *[6] * 85]
