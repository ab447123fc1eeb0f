"""How mechanisms look in a terminal."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from qa.citations import short_name
from qa.results import Mechanism, MechanismEntry, MechanismResponse, Slot

_COLUMNS = ("molecule", "from → to", "does", "target", "pathway", "effect", "cancer", "evidence")


def print_mechanisms(found: MechanismResponse) -> None:
    """A table, one line a mechanism, with where each stands to the character; how many there are in all."""
    # lines as long as they are where nobody looks, so that pipes and files get each whole
    console = Console(highlight=False, markup=False, width=None if sys.stdout.isatty() else 100_000)
    if found.total:
        _print_table(console, found)
    else:
        console.print(Text("These papers say nothing of mechanisms that fits.", style="bold"))


def _print_table(console: Console, found: MechanismResponse) -> None:
    table = Table(box=None, pad_edge=False)
    for header in _COLUMNS:
        table.add_column(header, overflow="fold")
    for entry in found.mechanisms:
        table.add_row(*map(Text, _cells(entry)))
    console.print(table)
    console.print(Text(f"\n{_counted(found)}", style="bold"))
    if found.unread:
        console.print(Text(_unread(found), style="yellow"))


def print_left_out(found: MechanismResponse) -> None:
    """Where not all was given: on standard error, which part and how to get the rest; otherwise nothing."""
    if len(found.mechanisms) < found.total:
        typer.echo(f"exocite: {_counted(found)}; --limit 1000 gives more at once, --offset the next.", err=True)
    if found.unread:
        typer.echo(f"exocite: {_unread(found)}", err=True)


def _counted(found: MechanismResponse) -> str:
    last = found.offset + len(found.mechanisms)
    part = f"from {found.offset + 1:,} to {last:,}" if found.mechanisms else "none of them"
    shown = f", shown {part}" if len(found.mechanisms) < found.total else ""
    return f"{found.total:,} mechanism{'' if found.total == 1 else 's'}{shown}"


def _unread(found: MechanismResponse) -> str:
    return f"{found.unread:,} more records could not be read at once; set a limit."


def _cells(entry: MechanismEntry) -> tuple[str, ...]:
    said = entry.mechanism
    way = " → ".join(filter(None, (_listed(said.source), _listed(said.recipient))))
    place = f"{short_name(entry.document)} {said.start}–{said.end}{' !' if said.cautions else ''}"
    molecules = "; ".join(slot.name for slot in said.molecule)
    rest = (said.target, said.pathway, said.effect, said.cancer)
    return (molecules, way, _does(said), *map(_listed, rest), place)


def _does(said: Mechanism) -> str:
    directions = "; ".join(dict.fromkeys(slot.name for slot in said.direction))
    return f"does not: {directions}" if said.negated else directions


def _listed(slots: Sequence[Slot]) -> str:
    return "; ".join(slot.text for slot in slots)
