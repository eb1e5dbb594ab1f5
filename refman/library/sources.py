"""Where a page comes from: a file, a drop, the clipboard."""

import codecs
import hashlib
import tempfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property, partial
from pathlib import Path
from weakref import finalize

from refman.errors import ReadError, UsageError
from refman.formats import decode_pieces, decode_telling
from refman.formats import format_named as _format_named
from refman.formats.format import Format, Problem
from refman.formats.markup import Page, page_of
from refman.i18n import _
from refman.library import recipes
from refman.progress import Progress

GREAT = 8_000_000  # bytes of a file, above which its text is kept packed
_PIECE = 1_000_000
_LEVEL = 2  # of zlib; the next one takes twice as long to save a tenth


@dataclass(frozen=True)
class Source:
    """A page to be read. `as_of` is the day it was seen, by which dates without a year go.

    `text` is what the page shows; `markup`, where it has any, what it shows it with. A great
    file is not read before `whole`, and then its text waits in another file, packed.
    `problems` are what its bytes are told of, by the lines of its text.
    """

    kept: "str | _Great | Path"
    name: str = ""
    path: str = ""
    as_of: date = date.min
    markup: str = ""
    problems: tuple[Problem, ...] = ()

    def __post_init__(self) -> None:
        # Names of files and clipboards may hold halves of characters, which no library can.
        for part in ("kept", "name", "path", "markup"):
            value = getattr(self, part)
            object.__setattr__(self, part, _whole(value) if isinstance(value, str) else value)

    @classmethod
    def from_path(cls, path: Path, as_of: date | None = None) -> "Source":
        """The page in a file; its day is `as_of`, else the file's own. Raises ReadError."""
        where = str(path.absolute())
        try:
            if path.is_dir():
                raise ReadError(_("“{path}” is a folder: name the files in it.").format(path=path))
            seen = as_of or datetime.fromtimestamp(path.stat().st_mtime).date()  # noqa: DTZ006
            with path.open("rb") as file:
                if path.stat().st_size > GREAT:
                    return cls(path, path.name, where, seen)
                data = file.read()
        except (OSError, ValueError) as error:  # ValueError: a name that no file can have
            raise _unreadable(path, error) from error
        return cls.from_bytes(data, path.name, as_of=seen, path=where)

    @classmethod
    def from_bytes(
        cls, data: bytes, name: str = "", as_of: date | None = None, path: str = ""
    ) -> "Source":
        """Bytes of any encoding. Raises ReadError where they are empty or no text."""
        try:
            text, problems = decode_telling(data)
        except ReadError as error:
            raise ReadError(f"“{name}”: {error}" if name else str(error)) from error
        page = page_of(text)
        told = problems if not page.markup else ()  # the lines of markup are not those shown
        return cls(page.text, name, path, as_of or date.today(), page.markup, told)  # noqa: DTZ011

    @classmethod
    def from_text(cls, text: str, name: str = "", as_of: date | None = None) -> "Source":
        """Text that was pasted or dropped. Raises ReadError where there is none."""
        if not text.strip():
            raise ReadError(_("There is no text in it: copy the rows of a page, then paste again."))
        page = page_of(_whole(text))
        return cls(page.text, name, "", as_of or date.today(), page.markup)  # noqa: DTZ011

    @classmethod
    def from_html(cls, html: str, name: str = "", as_of: date | None = None) -> "Source":
        """HTML from the clipboard. Raises ReadError where it shows no text."""
        page = page_of(_whole(html), markup=True)
        if not page.text.strip():
            raise ReadError(_("There is no text in it: copy the rows of a page, then paste again."))
        return cls(page.text, name, "", as_of or date.today(), page.markup)  # noqa: DTZ011

    def whole(self, progress: Progress | None = None) -> "Source":
        """The page with its text. Raises ReadError where there is none, Cancelled."""
        if not isinstance(self.kept, Path):
            return self
        check = (progress or Progress()).check
        try:
            if great := _read_great(self.kept, check):
                return replace(self, kept=great)
            data = self.kept.read_bytes()
        except OSError as error:
            raise _unreadable(self.kept, error) from error
        return self.from_bytes(data, self.name, as_of=self.as_of, path=self.path)

    @property
    def text(self) -> str:
        if isinstance(self.kept, Path):
            return self.whole().text
        return self.kept if isinstance(self.kept, str) else self.kept.unpacked()

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the text, in hexadecimal."""
        if isinstance(self.kept, _Great):
            return self.kept.digest
        return hashlib.sha256(self.text.encode()).hexdigest()

    def packed(self) -> tuple[int, Iterable[bytes]]:
        """The text as a library keeps it: how many bytes, and these in pieces."""
        if isinstance(self.kept, _Great):
            return self.kept.size, self.kept.pieces()
        data = packed(self.text)
        return len(data), [data]


class _Great:
    """The text of a great file: packed, in a temporary file that goes with it."""

    def __init__(self, texts: Iterable[str], check: Callable[[], None]) -> None:
        self._check = check
        self._file = tempfile.TemporaryFile(prefix="refman-")  # noqa: SIM115
        finalize(self, self._file.close)
        digest, packer = hashlib.sha256(), zlib.compressobj(_LEVEL)
        for text in texts:
            check()
            data = text.encode()
            digest.update(data)
            self._file.write(packer.compress(data))
        self._file.write(packer.flush())
        self.size = self._file.tell()
        self.digest = digest.hexdigest()

    def pieces(self) -> Iterator[bytes]:
        self._file.seek(0)
        return iter(partial(self._file.read, _PIECE), b"")

    def unpacked(self) -> str:
        unpacker, decoder = zlib.decompressobj(), codecs.getincrementaldecoder("utf-8")()
        text = ""  # nobody else holds it, so it grows in its place
        for piece in self.pieces():
            self._check()
            text += decoder.decode(unpacker.decompress(piece))
        return text


def _unreadable(path: Path, error: Exception) -> ReadError:
    return ReadError(
        _("“{path}” cannot be read ({reason}): check its name and permissions.").format(
            path=path, reason=getattr(error, "strerror", None) or error
        )
    )


def _read_great(path: Path, check: Callable[[], None]) -> _Great | None:
    """The text of a file that is plainly text, without holding it whole; None for any other."""
    with path.open("rb") as file:
        try:
            return _Great(_plain(decode_pieces(iter(partial(file.read, _PIECE), b""))), check)
        except ValueError:
            return None


def _plain(texts: Iterable[str]) -> Iterator[str]:
    """`texts`; raises ValueError where they are a mail or markup, which the beginning says."""
    for place, text in enumerate(texts):
        if not place and ("\n" not in text or page_of(text) != Page(text)):
            raise ValueError("to be seen whole")
        yield text


def _whole(text: str) -> str:
    """`text` with its halves of characters joined, those without their other half replaced,
    and without NUL characters, at which SQLite's functions end a text."""
    if "\0" in text:
        text = text.replace("\0", "")
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def packed(text: str) -> bytes:
    """`text` as a library keeps it."""
    return zlib.compress(text.encode(), _LEVEL)


def unpacked(data: bytes) -> str:
    """The inverse of `packed`."""
    return zlib.decompress(data).decode()


def format_named(name: str) -> Format:
    """The format of that name, recipes included. Raises UsageError where there is none."""
    found = _format_named(name, recipes.recipes())
    if found is None:
        raise UsageError(
            _("There is no format “{name}”; there are {all}.").format(
                name=name, all=", ".join(format_.name for format_ in recipes.formats())
            )
        )
    return found
