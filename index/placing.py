"""Keeping with the engine what the library holds, and nothing else, where the engine does not search the segments.

A change puts its new segments there before it becomes the library, when nobody looks for them yet, and takes what the
library names no more away afterwards. Before either, a file in the library's folder says where things are about to be
put; it goes when nothing is left over. So whatever a crash leaves is taken away by who opens or changes it next.
"""

from __future__ import annotations

import contextlib
import json
import logging
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Final

from corpus.errors import EngineError, LibraryDamaged, LibraryMismatch
from index.engine import SegmentPart
from index.engineplace import EngineChoice, EnginePlace
from index.engines.opening import check_reachable, discard, open_writing
from index.generation import Generation, open_manifest
from index.manifest import Manifest
from index.segment import Segment
from index.whole import write_whole

PENDING: Final = "engine.pending"

_logger: Final = logging.getLogger("exocite.index")


def put_segments(root: Path, generation: Generation, engine: EngineChoice, before: Manifest | None) -> None:
    """Every segment of the generation lies with its engine; those that do already are not put there again.

    Where some of the one before did not lie there any more, as when somebody deleted its files, a warning says so.

    Args:
        before: what the library that it replaces says of itself; None where there is none.

    Raises:
        EngineError: the engine could not take them; the library is as it was.
    """
    manifest = generation.manifest
    known = {*before.segments} if before and before.engine.collection == manifest.engine.collection else set()
    writing = open_writing(
        manifest.engine, engine.token, root, manifest.encoder.dimension, generation.ranker.words.mean
    )
    if writing is not None:
        with closing(writing):
            held = writing.held()
            lacking = [segment for segment in generation.segments if held.get(segment.name) != len(segment)]
            for segment in lacking:
                writing.put(segment.name, _part(segment))
            if lost := known - held.keys() | known & {segment.name for segment in lacking}:
                at = manifest.engine.address(root)
                told = "Milvus at %s no longer held %d of the %d parts of this library; it holds all of it again."
                _logger.warning(told, at, len(lost), len(known))


def is_unsettled(root: Path) -> bool:
    """Whether something may lie with an engine that the library in `root` does not name."""
    return (root / PENDING).exists()


def left_over(root: Path) -> tuple[str, ...]:
    """The addresses where that may be, as far as they are known, each once."""
    return tuple(dict.fromkeys(place.address(root) for place in _announced(root)))


def reach(root: Path, place: EnginePlace, engine: EngineChoice) -> None:
    """What is to lie there can be put there.

    Raises:
        EngineError: the engine cannot be reached.
        LibraryMismatch: what lies there is another library's, of which this one is a copy.
    """
    check_reachable(place, engine.token, root)


def announce(root: Path, places: Sequence[EnginePlace]) -> None:
    """It is written down that something may lie at these places from now on; of a full disk an `OSError`."""
    touched = [place for place in places if place.name != "faiss"]
    if touched:
        _write_down(root, dict.fromkeys((*_announced(root), *touched)))


def settle(root: Path, current: str | None, engine: EngineChoice) -> None:
    """With engines lies what the library in `root` names, sealed, and nothing else of it, as far as they answer.

    Args:
        current: the generation that is the library now; None where there is no library.
    """
    if not is_unsettled(root):
        return
    left: list[EnginePlace] = []
    with contextlib.suppress(LibraryDamaged, LibraryMismatch, OSError):  # the file stays for the next one
        manifest = open_manifest(root, current) if current else None
        for place in _announced(root):
            try:
                if manifest is not None and place.collection == manifest.engine.collection:
                    _seal(root, manifest, engine)
                else:
                    discard(place, engine.token, root)
            except EngineError:
                left.append(place)
            except LibraryMismatch:
                pass  # what lies there is another library's, which keeps it as it should be
        _write_down(root, left)


def claim(root: Path, current: str, manifest: Manifest, engine: EngineChoice) -> None:
    """What lies with the engine of the library in `root`, all of it, belongs to this folder, and nothing else is there.

    Raises:
        EngineError: it cannot be reached.
    """
    place = engine.found(manifest.engine)
    announce(root, [place])
    writing = open_writing(place, engine.token, root, manifest.encoder.dimension, 1.0, claiming=True)
    if writing is not None:
        with closing(writing):
            writing.seal(manifest.hash)
    settle(root, current, engine)


def _seal(root: Path, manifest: Manifest, engine: EngineChoice) -> None:
    place = engine.found(manifest.engine)
    writing = open_writing(place, engine.token, root, manifest.encoder.dimension, 1.0)
    if writing is not None:
        with closing(writing):
            held = writing.held()
            if all(name in held for name in manifest.segments):
                writing.seal(manifest.hash)
            writing.drop([name for name in held if name not in manifest.segments])


def _write_down(root: Path, places: Iterable[EnginePlace]) -> None:
    if told := [asdict(place) for place in places]:
        write_whole(root / PENDING, json.dumps(told))
    else:
        (root / PENDING).unlink()


def _announced(root: Path) -> list[EnginePlace]:
    try:
        found = json.loads((root / PENDING).read_text(encoding="utf-8"))
        return [EnginePlace(**one) for one in found]
    except (OSError, ValueError, TypeError):  # not there, or not ours
        return []


def _part(segment: Segment) -> SegmentPart:
    years = {summary.id: summary.year for summary in segment.store.summaries()}
    documents = [(document, count, years[document]) for document, count in segment.store.firsts]
    rows = {*(segment.store.positions(None, ["row"]) or ())}
    kinds = ["row" if place in rows else "passage" for place in range(len(segment))]
    return SegmentPart(segment.vectors, segment.words, documents, kinds)
