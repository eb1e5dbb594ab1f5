"""Saved and copied HTML as the plain lines that the readers of text understand.

It is what copying the page from a browser would give: a line for each block, inline
elements joined as they are, nothing of scripts and styles. lxml reads it, with network and
entities off.
"""

import re
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

_LONGEST = 64 * 1024 * 1024  # characters of markup that are read
_LOOKED_AT = 64 * 1024  # characters in which a page shows that it is HTML

_MARKUP = re.compile(
    r"<!doctype\s+html|<html[\s>]|<(?:head|body|div|table|article|section|main|ul|ol|p|span|h[1-6])"
    r"(?:\s[^<>]{0,2000})?>|<!--StartFragment",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"</(?:html|head|body|div|table|article|section|main|ul|ol|p|span|h[1-6])\s*>", re.IGNORECASE
)
_FRAGMENT_START, _FRAGMENT_END = "<!--StartFragment", "<!--EndFragment"
_SPACE = re.compile(r"[ \t\n\r\f\v]+")

_SKIPPED = frozenset(
    "script style head title noscript template svg canvas iframe object select textarea audio "
    "video map datalist".split()
)
_BLOCKS = frozenset(
    "address article aside blockquote body br caption center dd details dialog dir div dl dt "
    "fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li "
    "main menu nav ol option p pre search section summary table tbody tfoot thead tr ul".split()
)
_CELLS = frozenset(("td", "th"))
_EMPTY = frozenset("area base br col embed hr img input link meta source track wbr".split())


def is_html(text: str) -> bool:
    """Whether `text` is markup rather than plain text that happens to name a tag.

    A page begins with it, or has opening and closing tags of HTML near its start.
    """
    head = text[:_LOOKED_AT].lstrip("\ufeff \t\r\n")
    if head.startswith("Version:") and _FRAGMENT_START in head:  # Windows' clipboard
        return True
    opening = _MARKUP.search(head)
    if not opening:
        return False
    return opening.start() == 0 or (head.startswith("<") and bool(_CLOSING.search(head)))


def to_text(markup: str) -> str:
    """The visible text of `markup`, a line for each block; never raises.

    At most the first 64 Mi characters are read. Elements may be nested to any depth, since no
    tree is made of them.
    """
    from lxml import etree

    markup = _fragment(markup[:_LONGEST]).replace("\0", "")
    text = _Text()
    target: Any = text  # lxml's types want methods that a target need not have
    parser = etree.HTMLParser(target=target, encoding="utf-8", no_network=True, huge_tree=True)
    with suppress(etree.XMLSyntaxError, ValueError):  # where it gave up, the text so far stands
        etree.fromstring(markup.encode("utf-8", "replace"), parser)
    return text.lines()


def _fragment(markup: str) -> str:
    """What was copied, of the clipboard's HTML; all of any other."""
    start = markup.find(_FRAGMENT_START)
    if start < 0:
        return markup
    start = markup.find(">", start) + 1
    end = markup.find(_FRAGMENT_END, start)
    return markup[start : end if end >= 0 else len(markup)]


class _Text:
    """What lxml's parser tells of the elements, written down as lines."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.line: list[str] = []
        self.skipped = 0  # elements open since the one that is left out
        self.pre = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if self.skipped:
            self.skipped += tag not in _EMPTY
            return
        if tag == "math" and attributes.get("alttext"):
            self.line.append(f"${attributes['alttext']}$")
            self.skipped = 1
        elif tag in _SKIPPED or _is_hidden(attributes):
            self.skipped = int(tag not in _EMPTY)
        elif tag in _CELLS:
            self.line.append(" ")
        elif tag in _BLOCKS:
            self.end_line()
            self.pre += tag == "pre"

    def end(self, tag: str) -> None:
        if self.skipped:
            self.skipped -= tag not in _EMPTY
        elif tag in _BLOCKS:
            self.end_line()
            self.pre = max(self.pre - (tag == "pre"), 0)

    def data(self, text: str) -> None:
        if self.skipped:
            return
        if not self.pre:
            self.line.append(text)
            return
        *whole, last = text.split("\n")
        for part in whole:
            self.line.append(part)
            self.end_line()
        self.line.append(last)

    def comment(self, text: str) -> None:
        """Comments show nothing."""

    def pi(self, target: str, text: str | None = None) -> None:
        """Nor do processing instructions."""

    def close(self) -> None:
        self.end_line()

    def end_line(self) -> None:
        text = _SPACE.sub(" ", "".join(self.line)).strip(" ")
        self.line.clear()
        if text:
            self.done.append(text)

    def lines(self) -> str:
        self.end_line()
        return "".join(f"{line}\n" for line in self.done)


def _is_hidden(attributes: Mapping[str, str]) -> bool:
    return "hidden" in attributes or "display:none" in (
        attributes.get("style", "").replace(" ", "").casefold()
    )
