"""What stands on a page around the paper: menus, banners, related articles, share bars, lists of links; taken out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from corpus import headings
from corpus.readers.flow.entries import Entries

# Words of a class, an id or a role that say that something is not the paper.
_NOT_PAPER = re.compile(
    r"(.*-)?(?:nav(?:bar|igation)?|menus?|breadcrumbs?|cookies?|consent|gdpr|share|sharing|social(?:-media)?|related"
    r"|recommend(?:ed|ations?)|recirculation|newsletter|subscri(?:be|ption)|sidebar|advert\w*|ads?|promo|banner|toolbar"
    r"|skip-?(?:link|nav|to-content)|visually-?hidden|sr-only|screen-reader\w*|usa-sr-only|altmetric|metrics|modal|popup"
    r"|mfp-hide-never|tooltip|cited-?by|citedby|pagination|pager|complementary|login|sign-?in|mw-cite-backlink"
    r"|mw-editsection|mw-jump-link|noprint|no-print|navbox|catlinks|printfooter|toc|table-of-contents|comments?-list"
    r"|disqus\w*|download-links|article-tools|tools|actions?|ng-hide|site-?(?:header|footer)|page-?(?:header|footer)"
    r"|global-?(?:header|footer)|masthead|related-(?:articles?|content|posts?)|also-like|more-like-this|feedback"
    r"|copy-?link|permalink|headerlink|anchor-?link)(?:-(?:bar|box|list|links?|container|wrapper|section|panel|widget"
    r"|block|nav|menu|content|items?|articles?|buttons?|icons?|group))*",
    re.IGNORECASE,
)
_PAPER = re.compile(
    r"(?:^|\s)(?:main|article-?body|main-?content|article-?content)(?=\s|$)",
    re.IGNORECASE,
)
_NOTES = re.compile(r"(?:foot|end)-?notes?|notes?|fn(?:-group)?|refs?|references?|bibliography", re.IGNORECASE)
_WITHIN = frozenset({"article", "main", "section"})
"""The elements whose footer is their own: any other is that of the page."""
_LARGE = 0.4
"""What has this share of a page's text is the paper, whatever it is called."""
_LINKS = 0.75
_FEW = 4


def main_of(body: etree._Element) -> etree._Element:
    """The element that holds the paper: what is called so and has most of the text; else all of the page."""
    total = _length(body)
    best = body
    for node in body.iter("div"):
        if _PAPER.search(node.get("as", "")) and _length(node) >= _LARGE * total:
            # the innermost that still has nearly all that the one around it has
            best = node if best is body or _length(node) >= 0.9 * _length(best) else best
    return best


def without_chrome(main: etree._Element) -> int:
    """Takes out what is called something that is no part of a paper; how many characters went."""
    total = _length(main)
    gone = 0
    for node in [one for one in main.iter() if one is not main and (_is_chrome(one) or _is_page_footer(one))]:
        length = _length(node)
        if length < _LARGE * total and not _is_gone(node, main):
            gone += length
            _take_out(node)
    return gone


def without_links(main: etree._Element, entries: Entries) -> int:
    """Takes out the lists of links that are left, reference lists aside; how many characters went."""
    gone = 0
    for node in list(main.iter("ul", "ol")):
        if _is_gone(node, main) or any(item in entries.markers for item in node.iter()):
            continue
        links = [link for link in node.iter("a") if link.get("href")]
        length = _length(node)
        if len(links) >= _FEW and sum(map(_length, links)) >= _LINKS * length:
            gone += length
            _take_out(node)
    return gone


def _is_chrome(node: etree._Element) -> bool:
    called = [name for name in node.get("as", "").split()[:40] if any(map(_NOT_PAPER.fullmatch, _words(name)))]
    if not called:
        return False
    # a name made of a heading ("mechanism-of-action") is that of a section, whatever words are in it
    heading = node if node.tag == "h" else node.find(".//h")
    section = "" if heading is None else _letters("".join(heading.itertext()))
    return any(_says_it_alone(name) or _letters(name) not in section for name in called)


def _is_page_footer(node: etree._Element) -> bool:
    """Whether an element is the footer of the page rather than of the paper, and holds no notes and no references."""
    if _element(node) != "footer" or any(_element(one) in _WITHIN for one in node.iterancestors()):
        return False
    if any(_NOTES.fullmatch(word) for one in node.iter() for word in one.get("as", "").split()[:40]):
        return False
    said = ("".join(one.itertext()) for one in node.iter("h"))
    return not any(headings.is_references(text) or headings.is_section(text) or headings.is_back(text) for text in said)


def _element(node: etree._Element) -> str:
    """What an element is in HTML, where a flow knows it as a division."""
    return next(iter(node.get("as", "").split()), "") if node.tag == "div" else ""


def _says_it_alone(name: str) -> bool:
    """Whether a name has nothing before the word that says that something is no paper."""
    found = _NOT_PAPER.fullmatch(name.replace("_", "-"))
    return found is not None and not found[1]


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _words(name: str) -> Iterator[str]:
    """The words of a class or id, those that are written together parted: `siteHeader` is `site-Header`."""
    for word in name.split("_"):
        yield re.sub(r"(?<=[a-z])(?=[A-Z])", "-", word.replace("--", "-"))


def _length(node: etree._Element) -> int:
    """How many characters of an element print."""
    return sum(len("".join(text.split())) for text in node.itertext())


def _is_gone(node: etree._Element, main: etree._Element) -> bool:
    top = node
    for top in node.iterancestors():
        if top is main:
            return False
    return top is not main


def _take_out(node: etree._Element) -> None:
    """Takes an element out; what stands behind it stays."""
    holder, before, tail = node.getparent(), node.getprevious(), node.tail or ""
    if holder is None:
        return
    # one blank parts what stood on either side, however much is taken out between
    if before is None:
        holder.text = _parted(holder.text or "", tail)
    else:
        before.tail = _parted(before.tail or "", tail)
    node.tail = None
    holder.remove(node)


def _parted(text: str, tail: str) -> str:
    return text if text.endswith(" ") and not tail.strip() else f"{text} {tail}"
