"""Papers on their way out of a library."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from corpus.errors import unknown_document
from index.encoder import Encoder
from index.engineplace import AS_REMEMBERED, EngineChoice
from index.library import change_library, changing
from index.listing import Listing
from qa.conversations.store import forget_answers
from qa.fetching.articles import settle, waiting_of


def remove_documents(
    path: Path, encoder: Encoder, document_ids: Sequence[str], engine: EngineChoice = AS_REMEMBERED
) -> None:
    """None of these documents is in the library in `path`, nor anything beside it that was fetched; all or nothing.

    Args:
        engine: where the library's is.

    Raises:
        UnknownDocument: one of them was not.
        LibraryMissing: there is no library.
        EngineError, LibraryBusy, StorageFull: the library is as it was.
    """
    Listing.open(path).close()  # where there is none, no folder is made for a lock
    with changing(path):
        with closing(Listing.open(path)) as listing:
            held = listing.summaries()
            forget_answers(path, listing.manifest.hash)  # those that a removal left which was cut short
        for document_id in document_ids:
            if document_id not in held:
                raise unknown_document(document_id)
        # before the papers themselves, since afterwards nobody would know what had been theirs
        settle(path, frozenset().union(*(waiting_of(path, held[document_id]) for document_id in document_ids)))
        with closing(change_library(path, encoder, remove=document_ids, engine=engine)) as left:
            forget_answers(path, left.manifest.hash)
        settle(path)
