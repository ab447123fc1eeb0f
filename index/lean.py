"""An exported model run by OpenVINO: the same vectors as sentence-transformers gives, in a fraction of the time.

Neither torch nor transformers nor sentence-transformers is imported for it; only `tokenizers` and `openvino`.
"""

from __future__ import annotations

import os
import sys
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, Final, Literal

import numpy as np
from tokenizers import Tokenizer

from index.aside import ending
from index.batches import batches
from index.identity import Coming, Progress, Vectors, unit
from index.together import Together, Tokens

GRAPH: Final = "model.xml"
WEIGHTS: Final = "model.bin"
TOKENIZER: Final = "tokenizer.json"
_MOST_STREAMS: Final = 8
_WAITING: Final = 2
"""Batches begun for each of the threads that compute: the next one waits where the one before it is at work."""

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
        threads: how many compute, each by itself; 0 for one a core, 8 at most. No vector depends on it.

    Raises:
        ImportError: OpenVINO is not installed.
        OSError, RuntimeError: the export cannot be read.
    """

    def __init__(self, folder: Path, recipe: Recipe, threads: int = 0) -> None:
        self.dimension = recipe.dimension
        self._prompt = recipe.prompt
        self._streams = threads or min(_MOST_STREAMS, os.cpu_count() or 1)
        self._folder, self._precision = folder, recipe.precision
        self._tokenizer = _tokenizer(folder / TOKENIZER)
        # a question by itself is answered soonest by all threads together
        wide = _Lane(self._compile(self._streams, streams=1))
        self._together = Together(wide, lambda: [_Lane(self._many) for _ in range(self._streams)])

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """One row a text, `(len(texts), dimension)` float32, each of unit length; a function of the text alone.

        Single texts of several threads are encoded together.
        """
        if len(texts) == 1 and progress is None:
            return self.begin(texts[0])()
        return self._apart(texts, progress)

    def begin(self, text: str) -> Coming:
        """The text is being encoded, or waits to be; called, it gives what `encode` does."""
        return self._together.begin(self.tokens([text])[0])

    def _apart(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """One row a text; threads that each have a batch of their own do more than all on one."""
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        read, done = self.tokens(texts), 0
        # no callbacks: their end may fall into that of the process, which OpenVINO's threads then abort
        idle = [_Lane(self._many) for _ in range(_WAITING * self._streams)]
        begun: deque[tuple[_Lane, list[int]]] = deque()

        def take() -> None:
            nonlocal done
            lane, batch = begun.popleft()
            vectors[batch] = lane.finish()
            idle.append(lane)
            done += len(batch)
            if progress is not None:
                progress(done, len(texts))

        for batch in batches([len(tokens) for tokens in read]):
            if ending.is_set():
                break
            if not idle:
                take()
            lane = idle.pop()
            lane.start([read[i] for i in batch])
            begun.append((lane, batch))
        while begun:
            take()
        if done < len(texts):
            raise RuntimeError("The process ends.")
        return vectors

    @cached_property
    def _many(self) -> Any:  # noqa: ANN401 (OpenVINO publishes no types)
        """The model for many texts: apart from that for a question, which must not wait for them."""
        return self._compile(self._streams, streams=self._streams)

    def _compile(self, threads: int, *, streams: int) -> Any:  # noqa: ANN401 (likewise)
        options = {
            "INFERENCE_PRECISION_HINT": self._precision,
            "INFERENCE_NUM_THREADS": threads,
            "NUM_STREAMS": streams,
            "PERFORMANCE_HINT": "THROUGHPUT" if streams > 1 else "LATENCY",
        }
        return openvino().Core().compile_model(self._folder / GRAPH, "CPU", options)

    def tokens(self, texts: Iterable[str]) -> list[list[int]]:
        """The tokens that the model reads of each text, by their numbers."""
        # stripped, as sentence-transformers does
        found = self._tokenizer.encode_batch_fast([self._prompt + text.strip() for text in texts])
        return [encoding.ids for encoding in found]


class _Lane:
    """A request of a compiled model; `index.together.Lane`."""

    def __init__(self, compiled: Any) -> None:  # noqa: ANN401 (OpenVINO publishes no types)
        self._request = compiled.create_infer_request()
        self._tensor = openvino().Tensor

    def start(self, batch: Sequence[Tokens]) -> None:
        """The texts, all of one length, are being encoded; returns at once."""
        # as a tensor of its own: what `start_async` is given it looks at first, for longer than all of this takes
        self._request.set_input_tensor(self._tensor(np.array(batch, dtype=np.int64)))
        self._request.start_async()

    def finish(self) -> Vectors:
        """One row a text, each of unit length, waited for."""
        self._request.wait()
        return unit(self._request.get_output_tensor(0).data)


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
