"""Tables of JATS: caption, rows and footnotes of a `table-wrap`, or of a table that stands alone."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from corpus.drafting import Part
from corpus.readers.grids import grid_parts
from corpus.readers.jats.wording import Wording
from corpus.tables import table_label


def table_parts(name: str, wrap: etree._Element, number: int, wording: Wording) -> list[Part]:
    """Caption, header, rows and footnotes of a `table-wrap`, or of a table that stands alone.

    Args:
        name: the file's name.
        wrap: the element.
        number: of the table in the document, from 1.
        wording: of the article.

    Raises:
        UnreadableFile: it spans more cells than any real table.
    """
    parts = _caption(wrap, number, wording)
    for table in _outermost(wrap):
        parts += grid_parts(name, table, number, wording.line)
    parts += [Part("footnote", note, table=number) for note in (*wording.taken_notes(), *_foot(wrap, wording))]
    return parts


def is_picture(wrap: etree._Element) -> bool:
    """Whether a `table-wrap` holds only a picture of its table."""
    return not _outermost(wrap) and wrap.find(".//graphic") is not None


def _caption(wrap: etree._Element, number: int, wording: Wording) -> list[Part]:
    label = wording.line(wrap.find("label"))
    stop = "." if label[-1:].isalnum() and wrap.find("caption") is not None else ""
    text = " ".join(filter(None, (label + stop, *(wording.line(caption) for caption in wrap.findall("caption")))))
    own = label.rstrip(" .:") if label and table_label(text) is None else None
    return [Part("caption", text, table=number, label=own)] if text else []


def _outermost(wrap: etree._Element) -> list[etree._Element]:
    """The tables in an element that stand in no other table."""
    if wrap.tag in {"table", "array"}:
        return [wrap]
    return [one for one in wrap.iter("table", "array") if next(one.iterancestors("table", "array"), None) is None]


def _foot(wrap: etree._Element, wording: Wording) -> Iterator[str]:
    """The notes under a table, each one line."""
    for foot in wrap.findall("table-wrap-foot"):
        for child in foot:
            notes = child.findall("fn") if child.tag == "fn-group" else [child]
            yield from filter(None, map(wording.line, notes))
    for attribution in wrap.findall("attrib"):
        yield wording.line(attribution)
