"""A collection of Milvus, as far as an engine needs it; the one place that knows its client, and whose errors it says.

`pymilvus` writes tracebacks to standard error by a handler of its own, reads any `.env` file it finds above itself into
the environment when it is imported, and by default pings a server more often than Milvus Lite bears; none of that here.
"""

from __future__ import annotations

import contextlib
import importlib
import logging
import os
import threading
import weakref
from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, Self

from corpus.errors import EngineError
from index.engineplace import VectorKind

_SECONDS: Final = 10.0
"""For which one request is waited for; putting may take longer."""
_PUTTING: Final = 300.0
_KEEPALIVE: Final = {"grpc.keepalive_time_ms": 300_000, "grpc.keepalive_permit_without_calls": False}
_MISSING: Final = 100
"""What Milvus says of a collection that is not there."""
_OWN: Final = "exocite."
"""How the names of our properties of a collection begin."""

_opened: Counter[str] = Counter()
"""How many connections of this process there are to each file of Milvus Lite, which runs as long as there is one."""
_lock: Final = threading.Lock()
_left: Final = deque[tuple[Any, str]]()
"""Connections whose collection nobody holds any more; they are closed with the next that is opened or closed.

Not at once: the garbage collector says so amid anything, where nothing may be waited for.
"""


class MilvusCollection:
    """One collection, connected to; may be used by many threads at once.

    Args:
        address: of a server, or a path that ends in `.db`.
        name: of the collection, which need not be there.
        token: what the server wants to be shown; "" for nothing.

    Raises:
        EngineError: there is no client on this machine, or the server cannot be reached.
    """

    def __init__(self, address: str, name: str, token: str) -> None:
        self.address = address
        self.name = name
        client, self._types = _client()
        is_file = address.endswith(".db")
        if is_file:
            Path(address).parent.mkdir(parents=True, exist_ok=True)
        with _lock, self._told():
            self._client = client(address, token=token, timeout=_SECONDS, grpc_options=_KEEPALIVE)
            _opened[address] += is_file
        self._left = weakref.finalize(self, _left.append, (self._client, address))
        _let_go()

    def close(self) -> None:
        """The connection is closed; Milvus Lite stops with the last one, and another process may open its files."""
        self._left()
        _let_go()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def version(self) -> str:
        """What the server says of its version."""
        with self._told():
            return str(self._client.get_server_version())

    def exists(self) -> bool:
        """Whether the collection is there."""
        with self._told():
            return bool(self._client.has_collection(self.name))

    def create(self, dimension: int, vectors: VectorKind, about: Mapping[str, str]) -> None:
        """The collection is there, empty; `about` is what it says of itself."""
        kind = self._types
        with self._told():
            schema = self._client.create_schema(auto_id=False)
            schema.add_field("id", kind.INT64, is_primary=True)
            schema.add_field("vector", kind.FLOAT_VECTOR, dim=dimension)
            schema.add_field("words", kind.SPARSE_FLOAT_VECTOR)
            schema.add_field("document", kind.VARCHAR, max_length=65_535)
            schema.add_field("kind", kind.VARCHAR, max_length=16)
            schema.add_field("year", kind.INT16, nullable=True)
            found = self._client.prepare_index_params()
            graph = {"M": 16, "efConstruction": 200} if vectors == "HNSW" else {}
            found.add_index("vector", index_type=vectors, metric_type="IP", params=graph)
            found.add_index("words", index_type="SPARSE_INVERTED_INDEX", metric_type="IP")
            found.add_index("document", index_type="INVERTED")
            self._client.create_collection(
                self.name,
                schema=schema,
                consistency_level="Strong",
                properties={_OWN + key: value for key, value in about.items()},
            )
            self._client.create_index(
                self.name, found, sync=False
            )  # nothing is there yet: there is nothing to wait for
            self._client.load_collection(self.name)

    def load(self) -> None:
        """The collection can be searched."""
        with self._told():
            self._client.load_collection(self.name)

    def about(self) -> dict[str, str] | None:
        """What the collection says of itself; None where it is not there."""
        with self._told(missing=True) as told:
            found: Mapping[str, Any] = self._client.describe_collection(self.name)["properties"]
            return {key.removeprefix(_OWN): str(value) for key, value in found.items() if key.startswith(_OWN)}
        assert told  # noqa: S101 (the block above returns unless the collection is missing)
        return None

    def say(self, about: Mapping[str, str]) -> None:
        """The collection says this of itself too."""
        with self._told():
            self._client.alter_collection_properties(
                self.name, properties={_OWN + key: value for key, value in about.items()}
            )

    def partitions(self) -> list[str]:
        """The names of its partitions."""
        with self._told():
            return list(self._client.list_partitions(self.name))

    def count(self, partition: str) -> int:
        """How many rows a partition has on disk; Milvus Lite counts those of all partitions when it is queried."""
        with self._told():
            return int(self._client.get_partition_stats(self.name, partition)["row_count"])

    def add_partition(self, partition: str) -> None:
        """A partition of that name is there, empty."""
        with self._told():
            self._client.create_partition(self.name, partition)

    def drop_partition(self, partition: str) -> None:
        """No partition of that name is there, nor anything that was in it."""
        with self._told():
            if not self.address.endswith(".db"):  # a server keeps what is loaded; Milvus Lite cannot let go of a part
                self._client.release_partitions(self.name, [partition])
            self._client.drop_partition(self.name, partition)

    def drop(self) -> None:
        """The collection is not there, nor anything that was in it."""
        with self._told():
            self._client.drop_collection(self.name)

    def insert(self, partition: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """The rows are in the partition too."""
        with self._told():
            self._client.insert(self.name, data=[*rows], partition_name=partition, timeout=_PUTTING)

    def flush(self) -> None:
        """All that was inserted is on disk."""
        with self._told():
            self._client.flush(self.name, timeout=_PUTTING)

    def search(
        self, field: str, asked: Sequence[float] | Mapping[int, float], k: int, partitions: Sequence[str], limit: str
    ) -> list[int]:
        """The ids of the `k` rows with the greatest inner product, in any order; of a sparse vector greater than 0.

        Args:
            limit: an expression of Milvus that they fulfil; "" for none.
        """
        with self._told():
            (found,) = self._client.search(
                self.name,
                data=[asked],
                anns_field=field,
                limit=k,
                filter=limit,
                partition_names=[*partitions],
                output_fields=["id"],
                search_params={"metric_type": "IP", "params": {"ef": k} if field == "vector" else {}},
            )
            return [int(hit["id"]) for hit in found]

    @contextlib.contextmanager
    def _told(self, *, missing: bool = False) -> Iterator[bool]:
        """What the client raises inside the block is said as an `EngineError`.

        Args:
            missing: whether the block just ends where the collection is not there.
        """
        try:
            yield missing
        except Exception as error:
            if missing and getattr(error, "code", None) == _MISSING:
                return
            raise self._error(error) from error

    def _error(self, error: Exception) -> EngineError:
        if self.address.endswith(".db") and type(error).__name__ == "ConnectionConfigException":
            msg = (
                f"Milvus Lite could not open {self.address}. One process at a time can: stop the other one (`exocite "
                "serve`, perhaps), or use a Milvus server, which many may ask."
            )
            return EngineError(msg)
        why = " ".join(str(getattr(error, "message", "") or error).split())[:300]
        where = f"Milvus at {self.address}"
        if "Fail connecting" in why or "connect" in type(error).__name__.lower() or "deadline" in why.lower():
            return EngineError(f"{where} does not answer; see that it runs there, or name another with --engine-uri.")
        if "auth" in why.lower():
            return EngineError(f"{where} wants a token, or another one; set EXOCITE_ENGINE_TOKEN (`user:password`).")
        return EngineError(f"{where} could not do what was asked ({why}); try again, or look at its log.")


def _client() -> tuple[Any, Any]:
    """The client's class, and its names of types."""
    before = os.environ.get("PYTHON_DOTENV_DISABLED")
    os.environ["PYTHON_DOTENV_DISABLED"] = "1"
    try:
        found = importlib.import_module("pymilvus")
    except ImportError as error:
        msg = 'This library lies with Milvus, whose client is not installed; `pip install "exocite[milvus]"`.'
        raise EngineError(msg) from error
    finally:
        if before is None:
            del os.environ["PYTHON_DOTENV_DISABLED"]
        else:
            os.environ["PYTHON_DOTENV_DISABLED"] = before
    for name in ("pymilvus", "milvus_lite"):  # what they log is raised too, and told once
        logging.getLogger(name).setLevel(logging.CRITICAL)
    return found.MilvusClient, found.DataType


def _let_go() -> None:
    """The connections that nobody holds are closed; with the last one to its files, Milvus Lite stops."""
    while _left:
        with _lock:
            try:
                client, address = _left.popleft()
            except IndexError:  # another thread was quicker
                return
            with contextlib.suppress(Exception):  # whatever it says, nobody needs it any more
                client.close()
            if address.endswith(".db"):
                _opened[address] -= 1
                if not _opened[address]:
                    manager = importlib.import_module("milvus_lite.server_manager")
                    manager.server_manager_instance.release_server(address)
