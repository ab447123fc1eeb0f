"""A model run by sentence-transformers itself, in this process: for those that cannot be exported to a lean run-time.

Importing sentence-transformers takes seconds, so it happens when a model is opened, never at start.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from index.batches import batches
from index.identity import Progress, Vectors, unit
from index.models import WORKER, computes_in_bfloat16, loaded

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

KIND: Final = "sentence-transformers model"


class Pipeline:
    """Any sentence-transformers model; in bfloat16 where the processor computes in it, in float32 elsewhere.

    Safe to share between threads.

    Raises:
        EncoderError: the folder holds none that can be loaded; the message names the model as the user did.
    """

    def __init__(self, folder: Path, model: str) -> None:
        self._model = WORKER.submit(_load, folder, model).result()
        self.dimension = int(self._model.get_embedding_dimension() or 0)

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """One row a text, `(len(texts), dimension)` float32, each of unit length; a function of the text alone."""
        return WORKER.submit(self._encode, texts, progress).result()

    def _encode(self, texts: Sequence[str], progress: Progress | None) -> Vectors:
        if len(texts) == 1:
            return _encode_question(self._model, texts[0])
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        done = 0
        for batch in batches(_lengths(self._model, texts)):
            raw = self._model.encode([texts[i] for i in batch], batch_size=len(batch), show_progress_bar=False)
            vectors[batch] = unit(np.asarray(raw, dtype=np.float32))
            done += len(batch)
            if progress is not None:
                progress(done, len(texts))
        return vectors


def _load(folder: Path, model: str) -> SentenceTransformer:
    def make() -> SentenceTransformer:
        import torch
        from sentence_transformers import SentenceTransformer

        dtype = torch.bfloat16 if computes_in_bfloat16() else torch.float32
        return SentenceTransformer(str(folder), device="cpu", model_kwargs={"dtype": dtype}, local_files_only=True)

    return loaded(make, model, KIND)


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


def _lengths(model: SentenceTransformer, texts: Sequence[str]) -> list[int]:
    """The tokens that the model reads of each text; characters where its tokenizer does not pad."""
    from transformers import PreTrainedTokenizerBase

    tokenizer = model.tokenizer
    if not texts or not isinstance(tokenizer, PreTrainedTokenizerBase):
        return [len(text) for text in texts]
    # stripped, as the model does
    read = tokenizer([text.strip() for text in texts], truncation=True, max_length=model.max_seq_length)
    return [len(tokens) for tokens in read["input_ids"]]
