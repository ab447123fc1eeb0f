"""British and American spellings of one word made one."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

# what British words have and American ones have not: anaemia, oesophageal, tumour, labelled
_DROPPED: Final = re.compile(
    r"a(?=em|esth|etiol|ecolog|ediatr|ecal)|o(?=e(?:a|soph|dem|stro|stra|tal|tus|liac))"
    r"|(?<=[mlvibn]o)u(?=r)|(?<=[ae]l)l(?=ing|ed|er)"
)
_TURNED: Final = (
    (re.compile(r"(?<=\w{3})is(?=(?:e[drs]?|ing|ations?|er|ers)$)"), "iz"),
    (re.compile(r"(?<=\w{3}y)s(?=(?:e[ds]?|ing)$)"), "z"),
    (re.compile(r"(?<=sul)ph"), "f"),
    (re.compile(r"(?<=fib|cen|met|lit)(?:re(?=s?$))"), "er"),
    (re.compile(r"(?<=program)me(?=s?$)"), ""),
)
# what every word has that any of these changes: looked for first, because most words have none of it
_PERHAPS: Final = re.compile(r"ae|oe|our|[ae]ll[ie]|[iy]s[eia]|sulph|(?:fib|cen|met|lit)res?$|mmes?$")


@lru_cache(maxsize=65536)
def american(word: str) -> str:
    """A word in lower case as Americans spell it; what is no British spelling may change too, always in one way.

    >>> [american(word) for word in ("tumour", "oesophageal", "localisation", "metastasise", "fibres", "four")]
    ['tumor', 'esophageal', 'localization', 'metastasize', 'fibers', 'four']
    """
    if not _PERHAPS.search(word):
        return word
    word = _DROPPED.sub("", word)
    for pattern, letters in _TURNED:
        word = pattern.sub(letters, word)
    return word
