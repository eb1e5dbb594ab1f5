"""What the user set and what the window remembers: one frozen tree, kept as JSON.

To add a setting, add a field with its default; its type is that of the default.
"""

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields, is_dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar, get_args

from refman import paths
from refman.errors import ReadError
from refman.i18n import _

_Tree = TypeVar("_Tree")
_NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Window:
    """How the window stood when it was closed. `geometry` and `state` are Qt's, in base 64."""

    geometry: str = ""
    state: str = ""
    panes: tuple[int, ...] = ()  # widths of sidebar, table and panel, in pixels
    scope: str = ""  # what the sidebar had chosen, as `kind` or `kind:value`
    paper: int = 0  # id of the current one; 0 where there is none
    triage: int = 0  # id of the paper that triage stopped at


@dataclass(frozen=True, slots=True)
class Table:
    """The table of papers. An empty `columns` means the default ones."""

    columns: tuple[str, ...] = ()  # names, in their order
    widths: Mapping[str, int] = field(default_factory=lambda: _NOTHING)  # pixels, by column
    sort: str = "added"
    descending: bool = True


@dataclass(frozen=True, slots=True)
class Importing:
    """What an import gives to new papers where nothing else is said."""

    tags: tuple[str, ...] = ()
    collection: str = ""
    status: str = ""
    review: str = "doubt"  # when it opens by itself: always; doubt, if a row is in it; never


@dataclass(frozen=True, slots=True)
class Citing:
    """How papers go into a text that cites them."""

    style: str = "apa"  # the name of a citation style
    markup: str = "text"  # of a citation where no formatted text is taken: text, markdown
    drag: str = "latex"  # what dragged papers become: one of `refman.ui.citing.KINDS`
    manuscripts: tuple[str, ...] = ()  # files and folders in which changed keys are rewritten


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything; each value has a default that a new user is well served by."""

    language: str = ""  # as in `de`; empty for the system's
    theme: str = "system"  # system, light, dark
    text_scale: float = 1.0
    recent_libraries: tuple[str, ...] = ()  # the newest first
    shortcuts: Mapping[str, str] = field(
        default_factory=lambda: _NOTHING
    )  # by action; those that were changed
    window: Window = field(default_factory=Window)
    table: Table = field(default_factory=Table)
    importing: Importing = field(default_factory=Importing)
    citing: Citing = field(default_factory=Citing)


def load(path: Path | None = None) -> tuple[Settings, str]:
    """The settings in `path` (by default the user's), and a sentence where something was wrong.

    A file that cannot be read as JSON is kept beside it as `settings.json.damaged`, so that
    saving does not write over it. A value of a wrong type counts as not set.
    """
    path = path or paths.settings_file()
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings(), ""
    except OSError as error:
        return Settings(), _("The settings in {path} cannot be read: {reason}.").format(
            path=path, reason=error.strerror
        )
    except ValueError:
        return Settings(), _set_aside(path)
    if not isinstance(kept, dict):
        return Settings(), _set_aside(path)
    wrong: list[str] = []
    settings = _tree(Settings(), kept, "", wrong)
    if not wrong:
        return settings, ""
    return settings, _("These settings in {path} make no sense and were left out: {names}.").format(
        path=path, names=", ".join(wrong)
    )


def save(settings: Settings, path: Path | None = None) -> None:
    """Write `settings` to `path` whole or not at all; keys that refman does not know stay.

    Raises ReadError where the folder cannot be written.
    """
    path = path or paths.settings_file()
    kept: Any = {}
    with suppress(OSError, ValueError):
        kept = json.loads(path.read_text(encoding="utf-8"))
    text = json.dumps(_plain(settings, kept), ensure_ascii=False, indent=1) + "\n"
    new = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        new.write_text(text, encoding="utf-8")
        new.replace(path)
    except OSError as error:
        raise ReadError(
            _("The settings cannot be written to {path}: {reason}.").format(
                path=path, reason=error.strerror
            )
        ) from error
    finally:
        with suppress(OSError):
            new.unlink(missing_ok=True)


def _set_aside(path: Path) -> str:
    damaged = path.with_name(path.name + ".damaged")
    try:
        path.replace(damaged)
    except OSError:
        damaged = path
    return _(
        "The settings were damaged, so refman starts with its own. The old file is {path}."
    ).format(path=damaged)


def _tree(default: _Tree, kept: Mapping[str, Any], place: str, wrong: list[str]) -> _Tree:
    """A copy of the dataclass `default` with what `kept` says; adds to `wrong` what it cannot."""
    values: dict[str, Any] = {}
    for each in fields(default):  # type: ignore[arg-type]  # always one of the classes above
        if each.name not in kept:
            continue
        usual, value = getattr(default, each.name), kept[each.name]
        if is_dataclass(usual) and isinstance(value, dict):
            values[each.name] = _tree(usual, value, f"{place}{each.name}.", wrong)
        elif (converted := _like(usual, value, get_args(each.type))) is not None:
            values[each.name] = converted
        else:
            wrong.append(place + each.name)
    return type(default)(**values)


def _like(usual: Any, value: Any, elements: tuple[Any, ...]) -> Any:
    """`value`, out of JSON, as the type of `usual`; None where it is of another type."""
    element = int if int in elements else str
    if isinstance(usual, tuple):
        whole = isinstance(value, list) and all(type(each) is element for each in value)
        return tuple(value) if whole else None
    if isinstance(usual, Mapping):
        whole = isinstance(value, dict) and all(type(each) is element for each in value.values())
        return MappingProxyType(value) if whole else None
    if isinstance(usual, float) and type(value) is int:
        return float(value)
    return value if type(value) is type(usual) else None


def _plain(tree: Any, kept: Any) -> dict[str, Any]:
    """The dataclass `tree` as JSON has it, laid over `kept`, which may hold other keys."""
    result: dict[str, Any] = dict(kept) if isinstance(kept, dict) else {}
    for each in fields(tree):
        value = getattr(tree, each.name)
        if is_dataclass(value):
            result[each.name] = _plain(value, result.get(each.name))
        elif isinstance(value, Mapping):
            result[each.name] = dict(value)
        else:
            result[each.name] = list(value) if isinstance(value, tuple) else value
    return result
