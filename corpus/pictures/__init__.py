"""Pages as pictures: a page of a PDF goes in, the bytes of a PNG come out.

Drawing runs in a process of its own (`child`), held by a `Renderer`: PDFium is not made for several threads, and a page
made to take forever, or all memory, takes that process alone.
"""

from corpus.pictures.renderer import Renderer, check_width

__all__ = ["Renderer", "check_width"]
