r"""Manuscripts that the user points to: which keys they cite, and new keys put in place of old.

Files and folders are taken, these with all that is in them but for what is hidden, huge or no
manuscript; of LaTeX also what a file takes in by `\input`. A file is written back in its own
encoding and with its own line ends, nothing changed but the keys. What cannot be done to one
file is a sentence, and the others go on.
"""

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from refman.errors import ReadError
from refman.formats import encoding_of, manuscripts
from refman.i18n import _
from refman.library.drafts import write_atomically

LARGEST = 16 * 1024 * 1024  # bytes; nobody writes that much


@dataclass(frozen=True, slots=True)
class CitedIn:
    """The keys that manuscripts cite, by file, each once; `problems` are sentences.

    The key `*` stands for all papers of the bibliography. `first` is where a key is cited first:
    the file and the line, from 1. `references` are those of the keys that read as references to
    a part of the manuscript (`@fig:one`) wherever they stand: they cite where a paper has them.
    """

    by_file: Mapping[Path, tuple[str, ...]]
    problems: tuple[str, ...] = ()
    first: Mapping[str, tuple[Path, int]] = field(default_factory=dict, compare=False)
    references: frozenset[str] = frozenset()

    @property
    def keys(self) -> tuple[str, ...]:
        """Those of all files together."""
        return tuple(dict.fromkeys(key for keys in self.by_file.values() for key in keys))


@dataclass(frozen=True, slots=True)
class Rewrite:
    """A line that would be changed, counted from 1."""

    path: Path
    line: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RewritePlan:
    """What `rewrite` would do; `problems` are sentences on files that cannot be looked at.

    `digests` are of the files as they were, `labels` those of all files together.
    """

    rewrites: tuple[Rewrite, ...]
    renamed: Mapping[str, str]
    digests: Mapping[Path, str]
    problems: tuple[str, ...] = ()
    labels: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Rewritten:
    """The files that were written, and sentences on those that were not."""

    written: tuple[Path, ...]
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Text:
    """A file's text, with all that is needed to write it as it was."""

    text: str
    mark: bytes
    encoding: str
    digest: str

    def data(self, text: str) -> bytes:
        return self.mark + text.encode(self.encoding)


def cited_in(paths: Sequence[Path]) -> CitedIn:
    """The keys that the manuscripts cite. Opens files; raises nothing."""
    problems: list[str] = []
    found: dict[Path, tuple[str, ...]] = {}
    first: dict[str, tuple[Path, int]] = {}
    citations: set[str] = set()
    read, labels = _together(paths, problems)
    for path, kind, text in read:
        cited = manuscripts.keys(text.text, kind, labels)
        found[path] = tuple(dict.fromkeys(one.key for one in cited))
        citations.update(one.key for one in cited if not one.reference)
        for one in cited:
            first.setdefault(one.key, (path, one.line))
    return CitedIn(found, tuple(problems), first, frozenset(first.keys() - citations))


def rewrite_plan(paths: Sequence[Path], renamed: Mapping[str, str]) -> RewritePlan:
    """What changes where `renamed` (old key to new) is put into the manuscripts.

    Opens files and writes none; raises nothing.
    """
    problems: list[str] = []
    rewrites: list[Rewrite] = []
    digests: dict[Path, str] = {}
    read, labels = _together(paths, problems)
    for path, kind, text in read:
        for one in manuscripts.replaced(text.text, kind, renamed, labels):
            rewrites.append(Rewrite(path, one.line, one.before, one.after))
            digests[path] = text.digest
    return RewritePlan(tuple(rewrites), dict(renamed), digests, tuple(problems), labels)


def rewrite(plan: RewritePlan) -> Rewritten:
    """Write what was planned, each file whole or not at all; raises nothing.

    A file that changed since it was looked at is left alone.
    """
    written: list[Path] = []
    problems: list[str] = []
    for path, digest in plan.digests.items():
        try:
            text = _read(path)
            if text.digest != digest:
                raise ReadError(
                    _(
                        "“{path}” was changed in the meantime and left alone: look at it again."
                    ).format(path=path)
                )
            kind = manuscripts.kind_of(path) or ""
            new = manuscripts.replace(text.text, kind, plan.renamed, plan.labels)
            write_atomically(path, text.data(new))
        except ReadError as error:
            problems.append(str(error))
        except UnicodeEncodeError as error:
            problems.append(
                _(
                    "“{path}” was left alone: in its encoding, {encoding}, there is no “{text}”."
                ).format(
                    path=path, encoding=error.encoding, text=error.object[error.start : error.end]
                )
            )
        else:
            written.append(path)
    return Rewritten(tuple(written), tuple(problems))


# --- files ------------------------------------------------------------------------------


def _together(
    paths: Sequence[Path], problems: list[str]
) -> tuple[list[tuple[Path, str, _Text]], frozenset[str]]:
    """Every manuscript, and the labels of all of them: one file may refer to those of another."""
    read = list(_manuscripts(paths, problems))
    labels = {label for _path, kind, text in read for label in manuscripts.labels(text.text, kind)}
    return read, frozenset(labels)


def _manuscripts(paths: Sequence[Path], problems: list[str]) -> Iterator[tuple[Path, str, _Text]]:
    """Every manuscript once, with its kind: those named, and what they take in."""
    seen: set[str] = set()
    # Of each file, where the names in it start from: the folder of the one that LaTeX is run on.
    waiting = [(path, path.parent) for path in _named(paths, problems)]
    waiting.reverse()
    while waiting:
        path, root = waiting.pop()
        kind = manuscripts.kind_of(path)
        if kind is None:
            continue
        try:
            text = _read(path)
        except ReadError as error:
            problems.append(str(error))
            continue
        resolved = os.path.realpath(path)
        if resolved in seen:
            continue
        seen.add(resolved)
        yield path, kind, text
        taken_in = [
            (each, root)
            for name in manuscripts.included(text.text, kind)
            if (each := _taken_in(name, root, path.parent))
        ]
        waiting.extend(reversed(taken_in))


def _named(paths: Iterable[Path], problems: list[str]) -> list[Path]:
    """The files that the user points to, those of a folder in the order of their names."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            for folder, folders, names in os.walk(path):
                folders[:] = sorted(name for name in folders if not name.startswith("."))
                files = (Path(folder, name) for name in sorted(names) if not name.startswith("."))
                found.extend(each for each in files if manuscripts.kind_of(each) and _fits(each))
        elif manuscripts.kind_of(path) is None:
            problems.append(
                _("“{path}” is no manuscript that refman reads: these end in {endings}.").format(
                    path=path, endings=", ".join(manuscripts.SUFFIXES)
                )
            )
        else:
            found.append(path)
    return found


def _fits(path: Path) -> bool:
    try:
        return path.is_file() and path.stat().st_size <= LARGEST
    except OSError:
        return False


def _taken_in(name: str, root: Path, folder: Path) -> Path | None:
    r"""The file that `\input{name}` takes in, if it lies where LaTeX would look for it."""
    if Path(name).is_absolute() or "\0" in name:
        return None
    endings = ("", ".tex") if manuscripts.kind_of(name) else (".tex",)
    places = (start / (name + ending) for start in (root, folder) for ending in endings)
    return next((place for place in places if _fits(place)), None)


def _read(path: Path) -> _Text:
    """A file's text, from which its bytes can be made again. Raises ReadError."""
    try:
        if path.stat().st_size > LARGEST:
            raise ReadError(
                _("“{path}” is larger than {n} MB: name smaller files.").format(
                    path=path, n=LARGEST // 1024**2
                )
            )
        data = path.read_bytes()
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        raise ReadError(
            _("“{path}” cannot be read ({reason}): check its name and permissions.").format(
                path=path, reason=getattr(error, "strerror", None) or error
            )
        ) from error
    digest = hashlib.sha256(data).hexdigest()
    try:
        mark, encoding = encoding_of(data)
    except ReadError as error:
        raise ReadError(f"“{path}”: {error}") from error
    for codec in (encoding, "latin-1"):  # of which the second takes and gives back every byte
        try:
            text = data[len(mark) :].decode(codec)
            if mark + text.encode(codec) == data:
                break
        except UnicodeError:
            continue
    return _Text(text, mark, codec, digest)
