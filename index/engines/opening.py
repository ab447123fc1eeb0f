"""The engine of a library, by what the library remembers; no client is imported before it is needed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from index.engine import Engine, Writing
from index.engineplace import EnginePlace
from index.engines.faiss import FaissEngine
from index.engines.milvus import MilvusEngine
from index.engines.milvusserver import MilvusCollection
from index.engines.milvuswriting import MilvusWriting
from index.ids import Ids
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


def open_writing(place: EnginePlace, token: str, library: Path, dimension: int, mean: float) -> Writing | None:
    """What writes to the engine of a library; None where it searches the segments themselves.

    Args:
        dimension: length of a vector.
        mean: how many words that are no marks a record has in the mean.

    Raises:
        EngineError: the engine cannot be reached.
    """
    if place.name == "faiss":
        return None
    collection = MilvusCollection(place.address(library), place.collection, token)
    try:
        return MilvusWriting(collection, dimension, place.vectors, mean)
    except BaseException:
        collection.close()
        raise


def reach(place: EnginePlace, token: str, library: Path) -> None:
    """The engine at that place answers; one in a file is not asked.

    Raises:
        EngineError: it cannot be reached.
    """
    if place.name != "faiss" and not place.is_file:
        with MilvusCollection(place.address(library), place.collection, token) as collection:
            collection.exists()


def discard(place: EnginePlace, token: str, library: Path) -> None:
    """Nothing of the library is with the engine at that place; there may be no such place any more.

    Raises:
        EngineError: it cannot be reached.
    """
    if place.name == "faiss" or (place.is_file and not Path(place.address(library)).exists()):
        return
    with MilvusCollection(place.address(library), place.collection, token) as collection:
        if collection.exists():
            collection.drop()
