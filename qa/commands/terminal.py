"""How papers on their way into a library, and what is in it, look in a terminal; answers: `qa.commands.printing`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from corpus.summaries import DocumentSummary
from index.encoder import Progress as Told
from index.intake import Outcome, Used, Vanished
from index.lexicon import Entry
from index.shards import Made, Part
from index.tables import summed_up
from qa import overview
from qa.counts import counted
from qa.overview import Overview

_KINDS_NAMED: Final = 8
"""Of how many formats that are not read a line tells the number."""
_NAME: Final = 40
"""Characters of a file's name beside a bar."""
_MISSING_NAMED: Final = 8
"""How many files that an export names and that are missing are named."""
_MARKS = {"added": "+", "replaced": "~", "moved": ">", "unchanged": "=", "unreadable": "!"}


def outcome_line(outcome: Outcome) -> Text:
    """One line for one file: what became of it, and what was found in it."""
    line = Text(f"{_MARKS[outcome.status]} {outcome.file}: ")
    if outcome.status == "unreadable":
        line.append("not read; " + " ".join(outcome.notices), style="red")
        return line
    if outcome.same_as:
        line.append("same paper")  # whose counts are those of the file that is kept
    else:
        found = [counted(outcome.passages, "passage"), counted(outcome.rows, "table row")]
        found.append(counted(outcome.references, "reference"))
        line.append(f"{outcome.status}, {', '.join(found)}")
    for notice in outcome.notices:
        line.append(f"\n    {notice}", style="yellow")
    return line


def vanished_lines(missing: Vanished, pruned: bool) -> Iterator[Text]:
    """A line for each paper whose file is gone, and one for each folder that may only be out of sight."""
    for summary in missing.gone:
        what = "removed" if pruned else "vanished"
        then = "." if pruned else "; `--prune` takes such papers out of the library."
        yield Text(f"- {summary.file}: {what}, its file is no more at {summary.source}{then}")
    for sentence in missing.unsure:
        yield Text(f"! {sentence}", style="yellow")


def interrupted_line(taken: int, files: int) -> Text:
    """What is in the library after Ctrl-C, and how to go on."""
    done = f"{taken:,} of {counted(files, 'file is', 'files are')} done"
    return Text(f"Interrupted: {done}; the same command goes on with the rest.")


def left_out_line(others: Mapping[str, int], read: Iterable[str]) -> Text:
    """`3 files of other formats were not read: .pdf 2, .docx 1; Exocite reads .md, .txt.` in one line.

    Args:
        others: how many files of each suffix were left out, in the order they are told; at least one file.
        read: the suffixes that are read.
    """
    count = sum(others.values())
    files = "1 file of another format was" if count == 1 else f"{count:,} files of other formats were"
    return Text(f"{files} not read: {by_suffix(others)}; Exocite reads {', '.join(sorted(read))}.", style="yellow")


def export_line(used: Used) -> Text:
    """`library.bib: 120 entries, 20 without a file; 2 files are missing: a.pdf, b.pdf.` in one line."""
    said = [counted(used.entries, "entry", "entries")]
    if used.without:
        said.append(f"{used.without:,} without a file")
    if used.broken:
        said.append(f"{counted(used.broken, 'more', 'more')} could not be read")
    line = f"{used.file}: {', '.join(said)}"
    if used.missing:
        named = ", ".join(used.missing[:_MISSING_NAMED]) + (" …" if len(used.missing) > _MISSING_NAMED else "")
        line += f"; {counted(len(used.missing), 'file is', 'files are')} missing: {named}"
    if used.others:
        line += f"; {counted(used.others, 'file', 'files')} of other formats or places not read"
    return Text(f"{line}.", style="yellow" if used.missing or used.broken else "")


def taken_line(taken: int, encoded: int) -> Text:
    """`12,340 of 12,400 vectors were taken from shards, 60 encoded here.` in one line."""
    return Text(f"{taken:,} of {counted(taken + encoded, 'vector was', 'vectors were')} taken from shards, "
                f"{encoded:,} encoded here.")  # fmt: skip


def damaged_line(path: Path) -> Text:
    """That a shard was passed over, and what to do."""
    return Text(
        f"! {path}: not as it was written, and passed over; delete it, and encode that part again.", style="red"
    )


def shard_line(path: Path, texts: int, files: int) -> Text:
    """What one shard holds."""
    return Text(f"+ {path.name}: {counted(texts, 'text', 'texts')} of {counted(files, 'file', 'files')}")


def part_line(part: Part, made: Made) -> Text:
    """What came of one part, in one line."""
    name = f"Part {part.number:,} of {part.of:,}"
    if not made.files:
        return Text(f"{name} has no file, so there is nothing to encode; the other parts have them all.")
    if made.passed == made.files:
        return Text(f"{name} is whole: {counted(made.files, 'file', 'files')}, nothing to encode.")
    line = f"{name}: {counted(made.files, 'file', 'files')}, {counted(made.encoded, 'text', 'texts')} encoded"
    if made.known:
        line += f", {counted(made.known, 'was', 'were')} there"
    if made.passed:
        line += f"; {counted(made.passed, 'file was', 'files were')} done before"
    if made.unreadable:
        line += f"; {counted(made.unreadable, 'file', 'files')} could not be read"
    return Text(f"{line}.")


def by_suffix(suffixes: Mapping[str, int]) -> str:
    """`.pdf 2, .docx 1, without a suffix 3`, the first eight one by one, the rest together as `others`."""
    named = list(suffixes.items())
    if len(named) > _KINDS_NAMED:
        named = [*named[: _KINDS_NAMED - 1], ("others", sum(count for _, count in named[_KINDS_NAMED - 1 :]))]
    return ", ".join(f"{suffix or 'without a suffix'} {count:,}" for suffix, count in named)


def names_line(file: str, entries: Sequence[Entry], notices: Sequence[str] = (), *, mark: str = "") -> Text:
    """One line for one table of other names, and one for each notice."""
    line = Text(f"{mark}{file}: {summed_up(entries)}")
    for notice in notices:
        line.append(f"\n    {notice}", style="yellow")
    return line


@contextmanager
def progress_bar(console: Console) -> Iterator[Callable[[str, int, int], None]]:
    """A bar that shows (what is done, how many of it, of how many), from the first time it is told; none in a pipe."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(" of "), TimeRemainingColumn())
    with Progress(
        *columns,
        console=console,
        transient=True,
        disable=not console.is_terminal,
        redirect_stderr=sys.stderr.isatty(),  # what goes into a file stays there
    ) as bar:
        task = bar.add_task("", total=None, visible=False)

        def show(what: str, done: int, total: int) -> None:
            bar.update(task, description=what, completed=done, total=total, visible=True)

        yield show


class Reading:
    """What is told of files on their way in: a bar of how many are read, then of how many texts are encoded."""

    def __init__(self, show: Callable[[str, int, int], None]) -> None:
        self._show = show
        self._name = ""
        self._read = (0, 0)

    def naming(self, name: str) -> None:
        """A file's turn has come."""
        self._name = f" {name if len(name) <= _NAME else name[: _NAME - 1] + '…'}"
        self.reading(*self._read)

    def reading(self, done: int, total: int) -> None:
        """So many files are read."""
        self._read = (done, total)
        self._show(f"Reading{self._name}", done, total)

    def encoding(self, done: int, total: int) -> None:
        """So many new passages and rows are encoded."""
        self._show("Embedding passages and rows", done, total)


@contextmanager
def reading(console: Console) -> Iterator[Reading]:
    """A bar for the reading of files, then for the encoding of new passages and rows."""
    with progress_bar(console) as show:
        yield Reading(show)


@contextmanager
def fetching(console: Console, total: int) -> Iterator[Callable[[object], None]]:
    """A bar for articles that are fetched one after another; told each before it is."""
    with progress_bar(console) as show:
        begun = count()
        yield lambda what: show(f"Asking Europe PMC for {what}", next(begun), total)


@contextmanager
def encoding(console: Console) -> Iterator[Told]:
    """A bar for the encoding of new passages and rows."""
    with reading(console) as bar:
        yield bar.encoding


def print_overview(console: Console, found: Sequence[Overview]) -> None:
    """What there is to know of each paper, each thing with its place, and how many of each kind in all."""
    for each in found:
        console.print(Text(f"{each.document.id}  {each.document.title}", style="bold"))
        for finding in each.findings:
            place = f"{finding.where} ({finding.start}–{finding.end}): " if finding.where else ""
            console.print(Text(f"    {finding.kind}  {place}{finding.message}"))
            if finding.suggestion:
                console.print(Text(f"      Read it as: {finding.suggestion}."))
        if not each.findings:
            console.print(Text("    nothing found", style="dim"))
    console.print(Text(f"\n{counted(len(found), 'paper')}: {overview.summed_up(overview.tally(found))}", style="bold"))


def documents_table(documents: Sequence[DocumentSummary]) -> Table:
    """One line a document, and one for the other files of its paper."""
    table = Table(box=None, pad_edge=False)
    for header, justify in (("id", "left"), ("title", "left"), ("year", "right")):
        table.add_column(header, justify=justify, overflow="fold")  # type: ignore[arg-type]
    for header in ("passages", "rows", "references"):
        table.add_column(header, justify="right")
    for d in documents:
        counts = (str(d.passages), str(d.rows), str(d.references))
        title = Text(d.title)
        if d.copies:
            title.append(f"\n(also {', '.join(copy.file for copy in d.copies)})", style="dim")
        table.add_row(Text(d.id), title, str(d.year or ""), *counts)
    return table
