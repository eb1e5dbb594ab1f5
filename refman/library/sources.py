"""Where a page comes from: a file, a drop, the clipboard."""

import zlib
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from refman.errors import ReadError, UsageError
from refman.formats import decode
from refman.formats import format_named as _format_named
from refman.formats.format import Format
from refman.formats.markup import Page, page_of
from refman.i18n import _
from refman.library import recipes


@dataclass(frozen=True, slots=True)
class Source:
    """A page to be read. `as_of` is the day it was seen, by which dates without a year go.

    `text` is what the page shows; `markup`, where it has any, what it shows it with.
    """

    text: str
    name: str = ""
    path: str = ""
    as_of: date = date.min
    markup: str = ""

    def __post_init__(self) -> None:
        # Names of files and clipboards may hold halves of characters, which no library can.
        for part in ("text", "name", "path", "markup"):
            object.__setattr__(self, part, _whole(getattr(self, part)))

    @classmethod
    def from_path(cls, path: Path, as_of: date | None = None) -> "Source":
        """The page in a file; its day is `as_of`, else the file's own. Raises ReadError."""
        try:
            if path.is_dir():
                raise ReadError(_("“{path}” is a folder: name the files in it.").format(path=path))
            data = path.read_bytes()
            seen = as_of or datetime.fromtimestamp(path.stat().st_mtime).date()  # noqa: DTZ006
        except (OSError, ValueError) as error:  # ValueError: a name that no file can have
            raise ReadError(
                _("“{path}” cannot be read ({reason}): check its name and permissions.").format(
                    path=path, reason=getattr(error, "strerror", None) or error
                )
            ) from error
        return cls.from_bytes(data, path.name, as_of=seen, path=str(path.absolute()))

    @classmethod
    def from_bytes(
        cls, data: bytes, name: str = "", as_of: date | None = None, path: str = ""
    ) -> "Source":
        """Bytes of any encoding. Raises ReadError where they are empty or no text."""
        try:
            page = page_of(decode(data))
        except ReadError as error:
            raise ReadError(f"“{name}”: {error}" if name else str(error)) from error
        return cls(page.text, name, path, as_of or date.today(), page.markup)  # noqa: DTZ011

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

    def wanted_by(self, reader: Format) -> str:
        """What `reader` reads of the page."""
        return Page(self.text, self.markup).wanted_by(reader)


def _whole(text: str) -> str:
    """`text` with its halves of characters joined, those without their other half replaced."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def packed(text: str) -> bytes:
    """`text` as a library keeps it."""
    return zlib.compress(text.encode(), 3)


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
