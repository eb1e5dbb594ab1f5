"""Saved and copied HTML as the plain lines that the readers of text understand, and as a tree.

The lines are what copying the page from a browser would give: one for each block, cells of a
table with tabs between, inline elements joined as they are, nothing of scripts and styles. lxml
reads it, with network and entities off.
"""

import re
from collections.abc import Collection, Container, Iterator, Mapping
from contextlib import suppress
from typing import Any

_LONGEST = 64 * 1024 * 1024  # characters of markup that are read
_LARGEST_TREE = 16 * 1024 * 1024  # characters of markup that a tree is made of: about 350 MB
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
_XML = re.compile(  # an XML file whose root is no element of HTML
    r"<\?xml\b[^>]*+>\s*+"
    r"(?:(?><\?[^>]*+>|<!--(?:(?!-->).)*+-->|<!DOCTYPE\b[^>\[]*+(?:\[[^\]]*+\]\s*+)?>)\s*+)*+"
    r"<(?!(?:html|head|body|div|table|article|section|main|ul|ol|p|span)[\s>])[a-z]"
    r"|<(?:\w+:)?(?:rss|feed|rdf|oai-pmh|opml|dblp|dblpperson)[\s>]",
    re.IGNORECASE | re.DOTALL,
)
_DATA = re.compile(r"(?<=[\"'(])data:[^\"'()<>]{1000,}")  # pictures within the markup
_SPACE = re.compile(r"[ \t\n\r\f\v]+")
_CELL = "\x1f"  # where a cell of a table begins, until its row is written
_BETWEEN_CELLS = re.compile(f" *{_CELL} *")
_PAGE_END = re.compile(r"</(?:body|html)\s*>", re.IGNORECASE)

_SKIPPED = frozenset(
    "script style head title noscript template svg canvas iframe object select textarea audio "
    "video map datalist".split()
)
_BLOCKS = frozenset(
    "address article aside blockquote body br caption center dd details dialog dir div dl dt "
    "fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li "
    "main menu nav ol option p pre search section summary table tbody tfoot thead tr ul".split()
)
_DRAWN = frozenset(("MathJax", "MathJax_Preview", "MathJax_Display", "MJX_Assistive_MathML"))
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
    if not opening or _XML.match(head):
        return False
    return opening.start() == 0 or (head.startswith("<") and bool(_CLOSING.search(head)))


def to_text(markup: str) -> str:
    """The visible text of `markup`, a line for each block; never raises.

    At most the first 64 Mi characters are read. Elements may be nested to any depth, since no
    tree is made of them.
    """
    from lxml import etree

    markup = fragment(markup[:_LONGEST]).replace("\0", "")
    text = _Text()
    target: Any = text  # lxml's types want methods that a target need not have
    parser = etree.HTMLParser(target=target, encoding="utf-8", no_network=True, huge_tree=True)
    with suppress(etree.XMLSyntaxError, ValueError):  # where it gave up, the text so far stands
        etree.fromstring(markup.encode("utf-8", "replace"), parser)
    return text.lines()


def tree_of(markup: str) -> Any:
    """The root element of `markup`, lxml's.

    None where a tree would not be the whole page: there are no elements, they are nested more
    than 2,000 deep, or there is too much of it.
    """
    from lxml import etree

    markup = _DATA.sub("", fragment(markup[:_LONGEST])).replace("\0", "")
    markup = _PAGE_END.sub("", markup)  # what stands after it, as a second page, is read too
    if len(markup) > _LARGEST_TREE:
        return None
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True)
    try:
        root: Any = etree.fromstring(markup.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    if root is None or any(error.level_name == "FATAL" for error in parser.error_log):
        return None
    return root


def visible_text(element: Any, left_out: Container[Any] = ()) -> str:
    """What `element` shows, in lines as of `to_text`, without the elements `left_out`."""
    text = _Text()
    for _done in _walk(element, text, left_out):
        pass
    return text.lines()


def visible_spans(root: Any, elements: Collection[Any]) -> dict[Any, tuple[int, int]]:
    """Which of the lines that `root` shows are those of each of `elements`: from 1, the end
    not included; an element that shows nothing has none."""
    text = _Text()
    starts: dict[Any, int] = {}
    spans: dict[Any, tuple[int, int]] = {}
    for element, ends in _walk(root, text):
        if element not in elements:
            continue
        if not ends:
            if not (element.text or "").strip() and len(element) and element[0].tag in _BLOCKS:
                text.end_line()  # as the element within is about to
            starts[element] = len(text.done) + 1
        else:
            spans[element] = (
                starts[element],
                len(text.done) + 1 + bool("".join(text.line).strip()),
            )
    return spans


def _walk(root: Any, text: "_Text", left_out: Container[Any] = ()) -> Iterator[tuple[Any, bool]]:
    """Tell `text` of all in `root`; yields each element where it starts and (True) has ended."""
    from lxml import etree

    events: Any = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in events:
        if event == "start":
            if element in left_out:
                text.skip(element.tag)
            else:  # what is asked for is shown, should the page hide it
                text.start(element.tag, element.attrib if element is not root else {})
            yield element, False
            if element.text:
                text.data(element.text)
            continue
        if event == "end":
            text.end(element.tag)
            yield element, True
        if element.tail and element is not root:
            text.data(element.tail)


def fragment(markup: str) -> str:
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
        self.formula = False  # in a script of MathJax 2, which holds the source of a formula

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if self.skipped:
            self.skipped += tag not in _EMPTY
            return
        if tag == "script" and attributes.get("type", "").startswith("math/tex"):
            self.line.append("$")
            self.formula = True
        elif tag == "math" and attributes.get("alttext"):
            self.line.append(f"${attributes['alttext']}$")
            self.skipped = 1
        elif tag in _SKIPPED or (attributes and (_is_hidden(attributes) or _is_drawn(attributes))):
            self.skipped = int(tag not in _EMPTY)
        elif tag in _CELLS:
            self.line.append(_CELL)
        elif tag in _BLOCKS:
            self.end_line()
            self.pre += tag == "pre"

    def skip(self, tag: str) -> None:
        """Leave out the element that starts here."""
        self.skipped += tag not in _EMPTY

    def end(self, tag: str) -> None:
        if self.formula and tag == "script":
            self.line.append("$")
            self.formula = False
        elif self.skipped:
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
        if not self.line:
            return
        text = _SPACE.sub(" ", "".join(self.line))
        if _CELL in text:
            text = _BETWEEN_CELLS.sub("\t", text.strip(f" {_CELL}"))
        text = text.strip(" ")
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


def _is_drawn(attributes: Mapping[str, str]) -> bool:
    """Whether this is a formula as MathJax 2 draws it, whose source follows in a script."""
    return not _DRAWN.isdisjoint(attributes.get("class", "").split())
