"""Articles by identifier: a PMC id, a DOI or a PubMed id in, the article's XML out, ready to be taken into a library.

`identifiers` reads what the user typed, `asking` speaks HTTP patiently and politely, `europepmc` knows Europe PMC's
interface, `waiting` keeps on disk what was fetched until the library holds it, and `articles` puts them together.
Nothing here asks the network unless an identifier is given; it knows nothing of papers but their XML, and of a library
but which articles it holds.
"""
