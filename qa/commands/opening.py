"""What a command opens: the settings, the encoder, the library's service, and where it prints."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

    from index.encoder import Encoder
    from qa.service import Service
    from qa.settings import Settings


def read_settings() -> Settings:
    """The settings of the environment.

    Raises:
        BadSetting: one of them cannot be used.
    """
    from qa.settings import Settings

    return Settings.read()


def open_encoder(chosen: Settings) -> Encoder:
    """The encoder that is set; its model is loaded at its first text. Where that takes long, standard error says so."""
    from index.encoder import SentenceEncoder
    from index.exports import Exports

    return SentenceEncoder(chosen.model, Exports(tell=lambda said: open_console(stderr=True).print(said)))


def open_service() -> Service:
    """The service over the library that is set.

    Raises:
        LibraryMissing, LibraryDamaged, LibraryMismatch: there is none, or it cannot be used as it is.
    """
    from qa.service import Service

    chosen = read_settings()
    return Service(chosen.library, chosen, open_encoder(chosen))


def open_console(*, stderr: bool = False) -> Console:
    """Where a command talks to people: standard output, or standard error."""
    from rich.console import Console

    seen = (sys.stderr if stderr else sys.stdout).isatty()
    # lines as long as they are where nobody looks, so that pipes and files get each whole
    return Console(highlight=False, markup=False, width=None if seen else 100_000, stderr=stderr)
