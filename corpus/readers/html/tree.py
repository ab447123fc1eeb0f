"""HTML, however broken, as a flow: parsed as a stream, with only what a reader of the page would read kept.

The parser is libxml2's, through lxml; no tree of its own is made, since that takes time with the square of the number
of attributes, and what is nested without end is no deeper here than a few calls.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from corpus.drafting import UNPRINTED
from corpus.errors import UnreadableFile

MAX_OPEN = 2000
"""How many elements may stand in one another; no page has so many, and closing one looks at all of them."""
MAX_ELEMENTS = 1_000_000
MAX_DEPTH = 90
"""What stands deeper is kept, at this depth; what walks a flow calls itself at each level."""

_BLOCKS = frozenset(
    {"p", "div", "ul", "ol", "li", "dl", "dt", "dd", "table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th"}
    | {"figure", "figcaption", "pre", "hr"}
)
_SECTIONS = frozenset(
    {"article", "section", "main", "header", "footer", "aside", "address", "fieldset", "details", "summary", "center"}
    | {"form", "blockquote", "hgroup", "noframes", "legend", "body", "html", "search"}
)
_SAME = {
    **dict.fromkeys(_SECTIONS, "div"),
    **{f"h{level}": "h" for level in range(1, 7)},
    **dict.fromkeys(("menu", "dir"), "ul"),
    **dict.fromkeys(("strong", "b"), "b"),
    **dict.fromkeys(("del", "s", "strike"), "del"),
    **dict.fromkeys(("listing", "xmp", "plaintext"), "pre"),
    "image": "img",
}
_LINE = frozenset({"sup", "sub", "a", "br", "img", "q", "rt", "rp"})
_VOID = frozenset(
    {"br", "img", "hr", "area", "base", "col", "embed", "input", "link", "meta", "param", "source", "wbr"}
)
# What a reader of the page does not read, with all that is in it.
_UNREAD = frozenset(
    {"script", "style", "template", "noscript", "svg", "iframe", "object", "embed", "canvas", "video", "audio", "map"}
    | {"select", "button", "textarea", "datalist", "nav", "dialog", "menuitem", "applet", "frameset", "colgroup"}
)
_CAPTIONS = frozenset({"figcaption", "caption"})
_ROLES = frozenset(
    {"navigation", "search", "dialog", "alertdialog", "menu", "menubar", "toolbar", "tooltip", "button", "banner"}
    | {"contentinfo", "alert", "status", "progressbar"}
)
_HIDDEN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)\b", re.IGNORECASE)
_NAMES = ("id", "name", "content-id", "data-bib-id", "data-legacy-id", "data-id", "xml:id")
_POINTERS = ("rid", "reveal-id", "data-rid", "data-bib-ref")
# Nothing that prints, or what a flow marks its own with.
_UNPRINTED = re.compile(f"[\x00-\x08\x0e-\x1f\x7f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff{UNPRINTED}]")
_LONGEST = 2000


@dataclass(slots=True)
class Page:
    """A page, parsed.

    Attributes:
        body: the flow.
        stated: what its `meta` elements say, name in lower case and content, in order.
        data: what it says of itself as linked data, each a JSON value.
        title: what its window is called.
        addresses: where it says that it stands.
        unread: characters of text in what no reader reads.
        password: whether it asks for one.
        frames: whether its text is in other files.
    """

    body: etree._Element
    stated: list[tuple[str, str]] = field(default_factory=list)
    data: list[object] = field(default_factory=list)
    title: str = ""
    addresses: list[str] = field(default_factory=list)
    unread: int = 0
    password: bool = False
    frames: bool = False


def parse(name: str, text: str) -> Page:
    """The page that `text` is.

    Raises:
        UnreadableFile: more elements, or more of them in one another, than any page has.
    """
    target = _Target(name)
    parser = etree.HTMLParser(target=target, encoding="utf-8", recover=True, huge_tree=True)
    # One that ends within a tag or is empty gives no tree, and what was read of it counts.
    try:
        parser.feed(text.encode())
        parser.close()
    except etree.XMLSyntaxError:
        pass
    return target.page


class _Target:
    """What the parser tells as it goes; see `etree.HTMLParser`."""

    def __init__(self, name: str) -> None:
        self._name = name
        self.page = Page(etree.Element("div"))
        self._at = self.page.body
        self._last: etree._Element | None = None
        self._text: list[str] = []
        self._open: list[bool] = []  # of each open element, whether it is one of the flow
        self._skipped = 0  # how many elements are open from the outermost unread one on
        self._told: list[str] | None = None  # what is in a title or a script, as it comes
        self._kind = ""
        self._math = 0
        self._elements = 0
        self._depth = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._elements += 1
        if len(self._open) + self._skipped >= MAX_OPEN or self._elements > MAX_ELEMENTS:
            what = (
                f"{MAX_OPEN:,} elements in one another"
                if self._elements <= MAX_ELEMENTS
                else f"{MAX_ELEMENTS:,} elements"
            )
            raise UnreadableFile(self._name, f"it has more than {what}, as no page has; check the file.")
        tag = tag.rpartition(":")[2].lower()
        if self._skipped:
            self._skipped += 1
            return
        self._head(tag, attributes)
        if self._told is not None or (not self._math and _unread(tag, attributes)):
            self._skipped = 1
            return
        own = self._opens(tag, attributes)
        self._open.append(own)

    def end(self, _tag: str) -> None:
        if self._skipped:
            self._skipped -= 1
            if not self._skipped:
                self._tell()
            return
        if not self._open:
            return
        if self._open.pop():
            self._flush()
            self._math -= bool(self._math)
            self._last = self._at
            parent = self._at.getparent()
            self._at = self.page.body if parent is None else parent
            self._depth -= 1

    def data(self, data: str) -> None:
        if self._told is not None:
            self._told.append(data)
        elif self._skipped:
            self.page.unread += len("".join(data.split())) if self._kind == "shown" else 0
        else:
            self._text.append(data)

    def comment(self, text: str) -> None:
        """Comments say nothing, except where the page was saved from."""
        if "saved from url=" in text and (found := re.search(r"https?://\S+", text)):
            self.page.addresses.append(found[0])

    def close(self) -> Page:
        self._flush()
        return self.page

    def _opens(self, tag: str, attributes: Mapping[str, str]) -> bool:
        """Opens an element of the flow, where the tag makes one and it is not too deep."""
        kind = _SAME.get(tag, tag)
        if tag == "form" and self._at.tag in {"table", "thead", "tbody", "tr"}:
            return False
        if self._math or kind == "math":
            self._math += 1
        elif attributes.get("role") == "heading":
            kind = "h"
        elif kind not in _BLOCKS and kind not in _LINE and kind not in {"h", "b", "del", "math"}:
            # nothing that would be missed: a line's own markup, without a name
            if not any(attributes.get(name) for name in ("id", "name", "class", "role")):
                return False
            kind = "span"
        if self._depth >= MAX_DEPTH:
            self._math -= bool(self._math)
            self._text += [" "] if kind in _BLOCKS else []
            return False
        self._flush()
        self._at = etree.SubElement(self._at, kind if kind.isidentifier() else "span", _kept(kind, tag, attributes))
        self._last = None
        self._depth += 1
        return True

    def _head(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Notes what a page states of itself."""
        page = self.page
        if tag == "meta":
            named = attributes.get("name") or attributes.get("property") or attributes.get("itemprop") or ""
            content = " ".join((attributes.get("content") or "").split())
            if named and content:
                page.stated.append((named.strip().casefold(), content[:_LONGEST]))
        elif tag == "link" and (attributes.get("rel") or "").casefold() == "canonical":
            page.addresses.append(attributes.get("href") or "")
        elif tag == "title" and not page.title and not self._math:
            self._told, self._kind = [], "title"
        elif tag == "script":
            said = (attributes.get("type") or "").casefold()
            self._told, self._kind = [], "data" if "ld+json" in said else "tex" if said.startswith("math/tex") else ""
        elif tag == "input" and (attributes.get("type") or "").casefold() == "password":
            page.password = True
        elif tag in {"frameset", "frame", "iframe"}:
            page.frames = True
            self._kind = ""
        else:
            self._kind = "" if tag in {"style", "template", "noscript", "svg"} else "shown"

    def _tell(self) -> None:
        """Takes what a title or a script said."""
        if self._told is None:
            return
        said, self._told = "".join(self._told), None
        if self._kind == "title":
            self.page.title = " ".join(_printed(said).split())
        elif self._kind == "data":
            try:
                self.page.data.append(json.loads(said))
            except (ValueError, RecursionError):
                return
        elif self._kind == "tex":
            self._flush()
            self._last = etree.SubElement(self._at, "tex")
            self._last.text = _printed(said)

    def _flush(self) -> None:
        """Puts the text that has come where it stands."""
        if not self._text:
            return
        text = _printed("".join(self._text))
        self._text = []
        if self._last is None:
            self._at.text = (self._at.text or "") + text
        else:
            self._last.tail = (self._last.tail or "") + text


def _printed(text: str) -> str:
    """`text` without what does not print and no tree can hold."""
    return _UNPRINTED.sub("", text).replace("\f", " ").replace("\v", " ")


def _unread(tag: str, attributes: Mapping[str, str]) -> bool:
    """Whether nobody reads an element: it is none of the text, or not shown."""
    if tag in _UNREAD or attributes.get("hidden", "until-found") != "until-found":
        return True
    # a caption may be kept from those to whom the picture's own text is read, who then have it twice; others see it
    if (attributes.get("aria-hidden") or "").casefold() == "true" and tag not in _CAPTIONS:
        return True
    if (attributes.get("role") or "").casefold() in _ROLES:
        return True
    return _HIDDEN.search(attributes.get("style") or "") is not None


def _kept(kind: str, tag: str, attributes: Mapping[str, str]) -> dict[str, str]:
    """What a flow keeps of an element's attributes."""
    kept = {}
    if ids := [value for name in _NAMES if (value := (attributes.get(name) or "").strip())]:
        kept["ids"] = " ".join(dict.fromkeys(ids))
    words = [tag] if kind == "div" and tag != "div" else []
    words += [attributes.get(name) or "" for name in ("role", "class", "id", "itemprop")]
    if said := " ".join(filter(None, words)):
        kept["as"] = said
    if kind == "h":
        level = attributes.get("aria-level") or (tag[1:] if tag[1:].isdigit() else "")
        kept["level"] = level if level in {"1", "2", "3", "4", "5", "6"} else "2"
    for name in ("rowspan", "colspan", "start", "open", "close"):
        if name in attributes:
            kept[name] = attributes.get(name) or ""
    if kind == "a":
        kept["href"] = attributes.get("href") or ""
        kept["to"] = " ".join(filter(None, (attributes.get(name) or "" for name in _POINTERS)))
    if label := attributes.get("data-counter") or attributes.get("data-content") or attributes.get("data-label"):
        kept["label"] = label
    return {key: _printed(value)[:_LONGEST] for key, value in kept.items()}
