"""Files on their way into a library, as a terminal shows it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from corpus.errors import UnreadableFile
from corpus.readers import SUFFIXES
from index.encoder import Encoder
from index.intake import Outcome, Source, Vanished, find, with_exports
from qa.keeping import Tell, keep_up, out_of
from qa.terminal import counted, export_line, interrupted_line, left_out_line, outcome_line, reading, vanished_lines


class Adding:
    """Takes files into the library, saying on a console what came of each, and on another what went wrong."""

    def __init__(self, library: Path, encoder: Encoder, console: Console, errors: Console, *, prune: bool) -> None:
        self._library = library
        self._encoder = encoder
        self._console = console
        self._errors = errors
        self._prune = prune
        self._told: list[Outcome] = []

    def add(self, paths: Sequence[Path]) -> bool:
        """Everything in the files and folders that can be read is in the library; whether that was everything.

        Raises:
            KeyboardInterrupt: somebody pressed Ctrl-C, and was told how to go on.
            UnreadableFile: there is nothing in there.
        """
        found = find(paths)
        if not found.sources and out_of(self._library, paths) == Vanished():
            kinds = f" ({counted(found.others)})" if found.others else ""
            reason = f"no file in there that Exocite reads{kinds}; it reads {', '.join(sorted(SUFFIXES))}."
            raise UnreadableFile(", ".join(map(str, paths)), reason)
        try:
            self.take(paths, found.sources)
        except KeyboardInterrupt:
            self._console.print(interrupted_line(len(self._told), len(found.sources)))
            raise
        if found.others:
            self._console.print(left_out_line(found.others, SUFFIXES))
        return all(outcome.status != "unreadable" for outcome in self._told)

    def take(self, paths: Sequence[Path], sources: Sequence[Source]) -> None:
        """The sources, and what exports among them name, are in the library; what vanished is told of."""
        sources, exports = with_exports(sources, paths)
        for export in exports:
            self._console.print(export_line(export))
        with reading(self._console) as bar:
            tell = Tell(self._outcome, self._vanished, bar.naming, bar.reading, bar.encoding)
            keep_up(self._library, self._encoder, paths, sources, tell, prune=self._prune)

    def say(self, line: str) -> None:
        """The line is on the console."""
        self._console.print(line)

    def fail(self, line: str) -> None:
        """The line is where errors go."""
        self._errors.print(f"exocite: {line}")

    def _outcome(self, outcome: Outcome) -> None:
        self._told.append(outcome)
        (self._errors if outcome.status == "unreadable" else self._console).print(outcome_line(outcome))

    def _vanished(self, missing: Vanished, pruned: bool) -> None:
        for line in vanished_lines(missing, pruned):
            self._console.print(line)
