"""Where a manuscript cites, as its module finds it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A key from `start` to `end`; `form` is how it is written, by names of the module's own.

    A `reference` may as well point to a part of the manuscript itself.
    """

    key: str
    start: int
    end: int
    form: str = ""
    reference: bool = False
