"""An exported model run by OpenVINO: the same vectors as sentence-transformers gives, in a fraction of the time.

Neither torch nor transformers nor sentence-transformers is imported for it; only `tokenizers` and `openvino`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from threading import Lock
from types import ModuleType
from typing import Any, Final, Literal

import numpy as np
from tokenizers import Tokenizer

from index.batches import batches
from index.identity import Progress, Vectors, unit
from index.together import Together

GRAPH: Final = "model.xml"
WEIGHTS: Final = "model.bin"
TOKENIZER: Final = "tokenizer.json"

Precision = Literal["bf16", "f32"]
"""What the processor multiplies in."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How an exported model is run.

    Attributes:
        dimension: length of a vector.
        prompt: what stands before each text; "" for nothing.
        precision: what the processor multiplies in.
    """

    dimension: int
    prompt: str
    precision: Precision


class Lean:
    """An export in memory and ready; safe to share between threads.

    Args:
        folder: holds the graph, its weights, and the tokenizer, which cuts texts to what the model reads.
        threads: how many compute; 0 for one a core. No vector depends on it.

    Raises:
        ImportError: OpenVINO is not installed.
        OSError, RuntimeError: the export cannot be read.
    """

    def __init__(self, folder: Path, recipe: Recipe, threads: int = 0) -> None:
        self.dimension = recipe.dimension
        self._prompt = recipe.prompt
        core = openvino().Core()
        options = {
            "INFERENCE_PRECISION_HINT": recipe.precision,
            "INFERENCE_NUM_THREADS": threads,
            "NUM_STREAMS": 1,
            "PERFORMANCE_HINT": "LATENCY",
        }
        compiled = core.compile_model(folder / GRAPH, "CPU", options)
        self._tokenizer = _tokenizer(folder / TOKENIZER)
        # two, because questions must not wait for a library that is being made: OpenVINO gives each its turn
        self._questions, self._texts = (_Request(compiled.create_infer_request()) for _ in range(2))
        self._together = Together(lambda texts: self._encode(self._questions, texts))

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """One row a text, `(len(texts), dimension)` float32, each of unit length; a function of the text alone.

        Single texts of several threads are encoded together.
        """
        if len(texts) == 1 and progress is None:
            return self._together.encode(texts[0])
        return self._encode(self._texts, texts, progress)

    def _encode(self, request: _Request, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        read, done = self.tokens(texts), 0
        for batch in batches([len(tokens) for tokens in read]):
            vectors[batch] = request.vectors([read[i] for i in batch])
            done += len(batch)
            if progress is not None:
                progress(done, len(texts))
        return unit(vectors)

    def tokens(self, texts: Iterable[str]) -> list[list[int]]:
        """The tokens that the model reads of each text, by their numbers."""
        # stripped, as sentence-transformers does
        found = self._tokenizer.encode_batch_fast([self._prompt + text.strip() for text in texts])
        return [encoding.ids for encoding in found]


class _Request:
    """What runs the graph, for one thread at a time."""

    def __init__(self, request: Any) -> None:  # noqa: ANN401 (OpenVINO publishes no types)
        self._request = request
        self._lock = Lock()

    def vectors(self, tokens: Sequence[Sequence[int]]) -> Vectors:
        """One row each, of any length, for texts of as many tokens each."""
        given = np.array(tokens, dtype=np.int64)
        with self._lock:
            return np.array(self._request.infer([given])[0], dtype=np.float32)


def openvino(*, converting: bool = False) -> ModuleType:
    """The package `openvino`, which tells nobody that it was imported.

    As it comes, importing it sends a notice to an analytics service: from its converter, through `openvino_telemetry`.
    Where either cannot be imported it does without; both are kept out, and who converts keeps out the latter alone.

    Raises:
        ImportError: it is not installed.
    """
    kept_out = ["openvino_telemetry"] if converting else ["openvino_telemetry", "openvino.tools.ovc"]
    for name in kept_out:
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]  # None is Python's word for "not to be imported"
    return import_module("openvino")


def _tokenizer(file: Path) -> Tokenizer:
    try:
        return Tokenizer.from_file(str(file))
    except Exception as error:  # tokenizers raises nothing narrower
        raise OSError(f"{file} is no tokenizer.") from error
