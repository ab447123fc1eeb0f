"""A tiny cross-encoder, made here: real in every part, small enough to load at once, its weights drawn with a seed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path


def write_cross_encoder(folder: Path, texts: Iterable[str], labels: int = 1) -> Path:
    """A BERT of two tiny layers that knows the words of the texts is in `folder`; gives the folder."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    vocabulary += sorted({word for text in texts for word in re.findall(r"\w+|[^\w\s]", text.casefold())})
    folder.mkdir(parents=True)
    (folder / "vocab.txt").write_text("\n".join(vocabulary), encoding="utf-8")
    BertTokenizerFast(str(folder / "vocab.txt"), model_max_length=128).save_pretrained(folder)
    torch.manual_seed(7)
    config = BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=16,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=128,
        num_labels=labels,
        initializer_range=1.0,  # so that scores lie well apart
    )
    BertForSequenceClassification(config).save_pretrained(folder)
    return folder
