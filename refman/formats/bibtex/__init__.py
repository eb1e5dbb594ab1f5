"""BibTeX and BibLaTeX files: text to entries and back.

`blocks` cuts a file into its blocks, `reader` makes entries of them and `writer` the other
way, as a `style` says; `values`, `names`, `dates`, `types` and `titles` each know one part of
the language, in both directions where there are two; `spelling`, `commands` and `journals` are
the writer's own.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar

from refman.formats.bibtex.reader import pieces, read
from refman.formats.bibtex.style import BIBLATEX, BIBTEX, Style
from refman.formats.bibtex.writer import NO_NOTES, write
from refman.formats.format import Context, Format, Found, Passage, Problem, Row
from refman.model.entry import Entry

_ENTRY = re.compile(r"@[ \t\n]*+[^\W\d][\w-]*+\s*+[{(]\s*+[^\s,{}=\"]*+\s*+,\s*+[\w:-]++\s*+=")
_BLOCK = re.compile(
    r"^\s*@\s*+(?:article|book|inproceedings|misc|comment|string|preamble)\s*+[{(]",
    re.MULTILINE | re.IGNORECASE,
)


class BibTeX(Format):
    """`.bib` files of both dialects. What is written is BibTeX, valid for `bibtex` and `biber`.

    The options of `write` are those of `Style`, whose dialect is the format's own, and
    `annotations`: the notes of entries by their citation keys, for a style that writes them.
    """

    name = "bibtex"
    label = "BibTeX"
    extensions: ClassVar[tuple[str, ...]] = (".bib", ".bibtex")
    writes = True
    dialect: ClassVar[str] = BIBTEX

    def score(self, text: str) -> int:
        if _ENTRY.search(text):
            return 95
        return 60 if _BLOCK.search(text) else 0

    def read(self, text: str, context: Context) -> Found:
        return read(text, context)

    def pieces(self, text: str, context: Context) -> Iterator[Row | Problem | Passage]:
        return pieces(text, context)

    def write(self, entries: Iterable[Entry], options: Mapping[str, Any]) -> Iterator[str]:
        chosen = {name: value for name, value in options.items() if name != "annotations"}
        style = Style.from_options({**chosen, "dialect": self.dialect})
        return write(entries, style, options.get("annotations", NO_NOTES))


class BibLaTeX(BibTeX):
    """`.bib` files in BibLaTeX's types and fields; `BibTeX` reads them."""

    name = "biblatex"
    label = "BibLaTeX"
    extensions = (".bib",)
    reads = False
    dialect = BIBLATEX

    def score(self, text: str) -> int:
        return 0
