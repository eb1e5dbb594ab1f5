"""Exports with a name: what they take, in which order, and files that follow the library."""

import json
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from refman.errors import RefmanError, UsageError
from refman.formats import FORMATS
from refman.library import ExportSettings, Library
from refman.library.export_settings import BIB
from refman.library.storing import load
from refman.progress import Cancelled, Progress
from tests.library.making import abstracts, add, pasted, people, prose, state

ALL = ExportSettings()


@pytest.fixture
def shelf(library: Library) -> Library:
    """Three papers with a title, in the order of their ids b, a, c; and one without."""
    add(library, "Zebras", "Ada Lovelace", "2022-05", citation_key="b", keywords=("farm/wool",))
    add(library, "Goats", "Alan Turing", "2020", citation_key="a", keywords=("farm",))
    add(library, "Sheep", "", "", citation_key="c")
    library.importing.run(pasted(abstracts(prose(1))))
    library.collections.add_to_path("Thesis", [1])
    library.collections.add_to_path("Thesis/Two", [3])
    return library


@pytest.fixture
def bib(tmp_path: Path) -> Path:
    return tmp_path / "refs.bib"


@pytest.fixture
def kept(shelf: Library, bib: Path) -> Library:
    """The shelf, with an export `all` that keeps the file `bib` up to date, and is."""
    shelf.exports.save("all", ALL, bib, kept=True)
    (run,) = shelf.exports.keep_up()
    assert (run.written, run.count, run.rendered, run.left_out, run.error) == (True, 3, 3, 1, "")
    return shelf


def keys_in(text: str) -> str:
    return "".join(line.split("{")[1].rstrip(",") for line in text.splitlines() if "@" in line)


def keys(library: Library, *args: Any, **values: Any) -> str:
    return keys_in(library.exporting.chosen_text(ExportSettings(*args, **values)).text)


def fresh(library: Library, chosen: ExportSettings) -> bytes:
    return library.exporting.chosen_text(chosen).text.encode("utf-8")


# --- which papers, in which order ---------------------------------------------------------


@pytest.mark.parametrize(
    ("which", "value", "wanted"),
    [
        pytest.param("all", "", "abc", id="all"),
        pytest.param("collection", "thesis", "bc", id="a collection with what is in it"),
        pytest.param("collection", "Thesis/Two", "c", id="a collection in another"),
        pytest.param("tag", "farm", "ab", id="a tag with those below"),
        pytest.param("tag", "Farm/Wool", "b", id="a tag below"),
        pytest.param("query", "year:2020-", "ab", id="a query"),
        pytest.param("query", "", "abc", id="an empty query"),
    ],
)
def test_which_papers(shelf: Library, which: str, value: str, wanted: str) -> None:
    assert keys(shelf, which=which, value=value) == wanted


def test_the_trash_stays_at_home(shelf: Library) -> None:
    shelf.entries.trash([2])
    assert keys(shelf) == "bc"


@pytest.mark.parametrize(
    ("order", "up", "down"),
    [
        pytest.param("key", "abc", "cba", id="key"),
        pytest.param("author-year", "bac", "abc", id="authors, none last"),
        pytest.param("title", "acb", "bca", id="title"),
        pytest.param("date", "abc", "bac", id="date, none last"),
    ],
)
def test_orders(shelf: Library, order: str, up: str, down: str) -> None:
    assert keys(shelf, order=order) == up
    assert keys(shelf, order=order, descending=True) == down


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        pytest.param({"format": "papyrus"}, "no format “papyrus”", id="no format"),
        pytest.param({"format": "profile"}, "does not write it", id="a format that is read only"),
        pytest.param({"which": "some"}, "cannot be chosen by “some”", id="no way to choose"),
        pytest.param({"which": "tag"}, "Say which tag", id="no tag said"),
        pytest.param({"which": "tag", "value": "x"}, "There is no tag “x”", id="no such tag"),
        pytest.param(
            {"which": "collection", "value": "x"}, "no collection “x”", id="no such collection"
        ),
        pytest.param({"which": "cited"}, "Say in which .tex", id="no file said"),
        pytest.param({"order": "size"}, "cannot be ordered by “size”", id="no order"),
        pytest.param({"order": "cited"}, "only where the citing files", id="nothing cites"),
        pytest.param({"style": {"months": "x"}}, "“months”", id="no value of a style"),
        pytest.param({"style": {"x": 1}}, "no option “x”", id="no choice of a style"),
        pytest.param(
            {"format": "ris", "style": {"indent": 1}}, "Only BibTeX", id="a style of another format"
        ),
    ],
)
def test_settings_that_cannot_be(shelf: Library, wrong: dict[str, Any], sentence: str) -> None:
    with pytest.raises(UsageError, match=sentence):
        shelf.exporting.chosen_text(ExportSettings(**wrong))
    before = state(shelf)
    with pytest.raises(UsageError, match=sentence):
        shelf.exports.save("x", ExportSettings(**wrong))
    assert state(shelf) == before


def test_settings_there_and_back() -> None:
    chosen = ExportSettings(
        "biblatex", "cited", "", ("/a.tex",), "cited", True, {"omit": ["file"], "indent": 4}
    )
    text = json.dumps(chosen.to_json())
    assert ExportSettings.from_json(text) == chosen
    assert ExportSettings().to_json() == {}
    assert ExportSettings.from_json('{"order": "title", "of a later version": 1}').order == "title"


# --- cited in manuscripts -----------------------------------------------------------------


@pytest.fixture
def tex(tmp_path: Path) -> Path:
    file = tmp_path / "a.tex"
    file.write_text("Text \\cite{c}\nand \\cite{nobody,a}.\n", encoding="utf-8")
    return file


def test_what_is_cited(shelf: Library, tex: Path) -> None:
    chosen = ExportSettings(which="cited", files=(str(tex),))
    export = shelf.exporting.chosen_text(chosen)
    assert (keys_in(export.text), export.unknown) == ("ac", 1)
    assert export.remarks == ("a.tex:2: “nobody” is cited, but no paper has this key.",)
    assert keys(shelf, which="cited", files=(str(tex),), order="cited") == "ca"
    (tex.parent / "b.md").write_text("See [@b].", encoding="utf-8")
    assert keys(shelf, which="cited", files=(str(tex.parent),)) == "abc"
    tex.write_text("\\nocite{*}", encoding="utf-8")
    assert keys(shelf, which="cited", files=(str(tex),)) == "abc"


def test_cited_by_another_key(shelf: Library, tex: Path) -> None:
    shelf.entries.edit(3, {"citation_key": "new"})
    shelf.entries.trash([2])
    chosen = ExportSettings(which="cited", files=(str(tex),))
    assert shelf.exporting.chosen_text(chosen).remarks == (
        "a.tex:1: “c” is cited, but the key of its paper is “new”.",
        "a.tex:2: “nobody” is cited, but no paper has this key.",
        "a.tex:2: “a” is cited, but its paper is in the trash.",
    )
    in_biblatex = ExportSettings("biblatex", "cited", "", (str(tex),))
    export = shelf.exporting.chosen_text(in_biblatex)
    assert "  ids = {c},\n" in export.text
    assert len(export.remarks) == 2


def test_a_manuscript_that_is_gone_empties_no_file(shelf: Library, tex: Path, bib: Path) -> None:
    shelf.exports.save("x", ExportSettings(which="cited", files=(str(tex),)), bib, kept=True)
    shelf.exports.keep_up()
    before = bib.read_bytes()
    tex.rename(tex.with_name("b.tex"))
    (run,) = shelf.exports.keep_up()
    assert "a.tex" in run.error
    assert (bib.read_bytes(), shelf.exports.get("x").status) == (before, "error")
    tex.with_name("b.tex").rename(tex)
    (run,) = shelf.exports.keep_up()
    assert (run.error, run.rendered, shelf.exports.get("x").status) == ("", 0, "current")


# --- what BibTeX needs --------------------------------------------------------------------


def test_parents_come_along_and_last(shelf: Library) -> None:
    shelf.entries.edit(2, {"crossref": "b"})
    assert keys(shelf) == "acb"
    assert keys(shelf, which="query", value="goats") == "ab"
    assert keys(shelf, "biblatex") == "abc"
    assert keys(shelf, "biblatex", which="query", value="goats") == "ab"
    assert keys(shelf, "biblatex", which="query", value="goats", order="date") == "ab"


def test_keys_that_differ_by_case_beyond_ascii(library: Library, bib: Path) -> None:
    """For SQLite they are two, for who reads the file one."""
    for key in ("é", "É"):
        add(library, "Sheep", citation_key=key)
    library.exports.save("x", ALL, bib, kept=True)
    for verb in (lambda: None, lambda: library.entries.trash([1]), library.history.undo):
        verb()
        library.exports.keep_up()
        with library.database.read() as connection:
            entries = load(connection, library.search.ids(), tex=True)
        ordered = sorted(
            entries.values(), key=lambda e: (e.citation_key.casefold(), e.citation_key)
        )
        assert bib.read_text("utf-8") == written_by("bibtex", ordered)
        assert bib.read_bytes() == fresh(library, ALL)


def written_by(name: str, entries: Any) -> str:
    (format_,) = (each for each in FORMATS if each.name == name)
    return "".join(format_.write(entries, {}))


@pytest.mark.parametrize("name", ["bibtex", "ris", "csl-json", "csv", "endnote"])
@pytest.mark.parametrize("count", [0, 1, 3])
def test_each_for_itself_is_all_together(shelf: Library, name: str, count: int) -> None:
    with shelf.database.read() as connection:
        entries = load(connection, [1, 2, 3], tex=True)
    ids = [2, 1, 3][:count]
    assert shelf.exporting.text(ids, name).text == written_by(name, [entries[i] for i in ids])


def test_notes_and_other_keys(shelf: Library) -> None:
    shelf.annotations.add_note(1, "Read *this*.")
    shelf.entries.edit(1, {"abstract": "Zebras are striped."})
    shelf.annotations.highlight(1, 0, 6, "yellow")
    shelf.citation_keys.give_out([1])
    shelf.entries.edit(1, {"citation_key": "zebra"})
    chosen = ExportSettings("biblatex", "tag", "farm/wool", style={"notes": "annote"})
    text = shelf.exporting.chosen_text(chosen).text
    assert "annotation = {Read *this*." in text
    assert "“Zebras”" in text
    assert "  ids = {b},\n" in text
    assert "annotation" not in shelf.exporting.text([1]).text


# --- the list ------------------------------------------------------------------------------


def test_saving_changing_renaming_deleting(shelf: Library, bib: Path) -> None:
    exports = shelf.exports
    changes = exports.save(" My  thesis ", ExportSettings(which="collection", value="thesis"))
    assert (changes.label, changes.count) == ("Save export “My thesis”", 1)
    (info,) = exports.list()
    assert (info.name, info.settings.value, info.status) == ("My thesis", "Thesis", "manual")
    assert (info.count, info.written, info.path, info.kept) == (2, "", "", False)
    assert exports.save("MY THESIS", info.settings).count == 1  # the name in another case
    assert exports.save("MY THESIS", info.settings).count == 0
    exports.save("other", ALL, bib)
    with pytest.raises(UsageError, match="There is an export “other” already"):
        exports.rename("my thesis", "Other")
    assert exports.rename("my thesis", "Thesis").label == "Rename export to “Thesis”"
    assert exports.rename("Thesis", "Thesis").count == 0
    assert [each.name for each in exports.list()] == ["other", "Thesis"]
    exports.delete("thesis")
    with pytest.raises(UsageError, match="There is no export “thesis”"):
        exports.delete("thesis")
    shelf.history.undo()
    assert exports.get("thesis").settings.value == "Thesis"


@pytest.mark.parametrize(
    ("name", "path", "following", "sentence"),
    [
        pytest.param(" ", "", False, "needs a name", id="no name"),
        pytest.param("x", "", True, "Say which file", id="no file"),
        pytest.param("x", ".", True, "is a folder", id="a folder"),
        pytest.param("x", "library.refman", True, "is the library itself", id="the library"),
        pytest.param("x", "refs.bib", True, "“all” keeps", id="another's file"),
        pytest.param("x", "refs.bib", False, "“all” keeps", id="another's file, not kept"),
        pytest.param("x", "a\0b", False, "No file can have", id="no name of a file"),
    ],
)
def test_what_cannot_be_saved(
    kept: Library, name: str, path: str, following: bool, sentence: str
) -> None:
    before = state(kept)
    where = kept.path.parent / path if path else ""
    with pytest.raises(UsageError, match=sentence):
        kept.exports.save(name, ALL, where, kept=following)
    assert state(kept) == before


def test_names_are_followed(shelf: Library) -> None:
    exports = shelf.exports
    exports.save("c", ExportSettings(which="collection", value="Thesis"))
    exports.save("t", ExportSettings(which="tag", value="farm"))
    exports.save("w", ExportSettings(which="tag", value="farm/wool"))
    shelf.collections.rename(shelf.collections.find("Thesis") or 0, "PhD")
    shelf.tags.rename("farm", "stable")
    shelf.tags.rename("farm/wool", "stable")
    assert [each.settings.value for each in exports.list()] == ["PhD", "stable", "stable"]
    assert [each.count for each in exports.list()] == [2, 2, 2]
    shelf.tags.delete("stable")
    shelf.collections.delete(shelf.collections.find("PhD") or 0)
    assert [each.count for each in exports.list()] == [None, None, None]
    assert exports.get("t").status == "error"
    assert exports.get("t").error == "There is no tag “farm” any more: choose other papers."
    shelf.history.undo()
    shelf.history.undo()
    assert [each.count for each in exports.list()] == [2, 2, 2]


def test_a_preview(shelf: Library) -> None:
    assert keys_in(shelf.exports.preview(ALL, 2)) == "ab"
    assert shelf.exporting.chosen_text(ALL).text.startswith(shelf.exports.preview(ALL, 1))


# --- following ----------------------------------------------------------------------------


def test_nothing_is_done_where_nothing_is_to_be_done(kept: Library, bib: Path) -> None:
    before, version = bib.stat(), kept.database.data_version()
    (run,) = kept.exports.keep_up()
    assert (run.written, run.rendered, run.count) == (False, 0, 3)
    assert (bib.stat(), kept.database.data_version()) == (before, version)
    assert kept.exports.get("all").status == "current"
    assert kept.exports.get("all").written


_CHANGES: list[Any] = [
    pytest.param(lambda it: it.entries.edit(1, {"title": "New"}), 1, 1, id="a title"),
    pytest.param(lambda it: it.entries.edit(1, {"note": "x"}), 1, 1, id="a field"),
    pytest.param(lambda it: it.entries.edit(1, {"citation_key": "d"}), 1, 1, id="a key"),
    pytest.param(lambda it: it.entries.edit(1, {"creators": people("Al Gore")}), 1, 1, id="names"),
    pytest.param(lambda it: it.tags.add("new", [1, 2]), 2, 2, id="a tag"),
    pytest.param(lambda it: it.tags.rename("farm", "stable"), 1, 1, id="the name of a tag"),
    pytest.param(lambda it: it.tags.delete("farm"), 1, 1, id="no tag"),
    pytest.param(lambda it: it.annotations.add_note(3, "x"), 1, 1, id="a note"),
    pytest.param(lambda it: it.entries.trash([1]), 0, 1, id="into the trash"),
    pytest.param(lambda it: add(it, "More", citation_key="d"), 1, 0, id="a new paper"),
    pytest.param(lambda it: it.entries.merge(1, [2]), 1, 2, id="two become one"),
    pytest.param(lambda it: it.entries.rate([1], 5), 0, 0, id="stars"),
    pytest.param(lambda it: it.reading_list.set_status("read", [1]), 0, 0, id="a status"),
    pytest.param(lambda it: it.collections.add_to_path("Thesis", [2]), 0, 0, id="a collection"),
    pytest.param(lambda it: it.entries.edit(4, {"abstract": "x"}), 0, 0, id="no title"),
]


@pytest.mark.parametrize(("change", "rendered", "undone"), _CHANGES)
@pytest.mark.parametrize("format_", ["bibtex", "biblatex", "csl-json"])
def test_only_what_changed_is_rendered(
    kept: Library,
    bib: Path,
    format_: str,
    change: Callable[[Library], object],
    rendered: int,
    undone: int,
) -> None:
    chosen = ExportSettings(format_, style={} if format_ == "csl-json" else {"notes": "annote"})
    kept.exports.save("all", chosen, bib, kept=True)
    kept.exports.keep_up()
    for verb, count in (
        (lambda: change(kept), rendered),
        (kept.history.undo, undone),
        (kept.history.redo, rendered),
    ):
        verb()
        (run,) = kept.exports.keep_up()
        assert run.rendered == count
        assert bib.read_bytes() == fresh(kept, chosen)


@pytest.mark.parametrize(
    ("change", "rendered"),
    [
        pytest.param(lambda it: it.entries.rate([5, 6], 5), 1, id="stars"),
        pytest.param(lambda it: it.reading_list.set_status("read", [5, 6]), 1, id="a status"),
        pytest.param(lambda it: it.collections.add_to_path("New", [5, 6]), 1, id="a collection"),
        pytest.param(
            lambda it: it.collections.rename(it.collections.find("Farm"), "Barn"), 1, id="a name"
        ),
        pytest.param(lambda it: it.attachments.attach(5, "https://a.org/5"), 1, id="a file"),
        pytest.param(lambda it: it.attachments.attach(6, "https://a.org/6"), 0, id="no file field"),
        pytest.param(lambda it: it.entries.merge(5, [1]), None, id="two become one"),
    ],
)
@pytest.mark.parametrize("format_", ["bibtex", "biblatex", "ris", "csv"])
def test_what_came_in_a_field_of_its_own_is_followed(
    kept: Library,
    bib: Path,
    format_: str,
    change: Callable[[Library], object],
    rendered: int | None,
) -> None:
    """Of the two papers only one came with what the reader of the file said of it."""
    came = """@misc{d, title = {Cows}, readstatus = {skimmed}, ranking = {rank3}, groups = {Farm},
      file = {:/papers/d.pdf:PDF} }
    @misc{e, title = {Hens}}"""
    kept.importing.run(pasted(came, "came.bib"))
    kept.collections.add_to_path("Farm", [6])
    kept.attachments.attach(1, "https://a.org/1")
    chosen = ExportSettings(format_)
    kept.exports.save("all", chosen, bib, kept=True)
    kept.exports.keep_up()
    for verb in (lambda: change(kept), kept.history.undo, kept.history.redo):
        verb()
        (run,) = kept.exports.keep_up()
        if rendered is not None and format_ in BIB:
            assert run.rendered == rendered
        elif rendered is not None:
            assert not run.written
        assert bib.read_bytes() == fresh(kept, chosen)


def test_an_id_that_is_used_again(kept: Library, bib: Path) -> None:
    add(kept, "Old", citation_key="old")
    kept.exports.keep_up()
    kept.entries.trash([5])
    kept.entries.empty_trash()
    assert add(kept, "New", citation_key="new") == 5
    kept.exports.keep_up()
    assert keys_in(bib.read_text("utf-8")) == "abcnew"


def test_other_settings(kept: Library, bib: Path) -> None:
    turned = ExportSettings(order="title", descending=True)
    kept.exports.save("all", turned, bib, kept=True)
    assert kept.exports.get("all").status == "waiting"
    (run,) = kept.exports.keep_up()
    assert (run.rendered, bib.read_bytes()) == (0, fresh(kept, turned))
    other = ExportSettings(style={"indent": 4})
    kept.exports.save("all", other, bib, kept=True)
    (run,) = kept.exports.keep_up()
    assert (run.rendered, bib.read_bytes()) == (3, fresh(kept, other))


def test_another_version_renders_anew(kept: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("refman.library.rendering.__version__", "another")
    (run,) = kept.exports.keep_up()
    assert (run.rendered, run.written) == (3, False)


def test_changes_while_it_was_not_kept(kept: Library, bib: Path) -> None:
    kept.exports.save("all", ALL, bib)
    kept.entries.edit(1, {"title": "New"})
    assert kept.exports.keep_up() == []
    kept.exports.save("all", ALL, bib, kept=True)
    kept.exports.keep_up()
    assert bib.read_bytes() == fresh(kept, ALL)
    kept.history.undo()
    kept.history.undo()
    kept.history.undo()
    kept.exports.keep_up()
    assert bib.read_bytes() == fresh(kept, ALL)


def test_deleted_and_undone(kept: Library, bib: Path) -> None:
    kept.exports.delete("all")
    assert kept.exports.keep_up() == []
    kept.history.undo()
    (run,) = kept.exports.keep_up()
    assert (run.written, run.error, run.edited) == (False, "", False)  # its bytes are ours
    kept.entries.edit(1, {"title": "New"})
    (run,) = kept.exports.keep_up()
    assert (run.rendered, bib.read_bytes()) == (1, fresh(kept, ALL))


def test_a_file_that_was_deleted_comes_back(kept: Library, bib: Path) -> None:
    bib.unlink()
    assert kept.exports.get("all").status == "waiting"
    (run,) = kept.exports.keep_up()
    assert (run.written, bib.read_bytes()) == (True, fresh(kept, ALL))


def test_a_file_that_was_touched_is_ours(kept: Library, bib: Path) -> None:
    data = bib.read_bytes()
    bib.unlink()
    bib.write_bytes(data)
    kept.entries.edit(1, {"title": "New"})
    (run,) = kept.exports.keep_up()
    assert (run.rendered, run.edited, bib.read_bytes()) == (1, False, fresh(kept, ALL))


def test_a_place_that_is_gone(kept: Library, bib: Path) -> None:
    folder = bib.parent / "stick"
    folder.mkdir()
    kept.exports.save("all", ALL, folder / "refs.bib", kept=True)
    kept.exports.keep_up()
    shutil.rmtree(folder)
    (run,) = kept.exports.keep_up()
    assert "cannot be written" in run.error
    version = kept.database.data_version()
    assert kept.exports.keep_up() == [run]
    assert kept.database.data_version() == version  # what is known is not noted again
    info = kept.exports.get("all")
    assert (info.status, info.error) == ("error", run.error)
    folder.mkdir()
    (run,) = kept.exports.keep_up()
    assert (run.written, kept.exports.get("all").status) == (True, "current")


def test_stopping_leaves_all_as_it_was(kept: Library, bib: Path) -> None:
    before = bib.read_bytes()
    kept.tags.add("new", [1, 2, 3])
    stopped = Progress()
    stopped.cancel()
    with pytest.raises(Cancelled):
        kept.exports.keep_up(stopped)
    assert bib.read_bytes() == before
    assert [each.name for each in bib.parent.glob(".*")] == []
    kept.exports.keep_up()
    assert bib.read_bytes() == fresh(kept, ALL)


def test_one_bad_export_does_not_stop_the_others(kept: Library, bib: Path) -> None:
    kept.exports.save("a bad one", ALL, bib.parent / "no" / "x.bib", kept=True)
    kept.entries.edit(1, {"title": "New"})
    runs = kept.exports.keep_up()
    assert [(run.name, bool(run.error), run.written) for run in runs] == [
        ("a bad one", True, False),
        ("all", False, True),
    ]


def test_two_programs(kept: Library, bib: Path) -> None:
    other = Library.open(kept.path)
    other.entries.edit(1, {"title": "By the other"})
    (run,) = kept.exports.keep_up()
    assert (run.rendered, bib.read_bytes()) == (1, fresh(kept, ALL))
    (run,) = other.exports.keep_up()
    assert (run.written, run.rendered) == (False, 0)
    other.close()


@pytest.mark.parametrize("moment", ["replace", "noted"])
def test_a_crash_in_between(
    kept: Library, bib: Path, moment: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before the file is moved, and after it is moved and before that is noted."""
    kept.entries.edit(1, {"title": "New"})

    class Crash(Exception):
        pass

    def crash(*_args: object, **values: object) -> None:
        raise Crash

    with monkeypatch.context() as patch:
        if moment == "replace":
            patch.setattr("refman.library.drafts.Draft.replace", crash)
        else:
            patch.setattr("refman.library.following.not_stale", crash)
        with pytest.raises(Crash):
            kept.exports.keep_up()
    kept.entries.edit(2, {"title": "Newer"})
    (run,) = kept.exports.keep_up()
    assert (run.edited, run.error, bib.read_bytes()) == (False, "", fresh(kept, ALL))


def test_what_cannot_be_read_again_replaces_nothing(
    kept: Library, bib: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = bib.read_bytes()
    kept.entries.edit(1, {"title": "New"})
    monkeypatch.setattr("refman.library.rendering.render", lambda *_args: "@misc{b,\n  x = {\n}\n")
    (run,) = kept.exports.keep_up()
    assert "could not be read again" in run.error
    assert bib.read_bytes() == before


# --- edited by somebody else --------------------------------------------------------------


@pytest.fixture
def edited(kept: Library, bib: Path) -> Library:
    """Somebody changed a line of the file, and then a paper was changed."""
    bib.write_text(bib.read_text("utf-8").replace("Goats", "GOATS"), "utf-8")
    kept.entries.edit(1, {"title": "New"})
    return kept


def test_an_edit_shows_at_once_and_is_lost_by_no_export(edited: Library, bib: Path) -> None:
    theirs = bib.read_bytes()
    info = edited.exports.get("all")
    assert (info.status, "was edited by another" in info.error) == ("edited", True)
    link = bib.with_name("link.bib")
    link.symlink_to(bib)
    for path in (bib, link):
        for verb in (
            lambda path=path: edited.exporting.to_file([1], path),
            lambda path=path: edited.exporting.chosen_to_file(ALL, path),
        ):
            with pytest.raises(UsageError, match="“all” and was edited"):
                verb()
        assert edited.exports.run("all", path).edited
    assert (bib.read_bytes(), link.is_symlink()) == (theirs, True)


def test_a_file_that_another_export_took_over(shelf: Library, bib: Path) -> None:
    shelf.exports.save("by hand", ExportSettings("ris"), bib)
    shelf.exports.save("all", ALL, bib, kept=True)
    shelf.exports.keep_up()
    assert "by the export “all”" in shelf.exports.run("by hand").error
    assert bib.read_bytes() == fresh(shelf, ALL)


def test_own_short_names_turn_short_names_on(shelf: Library) -> None:
    style_of = shelf.exports.style_of
    names = {"Full Name": "F. N."}
    assert style_of(["abbreviations=Full Name: F. N."]) == {
        "abbreviations": names, "abbreviate": True,
    }  # fmt: skip
    assert style_of(["abbreviate=no", "abbreviations=Full Name:F. N."])["abbreviate"] is False


def test_what_others_edited_is_left_alone(edited: Library, bib: Path) -> None:
    theirs = bib.read_bytes()
    for _ in range(2):
        (run,) = edited.exports.keep_up()
        assert (run.edited, run.written) == (True, False)
        assert "was edited by another program" in run.error
    assert edited.exports.run("all").edited
    assert bib.read_bytes() == theirs
    info = edited.exports.get("all")
    assert (info.status, info.error) == ("edited", run.error)
    differing = edited.exports.difference("all").splitlines()
    assert [line for line in differing if line[0] in "-+"] == [
        f"--- {bib}",
        "+++ all, as refman writes it",
        "-  title = {GOATS},",
        "+  title = {Goats},",
        "-  title = {Zebras},",
        "+  title = {New},",
    ]


def test_they_take_it_back(edited: Library, bib: Path) -> None:
    edited.exports.keep_up()
    bib.write_text(bib.read_text("utf-8").replace("GOATS", "Goats"), "utf-8")
    (run,) = edited.exports.keep_up()
    assert (run.edited, run.rendered, bib.read_bytes()) == (False, 1, fresh(edited, ALL))
    assert edited.exports.get("all").status == "current"


def test_ours_is_kept(edited: Library, bib: Path) -> None:
    theirs = bib.read_bytes()
    edited.exports.keep_up()
    run = edited.exports.resolve("all", "ours")
    assert (run.error, run.written, bib.read_bytes()) == ("", True, fresh(edited, ALL))
    (aside,) = bib.parent.glob("refs.theirs-*.bib")
    assert aside.read_bytes() == theirs
    assert edited.exports.get("all").status == "current"


def test_theirs_is_kept(edited: Library, bib: Path) -> None:
    theirs = bib.read_bytes()
    edited.exports.keep_up()
    edited.exports.resolve("all", "theirs")
    assert edited.exports.keep_up() == []
    info = edited.exports.get("all")
    assert (bib.read_bytes(), info.status, info.path) == (theirs, "manual", "")
    assert edited.history.undo_label == "Stop keeping export “all” up to date"
    edited.history.undo()
    (run,) = edited.exports.keep_up()
    assert (run.edited, bib.read_bytes()) == (True, theirs)


def test_both_are_kept(edited: Library, bib: Path) -> None:
    theirs = bib.read_bytes()
    (bib.parent / "refs.refman.bib").write_text("taken", "utf-8")
    edited.exports.keep_up()
    run = edited.exports.resolve("all", "both")
    own = bib.parent / "refs.refman-2.bib"
    assert (run.path, run.written, own.read_bytes()) == (str(own), True, fresh(edited, ALL))
    assert bib.read_bytes() == theirs


def test_a_file_that_refman_never_wrote(shelf: Library, bib: Path) -> None:
    bib.write_text("% mine\n", "utf-8")
    shelf.exports.save("all", ALL, bib, kept=True)
    (run,) = shelf.exports.keep_up()
    assert (run.edited, bib.read_text("utf-8")) == (True, "% mine\n")
    run = shelf.exports.run("all")  # asked for by name
    assert (run.written, bib.read_bytes()) == (True, fresh(shelf, ALL))


def test_a_read_only_library(kept: Library, bib: Path, tmp_path: Path) -> None:
    reader = Library.open(kept.path, read_only=True)
    assert reader.exports.keep_up() == []
    run = reader.exports.run("all", tmp_path / "other.bib")
    assert (run.written, run.count, run.path) == (True, 3, str(tmp_path / "other.bib"))
    assert (tmp_path / "other.bib").read_bytes() == bib.read_bytes()
    reader.close()


# --- random verbs -------------------------------------------------------------------------

_IDS = st.lists(st.integers(1, 6), max_size=3)
_ONE = st.integers(1, 6)
_TAGS = st.sampled_from(["farm", "Farm", "farm/wool", "to do"])
_FIELDS = st.dictionaries(
    st.sampled_from(["title", "date", "note", "citation_key", "crossref"]),
    st.sampled_from(["", "x", "2022", "one", "ONE", "é", "É", "two"]),
    max_size=2,
)
_KEPT = {
    "all.bib": ExportSettings("biblatex", style={"notes": "annote"}),
    "tag.bib": ExportSettings(which="query", value="tag:farm", order="title", descending=True),
    "all.json": ExportSettings("csl-json", order="added"),
    "all.csv": ExportSettings("csv"),
}


class Following(RuleBasedStateMachine):
    """A library whose exports are brought up to date after any number of verbs."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="refman-test-"))
        self.library = Library.open(self.folder / "library.refman", create=True)
        for name, chosen in _KEPT.items():
            self.library.exports.save(name, chosen, self.folder / name, kept=True)

    def do(self, verb: Callable[[], object]) -> None:
        with suppress(RefmanError):
            verb()

    @initialize()
    def begin(self) -> None:
        for title in ("Sheep", "Goats", ""):
            add(self.library, title, "Ada Lovelace", "2022", keywords=("farm",))

    @rule()
    def keep_up(self) -> None:
        before = {name: self.bytes_of(name) for name in _KEPT}
        runs = {run.name: run for run in self.library.exports.keep_up()}
        for name, chosen in _KEPT.items():
            assert runs[name].error == ""
            assert self.bytes_of(name) == fresh(self.library, chosen), name
            assert runs[name].written == (self.bytes_of(name) != before[name])
        again = self.library.exports.keep_up()
        assert [(run.written, run.rendered) for run in again] == [(False, 0)] * len(_KEPT)

    def bytes_of(self, name: str) -> bytes | None:
        file = self.folder / name
        return file.read_bytes() if file.exists() else None

    @rule(title=st.sampled_from(["Sheep", "Cows", ""]), key=st.sampled_from(["", "one", "é"]))
    def add(self, title: str, key: str) -> None:
        self.do(lambda: add(self.library, title, "Al Gore", citation_key=key, keywords=("farm",)))

    @rule(paper=_ONE, values=_FIELDS)
    def edit(self, paper: int, values: dict[str, str]) -> None:
        self.do(lambda: self.library.entries.edit(paper, values))

    @rule(name=_TAGS, ids=_IDS)
    def tag(self, name: str, ids: list[int]) -> None:
        self.do(lambda: self.library.tags.toggle(name, ids))

    @rule(old=_TAGS, new=_TAGS)
    def rename_tag(self, old: str, new: str) -> None:
        self.do(lambda: self.library.tags.rename(old, new))

    @rule(name=_TAGS)
    def delete_tag(self, name: str) -> None:
        self.do(lambda: self.library.tags.delete(name))

    @rule(paper=_ONE, text=st.sampled_from(["A note", "Another"]))
    def note(self, paper: int, text: str) -> None:
        self.do(lambda: self.library.annotations.add_note(paper, text))

    @rule(note=st.integers(1, 3), gone=st.booleans())
    def change_note(self, note: int, gone: bool) -> None:
        notes = self.library.annotations
        self.do(lambda: notes.delete(note) if gone else notes.edit(note, comment="Changed"))

    @rule(ids=_IDS, back=st.booleans())
    def trash(self, ids: list[int], back: bool) -> None:
        entries = self.library.entries
        self.do(lambda: entries.restore(ids) if back else entries.trash(ids))

    @rule()
    def empty_trash(self) -> None:
        self.do(self.library.entries.empty_trash)

    @rule(paper=_ONE, others=_IDS)
    def merge(self, paper: int, others: list[int]) -> None:
        self.do(lambda: self.library.entries.merge(paper, others))

    @rule(ids=_IDS)
    def give_out(self, ids: list[int]) -> None:
        self.library.citation_keys.give_out(ids)

    @rule(back=st.integers(1, 3), forth=st.integers(0, 3))
    def undo_and_redo(self, back: int, forth: int) -> None:
        for _ in range(back):
            if self.library.history.undo_label and "export" not in self.library.history.undo_label:
                self.library.history.undo()
        for _ in range(forth):
            self.library.history.redo()

    @rule()
    def open_again(self) -> None:
        self.library.close()
        self.library = Library.open(self.folder / "library.refman")

    def teardown(self) -> None:
        try:
            self.keep_up()
            assert self.library.check() == []
        finally:
            self.library.close()
            shutil.rmtree(self.folder)


TestFollowing = Following.TestCase
TestFollowing.settings = settings(
    max_examples=25,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
