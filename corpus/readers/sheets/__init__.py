"""Sheets: CSV, TSV and XLSX. Each record is a row, numbered as a spreadsheet does; a row may name the study it is from.

`delimited` and `workbook` read files to `lines`; `tables` finds in lines what are captions, headers, rows and notes,
and `studies` the studies that rows name, the same for all. A workbook's XML is read here, part by part (`cells`,
`strings`, `formats`), because no library gives all of it within bounded memory: raised letters, without which miR-21
with a note "a" is another molecule, Greek in the Symbol font, merged cells, numbers as shown, hidden rows.
"""

from corpus.readers.sheets.delimited import read_sheet
from corpus.readers.sheets.workbook import read_workbook

__all__ = ["read_sheet", "read_workbook"]
