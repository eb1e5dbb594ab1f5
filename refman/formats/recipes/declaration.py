"""What a recipe says, read from its TOML and checked: a fault is told with its line."""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, NoReturn

from refman.formats.format import Header
from refman.i18n import _

_NAME = re.compile(r"[a-z][a-z0-9-]*")
_FIELD_NAME = re.compile(r"[a-z][a-z0-9_-]*")
_ATTRIBUTE = re.compile(r"^(.*)@([A-Za-z][\w:-]*)$", re.DOTALL)
_TOML_LINE = re.compile(r"at line (\d+)")
_HEADER = frozenset(each.name for each in fields(Header))
_PLACES = ("row", "page", "above")

Selector = Callable[[Any], list[Any]]  # of an element, the elements in it


class BadRecipe(Exception):
    """A recipe that cannot be used, and the line at fault, from 1."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True, slots=True)
class Place:
    """One place where the value of a field may stand, and how it is cleaned."""

    select: Selector | None = None
    when: Selector | None = None
    attribute: str = ""
    place: str = "row"
    drop: tuple[Selector, ...] = ()
    strip: tuple[str, ...] = ()
    match: "re.Pattern[str] | None" = None
    replace: tuple[tuple["re.Pattern[str]", str], ...] = ()
    map: Mapping[str, str] = field(default_factory=dict)
    value: str | None = None
    join: str | None = None
    split: "re.Pattern[str] | None" = None
    whole: bool = False  # nothing is to be split
    affiliation: "re.Pattern[str] | None" = None


@dataclass(frozen=True, slots=True)
class Recipe:
    """A recipe that can be used; `fields` and `header` are in the file's order."""

    name: str
    label: str
    text: str
    base: str
    tex: bool
    hosts: tuple[str, ...]
    path: "re.Pattern[str] | None"
    markers: tuple[Selector, ...]
    needs_host: bool
    rows: Selector
    to_next: bool
    until: tuple[Selector, ...]
    header: Mapping[str, tuple[Place, ...]]
    fields: Mapping[str, tuple[Place, ...]]


def parse(text: str) -> Recipe:
    """The recipe in a TOML text. Raises BadRecipe."""
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _TOML_LINE.search(str(error))
        line = int(found[1]) if found else max(text.count("\n"), 1)
        raise BadRecipe(line, _("This is not TOML: {reason}.").format(reason=error)) from error
    except RecursionError as error:
        raise BadRecipe(1, _("This is nested too deep.")) from error
    return _Reader(text, values).recipe()


class _Reader:
    """Takes the values out of the tables of one file, and tells where one is wrong."""

    def __init__(self, text: str, values: dict[str, Any]) -> None:
        self.lines = text.splitlines()
        self.values = values

    def recipe(self) -> Recipe:
        top = self.values
        self.check_keys(top, "", {"name", "label", "text", "base", "tex", "page", "rows", "header",
                                  "fields"})  # fmt: skip
        name = self.string(top, "", "name", needed=True)
        if not _NAME.fullmatch(name):
            self.fail("", "name", _("A name has small letters, digits and hyphens only."))
        page, rows = self.table("page"), self.table("rows")
        self.check_keys(page, "page", {"hosts", "path", "markers", "needs_host"})
        self.check_keys(rows, "rows", {"select", "to_next", "until"})
        markers = self.selectors(page, "page", "markers")
        path = self.pattern(page, "page", "path")
        if not markers and not path:
            self.fail("page", "", _("A page needs markers or a path by which it is known."))
        hosts = tuple(host.casefold() for host in self.strings(page, "page", "hosts"))
        header, in_rows = self.table("header"), self.table("fields")
        self.check_keys(header, "header", _HEADER)
        if not in_rows.keys() & {"title", "abstract"}:
            self.fail("fields", "", _("There is no field “title”."))
        for field_name in in_rows:
            if not _FIELD_NAME.fullmatch(field_name):
                self.fail("fields", field_name, _("This is no name of a field."))
        return Recipe(
            name=name,
            label=self.string(top, "", "label", needed=True),
            text=self.string(top, "", "text"),
            base=self.string(top, "", "base"),
            tex=self.flag(top, "", "tex"),
            hosts=hosts,
            path=path,
            markers=markers,
            needs_host=self.flag(page, "page", "needs_host"),
            rows=self.selector("rows", "select", self.string(rows, "rows", "select", needed=True)),
            to_next=self.flag(rows, "rows", "to_next"),
            until=self.selectors(rows, "rows", "until"),
            header={key: self.places("header", key, value) for key, value in header.items()},
            fields={key: self.places("fields", key, value) for key, value in in_rows.items()},
        )

    def places(self, table: str, key: str, value: Any) -> tuple[Place, ...]:
        every = value if isinstance(value, list) else [value]
        if not every:
            self.fail(table, key, _("There is nothing in this list."))
        return tuple(self.place(table, key, each) for each in every)

    def place(self, table: str, key: str, value: Any) -> Place:
        if isinstance(value, str):
            value = {"select": value}
        if not isinstance(value, dict):
            self.fail(table, key, _("A field is a selector or a table."))
        where = f"{table}.{key}"
        self.check_keys(value, where, {"select", "when", "from", "drop", "strip", "match",
                                       "replace", "map", "value", "join", "split",
                                       "affiliation"})  # fmt: skip
        css, attribute = self.string(value, where, "select"), ""
        if found := _ATTRIBUTE.match(css):
            css, attribute = found[1].strip(), found[2]
        from_ = self.string(value, where, "from") or "row"
        if from_ not in _PLACES:
            self.fail(where, "from", _("A field is from “row”, “page” or “above”."))
        if from_ != "row" and not css:
            self.fail(where, "from", _("This needs a selector."))
        if not value.keys() & {"select", "match", "value"}:
            self.fail(where, "", _("This needs a selector, a match or a value."))
        split = self.pattern(value, where, "split")
        when = self.string(value, where, "when")
        return Place(
            select=self.selector(where, "select", css, or_self=True) if css else None,
            when=self.selector(where, "when", when, or_self=True) if when else None,
            attribute=attribute,
            place=from_,
            drop=self.selectors(value, where, "drop"),
            strip=tuple(self.strings(value, where, "strip")),
            match=self.pattern(value, where, "match"),
            replace=self.replacements(value, where),
            map=self.mapping(value, where),
            value=self.string(value, where, "value") if "value" in value else None,
            join=self.string(value, where, "join") if "join" in value else None,
            split=split if value.get("split") else None,
            whole=value.get("split") == "",
            affiliation=self.pattern(value, where, "affiliation"),
        )

    def table(self, name: str) -> dict[str, Any]:
        value = self.values.get(name, {})
        if not isinstance(value, dict):
            self.fail("", name, _("This is to be a table: [{name}].").format(name=name))
        return value

    def check_keys(
        self, values: dict[str, Any], table: str, known: "set[str] | frozenset[str]"
    ) -> None:
        for key in values:
            if key not in known:
                sentence = _("“{key}” means nothing here; there are {all}.")
                self.fail(table, key, sentence.format(key=key, all=", ".join(sorted(known))))

    def string(self, values: dict[str, Any], table: str, key: str, *, needed: bool = False) -> str:
        value = values.get(key, "")
        if not isinstance(value, str):
            self.fail(table, key, _("“{key}” is to be a text.").format(key=key))
        if needed and not value.strip():
            self.fail(table, key, _("There is no “{key}”.").format(key=key))
        return value

    def strings(self, values: dict[str, Any], table: str, key: str) -> list[str]:
        value = values.get(key, [])
        value = [value] if isinstance(value, str) else value
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            self.fail(table, key, _("“{key}” is to be a list of texts.").format(key=key))
        return value

    def flag(self, values: dict[str, Any], table: str, key: str) -> bool:
        value = values.get(key, False)
        if not isinstance(value, bool):
            self.fail(table, key, _("“{key}” is true or false.").format(key=key))
        return value

    def mapping(self, values: dict[str, Any], table: str) -> dict[str, str]:
        value = values.get("map", {})
        if not isinstance(value, dict) or not all(isinstance(v, str) for v in value.values()):
            self.fail(table, "map", _("“{key}” is to be a table of texts.").format(key="map"))
        return {key.casefold(): meaning for key, meaning in value.items()}

    def pattern(self, values: dict[str, Any], table: str, key: str) -> "re.Pattern[str] | None":
        text = self.string(values, table, key)
        return self.compiled(table, key, text) if text else None

    def compiled(self, table: str, key: str, text: str) -> "re.Pattern[str]":
        try:
            return re.compile(text)
        except (re.error, RecursionError, OverflowError) as error:
            message = _("“{text}” is no regular expression: {reason}.")
            self.fail(table, key, message.format(text=text, reason=error))

    def replacements(
        self, values: dict[str, Any], table: str
    ) -> tuple[tuple["re.Pattern[str]", str], ...]:
        pairs: Any = values.get("replace", [])
        if isinstance(pairs, list) and len(pairs) == 2 and isinstance(pairs[0], str):
            pairs = [pairs]
        if not isinstance(pairs, list):
            pairs = [pairs]
        found = []
        for pair in pairs:
            texts = isinstance(pair, list) and all(isinstance(each, str) for each in pair)
            if not texts or len(pair) != 2:
                self.fail(table, "replace", _("“replace” is a list of pairs of texts."))
            pattern = self.compiled(table, "replace", pair[0])
            try:
                pattern.sub(pair[1], "")
                re.compile(f"{pair[0]}|").sub(pair[1], "")  # where it matches, the groups count
            except (re.error, IndexError) as error:
                message = _("“{text}” is no replacement: {reason}.")
                self.fail(table, "replace", message.format(text=pair[1], reason=error))
            found.append((pattern, pair[1]))
        return tuple(found)

    def selectors(self, values: dict[str, Any], table: str, key: str) -> tuple[Selector, ...]:
        return tuple(self.selector(table, key, css) for css in self.strings(values, table, key))

    def selector(self, table: str, key: str, css: str, *, or_self: bool = False) -> Selector:
        from cssselect import HTMLTranslator, SelectorError
        from lxml import etree

        axis = "descendant-or-self::" if or_self else "descendant::"
        try:
            xpath: Any = etree.XPath(HTMLTranslator().css_to_xpath(css, prefix=axis))
        except (SelectorError, etree.XPathError, RecursionError, ValueError) as error:
            message = _("“{css}” is no selector: {reason}.")
            self.fail(table, key, message.format(css=css, reason=error))
        return xpath  # type: ignore[no-any-return]  # an XPath of elements gives elements

    def fail(self, table: str, key: str, message: str) -> NoReturn:
        raise BadRecipe(self.line_of(table, key), message)

    def line_of(self, table: str, key: str) -> int:
        """Where `key` of `table` stands, as near as can be told: its line, else its table's."""
        names = [*table.split("."), key] if table else [key]
        place, current = 1, ""
        for number, line in enumerate(self.lines, 1):
            text = line.strip()
            if heading := re.match(r"\[+\s*([^\]]*?)\s*\]", text):
                current = heading[1]
                if current == ".".join(names[:-1]) or current == names[0]:
                    place = number
            elif current in ("", names[0], ".".join(names[:2])):
                within = [name for name in names if name and name not in current.split(".")]
                if within and re.match(rf"[\"']?{re.escape(within[0])}[\"']?\s*[.=]", text):
                    place = number
                    if len(within) == 1 or re.search(rf"\b{re.escape(within[-1])}\s*=", text):
                        return number
        return place
