"""Differences as `diff -u` shows them."""

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from refman.library.differences import difference

_TEXT = st.lists(st.sampled_from(["a\n", "b\n", "c\n", "}\n", "\n"]), max_size=14).map("".join)


def test_equal_texts_have_none() -> None:
    assert difference("a\nb\n", "a\nb\n", ("x", "y")) == ""


def test_two_places() -> None:
    before = [f"{number}\n" for number in range(30)]
    after = [*before[:10], "new\n", *before[11:], "last\n"]
    assert difference("".join(before), "".join(after), ("old.bib", "new")) == (
        "--- old.bib\n+++ new\n"
        "@@ -8,7 +8,7 @@\n 7\n 8\n 9\n-10\n+new\n 11\n 12\n 13\n"
        "@@ -28,3 +28,4 @@\n 27\n 28\n 29\n+last\n"
    )


@pytest.mark.skipif(not shutil.which("patch"), reason="no program `patch` to be the oracle")
@given(before=_TEXT, after=_TEXT)
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_patch_makes_one_of_the_other(tmp_path: Path, before: str, after: str) -> None:
    told = difference(before, after, ("x", "x"))
    assert bool(told) == (before != after)
    file = tmp_path / "x"
    file.write_text(before, "utf-8")
    if told:
        patch = ["patch", "--silent", "--force", "--fuzz=0", str(file)]
        subprocess.run(patch, input=told.encode(), check=True)
    assert (file.read_text("utf-8") if file.exists() else "") == after
