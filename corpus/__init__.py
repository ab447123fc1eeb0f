"""What can be cited: files become documents, documents become passages, table rows and references.

In comes a file. A reader (`corpus.readers`) turns it into a `Draft`: one cleaned text, made once, and the blocks that
tile it (headings, paragraphs, table rows, reference entries). `corpus.assemble` turns a draft into a `Reading`: the
document, its passages, its table rows and its references, every one of them a span of that text. `corpus.pointers`
decides what a text cites, `corpus.studies` which entries are of one study. `corpus.pages` says where words are printed,
`corpus.pictures` draws pages. `corpus.store` keeps readings in SQLite and gives them back unchanged.

This package knows nothing of questions, vectors, rankings or pages of HTML. Records never carry scores.
"""
