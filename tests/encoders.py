"""A deterministic encoder for tests where the model is not the point."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

import numpy as np

from index.encoder import Identity, Progress, SentenceEncoder, Vectors, unit


class HashedEncoder:
    """A hashed bag of words: a function of the text alone, so that rankings can be worked out by hand.

    Each word, in lower case, adds 1 to the coordinate that its MD5 chooses; the sum is scaled to unit length. Texts
    that share no word are orthogonal (save for a collision), equal bags of words have cosine 1.
    """

    def __init__(self, dimension: int = 512, model: str = "hashed") -> None:
        self.identity = Identity(model, "0" * 64, dimension)
        self.encoded: list[str] = []

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """One row a text, float32, unit length; what was encoded is noted in `encoded`."""
        self.encoded.extend(texts)
        vectors = np.zeros((len(texts), self.identity.dimension))
        for row, text in enumerate(texts):
            for word in re.findall(r"\w+", text.casefold()):
                digest = hashlib.md5(word.encode(), usedforsecurity=False).digest()
                vectors[row, int.from_bytes(digest[:4], "big") % self.identity.dimension] += 1
        if progress is not None and texts:
            progress(len(texts), len(texts))
        return unit(vectors)


class Remembering(SentenceEncoder):
    """The real model, which makes the vector of a text once; those of some texts at once, which is far faster."""

    def __init__(self, texts: list[str]) -> None:
        super().__init__()
        self.known: dict[str, Vectors] = {}
        self.encode(texts)

    def encode(self, texts, progress=None):
        """The remembered vectors, and the model's of new texts."""
        new = [text for text in dict.fromkeys(texts) if text not in self.known]
        if new or not texts:
            made = super().encode(new, progress)
            self.known.update(zip(new, made, strict=True))
        return np.stack([self.known[text] for text in texts]) if texts else made
