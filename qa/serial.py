"""Results as JSON: one way for the endpoint's streams, for `--json` and for exports."""

from __future__ import annotations

from typing import Any, Final

from pydantic import TypeAdapter

_ANY: Final[TypeAdapter[Any]] = TypeAdapter(Any)


def to_json(result: object, *, indent: int | None = None) -> str:
    """A frozen value of `qa.results`, or a sequence of them, as JSON; field names as they are, not escaped to ASCII."""
    return _ANY.dump_json(result, indent=indent).decode()
