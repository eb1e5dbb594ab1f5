"""A sequence of formats of which none is imported before one is used."""

from collections.abc import Sequence
from functools import cached_property
from importlib import import_module
from typing import overload

from refman.formats.format import Format


class Registry(Sequence[Format]):
    """The formats of `places`, each a `module:Class` below `refman.formats`, in their order."""

    def __init__(self, *places: str) -> None:
        self._places = places

    @cached_property
    def _formats(self) -> tuple[Format, ...]:
        return tuple(_made(place) for place in self._places)

    @overload
    def __getitem__(self, index: int) -> Format: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Format]: ...
    def __getitem__(self, index: int | slice) -> Format | Sequence[Format]:
        return self._formats[index]

    def __len__(self) -> int:
        return len(self._places)


def _made(place: str) -> Format:
    module, _, name = place.partition(":")
    made = getattr(import_module(f"refman.formats.{module}"), name)()
    assert isinstance(made, Format), place
    return made
