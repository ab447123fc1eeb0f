"""What a document's styles say of a paragraph or a run: its part in the text, its level, whether it is raised."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from corpus.readers.docx.package import value

# Word itself names these in English in any language; other programs do not.
_HEADING = re.compile(
    r"(?:heading|überschrift|titre|título|titulo|titolo|rubrik|overskrift|otsikko|kop|nagłówek|nadpis|címsor|заголовок"
    r"|başlık|标题|標題|見出し|제목)\s*(\d)",
    re.IGNORECASE,
)
_MOST_ABOVE = 20
"""How many styles one may be based on; a longer chain is one that runs in a circle."""
_ON = frozenset({None, "1", "true", "on"})


class Styles:
    """The styles of a document."""

    def __init__(self, root: etree._Element | None) -> None:
        self._styles = {value(one, "styleId") or "": one for one in (() if root is None else root.iter("style"))}

    def name(self, paragraph: etree._Element) -> str:
        """The name of a paragraph's style, in lower case; "" where it has none."""
        style = self._styles.get(value(paragraph.find("pPr/pStyle")) or "")
        return (value(style.find("name")) or "").casefold() if style is not None else ""

    def level(self, paragraph: etree._Element) -> int | None:
        """The level of the heading that a paragraph is, from 1; None where it is none."""
        stated = [paragraph.find("pPr/outlineLvl")]
        names = []
        for style in self._chain(value(paragraph.find("pPr/pStyle"))):
            stated.append(style.find("pPr/outlineLvl"))
            names.append(value(style.find("name")) or "")
        for name in names[:1]:
            if found := _HEADING.match(name):
                return int(found[1]) or 1
        level = next((said for one in stated if (said := value(one)) is not None), "9")
        return int(level) + 1 if level.isdecimal() and int(level) < 9 else None

    def numbered(self, paragraph: etree._Element) -> tuple[str, str] | None:
        """The list that a paragraph belongs to, by number, and its level in it from 0; None where it is in none."""
        chain = (style.find("pPr/numPr") for style in self._chain(value(paragraph.find("pPr/pStyle"))))
        stated = [one for one in (paragraph.find("pPr/numPr"), *chain) if one is not None]
        which = next((said for one in stated if (said := value(one.find("numId"))) is not None), None)
        level = next((said for one in stated if (said := value(one.find("ilvl"))) is not None), "0")
        return (which, level) if which not in {None, "0"} and which is not None else None

    def script(self, run: etree._Element) -> str | None:
        """`sup` or `sub` for a run that is raised or lowered, else None."""
        said = next(
            (value(one) for properties in self._of(run) if (one := properties.find("vertAlign")) is not None), None
        )
        return {"superscript": "sup", "subscript": "sub"}.get(said or "")

    def has(self, run: etree._Element, *properties: str) -> bool:
        """Whether a run has one of these properties."""
        for name in properties:
            one = next((found for place in self._of(run) if (found := place.find(name)) is not None), None)
            if one is not None and value(one) in _ON:
                return True
        return False

    def font(self, run: etree._Element) -> str:
        """The font that a run's letters are of, where the run or its style says so."""
        fonts = (place.find("rFonts") for place in self._of(run))
        return next((said for one in fonts if one is not None and (said := value(one, "ascii"))), "")

    def _of(self, run: etree._Element) -> Iterator[etree._Element]:
        """A run's own properties, then those of its style."""
        own = run.find("rPr")
        if own is None:
            return
        yield own
        for style in self._chain(value(own.find("rStyle"))):
            if (more := style.find("rPr")) is not None:
                yield more

    def _chain(self, style: str | None) -> Iterator[etree._Element]:
        """A style and those that it is based on."""
        for _ in range(_MOST_ABOVE):
            found = self._styles.get(style or "")
            if found is None:
                return
            yield found
            style = value(found.find("basedOn"))
