"""Citations in Typst: `@key`, `@key[p. 3]`, `#cite(<key>)`, `#cite(label("key"))`.

Typst has text, code and mathematics in each other, and a quotation mark opens a string in code
alone; so what is where is followed bracket by bracket. In text `@` begins a reference; in code
`<key>` and `label("key")` name one. In text these give a name to what stands before them, a label;
a reference to a label is no citation, unless `cite` is called with it.
Comments, raw text, strings, addresses and e-mail addresses are left alone. Source: the Typst
reference, "Syntax", "Reference", "Cite" and "Label".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from refman.formats.manuscripts.places import Place

_LABEL = r"[\w\-:.]+"
_PLAIN_LABEL = re.compile(r"[\w\-](?:[\w\-:.]*[\w\-])?")
_ADDRESS = re.compile(r"[\w\-]+(?:\.[\w\-]+)*\.[A-Za-z]{2,}")
_LINK = re.compile(r"https?://[0-9A-Za-z!#$%&*+,\-./:;=?@_~']*")
_STATEMENT = re.compile(r"(?:let|set|show|import|include|return|context|if|for|while)(?![\w\-])")
_NAME = re.compile(r"[^\W\d][\w\-]*")
_COMMENT = re.compile(r"//[^\r\n]*|/\*")
_IN_COMMENT = re.compile(r"/\*|\*/")
_RAW = re.compile(r"`+")
_STRING = re.compile(r'"(?:[^"\\]|\\.)*(?:"|\Z)', re.DOTALL)
_NAMED = re.compile(r'label\(\s*"(?P<key>[^"\\]*)"\s*\)')
_CITE = re.compile(r"(?<![\w\-])cite\(\s*$")
_NEAR = 80  # characters in which `cite(` and the white space behind it stand
_IN_SIGNS = re.compile(rf"<(?P<key>{_LABEL})>")
_REFERENCE = re.compile(rf"@(?P<key>{_LABEL})")
_CLOSING = {"(": ")", "{": "}", "[": "]"}
# Where something may begin or end; all else is passed over at once.
_SIGN = {
    "text": re.compile(r"[\\#@`$\[\]<]|//|/\*|https?://"),
    "code": re.compile(r"[\"`$\[\](){}<;\r\n]|//|/\*|(?<![\w\-])label\("),
    "math": re.compile(r"[\\\"#$]|//|/\*"),
}


def cited(text: str) -> Iterator[Place]:
    """Every key in `text`, and every reference, to labels too."""
    return _Walk(text).places()


def labels(text: str) -> set[str]:
    """The labels that `text` gives to parts of itself."""
    walk = _Walk(text)
    for _place in walk.places():
        pass
    return walk.labels


def written(text: str, place: Place, key: str) -> tuple[int, int, str]:
    """What is put in place of what for a new key: `#cite(…)` where `@key` could not be."""
    if place.form == "string" or _PLAIN_LABEL.fullmatch(key):
        return place.start, place.end, key
    named = f'label("{key}")'
    if place.form == "label":
        return place.start - 1, place.end + 1, named
    supplement = _content(text, place.end)
    if supplement is None:
        return place.start - 1, place.end, f"#cite({named})"
    added = f"#cite({named}, supplement: {text[place.end : supplement]})"
    return place.start - 1, supplement, added


def _content(text: str, start: int) -> int | None:
    """The place after the `[…]` that begins at `start`; None where there is none."""
    if text[start : start + 1] != "[":
        return None
    depth = 0
    for found in re.compile(r"\\.|[\[\]]", re.DOTALL).finditer(text, start):
        depth += {"[": 1, "]": -1}.get(found[0], 0)
        if depth == 0:
            return found.end()
    return None


@dataclass(slots=True)
class _Frame:
    """Text, code or mathematics, up to the sign that closes it ('' for the end of the line)."""

    mode: str
    closing: str
    is_call: bool = False  # whether more arguments may follow


class _Walk:
    """Goes through a text once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.position = 0
        self.labels: set[str] = set()
        self.frames = [_Frame("text", "end")]

    def places(self) -> Iterator[Place]:
        while found := _SIGN[self.frames[-1].mode].search(self.text, self.position):
            sign = found[0]
            mode = self.frames[-1].mode
            self.position = found.end()
            if sign in ("//", "/*"):
                self.comment(found.start())
            elif sign == "`":
                self.raw(found.start())
            elif sign == "\\":
                self.position += 1
            elif sign == "$":
                self.mathematics()
            elif sign == self.frames[-1].closing:
                self.close()
            elif mode == "text":
                yield from self.in_text(sign, found.start())
            elif mode == "code":
                yield from self.in_code(sign, found.start())
            elif sign == '"':
                self.string(found.start())
            else:
                self.hash()

    def in_text(self, sign: str, start: int) -> Iterator[Place]:
        if sign.startswith("http"):
            link = _LINK.match(self.text, start)
            assert link is not None
            self.position = link.end()
        elif sign == "#":
            self.hash()
        elif sign == "[":
            self.frames.append(_Frame("text", "]"))
        elif sign == "<":
            if label := _IN_SIGNS.match(self.text, start):
                self.labels.add(label["key"])
                self.position = label.end()
        elif sign == "@" and (found := _REFERENCE.match(self.text, start)):
            key = found["key"].rstrip(".:")
            self.position = found.start("key") + len(key)
            before = self.text[start - 1 : start]
            address = (before.isalnum() or before in ("_", "-")) and _ADDRESS.fullmatch(key)
            if key and not (before and address):
                yield Place(key, found.start("key"), self.position, reference=True)

    def in_code(self, sign: str, start: int) -> Iterator[Place]:
        if sign == '"':
            self.string(start)
        elif sign == "[":
            self.frames.append(_Frame("text", "]"))
        elif sign in ("(", "{"):
            self.frames.append(_Frame("code", _CLOSING[sign]))
        elif sign == "label(":
            if found := _NAMED.match(self.text, start):
                yield self.named(found, "string")
                self.position = found.end()
            else:
                self.frames.append(_Frame("code", ")"))
        elif sign == "<":
            if found := _IN_SIGNS.match(self.text, start):
                yield self.named(found, "label")
                self.position = found.end()
        elif self.frames[-1].closing == "":  # the end of a line, or a bracket from further out
            self.frames.pop()
            self.position = start + (sign == ";")

    def named(self, found: "re.Match[str]", form: str) -> Place:
        """The key of a label in code: that of a citation only, where `cite` is called with it."""
        called = _CITE.search(self.text, max(found.start() - _NEAR, 0), found.start())
        return Place(found["key"], found.start("key"), found.end("key"), form, called is None)

    def close(self) -> None:
        frame = self.frames.pop()
        if frame.is_call:
            self.arguments()

    def hash(self) -> None:
        """What follows a `#`: a block, a statement, or a name with what is called on it."""
        sign = self.text[self.position : self.position + 1]
        if sign in ("(", "{"):
            self.frames.append(_Frame("code", _CLOSING[sign], is_call=True))
            self.position += 1
        elif sign == "[":
            self.frames.append(_Frame("text", "]"))
            self.position += 1
        elif sign == '"':
            self.string(self.position)
        elif found := _STATEMENT.match(self.text, self.position):
            self.frames.append(_Frame("code", ""))
            self.position = found.end()
        elif named := _NAMED.match(self.text, self.position):
            self.labels.add(named["key"])
            self.position = named.end()
        elif found := _NAME.match(self.text, self.position):
            self.position = found.end()
            self.arguments()

    def arguments(self) -> None:
        """`(…)`, `[…]` and `.name` that follow a name at once."""
        while found := re.compile(r"\.(?=[^\W\d])").match(self.text, self.position):
            name = _NAME.match(self.text, found.end())
            assert name is not None
            self.position = name.end()
        sign = self.text[self.position : self.position + 1]
        if sign in ("(", "["):
            self.frames.append(_Frame("code" if sign == "(" else "text", _CLOSING[sign], True))
            self.position += 1

    def mathematics(self) -> None:
        if self.frames[-1].mode == "math":
            self.frames.pop()
        elif self.text.find("$", self.position) >= 0:
            self.frames.append(_Frame("math", "$"))

    def comment(self, start: int) -> None:
        found = _COMMENT.match(self.text, start)
        assert found is not None
        self.position = found.end()
        depth = int(found[0] == "/*")
        while depth:
            sign = _IN_COMMENT.search(self.text, self.position)
            if sign is None:
                self.position = len(self.text)
                return
            depth += 1 if sign[0] == "/*" else -1
            self.position = sign.end()

    def raw(self, start: int) -> None:
        run = _RAW.match(self.text, start)
        assert run is not None
        self.position = run.end()
        if len(run[0]) == 2:  # raw text of no length
            return
        end = self.text.find(run[0], self.position)
        self.position = len(self.text) if end < 0 else end + len(run[0])

    def string(self, start: int) -> None:
        found = _STRING.match(self.text, start)
        assert found is not None
        self.position = found.end()
