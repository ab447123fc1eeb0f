"""What several commands take: the question, its history, its limits, and what is printed."""

from __future__ import annotations

from typing import Annotated

import typer

from qa.forms import Format, Writer

Question = Annotated[str, typer.Argument(help="What you want to know, 1 to 2,000 characters.", show_default=False)]
Count = Annotated[int, typer.Option("-k", min=1, max=100, help="How many pieces of evidence.")]
Json = Annotated[bool, typer.Option("--json", help="Print the JSON of the HTTP endpoint.")]
Form = Annotated[
    Format | None,
    typer.Option("--format", help="Print it for another program; `json` is the same as --json.", show_default=False),
]
WrittenBy = Annotated[
    Writer | None,
    typer.Option("--writer", help="Who writes the answer; `model` where one is set, unless said.", show_default=False),
]
History = Annotated[
    list[str] | None,
    typer.Option("--history", help="An earlier question; repeat it, oldest first.", show_default=False),
]

Documents = Annotated[
    list[str] | None,
    typer.Option("--document", metavar="ID", help="Only this paper; repeat it for more.", show_default=False),
]
Kinds = Annotated[
    list[str] | None,
    typer.Option("--kind", metavar="KIND", help="Only evidence of this kind: passage or row.", show_default=False),
]
FromYear = Annotated[
    int | None,
    typer.Option("--from-year", metavar="YEAR", help="Only papers of this year or later.", show_default=False),
]
ToYear = Annotated[
    int | None,
    typer.Option("--to-year", metavar="YEAR", help="Only papers of this year or earlier.", show_default=False),
]
Names = Annotated[
    list[str] | None,
    typer.Option(
        "--name",
        metavar="NAME",
        help="Only evidence that names this microRNA, gene or other thing, or one of several.",
        show_default=False,
    ),
]
Cancers = Annotated[
    list[str] | None,
    typer.Option(
        "--cancer",
        metavar="CANCER",
        help="Only evidence on this cancer, or one of several, in lay or clinical words.",
        show_default=False,
    ),
]
