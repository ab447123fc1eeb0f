"""Where the engine of a library is: as the library remembers, and as who opens it says."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, Literal, Self, cast, get_args
from urllib.parse import urlsplit

from corpus.errors import BadSetting, LibraryMismatch

EngineName = Literal["faiss", "milvus"]
ENGINES: Final[tuple[EngineName, ...]] = get_args(EngineName)
DEFAULT: EngineName = "faiss"
"""With which a library is searched that was made without naming one."""
VectorKind = Literal["FLAT", "HNSW"]
VECTOR_KINDS: Final[tuple[VectorKind, ...]] = get_args(VectorKind)


@dataclass(frozen=True, slots=True)
class EnginePlace:
    """Where the engine of a library keeps it, as the library remembers; holds nothing secret.

    Attributes:
        name: of the engine.
        uri: the address of a server, or a path that ends in `.db`, within the library's folder unless it is absolute;
            "" for `faiss`, which searches the segments where they lie.
        collection: the name by which the library goes there; "" for `faiss`.
        vectors: how vectors are looked for there.
    """

    name: EngineName = "faiss"
    uri: str = ""
    collection: str = ""
    vectors: VectorKind = "FLAT"

    @property
    def is_file(self) -> bool:
        """True where the engine runs in this process, over files of this machine."""
        return self.uri.endswith(".db")

    @property
    def is_inside(self) -> bool:
        """True where these files are in the library's folder, and go with whatever copy of it."""
        return self.is_file and not Path(self.uri).is_absolute()

    def address(self, library: Path) -> str:
        """The address to connect to, for the library in this folder."""
        return str(library.absolute() / self.uri) if self.is_file else self.uri


@dataclass(frozen=True, slots=True)
class EngineChoice:
    """Which engine is asked for; by default the one that the library remembers, and `faiss` for a new library.

    Attributes:
        name: of the engine; "" for whichever it is.
        uri: where it is; "" for where the library remembers it, and for a new one of Milvus Lite the library's folder.
        token: what a server wants to be shown, `user:password` or a key. Never printed, and never written down.
        vectors: how Milvus looks for vectors in what is newly put there; "" for FLAT.
    """

    name: str = ""
    uri: str = ""
    token: str = field(default="", repr=False)
    vectors: str = ""

    def __post_init__(self) -> None:
        if self.name not in {"", *ENGINES}:
            raise BadSetting(f"The setting engine must be one of {', '.join(ENGINES)}; it is '{self.name}'.")
        if self.vectors not in {"", *VECTOR_KINDS}:
            msg = f"The setting engine_vectors must be one of {', '.join(VECTOR_KINDS)}; it is '{self.vectors}'."
            raise BadSetting(msg)
        if self.uri and not _is_place(self.uri):
            msg = (
                "The setting engine_uri must be an address such as http://127.0.0.1:19530, without a user or password "
                "(these go into EXOCITE_ENGINE_TOKEN), or a path that ends in .db for Milvus Lite."
            )
            raise BadSetting(msg)

    def place(self, collection: str) -> EnginePlace:
        """Where a library that is put somewhere now lies, under this name.

        Raises:
            BadSetting: an address is given, and no engine that has one.
        """
        name = cast("EngineName", self.name or DEFAULT)
        if name == "faiss":
            if self.uri:
                named = "the engine faiss, which has none" if self.name else "no engine"
                msg = f"EXOCITE_ENGINE_URI or --engine-uri names a place, with {named}; unset it or `--engine milvus`."
                raise BadSetting(msg)
            return EnginePlace()
        vectors = cast("VectorKind", self.vectors or "FLAT")
        return EnginePlace(name, _held_uri(self.uri) or "milvus.db", collection, vectors)

    def found(self, remembered: EnginePlace) -> EnginePlace:
        """Where the library that remembers this place lies: there, unless this says where it went.

        Raises:
            LibraryMismatch: it is searched with another engine, or with none that could lie where this says.
        """
        if self.name and self.name != remembered.name:
            msg = (
                f"This library is searched with {remembered.name}, not with {self.name}; use `--engine "
                f"{remembered.name}` or no such option, or move it: `exocite --engine {self.name} engine rebuild`."
            )
            raise LibraryMismatch(msg)
        if not self.uri:
            return remembered
        if remembered.name == "faiss":
            msg = (
                "This library is searched with faiss, which has no address; leave out --engine-uri and unset "
                "EXOCITE_ENGINE_URI, or move it there: `exocite --engine milvus --engine-uri URI engine rebuild`."
            )
            raise LibraryMismatch(msg)
        return replace(remembered, uri=_held_uri(self.uri))

    def over(self, remembered: EnginePlace) -> Self:
        """The same, saying what this place says wherever it says nothing."""
        if self.name not in {"", remembered.name}:
            return self
        return replace(
            self,
            name=remembered.name,
            uri=self.uri or remembered.uri,
            vectors=self.vectors or (remembered.vectors if remembered.name == "milvus" else ""),
        )


AS_REMEMBERED: Final = EngineChoice()
IN_SEGMENTS: Final = EnginePlace()
"""That of a library that nothing else holds."""


def new_collection() -> str:
    """A name by which a library goes with an engine, and no other one does."""
    return f"exocite_{uuid.uuid4().hex[:12]}"


def _held_uri(uri: str) -> str:
    """An address as it is, a path in full, so that it means the same from any folder."""
    if uri.startswith(("http://", "https://")) or uri in {"", "milvus.db"}:
        return uri
    return str(Path(uri).expanduser().absolute())


def _is_place(uri: str) -> bool:
    if re.match(r"[a-z]+://", uri) is None:
        return uri.endswith(".db") and uri.isprintable() and "@" not in Path(uri).name
    try:
        parts = urlsplit(uri)
        sound = parts.port != 0  # reading it finds a port that is no number
    except ValueError:
        return False
    plain = uri.isascii() and uri.isprintable() and not {" ", "?", "#", "@"} & {*uri}
    return sound and plain and parts.scheme in {"http", "https"} and bool(parts.hostname)
