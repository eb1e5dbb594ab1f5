"""BibTeX and BibLaTeX files: text to entries and back.

`blocks` cuts a file into its blocks, `reader` makes entries of them and `writer` the other
way; `values`, `names`, `dates` and `titles` each know one part of the language, in both
directions where there are two.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from refman.formats.bibtex.reader import read
from refman.formats.bibtex.writer import write
from refman.formats.format import Context, Format, Found
from refman.model.entry import Entry

_ENTRY = re.compile(r"@[ \t\n]*+[^\W\d][\w-]*+\s*+[{(]\s*+[^\s,{}=\"]*+\s*+,\s*+[\w:-]++\s*+=")
_BLOCK = re.compile(
    r"^\s*@\s*+(?:article|book|inproceedings|misc|comment|string|preamble)\s*+[{(]",
    re.MULTILINE | re.IGNORECASE,
)


class BibTeX(Format):
    """`.bib` files. What is written is BibTeX, valid for `bibtex` and `biber` alike."""

    name = "bibtex"
    label = "BibTeX"
    extensions = (".bib", ".bibtex")
    writes = True

    def score(self, text: str) -> int:
        if _ENTRY.search(text):
            return 95
        return 60 if _BLOCK.search(text) else 0

    def read(self, text: str, context: Context) -> Found:
        return read(text, context)

    def write(self, entries: Iterable[Entry], options: Mapping[str, Any]) -> Iterator[str]:
        return write(entries)
