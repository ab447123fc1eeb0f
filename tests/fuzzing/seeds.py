"""Small good files of every format, for `tests.fuzz` to break, and what it puts into them."""

# ruff: noqa: E501 (files as programs write them)

from __future__ import annotations

import re
import zlib

from corpus.managers import EXPORTS
from corpus.readers import READERS
from tests.corpus.pages import word
from tests.corpus.typesetting import typeset
from tests.corpus.workbooks import raw, rows, workbook

_TEXT = """# Foam on the shore

A. Ito, B. Cruz. 2021. doi:10.1000/foam.1

## Abstract

Tidal parcels bring miR-21 to the gills [1], where it silences KRIT1 (Ito et al., 2019). Their walls carry TGF-β²[2,3].

## Results

Table 1. Cargo by shore

| miRNA | Shore | Target | Ref |
| --- | --- | --- | --- |
| miR-21 | north | KRIT1 | [1] |
| | south | PTEN | [2] |

- first of a list
- second of it

## References

1. Ito A, Cruz B. Parcels at low tide. Sea Notes 2019;4:1-9. doi:10.1000/sea.4
2. Cruz B. Walls of foam. Gull Letters 2018;7:11-19. PMID: 12345678
"""
_PLAIN = """Foam on the shore

1

Tidal par-
cels bring miR-21 to the gills [1]. Their walls carry TGF-β [2].

Table 1. Cargo by shore
miRNA\tShore\tTarget\tRef
miR-21\tnorth\tKRIT1\t[1]
\tsouth\tPTEN\t[2]
\x0c
2

References
1. Ito A, Cruz B. Parcels at low tide. Sea Notes 2019;4:1-9.
2. Cruz B. Walls of foam. Gull Letters 2018;7:11-19.
"""
_JATS = """<?xml version="1.0"?><article article-type="research-article"><front><journal-meta><journal-title-group>
<journal-title>Sea Notes</journal-title></journal-title-group></journal-meta><article-meta>
<article-id pub-id-type="doi">10.1000/foam.1</article-id><title-group><article-title>Foam <italic>on</italic> the shore
</article-title></title-group><contrib-group><contrib contrib-type="author"><name><surname>Ito</surname><given-names>A
</given-names></name></contrib></contrib-group><pub-date><year>2021</year></pub-date><abstract><p>Foam.</p></abstract>
</article-meta></front><body><sec><title>Results</title><p>Parcels bring miR-21<sup>a</sup> to gills
<xref ref-type="bibr" rid="r1">1</xref>&#8211;<xref ref-type="bibr" rid="r2">2</xref>, H<sub>2</sub>O and TGF-&beta;.
<disp-formula><mml:math xmlns:mml="http://www.w3.org/1998/Math/MathML"><mml:msup><mml:mi>x</mml:mi><mml:mn>2</mml:mn>
</mml:msup></mml:math></disp-formula></p><list><list-item><p>one</p></list-item></list><table-wrap id="t1"><label>Table 1
</label><caption><p>Cargo</p></caption><table><thead><tr><th rowspan="2">miRNA</th><th colspan="2">Shore</th></tr><tr>
<th>n</th><th>p</th></tr></thead><tbody><tr><td rowspan="2">miR-21</td><td>north</td><td>1</td></tr><tr><td>south</td>
<td>2</td></tr></tbody></table><table-wrap-foot><fn><p>n, number.</p></fn></table-wrap-foot></table-wrap></sec></body>
<back><ref-list><ref id="r1"><label>1</label><element-citation><person-group><name><surname>Ito</surname><given-names>A
</given-names></name></person-group><article-title>Parcels</article-title><source>Sea</source><year>2019</year>
<pub-id pub-id-type="doi">10.1000/sea.4</pub-id></element-citation></ref><ref id="r2"><mixed-citation>Cruz B. Walls of
foam. Gull Letters 2018;7:11-19.</mixed-citation></ref></ref-list></back></article>"""
_HTML = """<!DOCTYPE html><html><head><meta charset="utf-8"><meta name="citation_title" content="Foam on the shore">
<meta name="citation_author" content="Ito, A."><title>Foam</title><script type="application/ld+json">{"@type":
"ScholarlyArticle", "headline": "Foam"}</script></head><body><nav><a href="/">Home</a></nav><article><h1>Foam on the
shore</h1><h2>Results</h2><p>Tidal parcels bring miR-21 to the gills <sup><a href="#r1">1</a></sup>, where it silences
KRIT1 and much besides, as whoever walks there in the morning can read and few believe.</p><p>Their walls carry
TGF-&beta;<sub>2</sub> and leave it there, so that the gulls find it; nobody has counted how often they do so.</p><ul>
<li>one</li><li>two</li></ul><table><caption>Table 1. Cargo</caption><tr><th>miRNA</th><th colspan=2>Shore</th></tr>
<tr><td rowspan=2>miR-21</td><td>north</td><td>1</td></tr><tr><td>south</td><td>2</td></tr></table><h2>References</h2>
<ol><li id="r1">Ito A. Parcels at low tide. Sea Notes 2019;4:1-9.</li></ol></article></body></html>"""
_WORD = (
    '<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr><w:r><w:t>Foam on the shore</w:t></w:r></w:p><w:p><w:pPr><w:pStyle '
    'w:val="Heading1"/></w:pPr><w:r><w:t>Results</w:t></w:r></w:p><w:p><w:r><w:t>Parcels bring miR-21</w:t></w:r><w:r>'
    '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>2</w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    '<w:r><w:instrText>ADDIN ZOTERO_ITEM</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>'
    '[1]</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r><m:oMath><m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e>'
    '<m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:oMath><w:footnoteReference w:id="2"/></w:p><w:tbl><w:tr><w:tc>'
    '<w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p><w:r><w:t>miRNA</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:tc><w:tcPr>'
    '<w:vMerge w:val="restart"/></w:tcPr><w:p><w:r><w:t>miR-21</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>1</w:t>'
    '</w:r></w:p></w:tc></w:tr></w:tbl><w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    '<w:r><w:t>one of a list</w:t></w:r></w:p><w:p><w:r><w:t>References</w:t></w:r></w:p><w:p><w:r><w:t>1. Ito A. Parcels '
    'at low tide. Sea Notes 2019;4:1-9.</w:t></w:r></w:p>'
)  # fmt: skip
_STYLES = (
    '<w:style w:styleId="Title"><w:name w:val="Title"/></w:style><w:style w:styleId="Heading1"><w:name w:val="heading 1"/>'
    '<w:basedOn w:val="Title"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
)
_NUMBERING = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText '
    'w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)
_CSV = 'Table S1,,,\n\nmiRNA,target,n,DOI\nmiR-21,"KRIT1,\nPTEN",3,10.1000/a\nmiR-9,2-Sep,0.5,10.1000/b\n\nNote: n.\n'
_SHEET = (
    '<cols><col min="2" max="2" hidden="1"/></cols><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="str"><v>'
    'n</v></c></row><row r="2"><c r="A2" t="s" s="1"><v>1</v></c><c r="B2" s="1"><f>1+1</f><v>2</v></c></row></sheetData>'
    '<mergeCells><mergeCell ref="A2:A3"/></mergeCells>'
)
_STRINGS = '<si><t>miRNA</t></si><si><r><rPr><vertAlign val="superscript"/></rPr><t>miR-21</t></r></si>'
_CELLS = '<numFmts><numFmt numFmtId="164" formatCode="[h]:mm;0.0%"/></numFmts><fonts><font/><font><b/></font></fonts>'
_PDF = """#set page(width: 300pt, height: 400pt, columns: 2, header: [Sea Notes 4], numbering: "1")
= Foam on the shore
Tidal parcels bring miR-21#super[1] to the gills, where it silences KRIT1 and much besides, as whoever walks there in the
morning can read. Their walls carry TGF-β#sub[2] and leave it there, so that the gulls find it.
== Results
#figure(table(columns: 3, [miRNA], [Shore], [n], table.cell(rowspan: 2)[miR-21], [north], [1], [south], [2]),
caption: [Cargo by shore], kind: table)
- one of a list
- two of it
#lorem(120)
== References
1. Ito A, Cruz B. Parcels at low tide. Sea Notes 2019;4:1-9.
2. Cruz B. Walls of foam. Gull Letters 2018;7:11-19.
"""
_BIB = """@string{sea = "Sea Notes"}
@article{ito2019, title = {Parcels at {\\"o} low $\\beta$ tide}, author = {Ito, A. and Cruz, B.}, journal = sea # " B",
 year = 2019, doi = {10.1000/sea.4}, file = {Full Text:files/1/ito.pdf:application/pdf;:C\\:\\\\a.pdf:PDF}}
@comment{none} @book{x, title="Foam"}
"""
_RIS = """TY  - JOUR
TI  - Parcels at low tide
AU  - Ito, A.
PY  - 2019/05//
DO  - 10.1000/sea.4
L1  - file:///a/ito.pdf
ER  -
"""
_CSL = """[{"id": "ito", "type": "article-journal", "title": "Parcels <i>at</i> low tide", "author": [{"family": "Ito",
"given": "A."}, {"literal": "Gulls"}], "issued": {"date-parts": [[2019, 5]]}, "DOI": "10.1000/sea.4"}]"""
_STREAM = re.compile(rb"<<(?:(?!endobj).)*?>>\s*stream\r?\n(.*?)\r?\nendstream", re.DOTALL)

SIGNS: tuple[bytes, ...] = (
    b"", b"\0", b"\n", b"\r", b"\t", b" ", b'"', b"'", b"<", b">", b"&", b"{", b"}", b"[", b"]", b"(", b")", b"|", b"#",
    b"- ", b"1. ", b"```\n", b"$", b"\\", b"%", b"@", b",", b";", b"\x0c", b"\xff\xfe", b"\xef\xbb\xbf", b"\xc2", b"\xed\xa0\x80",
    "\ufdd0".encode(), "\u202e".encode(), "\u0301".encode(), "\u2028".encode(), "\x85".encode(), "β".encode(), "\U0001f980".encode(),
    "ﬁ".encode(), "\xad".encode(), b"&#0;", b"&#xD800;", b"&#x110000;", b"&beta;", b"<p>", b"</p>", b"<td>", b"</tr>", b"<table>",
    b"<sup>", b"<li>", b"<h2>References</h2>", b"<xref rid='r1'>", b"<!--", b"]]>", b"<![CDATA[", b"<w:p>", b"<w:tbl>", b"<c>",
    b"<v>1e400</v>", b" rowspan='99999'", b" colspan='0'", b"\n\nReferences\n\n", b"Table 2. ", b"[1-99999]", b"(Ito, 2019a)",
    b"\n---\n", b"0 0 m 9 9 l S\n", b"BT (x) Tj ET\n", b"/Rotate 90", b"/MediaBox [0 0 1e9 nan]", b" 0 R", b"endobj", b"stream\n", b"\\ud800", b"\\u0000",
    b" Td 400 0", b"/CropBox [-9 9 9 900]",
)  # fmt: skip
"""What is put into files."""


def unpacked(pdf: bytes) -> bytes:
    """The PDF with its streams inflated, so that what is broken in them is what the reader sees."""

    def inflated(found: re.Match[bytes]) -> bytes:
        whole, stream = found[0], found[1]
        try:
            plain = zlib.decompress(stream)
        except zlib.error:
            return whole
        head = re.sub(rb"/Filter\s*/FlateDecode", b"", whole[: found.start(1) - found.start()])
        head = re.sub(rb"/Length\s+\d+", b"/Length %d" % len(plain), head)
        return head + plain + b"\nendstream"

    return _STREAM.sub(inflated, pdf)


def seeds() -> dict[str, list[bytes]]:
    """By suffix, for every format that is read and every export."""
    text, plain, page, cells = _TEXT.encode(), _PLAIN.encode(), _HTML.encode(), _CSV.encode()
    pdf = typeset(_PDF)
    kinds = {
        ".txt": [plain, text], ".md": [text, b"---\ntitle: Foam\nyear: 2020\n---\n" + text, plain], ".nxml": [_JATS.encode()],
        ".docx": [word(_WORD, styles=_STYLES, numbering=_NUMBERING, footnotes='<w:footnote w:id="2"><w:p/></w:footnote>')],
        ".html": [page, _HTML.replace("<!DOCTYPE html>", '<?xml version="1.0"?>').encode()],
        ".pdf": [pdf, unpacked(pdf), unpacked(pdf)], ".csv": [cells], ".tsv": [cells.replace(b",", b"\t")],
        ".xlsx": [raw(_SHEET, strings=_STRINGS, styles=f"{_CELLS}<cellXfs><xf/><xf fontId='1' numFmtId='164'/></cellXfs>"),
                  workbook(S=rows(("miRNA", "n", "p"), ("miR-21", 1, 2.5), ("miR-9", 3, 4), (), ("Note", "x")))],
        ".bib": [_BIB.encode()], ".ris": [_RIS.encode()], ".json": [_CSL.encode()],
    }  # fmt: skip
    readers = {READERS[suffix] for suffix in kinds if suffix in READERS}
    assert readers == set(READERS.values()), "a format has no seed"
    assert {EXPORTS[suffix] for suffix in kinds if suffix in EXPORTS} == set(EXPORTS.values())
    return kinds
