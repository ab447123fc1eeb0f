"""The first help of the command line, plain: what colours it takes longer to import than all else."""

from __future__ import annotations

from typing import Any

from typer.core import TyperGroup

_WHOLE = 10_000
"""Characters, more than any first sentence has."""


class Unabridged(TyperGroup):
    """A command that lists those below it each with its whole first sentence, however long."""

    def format_help(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401 (typer's own types are private)
        """Usage, what it does, options and commands are written, as typer does where there is no rich."""
        super(TyperGroup, self).format_help(ctx, formatter)

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401 (typer's own types are private)
        """The list is written, a name and a sentence each."""
        found = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        with formatter.section("Commands"):
            formatter.write_dl([(name, command.get_short_help_str(_WHOLE)) for name, command in found if command])
