"""A sentence-transformers model becomes an export for `index.lean`, held against the original; in a process of its own.

Its own, because torch and sentence-transformers take seconds and much memory, which whoever asks questions does
without, and because a conversion that goes wrong in C++ must end nobody else.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from corpus.assemble import read_document
from corpus.starter import starter_documents
from index.identity import Vectors, unit
from index.lean import GRAPH, TOKENIZER, Lean, Precision, Recipe, openvino
from index.models import computes_in_bfloat16, loaded
from index.pipeline import KIND
from index.projections import join_projections
from index.texts import encoded_text

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_TOKENS: Final = "input_ids"
_MASK: Final = "attention_mask"
_SEGMENTS: Final = "token_type_ids"
_NEAR: Final = 0.999
"""The cosine that each vector of an export has at least to that of sentence-transformers in float32."""
_PASSAGES: Final = 48
_LONGEST: Final = 512
"""Tokens that are read of a text by a model that does not say how many it reads."""
_ODD: Final = ("", " kite ", "miR-21", "TGF-β₁ ⟂ \N{GRINNING FACE} 漢字 naïve", "exosome " * 1_000)
"""Texts that tokenizers are known to differ on: empty, with blanks around, short, of rare characters, far too long."""

Answer = tuple[str, dict[str, Any] | str]
"""`("made", recipe)`, or `("unfit", why)` where the model's export is not equal to it."""


class _Unfit(Exception):
    """The model cannot be exported, or its export is not equal to it."""


def serve(handle: int) -> None:
    """The model that is named through the connection of this file descriptor was exported, or it was said why not."""
    connection: Connection[Answer, tuple[str, str, str]] = Connection(handle)
    with suppress(EOFError, OSError):  # whoever asked is gone
        folder, model, target = connection.recv()
        try:
            answer: Answer = ("made", asdict(export(Path(folder), model, Path(target))))
        except _Unfit as error:
            answer = ("unfit", str(error))
        connection.send(answer)


def export(folder: Path, model: str, target: Path) -> Recipe:
    """The export of the model lies in the folder `target`, and gives the same vectors; returns how to run it.

    Raises:
        _Unfit: there is none that does.
        EncoderError: the model itself cannot be loaded.
    """
    original = _original(folder, model)
    names = _inputs(original)
    wanted = unit(np.asarray(original.encode(texts := _texts(), show_progress_bar=False), dtype=np.float32))
    precisions: list[Precision] = ["bf16", "f32"] if computes_in_bfloat16() else ["f32"]
    why = ""
    # every token of texts of one length is attended to: few models need to be told, by a mask that would be made and
    # looked at for each text
    for given in (names - {_MASK}, names):
        try:
            _convert(original, given, target)
        except (MemoryError, OSError):  # they say nothing of the model
            raise
        except Exception as error:  # converters raise anything
            why = f"it cannot be converted ({type(error).__name__})"
            continue
        for precision in precisions:
            recipe = Recipe(wanted.shape[1], _prompt(original), precision)
            why = _difference(original, target, recipe, texts, wanted)
            if not why:
                return recipe
    raise _Unfit(why)


def _original(folder: Path, model: str) -> SentenceTransformer:
    def make() -> SentenceTransformer:
        from sentence_transformers import SentenceTransformer

        return SentenceTransformer(str(folder), device="cpu", local_files_only=True)

    return loaded(make, model, KIND).float().eval()


def _inputs(model: SentenceTransformer) -> set[str]:
    """What the model reads of a text.

    Raises:
        _Unfit: it reads what cannot be told from the tokens.
    """
    names = set(model.preprocess(["kite"])) - {"modality"}
    if not {_TOKENS, _MASK} <= names <= {_TOKENS, _MASK, _SEGMENTS}:
        raise _Unfit(f"it reads {', '.join(sorted(names))}")
    return names


def _convert(model: SentenceTransformer, given: set[str], target: Path) -> None:
    """Transformer, pooling and whatever follows are one graph of tokens, `(texts, length)` int64, to vectors.

    Args:
        given: the names of what the model is given, where texts of one length are read.
    """
    import torch

    class Whole(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.inner = model

        def forward(self, tokens: torch.Tensor) -> torch.Tensor:
            whole = {_TOKENS: tokens, _MASK: torch.ones_like(tokens), _SEGMENTS: torch.zeros_like(tokens)}
            found: torch.Tensor = self.inner({name: whole[name] for name in given})["sentence_embedding"]
            return found

    ov = openvino(converting=True)
    with torch.inference_mode():
        graph = ov.convert_model(Whole().eval(), example_input=(torch.tensor([[5, 6, 7, 8, 9], [9, 8, 7, 6, 5]]),))
    graph.reshape([-1, -1])
    join_projections(graph)
    ov.save_model(graph, target / GRAPH, compress_to_fp16=False)
    tokenizer = model.tokenizer.backend_tokenizer
    tokenizer.no_padding()
    tokenizer.enable_truncation(int(model.max_seq_length or _LONGEST))
    tokenizer.save(str(target / TOKENIZER))


def _prompt(model: SentenceTransformer) -> str:
    name = model.default_prompt_name
    return "" if name is None else str(model.prompts[name])


def _texts() -> list[str]:
    """Passages of real papers, evenly from the documents that come with Exocite, and odd texts."""
    found: list[str] = []
    for name, data in starter_documents():
        reading = read_document(name, data, document_id=name, source=name)
        found += [encoded_text(passage) for passage in reading.passages]
        found += [encoded_text(row) for row in reading.rows]
    return [*found[:: max(1, len(found) // _PASSAGES)], *_ODD]


def _difference(model: SentenceTransformer, target: Path, recipe: Recipe, texts: Sequence[str], wanted: Vectors) -> str:
    """What tells the export from the model; "" for nothing."""
    try:
        lean = Lean(target, recipe)
        alike = [model.preprocess([recipe.prompt + text])["input_ids"][0].tolist() for text in texts]
        if lean.tokens(texts) != alike:
            return "its tokenizer reads texts otherwise than the model's own"
        found = lean.encode(texts)
        nearest = float((found * wanted).sum(axis=1).min())
        if not nearest >= _NEAR:
            return f"in {recipe.precision} a vector has cosine {nearest:.4f} to the model's own"
        alone, crowd = Lean(target, recipe, threads=1), lean.encode([*texts, *texts])
        if any(alone.encode([text]).tobytes() != crowd[i].tobytes() for i, text in enumerate(texts)):
            return f"in {recipe.precision} a vector depends on those beside it"
    except (OSError, RuntimeError, ValueError) as error:
        return f"it cannot be run ({type(error).__name__})"
    return ""
