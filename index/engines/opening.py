"""The engine of a library, by what the library remembers; no client is imported before it is needed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from corpus.errors import LibraryMismatch
from index.engine import Engine, Writing
from index.engineplace import EnginePlace
from index.engines.faiss import FaissEngine
from index.engines.milvus import MilvusEngine
from index.engines.milvusserver import MilvusCollection
from index.engines.milvuswriting import MilvusWriting
from index.ids import Ids
from index.owner import Owner
from index.vectors import VectorIndex
from index.words import WordIndex


def open_engine(
    place: EnginePlace,
    token: str,
    library: Path,
    parts: tuple[VectorIndex, WordIndex, Ids],
    segments: Sequence[tuple[str, int]],
    content_hash: str,
    is_current: Callable[[], bool],
) -> Engine:
    """What proposes the records of a library; a server is connected to when something is asked.

    Args:
        parts: what the segments hold, which decides.
        segments: their names and how many records each has.
        content_hash: of the library.
        is_current: whether the library on disk is still this one.
    """
    if place.name == "faiss":
        return FaissEngine(*parts)
    connect = partial(MilvusCollection, place.address(library), place.collection, token)
    return MilvusEngine(*parts, segments=segments, content_hash=content_hash, connect=connect, is_current=is_current)


def open_writing(
    place: EnginePlace, token: str, library: Path, dimension: int, mean: float, *, claiming: bool = False
) -> Writing | None:
    """What writes to the engine of a library; None where it searches the segments themselves.

    Args:
        dimension: length of a vector.
        mean: how many words that are no marks a record has in the mean.
        claiming: whether what another library put there is this one's from now on.

    Raises:
        EngineError: the engine cannot be reached.
        LibraryMismatch: what lies there is another library's, of which this one is a copy.
    """
    if place.name == "faiss":
        return None
    collection = MilvusCollection(place.address(library), place.collection, token)
    try:
        if not claiming:
            _check_owner(collection, place, library)
        owner = None if place.is_inside else Owner.of(library)
        return MilvusWriting(collection, dimension, place.vectors, mean, owner)
    except BaseException:
        collection.close()
        raise


def check_reachable(place: EnginePlace, token: str, library: Path) -> None:
    """The engine at that place answers, and what lies there is this library's; files in its folder are not looked at.

    Raises:
        EngineError: it cannot be reached.
        LibraryMismatch: what lies there is another library's, of which this one is a copy.
    """
    if _may_be_there(place, library) and not place.is_inside:
        with MilvusCollection(place.address(library), place.collection, token) as collection:
            _check_owner(collection, place, library)


def discard(place: EnginePlace, token: str, library: Path) -> None:
    """Nothing of the library is with the engine at that place; there may be no such place any more.

    Raises:
        EngineError: it cannot be reached.
        LibraryMismatch: what lies there is another library's, of which this one is a copy; it stays.
    """
    if _may_be_there(place, library):
        with MilvusCollection(place.address(library), place.collection, token) as collection:
            _check_owner(collection, place, library)
            if collection.exists():
                collection.drop()


def _may_be_there(place: EnginePlace, library: Path) -> bool:
    return place.name != "faiss" and (not place.is_file or Path(place.address(library)).exists())


def _check_owner(collection: MilvusCollection, place: EnginePlace, library: Path) -> None:
    owner = None if place.is_inside else Owner.told(collection.about() or {})
    if owner is not None and not owner.is_same(Owner.of(library)):
        msg = (
            f"{collection.name} with Milvus at {collection.address} belongs to another folder, of which this library "
            "is a copy; give it one of its own: `exocite engine rebuild`. If that folder is no more: `exocite engine "
            "claim`."
        )
        raise LibraryMismatch(msg)
