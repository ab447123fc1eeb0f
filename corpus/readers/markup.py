"""XML read safely: nothing outside the file is ever fetched, and depth, size and entities are bounded."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html.entities import html5
from io import BytesIO
from typing import Protocol

from lxml import etree

from corpus.errors import UnreadableFile

# Deeper than any article; what walks a tree may call itself at each level.
MAX_DEPTH = 100
# More than any article has; each takes some 200 bytes.
MAX_ELEMENTS = 1_000_000

# What is never closed goes on to the end: to look for the end of each anew would take forever.
_NAMED = re.compile(rb"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|&([A-Za-z][A-Za-z0-9]{1,31});", re.DOTALL)
_OWN = frozenset({b"amp", b"lt", b"gt", b"quot", b"apos"})


def read_xml(name: str, data: bytes) -> etree._Element:
    """The outermost element of an XML file, without comments and processing instructions, names without namespaces.

    Entities that the file declares itself are read, within the bounds that libxml2 sets against bombs; the names of
    characters that a DTD would declare (`&alpha;`) are read as HTML has them.

    Raises:
        UnreadableFile: not well-formed, an entity nobody knows or from outside, too deep, or too many elements.
    """
    try:
        events = etree.iterparse(
            BytesIO(_NAMED.sub(_character, data)),
            events=("start", "end"),
            resolve_entities="internal",
            load_dtd=False,
            no_network=True,
            remove_comments=True,
            remove_pis=True,
            huge_tree=False,
        )
        _check_size(name, events)
    except etree.XMLSyntaxError as error:
        raise UnreadableFile(name, _reason(error)) from error
    root = events.root
    for element in root.iter(etree.Element):
        if element.tag.startswith("{"):
            element.tag = element.tag.partition("}")[2]
    return root


class Walker(Protocol):
    """What is told of the elements of an XML file, in their order; names are without namespaces."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element opens."""

    def data(self, text: str) -> None:
        """Characters stand here; a text may come in several pieces."""

    def end(self, tag: str) -> None:
        """An element closes."""


def walk_xml(name: str, data: bytes, walker: Walker) -> None:
    """`walker` was told all of an XML file, of which nothing is kept: for files too large for a tree.

    Raises:
        UnreadableFile: not well-formed, too deep for libxml2, or it declares entities; and what the walker raises.
    """
    try:
        etree.fromstring(data, etree.XMLParser(target=_Target(name, walker), resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise UnreadableFile(name, _reason(error)) from error


class _Target:
    """What lxml wants of a walker."""

    def __init__(self, name: str, walker: Walker) -> None:
        self._name, self._walker = name, walker
        self.data = walker.data

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._walker.start(tag[tag.find("}") + 1 :], attributes)

    def end(self, tag: str) -> None:
        self._walker.end(tag[tag.find("}") + 1 :])

    def doctype(self, *_: object) -> None:
        raise UnreadableFile(self._name, "its XML has declarations of its own, as no such file has; it was not read.")

    def close(self) -> None:
        """Nothing is made."""


def _check_size(name: str, events: etree.iterparse) -> None:
    """Reads the file to its end, or only as far as it stays within the limits."""
    depth = elements = 0
    for event, _ in events:
        depth += 1 if event == "start" else -1
        elements += event == "start"
        if depth > MAX_DEPTH:
            reason = (
                f"its elements stand more than {MAX_DEPTH} deep in one another, as no article's do; check the file."
            )
            raise UnreadableFile(name, reason)
        if elements > MAX_ELEMENTS:
            raise UnreadableFile(name, f"it has more than {MAX_ELEMENTS:,} elements; split it.")


def _character(found: re.Match[bytes]) -> bytes:
    """The number of the character that is named, or what was found as it is."""
    name = found[1]
    if name is None or name in _OWN:
        return found[0]
    known = html5.get(f"{name.decode('ascii')};")
    return "".join(f"&#{ord(letter)};" for letter in known).encode("ascii") if known else found[0]


def _reason(error: etree.XMLSyntaxError) -> str:
    said = str(error.msg or "damaged").partition(", line ")[0].rstrip(".")
    where = f" near its line {error.lineno}" if error.lineno else ""
    if "amplification" in said:
        return "its entities grow without bound, as only a hostile file's do; it was not read."
    if "Entity" in said and "not defined" in said:
        return f"it refers to something that is not in the file ({said}{where}); save it with its entities written out."
    return f"it is not well-formed XML ({said}{where}); download it again or mend it."
