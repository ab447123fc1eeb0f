"""`exocite engine`: what searches the library, and putting the library with another one."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import typer

from qa.commands.opening import open_console, read_settings
from qa.counts import RECORDS, counted

if TYPE_CHECKING:
    from rich.console import Console

    from index.library import Library

engine = typer.Typer(help="What searches the library: Exocite itself, or Milvus.", no_args_is_help=True)


@engine.callback()
def engines() -> None:
    """What searches the library: Exocite itself, or Milvus; `exocite status` says which."""


@engine.command()
def rebuild() -> None:
    """Put the whole library with its engine anew, or with the one that `exocite --engine NAME` names."""
    from index.moving import move_library

    settings = read_settings()
    with closing(move_library(settings.library, settings.choice)) as library:
        print_engine(library, open_console())


@engine.command()
def claim() -> None:
    """Say that what Milvus holds of the library is this one's, as after it came from another machine, and no copy's."""
    from index.moving import claim_library

    settings = read_settings()
    with closing(claim_library(settings.library, settings.choice)) as library:
        print_engine(library, open_console())


def print_engine(library: Library, console: Console) -> None:
    """What searches the library, where that is and what lies there is on the console.

    Raises:
        EngineError: it cannot be asked.
        LibraryDamaged, LibraryMismatch: it does not hold the library.
    """
    library.check_engine()
    state = library.ranker.engine.state()
    if state is None:
        console.print("engine     faiss, in this process")
    else:
        partitions, records = counted(state.segments, "partition"), counted(state.records, *RECORDS)
        console.print(f"engine     milvus ({state.version}) at {state.address}")
        console.print(f"           {partitions}, {records} in {state.collection}")
    for address in library.left_over:
        told = f"           Something of before may lie at {address}; it goes with the next change when that answers."
        console.print(told, style="yellow")
