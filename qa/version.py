"""Which Exocite this is."""

from __future__ import annotations

from importlib import metadata


def version() -> str:
    """The version that is installed; `"0"` where Exocite is run from its sources and not installed."""
    try:
        return metadata.version("exocite")
    except metadata.PackageNotFoundError:
        return "0"
