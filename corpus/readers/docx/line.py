"""One paragraph of Word as a line of a flow: runs joined, changes accepted, fields, notes and symbols told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from lxml import etree

from corpus.readers.docx.equations import mathml
from corpus.readers.docx.fields import Fields
from corpus.readers.docx.package import value
from corpus.readers.docx.styles import Styles
from corpus.readers.symbols import LOST, said, symbol

_SIGNS = {"tab": " ", "br": " ", "cr": " ", "ptab": " ", "noBreakHyphen": "-", "softHyphen": ""}
_LEFT_OUT = frozenset(
    {"pPr", "rPr", "sectPr", "instrText", "delText", "delInstrText", "footnoteRef", "endnoteRef", "annotationRef"}
    | {"commentReference", "separator", "continuationSeparator", "sdtPr", "sdtEndPr", "rt", "lastRenderedPageBreak"}
)
_SHAPES = frozenset({"drawing", "pict", "object"})


@dataclass(slots=True)
class Lines:
    """Makes lines of paragraphs, of one document.

    Attributes:
        styles: of the document.
        notes: footnotes and endnotes, by kind and id.
        fields: those open where the document is being read.
        deleted: whether text was left out that tracked changes delete.
        struck: whether text was left out that is struck out.
        lost: how many letters of symbol fonts no one knows.
        boxes: the text boxes met since they were last taken.
    """

    styles: Styles
    notes: Mapping[tuple[str, str], etree._Element] = field(default_factory=dict)
    fields: Fields = field(default_factory=Fields)
    deleted: bool = False
    struck: bool = False
    lost: int = 0
    boxes: list[etree._Element] = field(default_factory=list)

    def fill(self, line: etree._Element, paragraph: etree._Element) -> None:
        """Adds what a paragraph says to `line`, with the bookmarks in it as its ids."""
        self._take(line, paragraph)
        if ids := [value(one, "name") or "" for one in paragraph.iter("bookmarkStart")]:
            line.set("ids", " ".join([line.get("ids", ""), *ids]).strip())

    def taken_boxes(self) -> list[etree._Element]:
        """The text boxes met so far, which are then forgotten."""
        boxes, self.boxes = self.boxes, []
        return boxes

    def _take(self, line: etree._Element, node: Iterable[etree._Element]) -> None:  # a case a kind
        """Adds what stands in a paragraph or in what holds runs; of alternatives the first."""
        for child in node:
            match child.tag:
                case "r":
                    self._run(line, child)
                case "del" | "moveFrom":
                    self.deleted = self.deleted or any((one.text or "").strip() for one in child.iter("delText", "t"))
                case "oMath":
                    line.append(mathml(child, "math"))
                case "fldSimple":
                    for mark in ("begin", "separate"):
                        self.fields.mark(mark)
                        self.fields.code((value(child, "instr") or "") if mark == "begin" else "")
                    self._take(line, child)
                    self.fields.mark("end")
                case "AlternateContent":
                    self._take(line, child[0] if len(child) else child)
                case tag if tag in _SHAPES:
                    self.boxes += _boxes(child)
                case tag if tag not in _LEFT_OUT:
                    self._take(line, child)

    def _run(self, line: etree._Element, run: etree._Element) -> None:  # likewise
        """Adds what a run says, in the element that its form asks for, and the notes and boxes that it holds."""
        text, font = "", self.styles.font(run)
        for node in run:
            match node.tag:
                case "fldChar":
                    self._say(line, run, text)
                    text = ""
                    self.fields.mark(value(node, "fldCharType") or "")
                case "instrText":
                    self.fields.code(node.text or "")
                case "t":
                    text += said(node.text or "", font)
                case "sym":
                    text += _sym(node)
                case "footnoteReference" | "endnoteReference":
                    self._say(line, run, text)
                    text = ""
                    self._note(line, node)
                case tag if tag in _SIGNS:
                    text += _SIGNS[tag]
                case tag if tag not in _LEFT_OUT:
                    self._take(line, [node])
        self._say(line, run, text)

    def _say(self, line: etree._Element, run: etree._Element, text: str) -> None:
        """Adds text of a run where it is printed."""
        if not text or not self.fields.shown or self.styles.has(run, "vanish"):
            return
        self.lost += text.count(LOST)
        if self.styles.has(run, "strike", "dstrike"):
            self.struck = self.struck or bool(text.strip())
            return
        script = self.styles.script(run)
        _add(line, text, self._target(run), script or ("b" if self.styles.has(run, "b") else None))

    def _target(self, run: etree._Element) -> str:
        """The bookmark that a run points to."""
        link = next(run.iterancestors("hyperlink", "p"), None)
        anchor = value(link, "anchor") if link is not None and link.tag == "hyperlink" else None
        return anchor or self.fields.target

    def _note(self, line: etree._Element, node: etree._Element) -> None:
        """Adds the footnote that a mark stands for, which has none of its own."""
        kind = node.tag.removesuffix("Reference")
        told = self.notes.get((kind, value(node, "id") or ""))
        if told is None or not self.fields.shown or line.tag == "note":
            return
        note = etree.SubElement(line, "note")
        for paragraph in told.iter("p"):
            self._take(note, paragraph)
            _put(note, " ")


def _boxes(node: etree._Element) -> list[etree._Element]:
    """The outermost text boxes in a shape, of alternatives the first."""
    found = []
    for box in node.iter("txbxContent"):
        around = list(box.iterancestors())
        if any(one.tag == "Fallback" for one in around[: around.index(node)]):
            continue
        if not any(one.tag == "txbxContent" for one in around[: around.index(node)]):
            found.append(box)
    return found


def _sym(node: etree._Element) -> str:
    """The letter that a `sym` is."""
    code = value(node, "char") or ""
    try:
        return symbol(int(code, 16), value(node, "font") or "Symbol")
    except ValueError:
        return LOST


def _add(line: etree._Element, text: str, target: str, tag: str | None) -> None:
    """Adds text to a line; what is of one form and points to one place stands in one element."""
    at = line
    if target:
        at = _last(line, "a", target)
    if tag:
        at = _last(at, tag)
    _put(at, text)


def _last(node: etree._Element, tag: str, target: str = "") -> etree._Element:
    """The last element in `node`, where it is such a one and nothing stands behind it; else a new one."""
    last = node[-1] if len(node) else None
    if last is not None and last.tag == tag and not last.tail and last.get("to", "") == target:
        return last
    return etree.SubElement(node, tag, {"to": target} if target else {})


def _put(node: etree._Element, text: str) -> None:
    if len(node):
        node[-1].tail = (node[-1].tail or "") + text
    else:
        node.text = (node.text or "") + text
