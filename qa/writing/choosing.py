"""Who writes an answer: the language model that is set, or nobody, so that it is quoted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus.errors import BadSetting
from qa.forms import Writer
from qa.settings import Settings

if TYPE_CHECKING:
    from qa.writing.writer import ModelWriter


def open_writer(settings: Settings) -> ModelWriter | None:
    """A writer where the settings name an endpoint, otherwise None; nothing is asked of it yet."""
    if not settings.llm_base_url:
        return None
    from qa.writing.writer import ModelWriter

    return ModelWriter(settings)


def chosen(model: ModelWriter | None, wanted: Writer | None) -> ModelWriter | None:
    """The model where it is to write, None where the answer is to be quoted; unless wanted otherwise, it is to write.

    Raises:
        BadSetting: it is to write, and there is none.
    """
    if wanted == "model" and model is None:
        msg = "No language model is set; set EXOCITE_LLM_BASE_URL and EXOCITE_LLM_MODEL, or ask for the quoted answer."
        raise BadSetting(msg)
    return None if wanted == "extractive" else model
