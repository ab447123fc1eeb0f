"""What is done to a good file to break it; each change is made by chance alone, which comes from a seed."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable, Iterator

from corpus.workers import Job
from tests.fuzzing.seeds import SIGNS, seeds

Change = Callable[[random.Random, bytes, bytes], bytes]
"""`(chance, data, other)`: `data` changed; `other` is a file of the same format."""


def cut(chance: random.Random, data: bytes, _: bytes) -> bytes:
    """Without its end."""
    return data[: chance.randrange(len(data) + 1)]


def lost(chance: random.Random, data: bytes, _: bytes) -> bytes:
    """Without some bytes in the middle."""
    start = chance.randrange(len(data) + 1)
    return data[:start] + data[start + chance.choice((1, 4, 40, 400)) :]


def turned(chance: random.Random, data: bytes, _: bytes) -> bytes:
    """With some bits turned."""
    changed = bytearray(data)
    for _time in range(chance.choice((1, 3, 30)) if changed else 0):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def added(chance: random.Random, data: bytes, _: bytes) -> bytes:
    """With something put in, now and then very often."""
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.choice(SIGNS) * chance.choice((1, 1, 1, 2, 300, 20_000)) + data[at:]


def doubled(chance: random.Random, data: bytes, _: bytes) -> bytes:
    """With a stretch of it again, elsewhere."""
    start = chance.randrange(len(data) + 1)
    piece = data[start : start + chance.choice((5, 50, 500))]
    at = chance.randrange(len(data) + 1)
    return data[:at] + piece * chance.choice((1, 2, 100)) + data[at:]


def joined(chance: random.Random, data: bytes, other: bytes) -> bytes:
    """Its beginning and another's end."""
    return data[: chance.randrange(len(data) + 1)] + other[chance.randrange(len(other) + 1) :]


def numbered(chance: random.Random, data: bytes, _: bytes) -> bytes:
    """With one of its numbers another."""
    found = list(re.finditer(rb"\d+", data))
    if not found:
        return data
    one = chance.choice(found)
    return (
        data[: one.start()]
        + chance.choice((b"0", b"-1", b"99999999999", b"1e999", b"65536", b"nan"))
        + data[one.end() :]
    )


CHANGES: tuple[Change, ...] = (cut, lost, turned, added, added, doubled, joined, numbered, numbered)


def broken(chance: random.Random, data: bytes, other: bytes) -> bytes:
    """`data` changed in a few ways; of a zip mostly one of its members, so that its reader gets to see it."""
    if data.startswith(b"PK") and chance.random() < 0.9:
        return rezipped(chance, data, other)
    for _time in range(chance.choice((1, 1, 2, 4))):
        data = chance.choice(CHANGES)(chance, data, other)
    return data


def rezipped(chance: random.Random, data: bytes, other: bytes) -> bytes:
    """The zip with one member changed."""
    with zipfile.ZipFile(io.BytesIO(data)) as held, zipfile.ZipFile(io.BytesIO(other)) as second:
        members = {name: held.read(name) for name in held.namelist()}
        name = chance.choice(list(members))
        others = second.read(name) if name in second.namelist() else members[name]
    for _time in range(chance.choice((1, 1, 2, 4))):
        members[name] = chance.choice(CHANGES)(chance, members[name], others)
    with zipfile.ZipFile(made := io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as out:
        for member, content in members.items():
            out.writestr(member, content)
    return made.getvalue()


def inputs(seed: str, only: str = "") -> Iterator[Job]:
    """Broken files without end, one format after the other."""
    held = {suffix: some for suffix, some in seeds().items() if only in suffix}
    number = 0
    while True:
        for suffix, some in held.items():
            number += 1
            chance = random.Random(f"{seed} {number}")  # noqa: S311 (it is to come again)
            data = broken(chance, chance.choice(some), chance.choice(some))
            yield Job(f"{number}{suffix}", data, "f", f"upload:{number}{suffix}")
