"""Conversations, kept in one SQLite file in the library's folder: what was asked, when, and of which library.

`records` is what a conversation is, `files` the file and what its errors mean, `store` what is done with it.
`replay` gives the answer of a turn: a quoted answer is not stored but made again, which for the same library gives the
same bytes; one that a language model wrote is stored, and forgotten when the library changes, so that what was removed
from it stands nowhere. `exporting` writes a whole conversation, `commands` is `exocite conversations`.
"""
