"""A shard: the vectors of some texts in a safetensors file, written once, whole or not at all.

    keys     (n, 32) uint8    SHA-256 of each text in UTF-8, exactly as it was encoded
    vectors  (n, d) float32   the vector of each, of unit length
    sources  (m, 32) uint8    which files have all their texts in this shard and those before it (`index.shards.making`)

and as metadata the format, which model made it, how texts were cut then, and a SHA-256 over all of that and the arrays.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save

from index.identity import Identity, Vectors
from index.manifest import SCHEMA

NAMES: Final = "part-*-of-*.safetensors"
Keys = NDArray[np.uint8]
"""SHA-256 of some things, `(n, 32)` uint8."""

_FORMAT: Final = "exocite-shard-1"
_KEY: Final = 32
_KINDS: Final = {"keys": "U8", "vectors": "F32", "sources": "U8"}
_SAID: Final = frozenset({"format", "model", "weights", "dimension", "schema", "sum"})
_NAME: Final = re.compile(r"part-[0-9]{5}-of-[0-9]{5}-[0-9a-f]{16}\.safetensors")
_UNIT: Final = 1e-3
"""How far from 1 a vector's length may be; rounding makes a ten-thousandth of that."""


class Shard:
    """One shard, open for reading: mapped, so that of its arrays nothing is read until it is looked at.

    Attributes:
        path: its file.
        identity: which model made the vectors.
        is_of_now: whether texts were cut then as they are now.
    """

    def __init__(self, path: Path) -> None:
        """The shard in a file.

        Raises:
            OSError, ValueError: it cannot be read, or is none.
        """
        try:
            self._file = _opened(path)
            self._about: dict[str, str] = dict(self._file.metadata() or {})
            slices = {name: self._file.get_slice(name) for name in _KINDS}
        except SafetensorError as error:
            raise ValueError(str(error)) from error
        about = self._about
        if about.get("format") != _FORMAT or not about.keys() >= _SAID:
            raise ValueError(f"{path.name} is no shard.")
        self.path = path
        self.identity = Identity(about["model"], about["weights"], int(about["dimension"]))
        self.is_of_now = about["schema"] == str(SCHEMA)
        self._rows = slices["vectors"]
        widths = {"keys": _KEY, "vectors": self.identity.dimension, "sources": _KEY}
        found = {name: (one.get_dtype(), *one.get_shape()) for name, one in slices.items()}
        counts = {name: shape[1] if len(shape) > 1 else 0 for name, shape in found.items()}
        fits = {name: (kind, counts[name], widths[name]) for name, kind in _KINDS.items()}
        if found != fits or counts["keys"] != counts["vectors"]:
            raise ValueError(f"The arrays of {path.name} are not those of a shard.")

    @classmethod
    def open(cls, path: Path) -> Self | None:
        """The shard in the file; None where it cannot be read, is cut short, or is none."""
        with suppress(OSError, ValueError):
            return cls(path)
        return None

    @cached_property
    def is_sound(self) -> bool:
        """Whether every byte is as it was written; all of them are read for it, the first time."""
        arrays = [self._file.get_tensor(name) for name in _KINDS]
        return _sum({name: told for name, told in self._about.items() if name != "sum"}, arrays) == self._about["sum"]

    @property
    def keys(self) -> Keys:
        """The key of each text; read from the file each time, as those of all shards are many."""
        return np.asarray(self._file.get_tensor("keys"))

    @property
    def sources(self) -> frozenset[bytes]:
        """The digests of the files that are done with it."""
        return frozenset(bytes(one) for one in self._file.get_tensor("sources"))

    def vectors(self, rows: Iterable[int]) -> Vectors:
        """The vectors in these rows, in their order; at least one."""
        return np.concatenate([self._rows[row : row + 1] for row in rows])


def _opened(path: Path) -> Any:  # noqa: ANN401 (safetensors gives its methods no types)
    return safe_open(path, framework="np")


def key(text: str) -> bytes:
    """What a text is found by: SHA-256 of it in UTF-8."""
    # half a surrogate pair, which a damaged file may hold, has no UTF-8
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def keys_of(texts: Sequence[str]) -> Keys:
    """The key of each text."""
    return as_keys([key(text) for text in texts])


def as_keys(digests: Sequence[bytes]) -> Keys:
    """Digests as rows."""
    return np.frombuffer(b"".join(digests), dtype=np.uint8).reshape(-1, _KEY)


def of_unit_length(vectors: Vectors) -> NDArray[np.bool_]:
    """For each vector, whether it is one: finite and of length 1."""
    lengths = np.linalg.norm(vectors.astype(np.float64), axis=1)
    return np.asarray(np.abs(lengths - 1) < _UNIT)  # false for what is no number


def shards_below(folder: Path, label: str = "") -> list[Path]:
    """The files below a folder that have the name of a shard, by name, then by path.

    Args:
        label: with what the name begins.
    """
    found = (file for file in folder.rglob(NAMES) if _NAME.fullmatch(file.name) and file.name.startswith(label))
    return sorted(found, key=lambda file: (file.name, file.as_posix()))


def write_shard(folder: Path, label: str, identity: Identity, keys: Keys, vectors: Vectors, sources: Keys) -> Path:
    """A shard is in `folder`, whole and on the disk, under a name that its content decides; its file.

    What is no vector, as of a text without a word, is left out.

    Args:
        label: with what its name begins; of one label one process writes at a time.

    Raises:
        OSError: the disk took no more; there is no file then, or one that nobody takes for a shard.
    """
    good = of_unit_length(vectors)
    arrays: dict[str, NDArray[Any]] = {
        "keys": keys[good],
        "vectors": np.asarray(vectors[good], dtype=np.float32),
        "sources": sources,
    }
    about = {"format": _FORMAT, "model": identity.model, "weights": identity.weights}
    about |= {"dimension": str(identity.dimension), "schema": str(SCHEMA)}
    about["sum"] = _sum(about, list(arrays.values()))
    path, partial = folder / f"{label}-{about['sum'][:16]}.safetensors", folder / f".{label}.partial"
    with partial.open("wb") as file:
        file.write(save(arrays, about))
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)
    return path


def _sum(about: dict[str, str], arrays: Sequence[NDArray[Any]]) -> str:
    """SHA-256 over what a shard says of itself and over its arrays, hexadecimal."""
    digest = hashlib.sha256(json.dumps(about, sort_keys=True).encode())
    for one in arrays:
        digest.update(f"{one.dtype.str} {one.shape}\n".encode())
        digest.update(np.ascontiguousarray(one).tobytes())
    return digest.hexdigest()
