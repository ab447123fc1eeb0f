"""The page that describes the endpoint, drawn from its OpenAPI description; no asset comes from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from web.problems import PROBLEM_KINDS
from web.rendering import render

router = APIRouter(include_in_schema=False)

_SCHEMA_PREFIX: Final = "#/components/schemas/"
_BOUNDS: Final = {
    "minLength": "at least {} characters",
    "maxLength": "at most {} characters",
    "minimum": "at least {}",
    "maximum": "at most {}",
    "maxItems": "at most {} items",
}
_GENERATED: Final = frozenset({"HTTPValidationError", "ValidationError"})


@dataclass(frozen=True, slots=True)
class SchemaField:
    """One field of a schema; `type` is in words, with bounds and the default where it has them."""

    name: str
    type: str
    required: bool
    description: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one address.

    Attributes:
        takes: the name of the schema of its JSON body, or `"multipart/form-data"`, or None.
        query: the parameters of its query string, where it takes no body.
        gives: media types and, where there is one, the schema of a successful answer.
        refuses: the statuses of its errors.
    """

    method: str
    path: str
    summary: str
    description: str
    takes: str | None
    query: tuple[SchemaField, ...]
    gives: tuple[tuple[str, str], ...]
    refuses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Schema:
    """One shape of JSON."""

    name: str
    description: str
    fields: tuple[SchemaField, ...]


@router.get("/docs")
def reference(request: Request) -> Response:
    """Every address, every shape and every kind of error of the endpoint."""
    described: dict[str, Any] = request.app.openapi()
    content = render(
        "reference.html",
        base=str(request.base_url),
        operations=tuple(operations(described)),
        schemas=tuple(schemas(described)),
        problems=PROBLEM_KINDS,
    )
    return HTMLResponse(content)


def operations(described: dict[str, Any]) -> Iterator[Operation]:
    """The operations of an OpenAPI description, in its order."""
    for path, methods in described["paths"].items():
        for method, said in methods.items():
            answers = {status: answer.get("content", {}) for status, answer in said["responses"].items()}
            body = said.get("requestBody", {}).get("content", {})
            media = next(iter(body), None)
            yield Operation(
                method=method.upper(),
                path=path,
                summary=said["summary"],
                description=said.get("description", ""),
                takes=in_words(body[media]["schema"]) if media == "application/json" else media,
                query=tuple(_parameters(said)) if media is None else (),
                gives=tuple(
                    (kind, in_words(content.get("schema", {})))
                    for status, contents in answers.items()
                    if status.startswith("2")
                    for kind, content in contents.items()
                ),
                refuses=tuple(sorted(status for status in answers if not status.startswith("2"))),
            )


def _parameters(said: dict[str, Any]) -> Iterator[SchemaField]:
    for given in said.get("parameters", ()):
        if given["in"] == "query":
            description = given.get("description") or given["schema"].get("description", "")
            yield SchemaField(given["name"], in_words(given["schema"]), given.get("required", False), description)


def schemas(described: dict[str, Any]) -> Iterator[Schema]:
    """The shapes of an OpenAPI description, by name; those that FastAPI adds and we never send are left out."""
    for name, shape in sorted(described["components"]["schemas"].items()):
        if name in _GENERATED or name.startswith("Body_"):
            continue
        required = shape.get("required", ())
        fields = tuple(
            SchemaField(field, in_words(said), field in required, said.get("description", ""))
            for field, said in shape.get("properties", {}).items()
        )
        yield Schema(name, shape.get("description", ""), fields)


def in_words(said: dict[str, Any]) -> str:
    """A JSON schema in words.

    >>> in_words({"type": "array", "items": {"type": "string"}, "maxItems": 50})
    'list of string, at most 50 items'
    >>> in_words({"anyOf": [{"$ref": "#/components/schemas/RowCard"}, {"type": "null"}]})
    'RowCard or null'
    >>> in_words({"type": "array", "items": {"enum": ["passage", "row"]}})
    'list of ("passage" or "row")'
    """
    if "$ref" in said:
        words = said["$ref"].removeprefix(_SCHEMA_PREFIX)
    elif "anyOf" in said:
        words = " or ".join(map(in_words, said["anyOf"]))
    elif "enum" in said:
        words = " or ".join(f'"{value}"' for value in said["enum"])
    elif "const" in said:
        words = f'"{said["const"]}"'
    elif said.get("type") == "array":
        item = in_words(said.get("items", {}))
        words = f"list of ({item})" if " " in item else f"list of {item}"
    elif "additionalProperties" in said and isinstance(said["additionalProperties"], dict):
        words = f"object of {in_words(said['additionalProperties'])}"
    else:
        words = said.get("type", "any")
    bounds = [form.format(f"{int(said[bound]):,}") for bound, form in _BOUNDS.items() if bound in said]
    return ", ".join((words, *bounds))
