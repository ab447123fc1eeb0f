"""How a flow opens: its title, authors and front matter told from its text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from corpus import furniture, headings, metadata
from corpus.drafting import CITING, Part, without_marks
from corpus.metadata import Facts
from corpus.opening import opening
from corpus.tabbed import Chunk

_MOST_PARTS = 60
"""How far into a document its front matter is looked for, in parts."""
_SENTENCE = 120
"""A line of so many characters that ends in a full stop is running text."""
_END = re.compile(r"[.?!][\"”’)]?\s?(?:\[[^\[\]]{0,60}\]|[¹²³⁰⁴-⁹][¹²³⁰⁴-⁹⁻,–]{0,60})?\s*$")
_FEWEST = 3
"""Words of a sentence that is running text where no front matter comes after it; one of them has more letters."""


def opened(parts: list[Part], stated: Facts) -> tuple[list[Part], Facts]:
    """`parts` with title and front matter as such, and what is known of the paper from them and from what is `stated`.

    The title is the first heading or line that says what is stated, else the only heading of the outermost level that
    stands before all running text, else what looks like one.
    """
    at = _title_at(parts, stated.title)
    if at is None and stated.title:
        parts = [Part("title", stated.title), *parts]
        at = 0
    if at is None:
        return _guessed(parts, stated)
    # what a page says over the title is about the journal, not the paper
    before = [_shown(part) for part in parts[:at]]
    title = Part("title", stated.title or parts[at].text)
    end = next((place for place in range(at + 1, len(parts)) if _is_text(parts[place])), len(parts))
    while end > at + 1 and _is_sentence(parts[end - 1]):
        end -= 1
    front = [_front(part) for part in parts[at + 1 : end]]
    rest = [*front, *_tagged(parts[end:])]
    return [title, *before, *rest], _facts([*before, *rest], replace(stated, title=title.text))


def levelled(parts: Sequence[Part]) -> None:
    """Makes the outermost headings of level 1, the others as much deeper as they were."""
    headed = [part for part in parts if part.kind == "heading"]
    outermost = min((part.level for part in headed), default=1)
    for part in headed:
        part.level -= outermost - 1


def _title_at(parts: Sequence[Part], title: str | None) -> int | None:
    """Where the title stands."""
    near = range(min(len(parts), _MOST_PARTS))
    if title:
        said = _key(title)
        return next(
            (at for at in near if parts[at].kind in {"heading", "paragraph"} and _key(parts[at].text) == said), None
        )
    first = next((at for at in near if parts[at].kind == "heading"), None)
    if first is None or headings.is_section(parts[first].text):
        return None
    alone = sum(part.kind == "heading" and part.level <= parts[first].level for part in parts) == 1
    running = any(_is_text(part) for part in parts[:first])
    return first if alone and not running else None


def _guessed(parts: list[Part], stated: Facts) -> tuple[list[Part], Facts]:
    """The same where nothing says what the title is."""
    near = next((at for at, part in enumerate(parts[:_MOST_PARTS]) if part.kind != "paragraph"), len(parts))
    found = opening([Chunk([part.text]) for part in parts[: min(near, _MOST_PARTS)]])
    if found.title is None and parts and parts[0].kind == "heading" and not headings.is_section(parts[0].text):
        return [replace(parts[0], kind="title", level=0), *_tagged(parts[1:])], _facts(
            parts, replace(stated, title=parts[0].text)
        )
    rest = _tagged(parts[found.used :])
    facts = replace(stated, title=found.title, authors=stated.authors or found.authors)
    return [*found.parts, *rest], _facts([*found.parts, *rest], facts)


def _is_text(part: Part) -> bool:
    """Whether a part shows that the front matter is over."""
    if part.kind == "heading":
        return not furniture.is_front(part.text)
    if part.kind not in {"paragraph", "item"}:
        return part.kind != "footnote"
    if furniture.is_front(part.text) or furniture.is_affiliation(part.text):
        return False
    return len(part.text) >= _SENTENCE and _ends(part.text) and not metadata.names(part.text)


def _ends(text: str) -> bool:
    """Whether a text ends as a sentence does; what it cites may stand behind the full stop."""
    return _END.search(CITING.sub(r"\2", text)) is not None


def _is_sentence(part: Part) -> bool:
    """Whether a part is a sentence, however short, and no front matter by its form."""
    words = part.text.split()
    if part.kind not in {"paragraph", "item"} or len(words) < _FEWEST or not _ends(part.text):
        return False
    if furniture.is_front(part.text) or furniture.is_affiliation(part.text) or metadata.names(part.text):
        return False
    return any(word.islower() and len(word) > _FEWEST for word in words)


def _shown(part: Part) -> Part:
    """A part that stands over the title, which is no evidence whatever it is; cells are parted by bars."""
    if part.kind in {"caption", "header", "row"} or part.table is not None:
        return Part("front", part.text.replace("\t", " | "))
    return _front(part)


def _front(part: Part) -> Part:
    return replace(part, kind="front", level=0) if part.kind in {"paragraph", "item", "heading"} else part


def _tagged(parts: Sequence[Part]) -> list[Part]:
    """Parts of the text, with the front matter that stands among them as such (keywords, dates, licence)."""
    return [_front(part) if part.kind == "paragraph" and furniture.is_front(part.text) else part for part in parts]


def _facts(parts: Sequence[Part], stated: Facts) -> Facts:
    front = [without_marks(part.text) for part in parts if part.kind == "front"]
    found = metadata.facts_in(front)
    authors = stated.authors or next(filter(None, map(metadata.names, front)), ())
    return replace(
        stated,
        authors=authors,
        year=stated.year or found.year,
        doi=stated.doi or found.doi,
        journal=stated.journal or found.journal,
        review=stated.review or metadata.is_review("", front[:5]),
    )


def _key(text: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))
