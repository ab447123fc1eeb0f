"""Short JATS articles, and short ways to read them."""

from __future__ import annotations

from corpus.assemble import read_document
from corpus.readers import read
from corpus.records import Draft, Reading
from tests.corpus import drafts

REFERENCES = """<back><ref-list><title>References</title>
<ref id="r1"><label>1</label><element-citation publication-type="journal"><person-group person-group-type="author">
<name><surname>Ito</surname><given-names>K</given-names></name><name><surname>Moss</surname><given-names>A</given-names>
</name><etal>et al</etal></person-group><article-title>Foam carries miR-21</article-title><source>J Foam</source>
<year>2019</year><volume>4</volume><issue>2</issue><fpage>11</fpage><lpage>19</lpage>
<pub-id pub-id-type="doi">10.1234/FOAM</pub-id><pub-id pub-id-type="pmid">123</pub-id></element-citation></ref>
<ref id="r2"><label>2</label><mixed-citation><name><surname>Reed</surname><given-names>B</given-names></name>.
<article-title>Tide and miR-210</article-title>. <source>Tides</source> <year>2020</year>; <volume>7</volume>:
<elocation-id>e5</elocation-id></mixed-citation></ref>
<ref id="r3"><label>3</label><mixed-citation>Gull C. Wind over sand. Sands 2018;3:1-2.</mixed-citation></ref>
<ref id="r4"><label>4</label><mixed-citation>Tern D. Kelp. Sands 2017;2:5-6. doi:10.1/kelp</mixed-citation></ref>
</ref-list></back>"""


def article(body: str, back: str = REFERENCES, meta: str = "", head: str = "", more: str = "") -> bytes:
    """An article with this text."""
    title = "<title-group><article-title>Foam</article-title></title-group>"
    front = f"<front><article-meta>{title}{meta}</article-meta></front>"
    return f"{head}<article>{front}<body>{body}</body>{back}{more}</article>".encode()


def draft(data: bytes) -> Draft:
    """The draft of an article, checked."""
    made = read("paper.xml", data)
    drafts.check(made)
    return made


def reading(data: bytes) -> Reading:
    """The reading of an article, checked."""
    drafts.check(read("paper.nxml", data))
    made = read_document("paper.nxml", data, document_id="p", source="s")
    drafts.check_reading(made)
    return made
