"""Settings: where the library is, which model reads, and the few numbers that shape an answer."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Final, Self
from urllib.parse import urlsplit

from platformdirs import user_data_path

from corpus.errors import BadSetting
from index.encoder import DEFAULT_MODEL
from index.engineplace import EngineChoice

_LONGEST: Final = 3600
"""Seconds that a language model may be waited for."""
_CONTACT: Final = 200
"""Characters of a contact."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user may set; each field is read from `EXOCITE_` and its name in capitals.

    Attributes:
        library: the library's folder.
        model: a sentence-transformers model, by name or folder.
        words_weight: of the words against the vectors, 0 to 1; chosen on the fixed set and the two public sets.
        supported: confidence, 0 to 1, from which evidence is said to answer.
        absent: confidence below which the documents are said not to answer; between the two, partly.
        sentences: how many sentences an answer has at most.
        reranker: a `sentence_transformers.CrossEncoder` that reads the best hits again, by name or folder; "" for none.
        reranker_weight: of what it says against the ranking there is, 0 to 1.
        llm_base_url: an OpenAI-compatible endpoint whose model writes the answers (`http://127.0.0.1:11434/v1`); "" for
            none: then answers are quoted.
        llm_model: the model to ask of it.
        llm_api_key: what it wants to be shown; "" for nothing. Never printed, and in no response.
        llm_timeout: seconds that a model may take for a whole answer.
        history: `on` to keep conversations in the library's folder, `off` to keep none.
        europepmc_url: the REST interface that articles are fetched from by their identifiers; asked only then.
        contact: an address of yours (a mail address) that is told to it with each request; "" for none.
        engine: what searches the library, `faiss` or `milvus`; "" for what the library was made with, `faiss` where
            there is none yet.
        engine_uri: where Milvus is: an address, or a path that ends in `.db` for Milvus Lite; "" for where the library
            lies already, and for Milvus Lite in the library's folder.
        engine_token: what Milvus wants to be shown; "" for nothing. Never printed, and in no response.
        engine_vectors: how Milvus looks for vectors, `FLAT` or `HNSW`; "" for `FLAT`.
        hosts: other names, with commas between, by which a proxy on this machine is asked for the pages.
    """

    library: Path = user_data_path("exocite") / "library"
    model: str = DEFAULT_MODEL
    words_weight: float = 0.4
    supported: float = 0.75
    absent: float = 0.6
    sentences: int = 6
    reranker: str = ""
    reranker_weight: float = 0.5
    llm_base_url: str = ""
    llm_model: str = ""
    llm_api_key: str = field(default="", repr=False)
    llm_timeout: float = 60.0
    history: str = "on"
    europepmc_url: str = "https://www.ebi.ac.uk/europepmc/webservices/rest"
    contact: str = ""
    engine: str = ""
    engine_uri: str = ""
    engine_token: str = field(default="", repr=False)
    engine_vectors: str = ""
    hosts: str = ""

    def __post_init__(self) -> None:
        for name in ("words_weight", "supported", "absent", "reranker_weight"):
            if not 0 <= getattr(self, name) <= 1:
                msg = f"The setting {name} must lie between 0 and 1; it is {getattr(self, name)}."
                raise BadSetting(msg)
        if self.absent > self.supported:
            msg = f"The setting absent ({self.absent}) must not be above supported ({self.supported})."
            raise BadSetting(msg)
        if not 1 <= self.sentences <= 20:
            msg = f"The setting sentences must lie between 1 and 20; it is {self.sentences}."
            raise BadSetting(msg)
        if self.history not in {"on", "off"}:
            msg = f"The setting history must be on or off; it is '{self.history}'."
            raise BadSetting(msg)
        if self.llm_base_url and not self.llm_base_url.startswith(("http://", "https://")):
            msg = "The setting llm_base_url must begin with http:// or https://, as in http://127.0.0.1:11434/v1."
            raise BadSetting(msg)
        if self.llm_base_url and not self.llm_model:
            msg = "The setting llm_base_url names an endpoint and llm_model no model; set EXOCITE_LLM_MODEL too."
            raise BadSetting(msg)
        if not 0 < self.llm_timeout <= _LONGEST:
            msg = f"The setting llm_timeout must lie between 0 and {_LONGEST} seconds; it is {self.llm_timeout:g}."
            raise BadSetting(msg)
        self._check_fetching()
        _ = self.choice  # refuses what none can be made of

    @property
    def choice(self) -> EngineChoice:
        """Which engine is asked for, and where.

        Raises:
            BadSetting: there is no such engine, or nothing can be there.
        """
        return EngineChoice(self.engine, self.engine_uri, self.engine_token, self.engine_vectors)

    def _check_fetching(self) -> None:
        if not _is_base(self.europepmc_url):
            msg = (
                "The setting europepmc_url must be an address without a user, a question mark or a fragment, as in "
                "https://www.ebi.ac.uk/europepmc/webservices/rest."
            )
            raise BadSetting(msg)
        if not self.contact.isascii() or not self.contact.isprintable() or len(self.contact) > _CONTACT:
            msg = f"The setting contact must be a mail address or another line of up to {_CONTACT} plain characters."
            raise BadSetting(msg)

    @classmethod
    def read(cls, environment: Mapping[str, str] | None = None) -> Self:
        """The settings of the environment; the defaults where it says nothing.

        Raises:
            BadSetting: a value cannot be read, or lies outside its range.
        """
        environment = os.environ if environment is None else environment
        chosen: dict[str, object] = {}
        for each in fields(cls):
            variable = f"EXOCITE_{each.name.upper()}"
            if value := environment.get(variable):
                chosen[each.name] = _read(variable, value, type(getattr(cls(), each.name)))
        return cls(**chosen)  # type: ignore[arg-type]

    def shaping(self) -> dict[str, float | int | str]:
        """The settings that shape a response, by name, to be shown with it; those of other models where set."""
        second: dict[str, float | int | str] = {
            "reranker": Path(self.reranker).name,
            "reranker_weight": self.reranker_weight,
        }
        return {
            "words_weight": self.words_weight,
            "supported": self.supported,
            "absent": self.absent,
            "sentences": self.sentences,
            **(second if self.reranker else {}),
            **({"llm_model": self.llm_model} if self.llm_base_url else {}),
        }


def _is_base(address: str) -> bool:
    """True for an http address that paths can be added to."""
    try:
        parts = urlsplit(address)
        sound = parts.port != 0  # reading it finds a port that is no number
    except ValueError:
        return False
    plain = address.isascii() and address.isprintable() and " " not in address
    beside = parts.username or parts.password or "?" in address or "#" in address
    return sound and plain and parts.scheme in {"http", "https"} and bool(parts.hostname) and not beside


def _read(variable: str, value: str, kind: type[Path | float | int | str]) -> object:
    try:
        return Path(value).expanduser() if issubclass(kind, Path) else kind(value)
    except ValueError as error:
        msg = f"{variable} is '{value}', which is not a {'whole ' if kind is int else ''}number."
        raise BadSetting(msg) from error
    except RuntimeError as error:
        msg = f"{variable} is '{value}', and no such home folder is known; give the path in full."
        raise BadSetting(msg) from error
