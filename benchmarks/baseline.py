"""Saves the figures of the fixed question set over the starter library, below which `make test` lets none fall.

Run with `make baseline`, and only where a change of the figures is meant: look at what `git diff` shows of the scores.
"""

from __future__ import annotations

import tempfile
from contextlib import closing
from pathlib import Path
from typing import Final

from index.encoder import SentenceEncoder
from index.intake import starter_sources, take_in
from qa.evaluation.experiment import on_library
from qa.service import Service
from qa.settings import Settings

SAVED: Final = Path(__file__).parent.parent / "tests" / "qa" / "baseline" / "starter.json"


def main() -> None:
    """The figures of the product with its default settings are in `SAVED`."""
    encoder = SentenceEncoder()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "starter"
        take_in(path, encoder, starter_sources())
        with closing(Service(path, Settings(), encoder)) as service:
            on_library(service, None, lambda *_: None, modes=["fused"]).save(SAVED)


if __name__ == "__main__":
    main()
