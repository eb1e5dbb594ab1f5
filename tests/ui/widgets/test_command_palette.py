"""How well what is typed names a command."""

import pytest

from refman.ui.widgets.command_palette import match


@pytest.mark.parametrize(
    ("typed", "name", "score"),
    [
        ("", "Undo", 0),
        ("un", "Undo", 0),
        ("stat read", "Status: To read", 0),
        ("read", "Status: To read", 1),
        ("tus", "Status: To read", 2),
        ("ipf", "Import from file", 3),
        ("xyz", "Import from file", None),
    ],
)
def test_match(typed: str, name: str, score: int | None) -> None:
    assert match(typed, name) == score
