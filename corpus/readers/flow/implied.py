"""Headings that no element says are ones: bold lines, and the names that sections of nearly every paper have."""

from __future__ import annotations

from lxml import etree

from corpus import headings
from corpus.readers.flow.wording import HOLDS

_FEW = 2
"""A flow with more headings than this says itself what its headings are."""


def promote_headings(root: etree._Element) -> None:
    """Makes headings of the paragraphs that look like ones, in a flow that has hardly any of its own."""
    known = [one for one in root.iter("h") if "".join(one.itertext()).strip()]
    if len(known) > _FEW:
        return
    first = True
    for node in root.iter("p"):
        text = " ".join("".join(node.itertext()).split())
        if not text or node.get(HOLDS) or next(node.iterancestors("td", "th", "li"), None) is not None:
            continue
        named = headings.is_section(text) or headings.is_references(text) or headings.is_back(text)
        level = headings.level(text)
        if named or (level is not None and not first and _is_bold(node)):
            node.tag = "h"
            node.set("level", str(min(level or 1, 6)))
        first = False


def _is_bold(node: etree._Element) -> bool:
    bold = "".join("".join(one.itertext()) for one in node.iter("b") if next(one.iterancestors("b"), None) is None)
    return "".join(bold.split()) == "".join("".join(node.itertext()).split())
