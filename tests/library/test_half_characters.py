"""Halves of characters: what names of files, keyboards and clipboards may hold, and UTF-8 not.

Whatever is done with them is done, with a replacement character, or told; it is never a bug.
"""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from refman.errors import ReadError, RefmanError, UsageError
from refman.library import ImportOptions, Library, Source
from refman.model.creator import Creator
from refman.model.entry import Entry
from tests.library.making import DAY, add, page, row

HALF = "x\udce9y"
WHOLE = "x\ufffdy"


@pytest.mark.parametrize(
    "verb",
    [
        pytest.param(
            lambda library, _one: library.entries.add(
                Entry(
                    title=HALF,
                    abstract=HALF,
                    creators=(Creator(family=HALF, given=HALF), Creator(literal=HALF)),
                    fields={HALF: HALF},
                    keywords=(HALF,),
                )
            ),
            id="add",
        ),
        pytest.param(lambda library, one: library.entries.edit(one, {"title": HALF}), id="title"),
        pytest.param(lambda library, one: library.entries.edit(one, {HALF: HALF}), id="field"),
        pytest.param(
            lambda library, one: library.entries.edit(one, {"creators": (Creator(literal=HALF),)}),
            id="creators",
        ),
        pytest.param(lambda library, _one: library.entries.find(HALF), id="find"),
        pytest.param(lambda library, one: library.tags.add(HALF, [one]), id="tag"),
        pytest.param(lambda library, one: library.tags.remove(HALF, [one]), id="untag"),
        pytest.param(lambda library, one: library.tags.toggle(HALF, [one]), id="toggle"),
        pytest.param(lambda library, _one: library.tags.names(HALF), id="complete"),
        pytest.param(
            lambda library, one: library.collections.add_to_path(f"{HALF}/{HALF}", [one]),
            id="collection",
        ),
        pytest.param(lambda library, one: library.annotations.add_note(one, HALF), id="note"),
        pytest.param(
            lambda library, one: library.attachments.attach(one, f"https://a.org/{HALF}", HALF),
            id="address",
        ),
        pytest.param(lambda library, _one: library.search.ids(HALF), id="search"),
        pytest.param(
            lambda library, _one: library.importing.run(
                Source(page(row(title="Two Sheep")).replace("Two", HALF), HALF, HALF, DAY),
                ImportOptions(tags=(HALF,), collection=HALF),
            ),
            id="import",
        ),
    ],
)
def test_they_are_replaced(library: Library, verb: Callable[[Library, int], object]) -> None:
    one = add(library, "Sheep")
    verb(library, one)
    library.exporting.text(list(library.search.ids()))
    assert library.check() == []
    while library.history.undo():
        pass
    assert list(library.search.ids()) == []


@pytest.mark.parametrize(
    ("verb", "error"),
    [
        (lambda library, one: library.entries.edit(one, {"citation_key": HALF}), UsageError),
        (lambda library, _one: library.tags.rename(HALF, "new"), UsageError),
        (lambda library, _one: library.tags.delete(HALF), UsageError),
        (lambda library, one: library.reading_list.set_status(HALF, [one]), UsageError),
        (lambda library, one: library.exporting.text([one], HALF), UsageError),
        (lambda library, _one: library.tags.set_colour("known", HALF, 1), RefmanError),
    ],
    ids=["key", "rename", "delete", "status", "format", "colour"],
)
def test_they_are_told(
    library: Library, verb: Callable[[Library, int], object], error: type[RefmanError]
) -> None:
    one = add(library, "Sheep")
    library.tags.add("known", [one])
    with pytest.raises(error) as told:
        verb(library, one)
    str(told.value).encode("utf-8", "surrogateescape")


def test_a_tags_label_is_whole(library: Library) -> None:
    library.tags.add(HALF, [add(library, "Sheep")])
    assert [tag.name for tag in library.tags.list()] == [WHOLE]
    assert library.history.steps()[0].label == f"Tag 1 paper “{WHOLE}”"


def test_a_file_whose_name_is_no_utf_8(library: Library, tmp_path: Path) -> None:
    file = tmp_path / os.fsdecode(b"caf\xe9\n.txt")
    try:
        file.write_text(page(row(title="Sheep")), encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes UTF-8 only")
    report = library.importing.run(Source.from_path(file, DAY))
    assert (report.name, report.added) == ("caf\ufffd\n.txt", 1)
    assert library.history.steps()[0].label == "Import caf\ufffd .txt"
    assert library.importing.run(Source.from_path(file, DAY)).unchanged == 1
    with pytest.raises(ReadError, match="rename the file"):
        library.attachments.attach(library.search.ids()[0], str(file))
