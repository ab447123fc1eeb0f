"""What a language model writes, as sentences that name their evidence; nothing is taken before it is whole."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from corpus.sentences import sentences

_LONGEST_RANGE: Final = 50

_TAGS: Final = "think|thinking|thought|reasoning"
_THOUGHT_BEGINS: Final = re.compile(rf"<(?:{_TAGS})>", re.IGNORECASE)
_THOUGHT_ENDS: Final = re.compile(rf"</(?:{_TAGS})>", re.IGNORECASE)
_PERHAPS_A_TAG: Final = re.compile(r"<[A-Za-z]{0,9}\Z")
_LONGEST_TAG: Final = 12

_NUMBER: Final = r"\^?(?:[EeSs][a-z]{0,10}[ .#]?\s?)?\d{1,4}"
# [1], [1, 3], [1-3], [^1], [E1], [Evidence 2], 【1】, 【1†source】, [1](#evidence-1)
_MARK: Final = (
    rf"\s*[\[【]\s*{_NUMBER}(?:\s*(?:[-–,;&]|and)\s*{_NUMBER})*\s*(?:†[^\]】]{{0,60}})?[\]】](?:\([^()\s]*\))?"
)
_MARKS: Final = re.compile(_MARK)
_ITEM: Final = re.compile(r"(\d{1,4})(?:\s*[-–]\s*\D{0,12}(\d{1,4}))?")
# A line's end, or where a sentence is over whatever follows: its stop and its marks have come, and other words begin.
_OVER: Final = re.compile(rf"\n|(?:(?:{_MARK})+\s*[.!?]+|[.!?](?:{_MARK})+)[\"'”’)*_]*[^\S\n]+(?=[^\s\[【])")

_NO_SENTENCE: Final = re.compile(r"\s*(?:#{1,6}\s.*|(?:```|~~~).*|[-*_=|: ]{3,}|</?\w[^<>]{0,80}>)?\s*")
_LIST_MARK: Final = re.compile(r"^\s*(?:>\s*)*(?:[-*+•‣]\s+|\d{1,2}[.)]\s+)?")
_IMAGE: Final = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_LINK: Final = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_ADDRESS: Final = re.compile(r"<?\b(?:(?:https?|ftp|file|data|javascript):|www\.)[^\s>]+>?", re.IGNORECASE)
_EMPHASIS: Final = re.compile(r"(?<![\w*])\*(\S[^*]*)(?<=\S)\*(?![\w*])")
_STRONG: Final = re.compile(r"\*\*|__|`")
_LEFT_OPEN: Final = re.compile(r"not answered\s*:\s*(?P<what>.*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Draft:
    """A sentence as a model wrote it, without markup.

    Attributes:
        text: without its marks.
        cited: the numbers in its marks, in order, each once; they may name nothing.
        left_open: True for what the model says is not answered; such a one cites nothing.
    """

    text: str
    cited: tuple[int, ...]
    left_open: bool = False


def drafts(pieces: Iterable[str]) -> Iterator[Draft]:
    """The sentences of a reply as soon as each is whole, the same however the reply was cut into pieces.

    Headings, rules, code fences, thinking, list marks, emphasis, images and addresses are left out, and what leads up
    to the answer; of a link, its words stay. A sentence is over with its line, or where its stop and its marks have
    come and something else begins.
    """
    held = ""
    for piece in _said(pieces):
        held += piece
        begun = 0
        for over in _OVER.finditer(held):
            yield from _read(held[begun : over.end()])
            begun = over.end()
        held = held[begun:]
    yield from _read(held)


def _said(pieces: Iterable[str]) -> Iterator[str]:
    """The pieces without what stands between `<think>` and `</think>`; what may become a tag waits for its end."""
    held, thinking = "", False
    for piece in pieces:
        held += piece
        while tag := (_THOUGHT_ENDS if thinking else _THOUGHT_BEGINS).search(held):
            if not thinking:
                yield held[: tag.start()]
            held, thinking = held[tag.end() :], not thinking
        if thinking:
            held = held[-_LONGEST_TAG:]
        else:
            begun = _PERHAPS_A_TAG.search(held)
            end = begun.start() if begun else len(held)
            yield held[:end]
            held = held[end:]
    if not thinking:
        yield held


def _read(part: str) -> Iterator[Draft]:
    """The sentences of a part of a line."""
    part = _THOUGHT_ENDS.split(part)[-1]  # some servers take the first tag away and leave the second
    if _NO_SENTENCE.fullmatch(part):
        return
    line = _ADDRESS.sub("", _LINK.sub(r"\1", _MARKS.sub(_plain, _IMAGE.sub("", _LIST_MARK.sub("", part)))))
    line = " ".join(_EMPHASIS.sub(r"\1", _STRONG.sub("", line)).split())
    if left_open := _LEFT_OPEN.fullmatch(line):
        yield Draft(_MARKS.sub("", left_open["what"]).strip(), (), left_open=True)
        return
    for start, end in sentences(line):
        cited = tuple(dict.fromkeys(_cited(line[start:end])))
        text = _MARKS.sub("", line[start:end]).strip()
        leads_up = text.endswith(":") and not cited
        if any(map(str.isalpha, text)) and not leads_up:
            yield Draft(text, cited)


def _plain(mark: re.Match[str]) -> str:
    """A mark as papers have it, which belongs to the sentence before wherever the stop is: ` [1, 3]`."""
    return f" [{', '.join(map(str, _numbers(mark[0].partition('†')[0])))}]"


def _cited(text: str) -> Iterator[int]:
    for mark in _MARKS.finditer(text):
        yield from _numbers(mark[0])


def _numbers(mark: str) -> Iterator[int]:
    """The numbers of a mark, ranges written out; a range that is too long or runs backwards gives its two ends."""
    for item in _ITEM.finditer(mark.partition("](")[0]):
        first, last = int(item[1]), int(item[2] or item[1])
        yield from range(first, last + 1) if first <= last < first + _LONGEST_RANGE else (first, last)
