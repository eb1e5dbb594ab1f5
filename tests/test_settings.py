"""refman.settings: kept whole, never lost, never in the way."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refman import settings
from refman.errors import ReadError
from refman.settings import Citing, Importing, Settings, Table, Window

CHANGED = Settings(
    language="de",
    theme="dark",
    text_scale=1.25,
    recent_libraries=("/a/b.refman", "/c d/é.refman"),
    shortcuts={"undo": "Ctrl+U"},
    window=Window("geometry", "state", (200, 700, 300), "tag:red", 7, 9),
    table=Table(("title", "year"), {"title": 300}, "year", False),
    importing=Importing(("new", "ml"), "Thesis/Chapter 2", "to-read", "never"),
    citing=Citing("ieee", "markdown", "pandoc"),
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "a folder" / "settings.json"


def test_without_a_file_there_are_defaults(file: Path) -> None:
    assert settings.load(file) == (Settings(), "")
    assert not file.parent.exists()


@pytest.mark.parametrize("kept", [Settings(), CHANGED], ids=["defaults", "all changed"])
def test_round_trip(file: Path, kept: Settings) -> None:
    settings.save(kept, file)
    assert settings.load(file) == (kept, "")
    assert [path.name for path in file.parent.iterdir()] == ["settings.json"]


def test_the_users_own_file_is_the_default(home: Path) -> None:
    settings.save(CHANGED)
    assert settings.load() == (CHANGED, "")


def test_unknown_keys_stay(file: Path) -> None:
    file.parent.mkdir()
    file.write_text('{"newer": [1], "theme": "light", "window": {"tabs": 3, "paper": 5}}')
    loaded, told = settings.load(file)
    assert (loaded, told) == (Settings(theme="light", window=Window(paper=5)), "")
    settings.save(loaded, file)
    kept = json.loads(file.read_text(encoding="utf-8"))
    assert (kept["newer"], kept["window"]["tabs"]) == ([1], 3)


def test_a_shortcut_that_was_taken_back_goes(file: Path) -> None:
    settings.save(Settings(shortcuts={"undo": "Ctrl+U", "redo": "Ctrl+R"}), file)
    settings.save(Settings(shortcuts={"redo": "Ctrl+R"}), file)
    assert settings.load(file)[0].shortcuts == {"redo": "Ctrl+R"}


@pytest.mark.parametrize("damaged", ["", "{", "[1]", '"text"', "\x00\x01"])
def test_a_damaged_file_is_kept_aside_and_told(file: Path, damaged: str) -> None:
    file.parent.mkdir()
    file.write_text(damaged)
    aside = file.with_name("settings.json.damaged")
    loaded, told = settings.load(file)
    assert loaded == Settings()
    assert str(aside) in told
    assert aside.read_text() == damaged
    assert not file.exists()


def test_bytes_that_are_no_text_are_kept_aside(file: Path) -> None:
    file.parent.mkdir()
    file.write_bytes(b"\xff\xfe\xff")
    assert settings.load(file)[0] == Settings()
    assert file.with_name("settings.json.damaged").read_bytes() == b"\xff\xfe\xff"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('{"theme": 3}', "theme"),
        ('{"text_scale": "big"}', "text_scale"),
        ('{"recent_libraries": [1]}', "recent_libraries"),
        ('{"shortcuts": {"undo": 1}}', "shortcuts"),
        ('{"window": "wide"}', "window"),
        ('{"window": {"panes": ["wide"]}}', "window.panes"),
        ('{"window": {"paper": true}}', "window.paper"),
        ('{"table": {"widths": {"title": "wide"}}}', "table.widths"),
    ],
)
def test_a_value_of_a_wrong_type_is_left_out_and_told(file: Path, text: str, name: str) -> None:
    file.parent.mkdir()
    file.write_text(text)
    loaded, told = settings.load(file)
    assert loaded == Settings()
    assert told.endswith(f": {name}.")


def test_a_whole_number_is_a_scale(file: Path) -> None:
    file.parent.mkdir()
    file.write_text('{"text_scale": 2}')
    assert settings.load(file) == (Settings(text_scale=2.0), "")


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ReadError, match="cannot be written"):
        settings.save(Settings(), tmp_path / "file" / "settings.json")


def test_a_folder_in_place_of_the_file_is_told(tmp_path: Path) -> None:
    loaded, told = settings.load(tmp_path)
    assert loaded == Settings()
    assert "cannot be read" in told


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner)
        | st.dictionaries(
            st.text()
            | st.sampled_from(["theme", "window", "panes", "table", "widths", "shortcuts"]),
            inner,
        )
    ),
)


@given(JSON)
def test_any_json_gives_settings(tmp_path_factory: pytest.TempPathFactory, kept: Any) -> None:
    file = tmp_path_factory.mktemp("settings") / "settings.json"
    file.write_text(json.dumps(kept), encoding="utf-8")
    loaded, _told = settings.load(file)
    settings.save(loaded, file)
    assert settings.load(file) == (loaded, "")
