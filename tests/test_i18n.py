"""refman.i18n: English as it stands, or the user's language where there is one."""

import subprocess
import sys
from pathlib import Path

import pytest

from refman import i18n
from refman.i18n import N_, _, ngettext

PACKAGE = Path(i18n.__file__).parent


def test_english_is_the_source() -> None:
    i18n.install()
    assert (_("Tag"), N_("Tag")) == ("Tag", "Tag")
    assert [ngettext("a paper", "papers", n) for n in (0, 1, 2)] == ["papers", "a paper", "papers"]


def test_a_language_that_is_not_there_is_english() -> None:
    i18n.install("tlh")
    assert _("Tag") == "Tag"


@pytest.mark.parametrize(
    ("language", "environment"), [("xx", "en"), ("", "xx"), ("", "yy:xx")],
    ids=["chosen", "from the system", "the first that is there"],
)  # fmt: skip
def test_a_language_that_is_there(tmp_path: Path, language: str, environment: str) -> None:
    # A catalogue of one text, in the form that msgfmt writes (gettext manual, 11.3).
    catalogue = tmp_path / "resources" / "locale" / "xx" / "LC_MESSAGES" / "refman.mo"
    catalogue.parent.mkdir(parents=True)
    catalogue.write_bytes(_mo({"": "Content-Type: text/plain; charset=UTF-8\n", "Tag": "Märke"}))
    (tmp_path / "refman").mkdir()
    for name in ("__init__.py", "paths.py", "i18n.py"):
        (tmp_path / "refman" / name).write_bytes((PACKAGE / name).read_bytes())
    code = f"from refman import i18n; i18n.install({language!r}); print(ascii(i18n._('Tag')))"
    outcome = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={"LANGUAGE": environment, "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    assert outcome.stdout == "'M\\xe4rke'\n"


def _mo(texts: dict[str, str]) -> bytes:
    pairs = [(a.encode(), b.encode()) for a, b in sorted(texts.items())]
    count, start = len(pairs), 28
    place = start + 16 * count
    tables = [b"", b""]
    strings = b""
    for column in (0, 1):
        for pair in pairs:
            text = pair[column]
            tables[column] += len(text).to_bytes(4, "little") + place.to_bytes(4, "little")
            strings += text + b"\0"
            place += len(text) + 1
    head = (0x950412DE, 0, count, start, start + 8 * count, 0, place)
    return b"".join(n.to_bytes(4, "little") for n in head) + tables[0] + tables[1] + strings
