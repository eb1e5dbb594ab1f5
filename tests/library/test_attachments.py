"""Attachments: files stay where they are, addresses are kept as they are."""

import hashlib
from pathlib import Path

import pytest

from refman.errors import ReadError, RefmanError
from refman.library import Attachment, Library
from tests.library.making import add, run_child, state


@pytest.fixture
def paper(library: Library) -> int:
    return add(library, "Sheep")


def test_a_file(library: Library, paper: int, tmp_path: Path) -> None:
    path = tmp_path / "Sheep of the world.pdf"
    path.write_bytes(b"%PDF")
    before = state(library)
    changes = library.attachments.attach(paper, f" {path} ")
    assert (changes.label, changes.entries) == ("Attach file", frozenset([paper]))
    assert library.attachments.of(paper) == [
        Attachment(1, paper, str(path), "", "Sheep of the world.pdf", "application/pdf", True)
    ]
    assert state(library)["attachment"][0][6] == hashlib.sha256(b"%PDF").hexdigest()
    path.unlink()
    assert [each.exists for each in library.attachments.of(paper)] == [False]
    library.history.undo()
    assert state(library) == before
    library.history.redo()
    assert library.attachments.detach(1).entries == {paper}
    assert library.attachments.of(paper) == []
    assert library.attachments.detach(1).count == 0


def test_an_address(library: Library, paper: int) -> None:
    library.attachments.attach(paper, "https://a.org/x?y=z#w", "The page")
    library.attachments.attach(paper, "HTTP://a.org")
    library.attachments.attach(paper, "http://[half")
    assert [
        (each.url, each.title, each.path, each.exists) for each in library.attachments.of(paper)
    ] == [
        ("https://a.org/x?y=z#w", "The page", "", True),
        ("HTTP://a.org", "HTTP://a.org", "", True),
        ("http://[half", "http://[half", "", True),
    ]


@pytest.mark.parametrize(
    ("given", "kind", "sentence"),
    [
        pytest.param("", RefmanError, "Choose a file", id="nothing"),
        pytest.param("missing.pdf", ReadError, "cannot be read", id="missing"),
        pytest.param(".", RefmanError, "Choose a file", id="here"),
        pytest.param("/tmp", ReadError, "is a folder: choose a file in it", id="folder"),
        pytest.param("nul\0.pdf", ReadError, "cannot be read", id="nul"),
        pytest.param("x" * 5000, ReadError, "cannot be read", id="too-long"),
    ],
)
def test_what_cannot_be_attached(
    library: Library, paper: int, given: str, kind: type[Exception], sentence: str
) -> None:
    with pytest.raises(kind, match=sentence):
        library.attachments.attach(paper, given)
    assert library.attachments.of(paper) == []


def test_an_unreadable_file(open_folder: Path) -> None:
    path = open_folder / "closed.pdf"
    path.write_bytes(b"x")
    path.chmod(0)
    done = run_child(
        "from pathlib import Path; from refman.library import Attachments, Library\n"
        "from refman.errors import ReadError\n"
        "def main(folder):\n"
        "    library = Library.open(Path(folder) / 'l.refman', create=True)\n"
        "    try: library.attachments.attach(1, folder + '/closed.pdf')\n"
        "    except ReadError as error: print(error)\n"
        "    library.close()\n",
        str(open_folder),
        unprivileged=True,
    )
    assert done.stdout == (
        f"“{path}” cannot be read (Permission denied): choose another file.\n"
    ), done.stderr
