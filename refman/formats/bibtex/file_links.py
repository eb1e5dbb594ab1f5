"""The fields that name files and addresses: `file` as JabRef, Zotero and Mendeley write it,
`bdsk-url-1` and `bdsk-file-1` of BibDesk.

    file = link { ";" link }        link = path | [ title ] ":" path ":" type

A backslash before `:`, `;` or itself takes their meaning from them.
"""

import base64
import plistlib
import re
from typing import Any

from refman.formats.format import FileLink

_ITEM = re.compile(r"(?:[^;\\]|\\.?)++", re.DOTALL)
_PART = re.compile(r"((?:[^:\\]|\\.?)*+)(?::|$)", re.DOTALL)
_ESCAPE = re.compile(r"\\([:;\\,&_%#$])")
_DRIVE = re.compile(r"[A-Za-z](?:\\)?:[\\/]")
_URL = re.compile(r"(?:https?|ftp)(?:\\)?://\S+", re.IGNORECASE)
_CUT = re.compile(r"(?:https?|ftp)://|[A-Za-z]:[\\/]", re.IGNORECASE)  # its colon not escaped
_SHARE = re.compile(r"\\\\[^\\]")  # of Windows, with nothing escaped
_HOME = re.compile(r"(?:home|Users)/")
# What Mendeley makes of signs in a path.
_TEX = re.compile(r"\{\\([_&%#$])\}|\{?\\(?:~|textasciitilde)(?:\{\})?\}?|\$\\backslash\$")
_NO_PATH = re.compile(r"[{}\n]")
_MEDIA_TYPES = {
    "pdf": "application/pdf", "ps": "application/postscript", "postscript":
    "application/postscript", "html": "text/html", "url": "text/html", "epub":
    "application/epub+zip", "text": "text/plain", "txt": "text/plain", "djvu": "image/vnd.djvu",
}  # fmt: skip


def read_file_links(value: str) -> tuple[FileLink, ...]:
    """The links of a `file` field; () where it is not of this form."""
    if "{" in value or "$" in value:
        value = _TEX.sub(_sign, value)
    if _NO_PATH.search(value):
        return ()
    links: dict[FileLink, None] = {}
    for item in _ITEM.findall(value):
        if not item.strip():
            continue
        link = _link(item.strip())
        if link is None:
            return ()
        links[link] = None
    return tuple(links)


def _sign(found: "re.Match[str]") -> str:
    if found[1]:
        return found[1]
    return "\\" if found[0].startswith("$") else "~"


def _link(item: str) -> FileLink | None:
    if _URL.fullmatch(item):
        return FileLink(url=_plain(item))
    if _DRIVE.match(item):
        raw = item[1] == ":"  # a path as Windows has it, with nothing escaped
        return FileLink(path=item if raw else _plain(item))
    parts = [_plain(part) for part in _PART.findall(item)]
    if parts and not parts[-1]:
        parts.pop()
    if len(parts) == 1:
        return _made(parts[0], "", "")
    title, place, *rest = parts
    if rest and ":" not in place and _CUT.match(f"{place}:{rest[0]}"):
        place, rest = f"{place}:{rest[0]}", rest[1:]
    if len(rest) > 2:  # the last is where it came from
        return None
    return _made(place, title, rest[0] if rest else "")


def _made(place: str, title: str, kind: str) -> FileLink | None:
    place, title = place.strip(), title.strip()
    if not place:
        return None
    media_type = kind if "/" in kind else _MEDIA_TYPES.get(kind.lower(), "")
    if _URL.fullmatch(place):
        return FileLink(url=place, title=title, media_type=media_type)
    if _HOME.match(place) and not title and kind.islower():
        place = f"/{place}"  # Mendeley leaves it out
    return FileLink(path=place, title=title, media_type=media_type)


def _plain(text: str) -> str:
    if _SHARE.match(text):
        return text
    return _ESCAPE.sub(r"\1", text)


def read_bibdesk_file(value: str) -> FileLink | None:
    """The link of a `bdsk-file` field: a property list in base 64, which has the path in it."""
    try:
        data = base64.b64decode("".join(value.split()), validate=True)
        told: Any = plistlib.loads(data, fmt=plistlib.FMT_BINARY)
    except ValueError:  # of base64 and, as InvalidFileException, of plistlib
        return None
    path = _path_in(told)
    return FileLink(path=path) if path else None


def _path_in(told: Any) -> str:
    """`relativePath` of a dictionary, or of one as NSKeyedArchiver writes it."""
    if not isinstance(told, dict):
        return ""
    path = told.get("relativePath", "")
    objects = told.get("$objects")
    if isinstance(objects, list) and "relativePath" in objects:
        key = objects.index("relativePath")
        for one in objects:
            keys, values = (_numbers(one, name) for name in ("NS.keys", "NS.objects"))
            if key in keys and len(keys) == len(values):
                at = values[keys.index(key)]
                path = objects[at] if at < len(objects) else ""
    return path if isinstance(path, str) else ""


def _numbers(one: Any, name: str) -> list[int]:
    found = one.get(name) if isinstance(one, dict) else None
    if not isinstance(found, list):
        return []
    return [uid.data for uid in found if isinstance(uid, plistlib.UID)]
