"""What a verb did, said once for the window, the command line and the tests."""

from collections.abc import Iterable
from dataclasses import dataclass

STATUSES = ("inbox", "to-read", "reading", "read", "dropped")


@dataclass(frozen=True, slots=True)
class Changes:
    """The outcome of one verb: one transaction, one undo step.

    `label` names the undo step. `entries` are the ids that were touched, new ones included;
    `everything` says that they are too many to name, or not known: show all anew. `count` is
    how many things changed, 0 for nothing. `message` is a sentence for the user.
    """

    label: str
    entries: frozenset[int] = frozenset()
    count: int = 0
    everything: bool = False
    message: str = ""


def papers(count: int) -> str:
    """`1 paper`, `12,408 papers`."""
    return "1 paper" if count == 1 else f"{count:,} papers"


def touched(label: str, ids: Iterable[int], message: str = "") -> Changes:
    """Changes of the entries `ids`."""
    entries = frozenset(ids)
    return Changes(label, entries, len(entries), message=message)
