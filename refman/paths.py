"""Where refman's own files lie, and where the user's do (appdirs, so the XDG variables count).

Nothing here creates a folder: who writes a file makes its folder first.
"""

from pathlib import Path

import appdirs

_NAME = "refman"
_PACKAGE = Path(__file__).resolve().parent


def resource(name: str) -> Path:
    """The shipped file or folder `name`, as in `samples/reading-list.txt`; it need not exist.

    An installed refman has `resources` inside the package, a checkout has it beside it.
    """
    inside = _PACKAGE / "resources"
    return (inside if inside.is_dir() else _PACKAGE.parent / "resources") / name


def data_folder() -> Path:
    """The user's folder for libraries."""
    return Path(appdirs.user_data_dir(_NAME, appauthor=False))


def settings_file() -> Path:
    return Path(appdirs.user_config_dir(_NAME, appauthor=False)) / "settings.json"


def recipes_folder() -> Path:
    """Where a user's own recipes for pages lie."""
    return Path(appdirs.user_config_dir(_NAME, appauthor=False)) / "recipes"


def styles_folder() -> Path:
    """Where the citation styles lie that the user added."""
    return data_folder() / "styles"


def log_file() -> Path:
    return Path(appdirs.user_log_dir(_NAME, appauthor=False)) / "refman.log"


def default_library() -> Path:
    """The library that is meant where none is named."""
    return data_folder() / "library.refman"
