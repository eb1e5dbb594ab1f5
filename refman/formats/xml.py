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
_NAMED = re.compile(r"<[^<>:]*+:[^<>]*+>")  # tags that can have a prefix in them
_PREFIX = re.compile(r"</?([A-Za-z_][\w.-]*):|\s([A-Za-z_][\w.-]*):[\w.-]+\s*=", re.ASCII)
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{0,31});")
_CDATA = re.compile(r"<!\[CDATA\[.*?\]\]>", re.DOTALL)
_MARK = re.compile(r"<!--|<!\[CDATA\[|<\?|<!DOCTYPE|<(/?)[A-Za-z_][\w:.-]*+(?=[\s/>])([^<>]*+)>")
_CLOSING = {"<!--": "-->", "<![CDATA[": "]]>", "<?": "?>", "<!DOCTYPE": ">"}
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


def children(text: str, opening: "re.Pattern[str]") -> Iterator[Record]:
    """The elements just below the root of `text` in their order, whatever is nested in them.

    Where one is broken, `opening` says how the next begins, so that it does not swallow that.
    """
    counted, line = 0, 1
    for start, end in _spans(text):
        line += text.count("\n", counted, start)
        counted = start
        record = _record(line, text[start:end].rstrip())
        if not record.is_broken:
            yield record
            continue
        starts = [0, *(found.start() for found in opening.finditer(record.source, 1))]
        for one, other in zip(starts, [*starts[1:], len(record.source)], strict=True):
            own = line + record.source.count("\n", 0, one)
            part = record.source[one:other].strip()
            yield record if len(starts) == 1 else _record(own, part)


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Where the elements just below the root begin and end; the last may be cut off."""
    depth, start, place = 0, -1, 0
    unclosed: set[str] = set()
    while found := _MARK.search(text, place):
        place = found.end()
        closing = _CLOSING.get(found[0])
        if closing:
            end = -1 if closing in unclosed else text.find(closing, place)
            place = place if end < 0 else end + len(closing)
            unclosed |= {closing} if end < 0 else set()
        elif found[1]:
            depth = max(depth - 1, 0)
            if depth <= 1 and start >= 0:
                yield start, (place if depth == 1 else found.start())
                start = -1
        else:
            if depth == 1:
                start = found.start()
            if found[2].endswith("/"):
                if depth == 1:
                    yield start, place
                    start = -1
            else:
                depth += 1
    if start >= 0:
        yield start, len(text)


def _record(line: int, source: str) -> Record:
    from lxml import etree

    named = "".join(_NAMED.findall(source))
    prefixes = {a or b for a, b in _PREFIX.findall(named)} - {"xml", "xmlns"}
    declared = "".join(f' xmlns:{prefix}="{prefix}"' for prefix in sorted(prefixes))
    markup = _CONTROLS.sub("\N{REPLACEMENT CHARACTER}", source)
    markup = _NAMESPACE.sub("", markup) if "xmlns" in markup else markup
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
