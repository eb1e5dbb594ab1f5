"""Files that are written beside their place and moved into it: whole, or not at all."""

import hashlib
import os
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Self

from refman.errors import ReadError
from refman.i18n import _


class Draft:
    """A new file for `path`, in the same folder. As a context it is gone at the end if not moved.

    A link stays one: the file that it leads to is replaced. Raises ReadError.
    """

    def __init__(self, path: Path) -> None:
        self.size = 0  # bytes
        self._digest = hashlib.sha256()
        self._named = path
        try:
            self.path = path.resolve()
            if self.path.is_dir():
                raise IsADirectoryError(21, os.strerror(21))
            handle, name = tempfile.mkstemp(prefix=f".{self.path.name}.", dir=self.path.parent)
        except (OSError, ValueError) as error:  # ValueError: a name that no file can have
            raise cannot_write(path, error) from error
        self._file = os.fdopen(handle, "wb")
        self._temporary: Path | None = Path(name)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._file.close()
        if self._temporary:
            self._temporary.unlink(missing_ok=True)

    def write(self, data: bytes) -> None:
        """Add to the end."""
        try:
            self._file.write(data)
        except OSError as error:
            raise cannot_write(self._named, error) from error
        self._digest.update(data)
        self.size += len(data)

    @property
    def sha256(self) -> str:
        """Of what was written so far."""
        return self._digest.hexdigest()

    def finish(self) -> None:
        """Bring it onto the disk, with the permissions of the file that it is to replace."""
        try:
            self._file.flush()
            os.fsync(self._file.fileno())
            there = os.fstat(self._file.fileno()).st_size
            if there != self.size:
                raise OSError(5, _("{there} of {size} bytes").format(there=there, size=self.size))
            self._file.close()
            assert self._temporary
            if self.path.exists():
                self._temporary.chmod(self.path.stat().st_mode)
            else:
                umask = os.umask(0)
                os.umask(umask)
                self._temporary.chmod(0o666 & ~umask)
        except OSError as error:
            raise cannot_write(self._named, error) from error

    def replace(self) -> None:
        """Move it into its place, after `finish`."""
        assert self._temporary
        try:
            self._temporary.replace(self.path)
        except OSError as error:
            raise cannot_write(self._named, error) from error
        self._temporary = None


def write_atomically(path: Path, content: str | bytes) -> None:
    """Replace the file at `path` by one of `content`, text in UTF-8, in one move.

    Raises ReadError.
    """
    with Draft(path) as draft:
        draft.write(content.encode("utf-8") if isinstance(content, str) else content)
        draft.finish()
        draft.replace()


def cannot_write(path: Path, error: Exception) -> ReadError:
    return ReadError(
        _("“{path}” cannot be written ({reason}): choose another place.").format(
            path=path, reason=getattr(error, "strerror", None) or error
        )
    )
