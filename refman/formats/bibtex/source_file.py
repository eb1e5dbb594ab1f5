"""The bytes of a .bib file as text, and back with some passages replaced and no other byte.

Bytes that are no UTF-8 are carried through as lone surrogates, so that every file comes back as
it was, whatever is wrong with its encoding; what is new is written in the file's own codec.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from refman.errors import ReadError
from refman.formats import encoding_of
from refman.formats.bibtex.splicing import Replacement
from refman.i18n import _

_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file: `text`, whose lines end in a line feed, and what else its bytes are made of."""

    text: str
    codec: str  # in which new text is written
    mark: bytes  # the byte-order mark
    line_ends: tuple[str, ...]  # one for each line feed of `text`; empty where all are `usual`
    usual: str

    @classmethod
    def of(cls, data: bytes) -> "SourceFile":
        """The file of these bytes. Raises ReadError where they are no text."""
        mark, codec = encoding_of(data)
        body = data[len(mark) :]
        try:
            raw = body.decode(codec if _is_wide(codec) else "utf-8", _errors(codec))
        except UnicodeDecodeError as error:
            raise ReadError(
                _("The file is damaged at byte {place}: save it as UTF-8, then try again.").format(
                    place=error.start + len(mark)
                )
            ) from error
        ends = Counter(_LINE_END.findall(raw))
        usual = max(ends, key=lambda end: (ends[end], end), default="\n")
        text = _LINE_END.sub("\n", raw) if "\r" in raw else raw
        mixed = tuple(_LINE_END.findall(raw)) if len(ends) > 1 else ()
        return cls(text, codec, mark, mixed, usual)

    def can_write(self, text: str) -> bool:
        """Whether the file's codec has every character of `text`."""
        try:
            text.encode(self.codec)
        except UnicodeEncodeError:
            return False
        return True

    def with_replacements(self, replacements: Iterable[Replacement], appended: str = "") -> bytes:
        """The bytes with passages replaced, in their order, and `appended` at the end."""
        pieces: list[bytes] = [self.mark]
        place = 0
        for one in replacements:
            pieces.append(self._kept(place, one.start))
            pieces.append(self._new(one.new))
            place = one.end
        pieces.append(self._kept(place, len(self.text)))
        pieces.append(self._new(appended))
        return b"".join(pieces)

    def _kept(self, start: int, end: int) -> bytes:
        text = self.text[start:end]
        if self.line_ends:
            lines = text.split("\n")
            first = self.text.count("\n", 0, start)
            ends = (*self.line_ends[first : first + len(lines) - 1], "")
            text = "".join(line + mark for line, mark in zip(lines, ends, strict=True))
        elif self.usual != "\n":
            text = text.replace("\n", self.usual)
        return text.encode(self.codec if _is_wide(self.codec) else "utf-8", _errors(self.codec))

    def _new(self, text: str) -> bytes:
        return text.replace("\n", self.usual).encode(self.codec)


def _is_wide(codec: str) -> bool:
    return codec.startswith(("utf-16", "utf-32"))


def _errors(codec: str) -> str:
    return "surrogatepass" if _is_wide(codec) else "surrogateescape"
