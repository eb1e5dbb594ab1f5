"""Bringing an older library up to date."""

from pathlib import Path


def upgrade(path: Path, *, keep: bool = True) -> None:
    raise NotImplementedError
