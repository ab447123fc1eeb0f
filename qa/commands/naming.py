"""`exocite names`: other names of genes, diseases, microRNAs and the like, added, listed, removed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from qa.commands.opening import open_console, open_encoder, read_settings

names = typer.Typer(
    help="Other names of genes, diseases, microRNAs and the like, from tables that you have.",
    invoke_without_command=True,
)


@names.callback()
def tables(context: typer.Context) -> None:
    """Other names of genes, diseases, microRNAs and the like, from tables that you have; by itself, it lists them."""
    if context.invoked_subcommand is None:
        list_names()


@names.command("add")
def add_names(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE...", help="HGNC, Disease Ontology, miRBase, OBO, TSV or CSV.", show_default=False),
    ],
) -> None:
    """Read tables of other names into the library, each in place of one of the same file name."""
    from index import naming
    from index.intake import files_of
    from qa.commands.terminal import names_line

    settings = read_settings()
    for read in naming.add_names(settings.library, open_encoder(settings), files_of(files), settings.choice):
        open_console().print(names_line(read.file, read.entries, read.notices, mark="+ "))


@names.command("list")
def list_names() -> None:
    """List the tables of other names that were added."""
    from index.naming import tables_of
    from qa.commands.terminal import names_line

    for file, entries in tables_of(read_settings().library).entries.items():
        open_console().print(names_line(file, entries))


@names.command("remove")
def remove_names(
    files: Annotated[
        list[str], typer.Argument(metavar="FILE...", help="As `exocite names list` shows them.", show_default=False)
    ],
) -> None:
    """Take every name that came from these files out of the library."""
    from index import naming

    settings = read_settings()
    naming.remove_names(settings.library, open_encoder(settings), files, settings.choice)
    for file in files:
        open_console().print(f"- {file}: removed")
