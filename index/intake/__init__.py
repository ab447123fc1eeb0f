"""Files on their way into a library, one by one: found, compared, read, held against what is there, written.

In come sources (`sources`): files and folders that were named, what the exports of reference managers name (`exports`),
uploads, the starter documents. The steps of each file are those of `taking`, in this order: its bytes are compared with
what the library holds (`held`), a new or changed one is read, another file of the same paper is looked for (`twins`),
what was read goes into a batch (`batch`), and a full batch is written as one generation of the library. What came of
each is told as an `Outcome`. What is no more where it was is found out afterwards (`vanished`).

This family knows nothing of bars, colours or web pages; who calls it is told what happens.
"""

from index.intake.exports import Used, with_exports
from index.intake.outcome import Outcome, Status
from index.intake.sources import Found, Source, files_of, find, sources_of, starter_sources
from index.intake.taking import take_in
from index.intake.vanished import Vanished, heirs, vanished

__all__ = [
    "Found",
    "Outcome",
    "Source",
    "Status",
    "Used",
    "Vanished",
    "files_of",
    "find",
    "heirs",
    "sources_of",
    "starter_sources",
    "take_in",
    "vanished",
    "with_exports",
]
