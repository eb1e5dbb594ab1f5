"""Where a page comes from: a file, a drop, the clipboard."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from refman.errors import ReadError, UsageError
from refman.formats import FORMATS, decode
from refman.formats import format_named as _format_named
from refman.formats.format import Format
from refman.formats.html import is_html, to_text
from refman.i18n import _


@dataclass(frozen=True, slots=True)
class Source:
    """A page to be read. `as_of` is the day it was seen, by which dates without a year go."""

    text: str
    name: str = ""
    path: str = ""
    as_of: date = date.min

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
            text = decode(data)
        except ReadError as error:
            raise ReadError(f"“{name}”: {error}" if name else str(error)) from error
        if is_html(text):
            text = to_text(text)
        return cls(text, name, path, as_of or date.today())  # noqa: DTZ011

    @classmethod
    def from_text(cls, text: str, name: str = "", as_of: date | None = None) -> "Source":
        """Text that was pasted or dropped. Raises ReadError where there is none."""
        if not text.strip():
            raise ReadError(_("There is no text in it: copy the rows of a page, then paste again."))
        # A clipboard may hold halves of characters, which no file and no library can.
        whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        return cls(whole, name, "", as_of or date.today())  # noqa: DTZ011

    @classmethod
    def from_html(cls, html: str, name: str = "", as_of: date | None = None) -> "Source":
        """HTML from the clipboard, as the text that it shows."""
        return cls.from_text(to_text(html), name, as_of)


def format_named(name: str) -> Format:
    """The format of that name. Raises UsageError where there is none."""
    found = _format_named(name)
    if found is None:
        raise UsageError(
            _("There is no format “{name}”; there are {all}.").format(
                name=name, all=", ".join(format_.name for format_ in FORMATS)
            )
        )
    return found
