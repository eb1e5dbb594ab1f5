"""Asking the full-text indexes: words as a person types them into ids, for any query.

FTS5 speaks a language of its own (https://www.sqlite.org/fts5.html#full_text_query_syntax);
here every word is quoted, so nothing that is typed can be an error.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, column, literal_column, select, table

_ENTRY = table("entry_text", column("rowid"))
_ANNOTATION = table("annotation_text", column("rowid"))


def entries_with(text: str, columns: Sequence[str] = (), *, phrase: bool = False) -> Select[Any]:
    """The ids of entries with all words of `text`, each as a prefix, or with it as a phrase.

    `columns` are of title, names, venue, abstract and citation_key; none means any.
    """
    return _matching(_ENTRY, "entry_text", _expression(text, columns, phrase=phrase))


def annotations_with(text: str, *, phrase: bool = False) -> Select[Any]:
    """The ids of annotations whose comment or quote has all words of `text`."""
    return _matching(_ANNOTATION, "annotation_text", _expression(text, (), phrase=phrase))


def has_words(text: str) -> bool:
    """Whether anything in `text` is a word to the index; punctuation alone is not."""
    return any(char.isalnum() for char in text)


def _matching(source: Any, name: str, expression: str) -> Select[Any]:
    index: ColumnElement[Any] = literal_column(name)
    return select(source.c.rowid).where(index.op("MATCH")(bindparam(None, expression)))


def _expression(text: str, columns: Sequence[str], *, phrase: bool) -> str:
    clean = text.replace("\0", " ").replace('"', " ")
    if phrase:
        asked = f'"{clean}"'
    else:
        asked = " AND ".join(f'"{word}" *' for word in clean.split() if has_words(word))
    return f"{{{' '.join(columns)}}} : ({asked})" if columns else asked
