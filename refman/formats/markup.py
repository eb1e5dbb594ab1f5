"""What a page arrives in: mails and MHTML files are unwrapped, and markup is kept beside what
it shows.

Most formats read the text that a page shows; those with `takes_markup` read its markup.
"""

import codecs
import re
from email import message_from_string
from email.message import Message
from typing import NamedTuple

from refman.formats.format import Format
from refman.formats.html import fragment, is_html, to_text

_HEADER = re.compile(r"[!-9;-~]+:|[ \t]|From |$")
_BLANK_LINE = re.compile(r"\r?\n[ \t]*\r?\n|\r\r")
_LONGEST_HEADERS = 64 * 1024
_SOURCE_URL = re.compile(r"^SourceURL:(\S+)", re.MULTILINE)
_ENCODED = frozenset(("base64", "quoted-printable", "x-uuencode", "uuencode", "uue"))


class Page(NamedTuple):
    """A page: the text that it shows, and the markup that it shows it with.

    Lines are counted in `text`, and `text` is what a person is shown of the page. `markup` is
    '' where the page is plain text, or XML, which shows itself.
    """

    text: str
    markup: str = ""

    def wanted_by(self, reader: Format) -> str:
        """What `reader` reads of the page."""
        return self.markup if self.markup and reader.takes_markup else self.text


def page_of(source: str, *, markup: bool = False) -> Page:
    """The page in the text of a file, a clipboard or a mail; never raises.

    `markup` says that it is known to be HTML, as of a clipboard that offers it as such.
    Windows' clipboard, MHTML and mails are unwrapped; where they say the page's address, the
    markup begins with the comment in which browsers write it.
    """
    if "\n" not in source:  # lines as of old Macs
        source = source.replace("\r", "\n")
    source = source if markup else _unwrapped(source)
    if not markup and not is_html(source):
        return Page(source)
    return Page(to_text(source), _addressed(fragment(source), _SOURCE_URL.search(source[:2000])))


def _addressed(markup: str, address: "re.Match[str] | None") -> str:
    return _comment(address[1]) + markup if address else markup


def _comment(address: str) -> str:
    return f"<!-- saved from url=({len(address):04}){address.replace('--', '%2D%2D')} -->"


def _unwrapped(source: str) -> str:
    """The page in a mail or MHTML file, the source itself where it is neither."""
    if not _is_message(source):
        return source
    try:
        message = message_from_string(source.lstrip("\ufeff\r\n"))
        parts = [part for part in message.walk() if not part.is_multipart()]
    except RecursionError:  # parts within parts within parts, a thousand deep
        return source
    shown = [part for part in parts if part.get_content_disposition() != "attachment"]
    for wanted in ("text/html", "application/xhtml+xml", "text/plain"):
        for part in shown:
            if part.get_content_type() == wanted and (text := _payload(part)).strip():
                address = _address(part) or _address(message)
                return _comment(address) + text if address and wanted != "text/plain" else text
    return source


def _is_message(source: str) -> bool:
    """Whether `source` begins with the headers of a MIME message."""
    head = source[:_LONGEST_HEADERS].lstrip("\ufeff\r\n")
    end = _BLANK_LINE.search(head)
    if not end:
        return False
    headers = head[: end.start()]
    said = headers.casefold()
    if "mime-version:" not in said or "content-type:" not in said:
        return False
    return all(_HEADER.match(line) for line in re.split(r"\r\n|\r|\n", headers))


def _payload(part: "Message[str, str]") -> str:
    if str(part.get("Content-Transfer-Encoding", "")).strip().casefold() not in _ENCODED:
        text = part.get_payload()
        return text if isinstance(text, str) else ""
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    for charset in (part.get_content_charset(), "utf-8"):
        try:
            if charset and codecs.lookup(charset).name != "utf-7":
                return data.decode(charset)
        except (LookupError, UnicodeError):
            continue
    return data.decode("cp1252", "replace")


def _address(part: "Message[str, str]") -> str:
    for name in ("Snapshot-Content-Location", "Content-Location"):
        value = "".join(str(part.get(name, "")).split())
        if value.startswith(("http://", "https://")):
            return value
    return ""
