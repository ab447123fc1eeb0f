"""What HTML and Word come down to: one tree of headings, paragraphs, lists and tables, and how it becomes parts.

A format's own reader makes the tree; everything here is told only what stands in it:

- blocks: `h` (with `level`), `p`, `div`, `ul`, `ol` (with `start`), `li` (with `label`, the number printed), `dl`,
  `dt`, `dd`, `table` (of `caption`, `thead`, `tbody`, `tfoot`, `tr`, `td` and `th` with `rowspan`, `colspan`),
  `figure`, `figcaption`, `pre`, `hr`;
- inside a line: `sup`, `sub`, `b`, `a`, `br`, `img`, `math` (MathML), `tex`, `del` (struck out), `q`, `note` (a
  footnote where its mark stands), and `span` for all else;
- on any of them: `ids`, the names it can be pointed to by; `as`, words of its class and role; on an `a`: `to`, the ids
  that it points to in this file, and `href`, the address that it leads to.

`wording` turns what stands inside a block into a line, `entries` finds the reference lists, `tables` what a table's
caption and notes are, `body` walks over all of it, and `front` tells title, authors and front matter from the text.
"""
