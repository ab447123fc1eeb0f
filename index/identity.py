"""Vectors and which model made them: what every encoder, index and manifest agrees on."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Progress = Callable[[int, int], None]
"""Called with (texts encoded so far, texts in all)."""
Coming = Callable[[], Vectors]
"""Gives the vector of a text, `(1, dimension)` float32 of unit length, waited for; raises what encoding it raised."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Which model made a vector; two vectors may be compared only when their identities are equal.

    Attributes:
        model: the model's name, or the name of its folder.
        weights: SHA-256 of its weights, hexadecimal.
        dimension: length of a vector.
    """

    model: str
    weights: str
    dimension: int


def unit(vectors: NDArray[np.floating]) -> Vectors:
    """The rows scaled to unit length, float32; a row of zeros stays as it is."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.where(lengths == 0, 1, lengths), dtype=np.float32)


def sha256(path: Path) -> str:
    """SHA-256 of a file's bytes, hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def weights_hash(folder: Path) -> str:
    """SHA-256 over the weight files below a folder, by path: the same whatever the processor computes in."""
    digest = hashlib.sha256()
    for file in sorted(file for suffix in ("safetensors", "bin") for file in folder.rglob(f"*.{suffix}")):
        digest.update(f"{file.relative_to(folder).as_posix()} {sha256(file)}\n".encode())
    return digest.hexdigest()
