"""Papers on their way out of a library."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from corpus.store import unknown_document
from index.encoder import Encoder
from index.library import Library, change_library, changing
from qa.conversations.store import forget_answers
from qa.fetching.articles import held_articles, settle


def remove_documents(path: Path, encoder: Encoder, document_ids: Sequence[str]) -> None:
    """None of these documents is in the library in `path`, nor anything beside it that was fetched; all or nothing.

    Raises:
        UnknownDocument: one of them was not.
        LibraryMissing: there is no library.
        LibraryBusy, StorageFull: the library is as it was.
    """
    Library.open(path).close()  # where there is none, no folder is made for a lock
    with changing(path):
        library = Library.open(path)
        try:
            held = {summary.id for summary in library.store.summaries()}
        finally:
            library.close()
        for document_id in document_ids:
            if document_id not in held:
                raise unknown_document(document_id)
        fetched = held_articles(path)
        with closing(change_library(path, encoder, remove=document_ids)) as left:
            forget_answers(path, left.manifest.hash)
        settle(path, [pmc for pmc, summary in fetched.items() if summary.id in document_ids])
