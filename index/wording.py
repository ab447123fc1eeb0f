"""What index words are made of: everything, or less of it, to measure what each part adds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Wording:
    """What becomes one word whatever it is called; all else in a text is plain stemmed words.

    Attributes:
        names: microRNA names in any spelling; without it a ranking does not set other molecules back either.
        abbreviations: what a library's documents abbreviate, with what it stands for.
        synonyms: lay and clinical words for one thing, and the other names that the user added.
    """

    names: bool = True
    abbreviations: bool = True
    synonyms: bool = True


EVERYTHING: Final = Wording()
"""The product's."""
