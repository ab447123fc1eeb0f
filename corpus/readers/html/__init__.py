"""HTML: a page as a browser saved it, from PubMed Central, a publisher or a laboratory, or XHTML.

`charset` and `tree` turn its bytes into a flow (see `corpus.readers.flow`), `facts` reads what it states of the paper,
and `chrome` takes out what stands around the paper: by element and role first, then by name, then by its links.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import unquote

from corpus.drafting import Part, draft
from corpus.errors import UnreadableFile
from corpus.readers.flow.implied import promote_headings
from corpus.readers.flow.reading import read_flow
from corpus.readers.html.charset import characters
from corpus.readers.html.chrome import main_of, without_chrome, without_links
from corpus.readers.html.facts import facts_of, window_title
from corpus.readers.html.tree import Page, parse
from corpus.records import Draft

_MAIL = re.compile(r"\s*(?:From:\s*<Saved by|MIME-Version:\s*1)", re.IGNORECASE)
_MUCH_LEFT_OUT = 0.6
_LITTLE = 300
"""Characters of running text below which a page is hardly a paper."""


def read_html(name: str, data: bytes) -> Draft:
    """The draft of a page: the paper on it, without what the site puts around it.

    Raises:
        UnreadableFile: as `characters` and `parse` say, a page in several files, or no text on it.
    """
    decoded = characters(name, data)
    if _MAIL.match(decoded.text[:200]):
        reason = "this is a page saved with its pictures in one file (MHTML); save it as HTML only and give that."
        raise UnreadableFile(name, reason)
    page = parse(name, decoded.text)
    _point(page)
    main = main_of(page.body)
    left_out = page.unread + without_chrome(main)
    promote_headings(main)
    flow = read_flow(name, main, facts_of(page), window_title(page), prune=without_links)
    if not flow.parts and page.frames:
        raise UnreadableFile(
            name, "the text of this page is in other files (frames); open it there, save that and give it."
        )
    notices = [*decoded.notices, *flow.notices, *_notices(page, flow.parts, left_out + flow.pruned)]
    return draft(name, flow.parts, flow.facts, notices)


def _point(page: Page) -> None:
    """Gives each link that leads into the page itself the name that it leads to."""
    own = {"", *map(_place, page.addresses), *(_place(said) for name, said in page.stated if name in _ADDRESSES)}
    paths = {place.partition("/")[2] for place in own} - {""}
    for link in page.body.iter("a"):
        address, sign, fragment = link.get("href", "").partition("#")
        if sign and fragment and (_place(address) in own or (address.startswith("/") and address[1:] in paths)):
            link.set("to", f"{link.get('to', '')} {unquote(fragment)}".strip())


_ADDRESSES = frozenset({"og:url", "citation_fulltext_html_url", "citation_public_url", "citation_abstract_html_url"})


def _place(address: str) -> str:
    """An address without what does not tell two pages apart."""
    bare = re.sub(r"^(?:https?:)?//(?:www\.)?", "", address.strip(), flags=re.IGNORECASE)
    return bare.partition("#")[0].partition("?")[0].rstrip("/")


def _notices(page: Page, parts: Iterable[Part], left_out: int) -> list[str]:
    """What the user should know: that little is on the page, or that much was left out."""
    read = sum(len("".join(part.text.split())) for part in parts)
    running = sum(len(part.text) for part in parts if part.kind in {"paragraph", "item", "row"})
    notices = []
    if running < _LITTLE:
        asks = ", and it asks for a password: it may be a login page" if page.password else ""
        what = "there is nearly no text on this page" if running else "there is no running text on this page"
        notices.append(f"{what[0].upper()}{what[1:]}{asks}; check that the paper itself was saved.")
    elif left_out > _MUCH_LEFT_OUT * (left_out + read):
        share = round(100 * left_out / (left_out + read))
        notices.append(
            f"{share}% of the page's text was left out as menus, links and the like; check that the paper is whole."
        )
    return notices
