"""What names in a text are made of: letters, numbers and Greek letters, so that ZO-1, ZO 1 and ZO1 are one."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from corpus.greek import NAMES as GREEK
from index.spelling import american

HYPHENS: Final = "-\u2010\u2011\u2012\u2013\u2212"
_LETTERS: Final = {name: letter for letter, name in GREEK.items() if letter != "ς"}
PIECE: Final = re.compile(r"\d+|[α-ω]|(?!(?<=['’])s(?![^\W_]))[^\W\d_α-ω]+", re.IGNORECASE)
_PLURAL: Final = re.compile(r"(?<=[^\W\d_][A-Z])s$")
UNSAID: Final = frozenset({"to", "the"})
"""What may stand between the pieces of a name in full: epithelial-to-mesenchymal transition."""
# somebody's short forms that are words where one capital begins a sentence, or where all is in capitals
WORDS: Final = frozenset(
    """age all and are arm as at base bat by can car case cast cat chip clip day do does ear end fat flap for gap had
    has her hip his how ice if impact in is it kit lap light map mask may men mice net not now of on or our past pen pin
    rat red rest ring role see set she skin spin star step task test the to trap up was we""".split()  # noqa: SIM905 (shorter)
)

Pieces = tuple[str, ...]


def symbols_of(text: str) -> Pieces:
    """The pieces of a text as `symbol` gives them."""
    return tuple(map(symbol, PIECE.findall(text)))


@lru_cache(maxsize=65536)
def symbol(piece: str) -> str:
    """A piece as it stands, but for the s of a plural (CAFs) and the name of a Greek letter."""
    return _LETTERS.get(piece.lower()) or _PLURAL.sub("", piece)


@lru_cache(maxsize=65536)
def fold(piece: str) -> str:
    """A piece in lower case, without accents, singular, American, a Greek letter's name for the letter."""
    name = GREEK.get(piece.lower(), piece.lower()).replace("metastases", "metastasis")
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", name) if not unicodedata.combining(letter))
    return re.sub(r"(?<=rus)es$|(?<=\w\w[^sui])s$", "", re.sub(r"ies$", "ys", american(plain)))
