"""How parts of the window change the library: in the writing thread, one verb at a time."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject

from refman.errors import RefmanError
from refman.library import Changes, Library
from refman.ui.jobs import Jobs

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a verb did nothing, in a sentence."""

    sentence: str


class Edits:
    """The library and the queue of its writes, for every part of the window."""

    def __init__(self, library: Library, jobs: Jobs) -> None:
        self.library = library
        self.jobs = jobs

    @property
    def editable(self) -> bool:
        return not self.library.read_only

    def write(
        self,
        label: str,
        work: Callable[[], Changes],
        done: Callable[[Changes], None] | None = None,
    ) -> None:
        """Run the verb `work`; what it refuses is told by the window."""
        self.jobs.write(label, work, done)

    def attempt(
        self,
        label: str,
        work: Callable[[], T],
        refused: Callable[[str], None],
        done: Callable[[T], None] | None = None,
    ) -> None:
        """Run the verb `work`; what it refuses is told where it was typed, by `refused`."""

        def run() -> T | Refusal:
            try:
                return work()
            except RefmanError as error:
                return Refusal(str(error))

        def end(result: Any) -> None:
            if isinstance(result, Refusal):
                if _alive(refused):
                    refused(result.sentence)
            elif done is not None and _alive(done):
                done(result)

        self.jobs.write(label, run, end)


def _alive(tell: Callable[..., None]) -> bool:
    """Whether the widget that a bound method, alone or in a partial, belongs to still exists."""
    receiver = getattr(getattr(tell, "func", tell), "__self__", None)
    return not isinstance(receiver, QObject) or shiboken6.isValid(receiver)
