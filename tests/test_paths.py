"""refman.paths: shipped files are found in a checkout and in an installed package."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from refman import paths

PACKAGE = Path(paths.__file__).parent


def test_a_resource_of_the_checkout() -> None:
    assert paths.resource("icons") == PACKAGE.parent / "resources" / "icons"


def test_a_resource_of_an_installed_package(tmp_path: Path) -> None:
    package = tmp_path / "refman"
    (package / "resources" / "samples").mkdir(parents=True)
    for name in ("__init__.py", "paths.py"):
        shutil.copy(PACKAGE / name, package)
    outcome = subprocess.run(
        [sys.executable, "-c", "from refman import paths; print(paths.resource('samples/a.txt'))"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert outcome.stdout.strip() == str(package / "resources" / "samples" / "a.txt")


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="the XDG variables are Linux's")
def test_the_users_folders_follow_xdg(home: Path) -> None:
    assert [paths.default_library(), paths.settings_file(), paths.log_file()] == [
        home / "data" / "refman" / "library.refman",
        home / "config" / "refman" / "settings.json",
        home / "cache" / "refman" / "log" / "refman.log",
    ]
