"""Keeping with the engine what the library holds, and nothing else, where the engine does not search the segments.

A change puts its new segments there before it becomes the library, when nobody looks for them yet, and takes what the
library names no more away afterwards. Before either, a file in the library's folder says where things are about to be
put; it goes when nothing is left over. So whatever a crash leaves is taken away by who opens or changes it next.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Final

from corpus.errors import EngineError, LibraryDamaged, LibraryMismatch
from index.engine import SegmentPart
from index.engineplace import EngineChoice, EnginePlace
from index.engines.opening import discard, open_writing, reach
from index.generation import Generation, open_manifest
from index.manifest import Manifest
from index.segment import Segment

PENDING: Final = "engine.pending"


def put_segments(root: Path, generation: Generation, engine: EngineChoice) -> None:
    """Every segment of the generation lies with its engine; those that do already are not put there again.

    Raises:
        EngineError: the engine could not take them; the library is as it was.
    """
    manifest = generation.manifest
    writing = open_writing(
        manifest.engine, engine.token, root, manifest.encoder.dimension, generation.ranker.words.mean
    )
    if writing is not None:
        with closing(writing):
            held = writing.held()
            for segment in generation.segments:
                if held.get(segment.name) != len(segment):
                    writing.put(segment.name, _part(segment))


def is_unsettled(root: Path) -> bool:
    """Whether something may lie with an engine that the library in `root` does not name."""
    return (root / PENDING).exists()


def left_over(root: Path) -> tuple[str, ...]:
    """The addresses where that may be, as far as they are known, each once."""
    return tuple(dict.fromkeys(place.address(root) for place in _announced(root)))


def announce(root: Path, places: Sequence[EnginePlace], engine: EngineChoice) -> None:
    """It is written down that something may lie at these places from now on; of a full disk an `OSError`.

    Raises:
        EngineError: one of them cannot be reached; nothing is written down.
    """
    touched = [place for place in places if place.name != "faiss"]
    for place in touched:
        reach(place, engine.token, root)
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
        _write_down(root, left)


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
        (root / PENDING).write_text(json.dumps(told), encoding="utf-8")
    else:
        (root / PENDING).unlink()


def _announced(root: Path) -> list[EnginePlace]:
    try:
        found = json.loads((root / PENDING).read_text(encoding="utf-8"))
        return [EnginePlace(**one) for one in found]
    except (OSError, ValueError, TypeError):  # never written whole: nothing was put anywhere yet
        return []


def _part(segment: Segment) -> SegmentPart:
    years = {summary.id: summary.year for summary in segment.store.summaries()}
    documents = [(document, count, years[document]) for document, count in segment.store.firsts]
    rows = {*(segment.store.positions(None, ["row"]) or ())}
    kinds = ["row" if place in rows else "passage" for place in range(len(segment))]
    return SegmentPart(segment.vectors, segment.words, documents, kinds)
