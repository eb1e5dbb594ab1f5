"""Citations: papers as a text cites them, by citation styles or by their citation keys."""

from collections.abc import Collection
from pathlib import Path
from typing import Any

from refman.db.database import Database
from refman.errors import UsageError
from refman.formats import citations
from refman.i18n import _
from refman.library import styles
from refman.library.citation_keys import CitationKeys
from refman.library.storing import load
from refman.library.styles import DEFAULT, Style


class Citations:
    """What is copied and dropped into a text, and the styles that it is written in.

    All but `references` leave the library as it is. The first use of a style takes a tenth of
    a second; a Citations may be used by several threads.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._keys = CitationKeys(database)

    @staticmethod
    def styles(*, every: bool = False) -> list[Style]:
        """Those that are offered, and the user's own; `every`: ten thousand more."""
        return styles.every() if every else styles.offered()

    @staticmethod
    def add_style(path: Path) -> Style:
        """Keep the .csl file at `path` as the user's own. Raises ReadError."""
        return styles.add(path)

    @staticmethod
    def remove_style(name: str) -> None:
        """Forget one of the user's own styles. Raises UsageError."""
        styles.remove(name)

    def citation(
        self,
        ids: Collection[int],
        style: str = DEFAULT,
        markup: str = "text",
        locale: str | None = None,
    ) -> str:
        """One citation of the papers: `(Doe, 2020; Roe, 2021)`, `[1], [2]`.

        `markup` is text, html or markdown; `locale` is the style's own where none is given.
        Numbers are those of a bibliography of these papers alone. Raises UsageError.
        """
        source, own = self._source(style, markup)
        return citations.citation(source, self._items(ids), markup, locale or own)

    def bibliography(
        self,
        ids: Collection[int],
        style: str = DEFAULT,
        markup: str = "text",
        locale: str | None = None,
    ) -> str:
        """The papers in full, in the order of the style; as `citation`. Raises UsageError."""
        source, own = self._source(style, markup)
        if not citations.has_bibliography(source):
            raise UsageError(
                _("The style “{name}” has no bibliography, only citations.").format(name=style)
            )
        return citations.bibliography(source, self._items(ids), markup, locale or own)

    def references(self, ids: Collection[int], kind: str) -> str:
        """The papers by their citation keys, which are given out.

        `kind` is latex, pandoc, typst or keys (commas between them). Raises UsageError.
        """
        if kind not in citations.REFERENCES:
            raise UsageError(
                _("“{kind}” is no kind of reference: take {kinds}.").format(
                    kind=kind, kinds=", ".join(citations.REFERENCES)
                )
            )
        return citations.REFERENCES[kind](self._keys.give_out(ids))

    def _items(self, ids: Collection[int]) -> list[dict[str, Any]]:
        with self._database.read() as connection:
            entries = load(connection, ids, tex=True)
        wanted = [each for each in dict.fromkeys(ids) if each in entries]
        return [citations.cited_item(entries[each], str(each)) for each in wanted]

    @staticmethod
    def _source(style: str, markup: str) -> tuple[bytes, str | None]:
        if markup not in citations.MARKUPS:
            raise UsageError(
                _("“{markup}” is no markup: take {markups}.").format(
                    markup=markup, markups=", ".join(citations.MARKUPS)
                )
            )
        return styles.source(styles.find(style))
