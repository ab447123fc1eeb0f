"""`exocite mechanisms`: what the papers say that microRNAs do, as a table, CSV or JSON."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from corpus.errors import InputError
from qa.commands.opening import open_service
from qa.commands.options import Cancers, Documents, FromYear, Json, Kinds, Names, ToYear

MaybeQuestion = Annotated[
    str | None,
    typer.Argument(metavar="QUESTION", help="Only what answers this; without it all.", show_default=False),
]
TableForm = Annotated[
    Literal["csv", "json"] | None,
    typer.Option("--format", help="Print it for another program; `json` is the same as --json.", show_default=False),
]
Limit = Annotated[int, typer.Option("--limit", min=1, max=1000, help="How many to show, at most.")]
Offset = Annotated[int, typer.Option("--offset", min=0, help="How many to leave out before those.")]


def mechanisms(
    question: MaybeQuestion = None,
    document: Documents = None,
    kind: Kinds = None,
    from_year: FromYear = None,
    to_year: ToYear = None,
    name: Names = None,
    cancer: Cancers = None,
    limit: Limit = 100,
    offset: Offset = 0,
    form: TableForm = None,
    json: Json = False,
) -> None:
    """Show what the papers say that microRNAs do: to what, through what, from where to where, in which cancer."""
    from qa.exports.mechanisms import mechanisms_csv
    from qa.mechanisms.terminal import print_left_out, print_mechanisms
    from qa.scope import Scope
    from qa.serial import to_json

    if json and form == "csv":
        msg = "--json and --format csv ask for two formats; give one of them."
        raise InputError(msg)
    scope = Scope.of(documents=document, kinds=kind, from_year=from_year, to_year=to_year, names=name, cancers=cancer)
    found = open_service().mechanisms(question, scope=scope, limit=limit, offset=offset)
    if json or form == "json":
        print(to_json(found, indent=2))  # noqa: T201 (data, not talk)
    elif form == "csv":
        print(mechanisms_csv(found.mechanisms), end="")  # noqa: T201 (data, not talk)
        print_left_out(found)  # a table does not say itself that it is a part
    else:
        print_mechanisms(found)
