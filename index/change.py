"""Changing a library: a new generation is written beside the old one, of which it takes over what has not changed."""

from __future__ import annotations

import gc
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.records import Reading
from corpus.stores import Stores
from index.concepts import Abbreviations
from index.definitions import definitions_in
from index.draft import Draft
from index.encoder import Encoder, Progress
from index.encoding import Encoding
from index.engineplace import EnginePlace
from index.generation import GENERATIONS, GLOSSARY, LEXICON, MANIFEST, SEGMENTS, Generation, content_hash
from index.glossary import Glossary
from index.manifest import SCHEMA, Manifest
from index.merging import Plan, plan
from index.namings import Named, Namings, named, numbered_anew
from index.parts import Parts
from index.renaming import renamed
from index.segment import Segment, about_sum
from index.statements import Statements
from index.tables import Tables
from index.told import Told
from index.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Change:
    """What a library is to hold from now on that it did not, and what no more.

    Attributes:
        encoder: which model makes vectors.
        add: readings that come, each in place of one of the same document id.
        remove: ids of the documents that go.
        tables: the other names that the library knows from now on; None for those it knew.
        progress: told how many of the new records are encoded.
    """

    encoder: Encoder
    add: Sequence[Reading] = ()
    remove: Sequence[str] = ()
    tables: Tables | None = None
    progress: Progress | None = None

    @property
    def gone(self) -> frozenset[str]:
        """The ids of the documents of which nothing that there was is left."""
        return frozenset({*self.remove, *(reading.document.id for reading in self.add)})

    @property
    def records(self) -> int:
        """How many records come."""
        return sum(len(reading.passages) + len(reading.rows) for reading in self.add)


@dataclass(slots=True)
class _Grown:
    """The segments of a new generation, as far as they are there.

    Attributes:
        segments: in the order of positions; those that are written for it are drafts until all else is there.
        made: those of them that were written.
        places: of each record of the old generation, segment by segment, where it stands now; -1 where it went.
        named: what records that came name as all documents together say, by their position.
    """

    segments: list[Segment | Draft] = field(default_factory=list)
    made: list[Segment] = field(default_factory=list)
    places: list[NDArray[np.int64]] = field(default_factory=list)
    named: dict[int, Named] = field(default_factory=dict)

    def finished(self, encoding: Encoding, held: Sequence[Segment]) -> list[Segment]:
        """All segments, no draft among them."""
        for place, one in enumerate(self.segments):
            if isinstance(one, Draft):
                self.made.append(one.finish(encoding, held))
                self.segments[place] = self.made[-1]
        return [one for one in self.segments if isinstance(one, Segment)]

    def close(self) -> None:
        """The files of what was written are let go."""
        drafts = [one.store for one in self.segments if isinstance(one, Draft)]
        for store in (*drafts, *(one.store for one in self.made)):
            store.close()


def write_generation(
    root: Path, name: str, old: Generation | None, change: Change, engine: EnginePlace
) -> tuple[Path, ...]:
    """The generation of that name is on disk: what `old` holds, changed; the folders that were made.

    Segments that lose nothing are taken over as they are. With the engine, of which it says where it is, nothing is.

    Raises:
        OSError: the disk took no more.
    """
    folder = root / GENERATIONS / name
    folder.mkdir(parents=True)
    held = old.segments if old else ()
    encoding = Encoding(change.encoder, change.add, held, change.progress)
    tables = change.tables or (old.tables() if old else Tables())
    lexicon = old.ranker.vocabulary.lexicon if old and change.tables is None else tables.lexicon()
    come = {reading.document.id: definitions_in(reading.document) for reading in change.add}
    glossary = Glossary.write(folder / GLOSSARY, old.folder / GLOSSARY if old else None, change.gone, come)
    vocabulary = Vocabulary(Abbreviations(glossary), lexicon)
    grown = _Grown()
    try:
        with _uncollected():
            _grow(grown, root, held, change, vocabulary)
            namings = _namings(grown, Stores([one.store for one in grown.segments]), old, vocabulary, change)
        namings.save(folder)
        (folder / LEXICON).write_bytes(lexicon.to_json())
        tables.save(folder)
        segments = grown.finished(encoding, held)
        store = Stores([one.store for one in segments])
        Manifest(
            SCHEMA,
            content_hash(store, lexicon),
            change.encoder.identity,
            len(store.firsts),
            len(store),
            {one.name: about_sum(one.folder) for one in segments},
            Parts.of(folder, [MANIFEST]),
            engine,
        ).save(folder / MANIFEST)
    finally:
        glossary.close()
        grown.close()
    return (*(one.folder for one in grown.made), folder)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Inside the block Python looks for no cycles: what is made there has none, and would be gone through each time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _grow(grown: _Grown, root: Path, held: Sequence[Segment], change: Change, vocabulary: Vocabulary) -> None:
    """Every segment of the new generation is in `grown`: first those that stay, or stay in part, then what comes."""
    gone, to_do = change.gone, _plan(held, change)
    grown.places = [np.full(len(one), -1, dtype=np.int64) for one in held]
    offset = 0
    for group in (*((place,) for place in sorted({*to_do.kept, *to_do.rewritten})), to_do.joined):
        olds, comes = [held[place] for place in group], change.add if group is to_do.joined else ()
        if group is not to_do.joined and group[0] in to_do.kept:
            moved: Sequence[NDArray[np.int64]] = [np.arange(len(olds[0]), dtype=np.int64)]
            segment: Segment | Draft = olds[0]
        elif comes or any(id_ not in gone for one in olds for id_, _ in one.store.firsts):
            draft = Draft.write(
                root / SEGMENTS / uuid.uuid4().hex[:12], olds, comes, gone, vocabulary, reword=change.tables is not None
            )
            moved, segment = draft.moved, draft
            grown.named |= {offset + place: names for place, names in draft.named.items()}
        else:
            continue  # nothing of it is left
        for place, some in zip(group, moved, strict=True):
            grown.places[place] = np.where(some >= 0, some + offset, -1)
        grown.segments.append(segment)
        offset += len(segment)


def _plan(held: Sequence[Segment], change: Change) -> Plan:
    gone = change.gone
    left = [sum(count for id_, count in one.store.firsts if id_ not in gone) for one in held]
    touched = [change.tables is not None or any(id_ in gone for id_, _ in one.store.firsts) for one in held]
    return plan(left, touched, change.records, documents=bool(change.add))


def _namings(grown: _Grown, store: Stores, old: Generation | None, vocabulary: Vocabulary, change: Change) -> Namings:
    """Those of the old generation, less what went and what names something else now, and those of what came."""
    starts = Statements([one.statements for one in grown.segments]).firsts
    if old is None or change.tables is not None:
        return Namings.of(_told(grown, store, vocabulary, np.arange(len(store))), starts)
    left = np.concatenate([np.empty(0, dtype=np.int64), *grown.places])
    before = old.ranker.vocabulary.abbreviations.glossary
    changed = vocabulary.abbreviations.glossary.changed(before, change.gone)
    left[renamed(changed, old.ranker.words, old.store.holding)] = -1
    left[np.array(old.store.positions(sorted(changed.documents)), dtype=np.int64)] = -1
    is_new = np.ones(len(store), dtype=np.bool_)
    is_new[left[left >= 0]] = False
    now = Namings.of(_told(grown, store, vocabulary, np.flatnonzero(is_new)), starts)
    return old.namings.joined(left, numbered_anew(left, old.ranker.statements.firsts, starts), now)


def _told(grown: _Grown, store: Stores, vocabulary: Vocabulary, positions: NDArray[np.int64]) -> dict[int, Named]:
    """What the records at these positions name; of those that came that is known."""
    others = [position for position in positions.tolist() if position not in grown.named]
    pairs = zip(others, store.records(others), strict=True)
    return grown.named | {position: named(Told.of(one, store), vocabulary) for position, one in pairs}
