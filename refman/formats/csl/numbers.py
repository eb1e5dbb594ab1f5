"""Numbers in values: what is one, what is more than one, ranges of pages."""

import re
from typing import Protocol

_ONE = r"[A-Za-z]{0,3}\d+[A-Za-z]{0,3}"
_NUMERIC = re.compile(rf"{_ONE}(?:\s*[-–—,&]\s*{_ONE})*")
_RANGE = re.compile(r"\s*(?:--+|[-‐‑‒–—−])\s*")
_PAGE_RANGE = re.compile(r"([^\s,;&-]*?)(\d+)-([^\s,;&-]*?)(\d+)")
_SEVERAL = re.compile(r"\d\s*[-–—,&]\s*\S*\d")


class Wording(Protocol):
    """What a style says of ranges."""

    def get(self, name: str, default: str = "") -> str: ...
    def term(self, name: str) -> str: ...


def is_numeric(value: str) -> bool:
    """Whether `value` is made of numbers, each with a few letters at most: `2nd`, `L1–L4, 7`."""
    return _NUMERIC.fullmatch(value) is not None


def is_plural(variable: str, value: str) -> bool:
    """Whether the label of `value` is in the plural."""
    if variable.startswith("number-of-"):
        return value != "1"
    return _SEVERAL.search(value) is not None


def numbered(value: str) -> str:
    """A number or a range of them, with an en dash."""
    return _RANGE.sub("–", value) if is_numeric(value.replace("--", "-")) else value


def page_range(value: str, style: Wording, *, first: bool = False) -> str:
    """Pages as the style's `page-range-format` has them; `first` gives the first page alone."""
    plain = re.sub(r"--+|[‐‑‒–—−]", "-", value)
    plain = re.sub(r"(?<=\d)\s*-\s*(?=\w)", "-", plain)
    plain = re.sub(r"\s*,\s*(?=\w)", ", ", plain)
    if first:
        return re.split(r"[-,;&\s]", plain, maxsplit=1)[0]
    how = style.get("page-range-format")
    delimiter = style.term("page-range-delimiter") or "–"

    def shown(found: "re.Match[str]") -> str:
        prefix, start, other, end = found.groups()
        if other and other != prefix:
            return f"{prefix}{start}{delimiter}{other}{end}"
        if len(end) < len(start):
            end = start[: len(start) - len(end)] + end
        short = _shortened(start, end, how) if len(start) == len(end) else end
        kept = prefix if short == end and (other or how == "expanded") else ""
        return f"{prefix}{start}{delimiter}{kept}{short}"

    pages = _PAGE_RANGE.sub(shown, plain)
    # What is left are hyphens within the names of pages: "A-12", "i-ix".
    return re.sub(r"(?<=[ivxlcdm])-(?=[ivxlcdm]+\b)", delimiter, pages)


def _shortened(start: str, end: str, how: str) -> str:
    """The last page by the rules of CSL 1.0.2, appendix V."""
    if how == "minimal":
        return _without_common(start, end, 1)
    if how == "minimal-two":
        return _without_common(start, end, 2)
    if how not in ("chicago", "chicago-15", "chicago-16"):
        return end
    number = int(start)
    if number < 100 or number % 100 == 0:
        return end
    if number % 100 < 10:
        return _without_common(start, end, 1)
    if (
        how != "chicago-16"
        and len(start) == 4
        and sum(a != b for a, b in zip(start, end, strict=True)) >= 3
    ):
        return end
    return _without_common(start, end, 2)


def _without_common(start: str, end: str, least: int) -> str:
    same = 0
    while same < len(end) - least and start[same] == end[same]:
        same += 1
    return end[same:]
