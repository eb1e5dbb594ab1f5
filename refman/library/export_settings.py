"""What an export is set to: which papers, in which order and format, and how it is written.

The settings are plain values, kept as JSON. A new choice is a field here, with a default that
means what was done before there was the choice.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from refman.errors import UsageError
from refman.i18n import _

DEFAULT = "bibtex"
BIBTEX, BIBLATEX = "bibtex", "biblatex"
BIB = (BIBTEX, BIBLATEX)
WHICH = ("all", "collection", "tag", "query", "cited")
ORDERS = ("key", "author-year", "title", "date", "added", "cited")
NO_STYLE: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class ExportSettings:
    """The choices of one export.

    `which` papers: `all` outside the trash, those of a `collection` (`value` is its path) or of a
    `tag` (its name) with what lies below it, those that answer a `query`, or those `cited` in
    `files`, which may be folders. `order` is by citation key, by authors and year, by title, by
    date, by when they were added, or as they are cited first. `style` are the options of
    `formats.bibtex.style.Style` that are not the usual ones, for BibTeX and BibLaTeX.
    """

    format: str = DEFAULT
    which: str = "all"
    value: str = ""
    files: tuple[str, ...] = ()
    order: str = "key"
    descending: bool = False
    style: Mapping[str, Any] = field(default_factory=lambda: NO_STYLE, hash=False)

    def checked(self) -> "ExportSettings":
        """With absolute paths, and no more than what `which` needs. Raises UsageError."""
        _one_of(self.which, WHICH, _("Papers cannot be chosen by “{value}”, but by: {all}."))
        _one_of(self.order, ORDERS, _("Papers cannot be ordered by “{value}”, but by: {all}."))
        if self.order == "cited" and self.which != "cited":
            raise UsageError(
                _("Papers are ordered as they are cited only where the citing files choose them.")
            )
        if self.which == "cited" and not all(map(str.strip, self.files or [""])):
            raise UsageError(_("Say in which .tex, .md or .typ files, or folders, to look."))
        value = self.value.strip() if self.which in ("collection", "tag", "query") else ""
        if not value and self.which in ("collection", "tag"):
            raise UsageError(_("Say which {what}.").format(what=_(self.which)))
        if self.style and self.format not in BIB:
            raise UsageError(_("Only BibTeX and BibLaTeX have a style."))
        files = self.files if self.which == "cited" else ()
        whole = tuple(dict.fromkeys(str(Path(name).expanduser().absolute()) for name in files))
        return replace(self, value=value, files=whole)

    def to_json(self) -> dict[str, Any]:
        """Plain values, those that are the defaults left out."""
        usual = ExportSettings()
        values = {each.name: getattr(self, each.name) for each in fields(self)}
        chosen = {name: v for name, v in values.items() if v != getattr(usual, name)}
        plain = {"files": list(self.files), "style": dict(self.style)}
        return {name: plain.get(name, value) for name, value in chosen.items()}

    @classmethod
    def from_json(cls, text: str) -> "ExportSettings":
        """Those that were kept; what another version of refman added is passed over."""
        known = {each.name for each in fields(cls)}
        values = {name: value for name, value in json.loads(text).items() if name in known}
        return cls(**{**values, "files": tuple(values.get("files", ()))})


def _one_of(value: str, all_of: tuple[str, ...], sentence: str) -> None:
    if value not in all_of:
        raise UsageError(sentence.format(value=value, all=", ".join(all_of)))
