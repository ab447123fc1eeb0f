"""Filling a folder with shards: files are read, and the vectors of their texts written, some at a time."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from corpus.errors import BadShards, StorageFull, UnreadableFile
from corpus.records import Reading, Record
from corpus.workers import Job, Workers, shared
from index.aside import Aside
from index.encoder import Encoder, Progress
from index.intake.sources import Source
from index.shards.part import Part
from index.shards.shard import as_keys, key, write_shard
from index.shards.shelf import Shelf
from index.texts import encoded_text

TEXTS: Final = 20_000
"""Texts from which on a shard is written: 31 MB of 384 dimensions, and what an interrupt loses at most is minutes."""

Written = Callable[[Path, int, int], None]
"""Called with a shard that was written, how many texts it holds, and how many files it was made of."""


@dataclass(slots=True)
class Made:
    """What came of one part.

    Attributes:
        files: how many it has.
        passed: those of them that were done before, and were not read again.
        unreadable: those that gave no document.
        known: texts that a shard of this part held already.
        encoded: texts that were encoded.
        damaged: shards of this part that are not as they were written, less those made anew in their place.
    """

    files: int
    passed: int = 0
    unreadable: int = 0
    known: int = 0
    encoded: int = 0
    damaged: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Telling:
    """Who is told how far it is.

    Attributes:
        written: each shard, once it is on the disk.
        failed: each file that could not be read.
        naming: the name of each file when its turn comes.
        reading: how many of the files are read, beginning with none.
        encoding: how many of the texts of a shard are encoded.
    """

    written: Written
    failed: Callable[[UnreadableFile], None]
    naming: Callable[[str], None]
    reading: Progress
    encoding: Progress


def fill(
    folder: Path,
    encoder: Encoder,
    sources: Sequence[Source],
    part: Part,
    tell: Telling,
    *,
    most: int = TEXTS,
    workers: Workers | None = None,
) -> Made:
    """The vectors of every text of the sources are in shards in `folder`, each text once; what came of it.

    A file whose texts are there, by its name and bytes, is not read again; a text that is there is not encoded again.
    So whatever ends this, an interrupt too, the same call goes on where it was: what is in the folder are whole shards.

    Args:
        sources: the files of the part.
        most: texts from which on a shard is written; in memory there are so many and those of one file.

    Raises:
        BadShards: shards of this part were made with another model, or the folder is a file.
        StorageFull: the disk took no more.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        filling = _Filling(folder, encoder, part, tell, len(sources))
        tell.reading(0, len(sources))
        with closing((workers or shared()).in_order(filling.jobs(sources))) as results:
            for done, ((source, digest), result) in enumerate(results, start=1):
                tell.naming(source.name)
                filling.settle(digest, result)
                if len(filling) >= most:
                    filling.write()
                tell.reading(done, len(sources))
        return filling.finish()
    except (FileExistsError, NotADirectoryError) as error:
        raise BadShards(f"No folder can be made at {folder}, where a file is; name another for the vectors.") from error
    except OSError as error:
        msg = (
            f"The vectors cannot be written ({error.strerror or error}); free some space or check the folder, then run "
            "the same command again: it goes on where it was."
        )
        raise StorageFull(msg) from error


class _Filling:
    """One run over the files of a part: texts wait until they fill a shard."""

    def __init__(self, folder: Path, encoder: Encoder, part: Part, tell: Telling, files: int) -> None:
        self._folder, self._encoder, self._part, self._tell = folder, encoder, part, tell
        self._shelf = Shelf.open(folder, encoder.identity, f"{part.label}-")
        self._done = self._shelf.sources()
        self._texts: dict[bytes, str] = {}
        self._sources: list[bytes] = []
        self._renewed: set[Path] = set()
        self._made = Made(files)

    def __len__(self) -> int:
        """How many texts wait."""
        return len(self._texts)

    def jobs(self, sources: Sequence[Source]) -> Iterator[tuple[tuple[Source, bytes], Job | None]]:
        """Each source with its digest, and what there is to read; nothing of those that are done."""
        for source in sources:
            try:
                data = source.load()
            except UnreadableFile as error:
                self._fail(error)
                yield (source, b""), None
                continue
            digest = hashlib.sha256(source.name.encode() + b"\n" + data).digest()
            is_done = digest in self._done
            self._made.passed += is_done
            yield (source, digest), None if is_done else Job(source.name, data, "document", source.place)

    def settle(self, digest: bytes, result: Reading | UnreadableFile | None) -> None:
        """The texts of what was read wait, less those that are there."""
        if isinstance(result, UnreadableFile):
            self._fail(result)
        if not isinstance(result, Reading):
            return
        records: tuple[Record, ...] = (*result.passages, *result.rows)
        texts = {key(text): text for text in map(encoded_text, records)}
        found = self._shelf.find(as_keys(list(texts)))[1]
        for (one, text), known in zip(texts.items(), found.tolist(), strict=True):
            if known or one in self._texts:
                self._made.known += known
            else:
                self._texts[one] = text
        self._sources.append(digest)

    def write(self) -> None:
        """What waited is in a shard, and nothing waits; without anything waiting, nothing is written."""
        if not self._sources:
            return
        # beside, so that Ctrl-C need not wait for it
        vectors = Aside(partial(self._encoder.encode, list(self._texts.values()), self._tell.encoding)).result()
        keys, sources = as_keys(list(self._texts)), as_keys(self._sources)
        path = write_shard(self._folder, self._part.label, self._encoder.identity, keys, vectors, sources)
        self._shelf.put(path)
        self._renewed.add(path)
        self._made.encoded += len(self._texts)
        self._tell.written(path, len(self._texts), len(self._sources))
        self._texts.clear()
        self._sources.clear()

    def finish(self) -> Made:
        """Everything is written."""
        self.write()
        self._made.damaged = tuple(path for path in self._shelf.damaged if path not in self._renewed)
        return self._made

    def _fail(self, error: UnreadableFile) -> None:
        self._made.unreadable += 1
        self._tell.failed(error)
