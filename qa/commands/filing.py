"""Files on their way into a library, as a terminal shows it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from corpus.errors import UnreadableFile
from corpus.readers import SUFFIXES
from index.encoder import Encoder
from index.engineplace import AS_REMEMBERED, EngineChoice
from index.intake import Outcome, Source, Vanished, find, with_exports
from index.shards import Shelved
from qa.commands.keeping import Tell, keep_up, out_of
from qa.commands.terminal import (
    by_suffix,
    damaged_line,
    export_line,
    interrupted_line,
    left_out_line,
    outcome_line,
    reading,
    taken_line,
    vanished_lines,
)


class Adding:
    """Takes files into the library, saying on a console what came of each, and on another what went wrong."""

    def __init__(
        self,
        library: Path,
        encoder: Encoder,
        console: Console,
        errors: Console,
        *,
        prune: bool,
        engine: EngineChoice = AS_REMEMBERED,
    ) -> None:
        self._library = library
        self._encoder = encoder
        self.console = console
        self._errors = errors
        self._prune = prune
        self._engine = engine
        self._told: list[Outcome] = []
        self._files = 0

    @property
    def is_whole(self) -> bool:
        """Whether everything that was told of so far could be read."""
        return all(outcome.status != "unreadable" for outcome in self._told)

    def add(self, paths: Sequence[Path]) -> None:
        """Everything in the files and folders that can be read is in the library.

        Raises:
            KeyboardInterrupt: somebody pressed Ctrl-C, and was told how to go on.
            UnreadableFile: there is nothing in there.
        """
        found = find(paths)
        if not found.sources and out_of(self._library, paths) == Vanished():
            kinds = f" ({by_suffix(found.others)})" if found.others else ""
            reason = f"no file in there that Exocite reads{kinds}; it reads {', '.join(sorted(SUFFIXES))}."
            raise UnreadableFile(", ".join(map(str, paths)), reason)
        before = len(self._told)
        try:
            self.take(paths, found.sources)
        except KeyboardInterrupt:
            self.console.print(interrupted_line(len(self._told) - before, self._files))
            raise
        if found.others:
            self.console.print(left_out_line(found.others, SUFFIXES))

    def take(self, paths: Sequence[Path], sources: Sequence[Source]) -> None:
        """The sources, and what exports among them name, are in the library; what vanished is told of."""
        sources, exports = with_exports(sources, paths)
        self._files = len(sources)
        for export in exports:
            self.console.print(export_line(export))
        with reading(self.console) as bar:
            tell = Tell(self.told, self._vanished, bar.naming, bar.reading, bar.encoding)
            keep_up(self._library, self._encoder, paths, sources, tell, prune=self._prune, engine=self._engine)
        if isinstance(self._encoder, Shelved):
            self._shelved(self._encoder)

    def told(self, outcome: Outcome) -> None:
        """The outcome is told of, where it belongs."""
        self._told.append(outcome)
        (self._errors if outcome.status == "unreadable" else self.console).print(outcome_line(outcome))

    def say(self, line: str) -> None:
        """The line is on the console."""
        self.console.print(line)

    def fail(self, line: str) -> None:
        """The line is where errors go."""
        self._errors.print(f"exocite: {line}")

    def _shelved(self, encoder: Shelved) -> None:
        """How many vectors came from shards is told, and which of these are damaged, each time what is new."""
        taken, encoded, damaged = encoder.news()
        if taken or encoded:
            self.console.print(taken_line(taken, encoded))
        for path in damaged:
            self._errors.print(damaged_line(path))

    def _vanished(self, missing: Vanished, pruned: bool) -> None:
        for line in vanished_lines(missing, pruned):
            self.console.print(line)
