"""The recipes for saved pages: those that are shipped, and the user's own before them.

They are read when the first page is imported, not at the start, and again when one of the
files changed.
"""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from refman import paths
from refman.formats import FORMATS
from refman.formats.format import Format, Problem
from refman.i18n import _


def formats() -> tuple[Format, ...]:
    """Every format that there is, each name once; recipes before those that are built in."""
    return tuple({found.name: found for found in reversed((*recipes(), *FORMATS))}.values())[::-1]


def recipes() -> Sequence[Format]:
    """The formats that recipes make."""
    return _loaded(_files())[0]


def problems() -> Sequence[Problem]:
    """What is wrong with the user's recipes, each with its file and line."""
    return _loaded(_files())[1]


def _files() -> tuple[tuple[Path, int], ...]:
    """The files of recipes in their order, and when each was changed."""
    return tuple(
        (file, file.stat().st_mtime_ns)
        for folder in (paths.recipes_folder(), paths.resource("recipes"))
        if folder.is_dir()
        for file in sorted(folder.glob("*.toml"))
    )


@lru_cache(maxsize=1)
def _loaded(
    files: tuple[tuple[Path, int], ...],
) -> tuple[tuple[Format, ...], tuple[Problem, ...]]:
    from refman.formats.recipes import load_recipes

    texts: dict[str, str] = {}
    unread: list[Problem] = []
    for file, _changed in files:
        try:
            texts[str(file)] = file.read_text("utf-8", "replace")
        except OSError as error:
            message = _("This recipe cannot be read: {reason}.").format(reason=error.strerror)
            unread.append(Problem(0, str(file), message, failed=False))
    found, wrong = load_recipes(texts)
    return tuple(found), (*unread, *wrong)
