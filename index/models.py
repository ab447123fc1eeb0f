"""Models of sentence-transformers on this machine: found without a network, loaded quietly, run by one thread.

Importing sentence-transformers takes seconds, so it happens when a model is loaded, never at start. No model is ever
fetched: one that is named must lie on this machine.
"""

from __future__ import annotations

import os
import platform
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final, TypeVar

from corpus.errors import EncoderError

Model = TypeVar("Model")

WORKER: Final = ThreadPoolExecutor(max_workers=1, thread_name_prefix="model")
"""The thread that runs every model.

torch keeps a team of threads for every thread that calls it, and the teams of a server's many threads would fight for
the cores.
"""


def folder_of(model: str, owner: str, kind: str) -> Path:
    """The folder on this machine that holds the model; nobody is asked over the network.

    Args:
        model: a folder, or the name of a model that was fetched before.
        owner: whose model a bare name is, as sentence-transformers reads it.
        kind: of model, for the message.

    Raises:
        EncoderError: it cannot be found.
    """
    if Path(model).is_dir():
        return Path(model)
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HFValidationError

    name = model if "/" in model else f"{owner}/{model}"
    try:
        return Path(snapshot_download(name, local_files_only=True))
    except HFValidationError as error:
        msg = f"There is no folder '{model}'; give one that holds a {kind}."
        raise EncoderError(msg) from error
    except OSError as error:
        msg = (
            f"The model '{model}' is not on this machine; fetch it with `hf download {name}`, "
            f"or give a folder that holds a {kind}."
        )
        raise EncoderError(msg) from error


def processor_flags() -> frozenset[str]:
    """What the processor can do, as Linux names it; nothing elsewhere."""
    cpuinfo = Path("/proc/cpuinfo")
    if platform.machine() not in {"x86_64", "AMD64"} or not cpuinfo.is_file():
        return frozenset()
    return frozenset(next((line for line in cpuinfo.read_text().splitlines() if line.startswith("flags")), "").split())


def computes_in_bfloat16() -> bool:
    """True where the processor multiplies bfloat16 by itself (AVX-512 BF16 or AMX, as Linux names them)."""
    return not processor_flags().isdisjoint({"amx_bf16", "avx512_bf16"})


def loaded(make: Callable[[], Model], model: str, kind: str) -> Model:
    """What `make` gives, without a word on the terminal.

    Args:
        model: as the user named it, for the message.
        kind: of model, likewise.

    Raises:
        EncoderError: it cannot be loaded.
    """
    # threads that wait sleep instead of spinning: on a busy machine spinning made encoding several times slower
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    # in float32 MKL adds up in an order that depends on the batch and on how many threads there are, unless it is told
    # not to; a vector must depend on its text alone. What the processor lacks MKL does without
    os.environ.setdefault("MKL_CBWR", "AVX512,STRICT" if "avx512f" in processor_flags() else "AVX2,STRICT")
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        return make()
    except (OSError, ValueError, RuntimeError) as error:
        first = str(error).splitlines()[0] if str(error) else type(error).__name__
        msg = f"The model '{model}' cannot be loaded ({first}); give a folder that holds a {kind}."
        raise EncoderError(msg) from error
