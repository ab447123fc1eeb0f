"""The parts of a Word document: opened within limits, and found as their package says."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from corpus.errors import UnreadableFile
from corpus.readers.markup import read_xml
from corpus.readers.zipped import Zipped

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage".encode("utf-16-le")


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
        UnreadableFile: no Word document, an older or a locked one, damaged, or beyond the limits of `Zipped` and
            `read_xml`.
    """
    if data.startswith(_OLE):
        locked = "it is locked by a password; save it without one and give that."
        older = "it is a document of an older Word, whatever it is called; save it as .docx and give that."
        raise UnreadableFile(name, locked if _LOCKED in data else older)
    if not data.startswith(b"PK"):
        raise UnreadableFile(name, "it is no Word document, whatever it is called; save it as .docx and give that.")
    zipped = Zipped(name, data)
    main = _targets(name, zipped, "_rels/.rels", "")
    path = main.get("officeDocument", "word/document.xml")
    if path not in zipped:
        raise UnreadableFile(name, _other(zipped))
    document = read_xml(name, zipped.read(path))
    if document.find("body") is None:
        raise UnreadableFile(name, _other(zipped))
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


def _other(zipped: Zipped) -> str:
    """Why a zip is no Word document, and what to do."""
    names = {member.casefold() for member in zipped}
    known = {
        "xl/workbook.xml": "a spreadsheet",
        "ppt/presentation.xml": "a presentation",
        "content.xml": "OpenDocument",
    }
    what = next((said for member, said in known.items() if member in names), "a zip of something else")
    return f"it is {what}, not a Word document; give a .docx."
