"""What a browser prints, without its driver, whose event loop would stay: other tests could start none of their own."""

from __future__ import annotations

import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory


def print_html(chromium: str, html: str) -> bytes:
    """A page as the PDF that Chromium prints of it, without its own heads and feet."""
    with TemporaryDirectory(prefix="printing-") as folder:
        page, printed = Path(folder, "page.html"), Path(folder, "page.pdf")
        page.write_text(html, encoding="utf-8")
        flags = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-pdf-header-footer")
        kept = (f"--user-data-dir={Path(folder, 'profile')}", f"--print-to-pdf={printed}")
        subprocess.run([chromium, *flags, *kept, page.as_uri()], check=True, capture_output=True, timeout=120)
        return printed.read_bytes()
