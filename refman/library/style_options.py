"""The choices of a .bib file's style: what there are, and their values as one types them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from refman.errors import UsageError
from refman.formats.bibtex.style import Style
from refman.i18n import _

_TRUTH = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
_OF_THE_FORMAT = "dialect"


@dataclass(frozen=True, slots=True)
class StyleOption:
    """One choice: all `values` that it takes where they are few, and a sentence that explains."""

    name: str
    default: Any
    values: tuple[Any, ...]
    help: str

    @property
    def syntax(self) -> str:
        """What stands behind the equals sign where one types it."""
        if self.values:
            return "|".join(map(str, self.values))
        if isinstance(self.default, bool):
            return "true|false"
        if isinstance(self.default, tuple):
            return _("FIELD,FIELD,…")
        return _("Full name:Short") if isinstance(self.default, Mapping) else "0…16|tab"


def options() -> list[StyleOption]:
    """All choices but the dialect, which is the format's."""
    usual = Style()
    return [
        StyleOption(
            each.name,
            getattr(usual, each.name),
            each.metadata["values"],
            _(each.metadata["help"]),
        )
        for each in fields(Style)
        if each.name != _OF_THE_FORMAT
    ]


def style_of(texts: Iterable[str]) -> Mapping[str, Any]:
    """The style of texts like `months=number`, `omit=abstract,file` or, for a journal's short
    name, `abbreviations=Full Name: Short`, which turns `abbreviate` on. Raises UsageError."""
    known = {each.name: each for each in options()}
    style: dict[str, Any] = {}
    for text in texts:
        name, equals, value = (part.strip() for part in text.partition("="))
        name = name.replace("-", "_")
        if not equals or name not in known:
            raise UsageError(
                _("“{text}” is no style option: write NAME=VALUE, with one of {all}.").format(
                    text=text, all=", ".join(known)
                )
            )
        default = known[name].default
        if isinstance(default, Mapping):
            full, _colon, short = value.rpartition(":")
            style.setdefault(name, {})[full.strip()] = short.strip()
        elif isinstance(default, tuple):
            style[name] = tuple(filter(None, (part.strip() for part in value.split(","))))
        elif isinstance(default, bool):
            style[name] = _TRUTH.get(value.lower(), value)
        else:
            style[name] = int(value) if value.isdecimal() else value
    if "abbreviations" in style:
        style.setdefault("abbreviate", True)
    Style.from_options(style)
    return style
