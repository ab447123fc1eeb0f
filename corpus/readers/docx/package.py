"""The parts of a Word document: opened within limits, and found as their package says."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from corpus.errors import UnreadableFile
from corpus.readers.markup import read_xml
from corpus.readers.zipped import Zipped

_NO_WORD = "the text of a Word document is not in it; open it in Word, save it as .docx and give that."


@dataclass(frozen=True, slots=True)
class Package:
    """The parts that are read of a document; None for one that it has not.

    Attributes:
        document: its text.
        styles, numbering, footnotes, endnotes: what the text refers to.
        core: what it states of itself.
    """

    document: etree._Element
    styles: etree._Element | None = None
    numbering: etree._Element | None = None
    footnotes: etree._Element | None = None
    endnotes: etree._Element | None = None
    core: etree._Element | None = None


def open_package(name: str, data: bytes) -> Package:
    """The parts of the document in `data`.

    Raises:
        UnreadableFile: no Word document, damaged, or beyond the limits of `Zipped` and `read_xml`.
    """
    zipped = Zipped(name, data)
    main = _targets(name, zipped, "_rels/.rels", "")
    path = main.get("officeDocument", "word/document.xml")
    if path not in zipped:
        raise UnreadableFile(name, _NO_WORD)
    document = read_xml(name, zipped.read(path))
    if document.find("body") is None:
        raise UnreadableFile(name, _NO_WORD)
    folder, _, file = path.rpartition("/")
    beside = _targets(name, zipped, f"{folder}/_rels/{file}.rels".lstrip("/"), folder)
    kinds = ("styles", "numbering", "footnotes", "endnotes")
    found = {kind: read_xml(name, zipped.read(at)) for kind in kinds if (at := beside.get(kind, "")) in zipped}
    core = main.get("core-properties", "docProps/core.xml")
    return Package(document, **found, core=read_xml(name, zipped.read(core)) if core in zipped else None)


def value(node: etree._Element | None, name: str = "val") -> str | None:
    """An attribute by its own name, whatever namespace it is in; None without one, or without an element."""
    if node is None:
        return None
    return next((said for key, said in node.items() if key.rpartition("}")[2] == name), None)


def _targets(name: str, zipped: Zipped, path: str, folder: str) -> dict[str, str]:
    """By kind, the parts of this package that a part says it goes with."""
    if path not in zipped:
        return {}
    found: dict[str, str] = {}
    for one in read_xml(name, zipped.read(path)):
        target = one.get("Target", "")
        if one.get("TargetMode") != "External" and target:
            kind = one.get("Type", "").rpartition("/")[2]
            found.setdefault(kind, target[1:] if target.startswith("/") else f"{folder}/{target}".lstrip("/"))
    return found
