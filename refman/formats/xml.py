"""XML files of many records: each is cut out of the text and parsed alone, so that a broken one
harms no other and its place is known.

No document type is ever read: entities are those of HTML, and nothing is fetched.
"""

import html
import html.entities
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_NAMESPACE = re.compile(r"\bxmlns(?::([\w.-]+))?\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_PREFIX = re.compile(r"</?([A-Za-z_][\w.-]*):|\s([A-Za-z_][\w.-]*):[\w.-]+\s*=")
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{0,31});")
_CDATA = re.compile(r"<!\[CDATA\[.*?\]\]>", re.DOTALL)
_OWN = frozenset(("amp", "lt", "gt", "quot", "apos"))
_CONTROLS = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Record:
    """One record: its line from 1, its source, and its element.

    `is_broken` where it is not well-formed, or names an entity that only a document type
    could define; `element` is None where it is beyond reading.
    """

    line: int
    source: str
    element: Any
    is_broken: bool


def records(text: str, name: str) -> Iterator[Record]:
    """The elements `name` of `text` in their order, none of which is nested in another.

    One that is not closed goes to the next or to the end. Names in the elements have no
    namespaces: `dc:title` is `{dc}title`, `title` is `title`.
    """
    tags = re.compile(rf"<(/?)(?:[\w.-]+:)?{name}(?=[\s/>])[^<>]*?(/?)>")
    start = -1
    counted, line = 0, 1
    for tag in tags.finditer(text):
        closes = bool(tag[1])
        if start >= 0:
            yield _record(line, text[start : tag.end() if closes else tag.start()].rstrip())
            start = -1
        if closes:
            continue
        line += text.count("\n", counted, tag.start())
        counted = tag.start()
        if tag[2]:
            yield _record(line, tag[0])
        else:
            start = tag.start()
    if start >= 0:
        yield _record(line, text[start:].rstrip())


def _record(line: int, source: str) -> Record:
    from lxml import etree

    prefixes = {a or b for a, b in _PREFIX.findall(source)} - {"xml", "xmlns"}
    declared = "".join(f' xmlns:{prefix}="{prefix}"' for prefix in sorted(prefixes))
    markup = _NAMESPACE.sub("", _CONTROLS.sub("\N{REPLACEMENT CHARACTER}", source))
    markup = _ENTITY.sub(_resolved, markup) if "&" in markup else markup
    data = f"<refman{declared}>{markup}</refman>".encode()
    for recover in (False, True):
        parser = etree.XMLParser(
            encoding="utf-8", recover=recover, resolve_entities=False, no_network=True,
            load_dtd=False, huge_tree=True, remove_comments=True, remove_pis=True,
        )  # fmt: skip
        try:
            root: Any = etree.fromstring(data, parser)
        except etree.XMLSyntaxError:
            continue
        if root is not None and len(root):
            return Record(line, source, root[0], is_broken=recover or _has_unknown(source))
    return Record(line, source, None, is_broken=True)


def _has_unknown(source: str) -> bool:
    """Whether an entity in `source` stands as it is written, for want of its meaning."""
    return "&" in source and any(
        name not in _OWN and f"{name};" not in html.entities.html5
        for name in _ENTITY.findall(_CDATA.sub("", source))
    )


def _resolved(found: "re.Match[str]") -> str:
    if found[1] in _OWN:
        return found[0]
    shown = html.unescape(found[0])
    return html.escape(found[0] if shown == found[0] else shown)


def text_of(element: Any, path: str) -> str:
    """The text of the first element at `path`, tags within it left out; '' without one."""
    found = element.find(path)
    return "".join(found.itertext()).strip() if found is not None else ""


def texts_of(element: Any, path: str) -> list[str]:
    """The texts of all elements at `path` that have one."""
    texts = ("".join(found.itertext()).strip() for found in element.iterfind(path))
    return [text for text in texts if text]
