"""What is true of every draft, and short ways to look into one."""

from __future__ import annotations

import unicodedata

from corpus.records import Draft

TABULAR = {"header", "row"}


def check(draft: Draft) -> None:
    """Asserts everything a draft promises about its text and its blocks."""
    assert draft.title.strip()
    assert draft.text == unicodedata.normalize("NFC", draft.text)
    end = 0
    for block in draft.blocks:
        assert end <= block.start < block.end <= len(draft.text)
        assert not draft.text[end : block.start].strip()
        text = draft.text[block.start : block.end]
        assert text.strip()
        if block.kind in TABULAR:
            assert text == text.strip(" \n")
            assert "\n" not in text
        else:
            assert text == text.strip()
            assert "\t" not in text
            assert "\n" not in text or block.kind == "front"
        assert (block.level > 0) == (block.kind == "heading")
        assert block.table is not None or block.kind not in {"caption", "header", "row"}
        assert block.table is None or block.kind in {"caption", "header", "row", "footnote"}
        end = block.end
    assert not draft.text[end:].strip()


def of(draft: Draft, *kinds: str) -> list[str]:
    """The texts of the blocks of these kinds, in order."""
    return [draft.text[block.start : block.end] for block in draft.blocks if block.kind in kinds]


def shape(draft: Draft) -> list[tuple[str, str]]:
    """Kind and text of each block, a heading's kind with its level."""
    return [(f"{b.kind}{b.level or ''}", draft.text[b.start : b.end]) for b in draft.blocks]
