"""What a response may be written as, and by whom; apart from it, so that naming them loads nothing."""

from __future__ import annotations

from typing import Literal

Format = Literal["markdown", "csv", "bibtex", "ris", "csl-json", "json"]
"""What a response can be written as; `qa.exports` does it."""

Writer = Literal["extractive", "model"]
"""Who may be asked to write an answer: nobody, so that it is quoted, or the language model that is set."""
