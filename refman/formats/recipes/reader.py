"""A recipe at work: the rows of a page by the selectors of its recipe."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from typing import Any, ClassVar
from urllib.parse import urljoin, urlsplit

from refman.formats.format import Context, Format, Found, Header, Passage, Problem, Row
from refman.formats.html import is_html, to_text, tree_of, visible_spans, visible_text
from refman.formats.listings.page import split_lines
from refman.formats.recipes.declaration import Place, Recipe, Selector
from refman.formats.recipes.values import Made
from refman.model.text import squeeze

_ADDRESS = re.compile(
    r"<!-- saved from url=\(\d+\)(?P<saved>\S{1,2000}) ?-->"
    r"|<(?P<tag>link|meta|base)\b(?P<attributes>[^<>]{1,4000})>",
    re.IGNORECASE,
)
_HEAD = 256 * 1024  # characters in which a page says its address
_ATTRIBUTE = re.compile(r"([\w:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_LINKS = frozenset(("href", "src"))
_NUMBERS = frozenset(f.name for f in fields(Header)) - {"name", "subject", "affiliation"}


def recipe_format(recipe: Recipe, text_reader: Format | None) -> Format:
    """The format that reads markup by `recipe` and text copies of it by `text_reader`."""
    values = {"name": recipe.name, "label": recipe.label}
    kind: type[RecipeFormat] = type("Recipe", (RecipeFormat,), values)
    return kind(recipe, text_reader)


class RecipeFormat(Format):
    extensions: ClassVar[tuple[str, ...]] = (".html", ".htm", ".mhtml", ".mht")
    takes_markup: ClassVar[bool] = True

    def __init__(self, recipe: Recipe, text_reader: Format | None) -> None:
        self._recipe = recipe
        self._text_reader = text_reader

    def score(self, text: str) -> int:
        if not _is_markup(text):
            return 0
        recipe = self._recipe
        is_host = _is_of(recipe, addresses(text))
        if recipe.needs_host and not is_host:
            return 0
        root = _piece(text)
        if recipe.markers and root is not None and all(marker(root) for marker in recipe.markers):
            return 100 if is_host else 97  # surer than the text that it shows
        return 40 if is_host and recipe.path else 0

    def read(self, text: str, context: Context) -> Found:
        if not _is_markup(text):
            return self._read_text(text, context)
        root = tree_of(text)
        found = _Page(self._recipe, root, text, context).read() if root is not None else None
        return found if found and found.count else self._read_text(to_text(text), context)

    def _read_text(self, text: str, context: Context) -> Found:
        if self._text_reader:
            return self._text_reader.read(text, context)
        lines = ((number, squeeze(line)) for number, line in enumerate(split_lines(text), 1))
        return Found(passed_over=[Passage(number, line) for number, line in lines if line])


def _is_markup(text: str) -> bool:
    """Whether `text` is markup, or a piece from within it, and no text copy."""
    return text.count("</", 0, 64 * 1024) > 1 or is_html(text)


@lru_cache(maxsize=1)  # every recipe looks at the same piece of a page, one after the other
def _piece(text: str) -> Any:
    return tree_of(text)


@lru_cache(maxsize=1)
def addresses(markup: str) -> tuple[str, ...]:
    """Where a page says that it is from, the most trustworthy first."""
    found: dict[str, str] = {}
    for match in _ADDRESS.finditer(markup, 0, _HEAD):
        if match["saved"]:
            found.setdefault("saved", match["saved"])
            continue
        values = {name.casefold(): a or b or c
                  for name, a, b, c in _ATTRIBUTE.findall(match["attributes"])}  # fmt: skip
        said = values.get("rel") or values.get("property") or match["tag"]
        address = values.get("href") or values.get("content")
        if said.casefold() in ("canonical", "og:url", "base") and address:
            found.setdefault(said.casefold(), address)
    order = ("saved", "canonical", "og:url", "base")
    said = (found.get(kind, "") for kind in order)
    return tuple(address for address in said if address.startswith(("http:", "https:")))


def _is_of(recipe: Recipe, said: Iterable[str]) -> bool:
    """Whether one of the addresses that a page says is one that the recipe is for."""
    for address in said:
        try:
            parts = urlsplit(address)
            host = (parts.hostname or "").casefold()
        except ValueError:
            continue
        if any(host == each or host.endswith("." + each) for each in recipe.hosts):
            where = parts.path + (f"?{parts.query}" if parts.query else "")
            if not recipe.path or recipe.path.search(where):
                return True
    return False


@dataclass(slots=True)
class _Page:
    """One reading of one page."""

    recipe: Recipe
    root: Any
    markup: str
    context: Context

    def read(self) -> Found:
        recipe, found = self.recipe, Found()
        rows = self._rows()
        if not rows:
            return found
        base = next(iter(addresses(self.markup[:_HEAD])), recipe.base)
        heads = {name: self._first(places) for name, places in recipe.header.items()}
        marked = [element for _place, element in heads.values() if element is not None]
        spans = visible_spans(self.root, {*rows, *marked})
        lines = split_lines(visible_text(self.root))
        found.header = self._header(heads)
        context = self.context
        context.progress.start(context.progress.text, len(rows))
        for element, above in self._with_context(rows):
            context.progress.advance()
            start, end = spans[element]
            raw = "\n".join(lines[start - 1 : end - 1])
            made = Made(recipe, context.as_of)
            for name, places in recipe.fields.items():
                made.take(name, *self._found(places, element, above, base))
            line = min(start, len(lines))
            row = made.row(line, raw)
            if isinstance(row, Row):
                found.rows.append(row)
            else:
                found.problems.append(Problem(line, raw, row))
        used = {n for element in {*rows, *marked} for n in range(*spans[element])}
        found.passed_over = [
            Passage(number, line)
            for number, line in enumerate(map(squeeze, lines), 1)
            if line and number not in used
        ]
        return found

    def _rows(self) -> list[Any]:
        """The elements of the rows in the order of the page, none within another."""
        chosen = self.recipe.rows(self.root)
        all_chosen = set(chosen)
        rows = [row for row in chosen if all_chosen.isdisjoint(row.iterancestors())]
        if self.recipe.to_next:
            ends = all_chosen.union(*(until(self.root) for until in self.recipe.until))
            rows = [_with_following(row, ends) for row in rows]
        return rows

    def _with_context(self, rows: list[Any]) -> Iterator[tuple[Any, dict[Selector, Any]]]:
        """Each row with what stands above it, by the selector that finds it."""
        selectors = {
            place.select
            for places in self.recipe.fields.values()
            for place in places
            if place.place == "above" and place.select
        }
        if not selectors:
            yield from ((row, {}) for row in rows)
            return
        headings: dict[Any, list[Selector]] = {}
        for selector in selectors:
            for element in selector(self.root):
                headings.setdefault(element, []).append(selector)
        wanted, above = set(rows), dict[Selector, Any]()
        for element in self.root.iter():
            for selector in headings.get(element, ()):
                above[selector] = element
            if element in wanted:
                yield element, above

    def _found(
        self, places: Iterable[Place], row: Any, above: dict[Selector, Any], base: str
    ) -> tuple[list[str], Place | None]:
        """The values at the first of `places` that has any, and that place."""
        for place in places:
            if place.when and not place.when(row):
                continue
            if place.select is None:
                elements = [row]
            elif place.place == "above":
                elements = [above[place.select]] if place.select in above else []
            elif place.place == "page":
                elements = place.select(self.root)[:1]
            else:
                elements = place.select(row)
            values = [v for element in elements if (v := _value(place, element, base))]
            if values:
                return ([place.join.join(values)] if place.join is not None else values), place
        return [], None

    def _first(self, places: Iterable[Place]) -> tuple[Place | None, Any]:
        """The first of `places` in the page that has a value, and the element which has it."""
        for place in places:
            for element in place.select(self.root) if place.select else []:
                if _value(place, element, ""):
                    return place, element
        return None, None

    def _header(self, heads: dict[str, tuple[Place | None, Any]]) -> Header:
        header = Header()
        for name, (place, element) in heads.items():
            if place is None:
                continue
            value: Any = _value(place, element, "")
            if name in _NUMBERS:
                digits = re.sub(r"\D", "", str(value))
                value = int(digits) if 0 < len(digits) < 10 else None
            header = replace(header, **{name: value})
        return header


def _with_following(row: Any, ends: set[Any]) -> Any:
    """`row` and the elements that follow it up to one of `ends`, put into an element of their
    own."""
    whole = row.makeelement("refman-row")
    row.addprevious(whole)
    whole.append(row)
    while (following := whole.getnext()) is not None and following not in ends:
        whole.append(following)
    return whole


def _value(place: Place, element: Any, base: str) -> str:
    """What stands in `element`, cleaned as `place` wants it; '' for nothing."""
    if place.attribute:
        value = squeeze(element.get(place.attribute) or "")
        if value and place.attribute in _LINKS:
            value = _absolute(value, base)
    elif place.value is not None and not place.match:
        return place.value
    else:
        left_out = {each for drop in place.drop for each in drop(element)}
        value = squeeze(visible_text(element, left_out).replace("\n", " "))
    for beginning in place.strip:
        if value.casefold().startswith(beginning.casefold()):
            value = value[len(beginning) :].lstrip()
    if place.match:
        found = place.match.search(value)
        if not found:
            return ""
        value = (found[1] if found.re.groups else found[0]) or ""
    for pattern, replacement in place.replace:
        value = pattern.sub(replacement, value)
    if place.value is not None:
        return place.value
    value = squeeze(value)
    return place.map.get(value.casefold(), value) if place.map else value


def _absolute(link: str, base: str) -> str:
    try:
        return urljoin(base, link)
    except ValueError:  # "http://[" and its like
        return link
