"""`exocite conversations`: what was asked on the pages, listed, shown, renamed, deleted, exported."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from corpus.errors import InputError
from qa.commands.opening import open_console, open_service, read_settings

if TYPE_CHECKING:
    from qa.conversations.records import Conversation
    from qa.conversations.store import Conversations
conversations = typer.Typer(help="The conversations kept with the library.", invoke_without_command=True)

Id = Annotated[str, typer.Argument(metavar="ID", help="As `exocite conversations list` shows it.", show_default=False)]
Search = Annotated[
    str, typer.Option("--search", metavar="WORDS", help="Only those whose title or questions hold these words.")
]


@conversations.callback()
def kept(context: typer.Context) -> None:
    """The conversations kept with the library; by itself, it lists them."""
    if context.invoked_subcommand is None:
        list_conversations()


@conversations.command("list")
def list_conversations(
    search: Search = "",
    json: Annotated[bool, typer.Option("--json", help="Print the JSON of the HTTP endpoint.")] = False,
) -> None:
    """List the conversations, the last changed first."""
    from qa.serial import to_json

    found = _kept().cards(search, limit=1_000_000)
    if json:
        print(to_json(found, indent=2))  # noqa: T201 (data, not talk)
        return
    for card in found.conversations:
        open_console().print(f"{card.id}  {_when(card.changed)}  {card.turns:3}  {card.title or 'Untitled'}")


@conversations.command("show")
def show(conversation: Id) -> None:
    """Show the questions of a conversation, and how each was answered."""
    from qa.conversations.records import SAID

    whole = _kept().conversation(conversation)
    open_console().print(whole.title or "Untitled")
    for turn in whole.turns:
        open_console().print(f"{turn.number:3}  {_when(turn.asked)}  {turn.question}  ({SAID[turn.verdict]})")


@conversations.command("rename")
def rename(conversation: Id, title: Annotated[str, typer.Argument(help="Its new title.", show_default=False)]) -> None:
    """Give a conversation another title."""
    _kept().rename(conversation, title)
    open_console().print(f"{conversation}: renamed")


@conversations.command("delete")
def delete(
    ids: Annotated[
        list[str] | None,
        typer.Argument(metavar="ID", help="As `exocite conversations list` shows them.", show_default=False),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Delete every conversation.")] = False,
) -> None:
    """Delete conversations, with everything kept of them."""
    if every == bool(ids):
        msg = "Say which to delete: the ids of some, or --all for every one."
        raise InputError(msg)
    store = _kept()
    if every:
        open_console().print(f"- {store.delete_all()} deleted")
    for conversation in ids or ():
        store.delete(conversation)
        open_console().print(f"- {conversation}: deleted")


@conversations.command("export")
def export(
    conversation: Id,
    form: Annotated[Literal["markdown", "json"], typer.Option("--format", help="What to write it as.")] = "markdown",
) -> None:
    """Print a whole conversation, its answers made from the library as it is now."""
    from qa.conversations.exporting import export_conversation

    service = open_service()
    whole: Conversation = service.conversations.conversation(conversation)
    print(export_conversation(service, whole, form), end="")  # noqa: T201 (data, not talk)


def _when(at: str) -> str:
    """A time of the history in the time of this machine, to the minute."""
    from datetime import datetime

    return datetime.fromisoformat(at).astimezone().strftime("%Y-%m-%d %H:%M")


def _kept() -> Conversations:
    from qa.conversations.store import Conversations

    settings = read_settings()
    return Conversations.of(settings.library, settings)
