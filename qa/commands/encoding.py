"""Vectors made on many machines, as commands make and use them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from index.encoder import Encoder
    from index.shards import Shelved


def encode(
    given: Annotated[
        list[str], typer.Argument(metavar="PATH...", help="Files and folders of files.", show_default=False)
    ],
    out: Annotated[
        Path, typer.Option("--out", metavar="DIR", help="The folder that gets the vectors.", show_default=False)
    ],
    part: Annotated[
        str, typer.Option("--part", metavar="I/N", help="Only this part of the files, as 3/32 for the third of 32.")
    ] = "1/1",
) -> None:
    """Make the vectors of files into a folder, for `exocite add --vectors`; many machines can do a part each.

    Run again, it goes on where it was. The files are dealt out by their names below the folders that are named, so
    machines that name the same folders, wherever they lie, make all of it together, without talking.
    """
    from corpus.errors import InputError, UnreadableFile
    from index.intake import find, with_exports
    from index.shards import Part, Telling, dealt, fill
    from qa.commands.opening import open_console, open_encoder, read_settings
    from qa.commands.terminal import damaged_line, part_line, reading, shard_line
    from qa.fetching.identifiers import told_apart

    chosen, settings = Part.read(part), read_settings()
    console, errors = open_console(), open_console(stderr=True)
    apart = told_apart(given)
    if articles := [*map(str, apart.identifiers), *apart.neither]:
        msg = (
            f"`exocite encode` reads files and folders, and '{articles[0]}' is none; `exocite add PMC1234567` fetches "
            "an article by what names it, and encodes it itself."
        )
        raise InputError(msg)
    paths = apart.paths
    found = find(paths).sources
    if not found:
        raise UnreadableFile(", ".join(map(str, paths)), "no file in there that Exocite reads.")
    sources = dealt(with_exports(found, paths)[0], paths, chosen)
    with reading(console) as bar:
        tell = Telling(
            written=lambda path, texts, files: console.print(shard_line(path, texts, files)),
            failed=lambda error: errors.print(f"! {error.file}: not read; {error.reason}", style="red"),
            naming=bar.naming,
            reading=bar.reading,
            encoding=bar.encoding,
        )
        try:
            made = fill(out, open_encoder(settings), sources, chosen, tell)
        except KeyboardInterrupt:
            console.print("Interrupted: the shards told of are whole; the same command goes on with the rest.")
            raise
    for path in made.damaged:
        errors.print(damaged_line(path))
    console.print(part_line(chosen, made))
    if made.unreadable:
        raise typer.Exit(1)


def shelved(encoder: Encoder, folder: Path) -> Shelved:
    """An encoder that takes vectors from the shards below a folder.

    Raises:
        BadShards: there are none, or one is of another model.
    """
    from corpus.errors import BadShards
    from index.shards import Shelf, Shelved

    shelf = Shelf.open(folder, encoder.identity)
    if not len(shelf) and not shelf.damaged:
        msg = f"There are no vectors below {folder}; `exocite encode PATH… --out {folder}` makes them."
        raise BadShards(msg)
    return Shelved(encoder, shelf)
