"""The cancers that a text names, in its own words."""

from __future__ import annotations

import re
from typing import Final

from index.sites import find_sites
from qa.mechanisms.spans import Span

_KIND: Final = re.compile(
    r"(?:(?:non[-\s]small[-\s]cell|small[-\s]cell|triple[-\s]negative|epithelial|clear[-\s]cell|squamous[-\s]cell|papillary"
    r"|(?:o?estrogen\s+receptor|ER|HER2)[-\s]?(?:positive|negative|\+))[-\s]+)+$",
    re.IGNORECASE,
)


def cancers_in(text: str) -> tuple[Span, ...]:
    """The cancers that `text` names, in order, with what says of which kind: "non-small cell lung cancer"."""
    found = []
    for site in find_sites(text):
        if site.disease:
            kind = _KIND.search(text, max(0, site.start - 60), site.start)
            found.append(Span("cancer", site.name, kind.start() if kind else site.start, site.end))
    return tuple(found)
