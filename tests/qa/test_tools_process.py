"""`exocite mcp` as an assistant starts it: a process whose standard output is the protocol and nothing else."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp_types import CallToolResult

ROOT = Path(__file__).resolve().parent.parent.parent
HASHED = """
import index.encoder
from tests.encoders import HashedEncoder

class Talking(HashedEncoder):
    def encode(self, texts, progress=None):
        print(" astrayword ", flush=True)
        return super().encode(texts, progress)

index.encoder.SentenceEncoder = lambda model, _: Talking(model="hashed")
from qa.cli import main
main()
"""
"""The command line, with a test encoder in the model's place that says things where it should not."""


def test_an_assistant_asks_and_opens_evidence(library: Path, tmp_path: Path):
    """With the SDK's own client; what is printed meanwhile does not get into the protocol, nor does a warning."""
    arguments = ["-W", "error", "-c", HASHED, "--library", str(library), "mcp"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    started = StdioServerParameters(command=sys.executable, args=arguments, env=environment, cwd=ROOT)
    unread = []

    async def heard(message: object) -> None:
        unread.append(message)

    async def visit(client: Client) -> tuple[list[str], CallToolResult, CallToolResult]:
        names = [tool.name for tool in (await client.list_tools()).tools]
        asked = await client.call_tool("ask", {"question": "which target does miR-21 silence in the gills"})
        assert asked.structured_content
        permalink = asked.structured_content["evidence"][0]["permalink"]
        return names, asked, await client.call_tool("open_evidence", {"address": permalink})

    async def session() -> tuple[list[str], CallToolResult, CallToolResult]:
        with (tmp_path / "errors").open("w+") as errors:
            async with Client(stdio_client(started, errlog=errors), message_handler=heard) as client:
                return await visit(client)

    names, asked, opened = asyncio.run(session())
    assert names == ["ask", "search", "open_evidence"]
    assert asked.structured_content
    assert asked.structured_content["answer"]["sentences"][0]["check"] == "verbatim"
    assert asked.structured_content["library"]["encoder"] == "hashed"
    assert opened.structured_content
    assert opened.structured_content["state"] == "same"
    assert unread == []
    assert set((tmp_path / "errors").read_text().split()) == {"astrayword"}
