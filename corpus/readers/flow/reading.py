"""From a flow to its parts, facts and notices."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from lxml import etree

from corpus.drafting import CITING, Part, is_citing
from corpus.markers import find_markers
from corpus.metadata import Facts
from corpus.readers.flow import front
from corpus.readers.flow.body import Walk
from corpus.readers.flow.entries import Entries, entries_of
from corpus.readers.flow.tables import mark_wraps
from corpus.readers.flow.wording import Wording, mark_blocks


@dataclass(frozen=True, slots=True)
class Flow:
    """A flow, read.

    Attributes:
        parts, facts: of the draft.
        notices: one sentence each.
        pruned: how many characters were taken out once the reference lists were known.
    """

    parts: list[Part]
    facts: Facts
    notices: list[str] = field(default_factory=list)
    pruned: int = 0


def read_flow(
    name: str,
    root: etree._Element,
    stated: Facts,
    called: str | None = None,
    prune: Callable[[etree._Element, Entries], int] | None = None,
) -> Flow:
    """What a flow says.

    Args:
        name: the file's name.
        stated: what the format states of the paper.
        called: a title that may not be quite that of the paper, for one that has none.
        prune: takes elements out that are no part of the paper, and says how many characters that was.

    Raises:
        UnreadableFile: a table spans more cells than any real table.
    """
    mark_blocks(root)
    entries = entries_of(root)
    pruned = prune(root, entries) if prune else 0
    mark_wraps(root)
    linked = any(one in entries.ids for link in root.iter("a") for one in link.get("to", "").split())
    wording = Wording(entries.ids, linked=linked)
    walk = Walk(name, wording, entries)
    walk.block(root)
    walk.end()
    parts, facts = front.opened(walk.parts, stated)
    front.levelled(parts)
    if _mostly_unlinked(parts):
        parts = [replace(part, text=CITING.sub(r"\2", part.text)) for part in parts]
    if facts.title is None and called:
        facts = replace(facts, title=called)
    return Flow(parts, facts, _notices(walk), pruned)


def _mostly_unlinked(parts: list[Part]) -> bool:
    """Whether more of what cites is not linked than is: then what is linked says nothing about the rest."""
    texts = [part.text for part in parts if part.kind in {"paragraph", "item", "row"}]
    linked = sum(len(CITING.findall(text)) for text in texts if is_citing(text))
    return 0 < linked < sum(len(find_markers(CITING.sub("", text))) for text in texts)


def _notices(walk: Walk) -> list[str]:
    notices = []
    if walk.pictures:
        tables = "1 table is only a picture" if walk.pictures == 1 else f"{walk.pictures} tables are only pictures"
        notices.append(f"{tables} in this file; no row could be read from there.")
    if walk.wording.struck:
        notices.append("Struck-out text was left out.")
    return notices
