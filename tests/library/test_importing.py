"""Importing: every row accounted for, twice is once, stopped is never begun."""

import json
import os
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from zlib import crc32

import pytest

from refman.db.database import Database
from refman.errors import ReadError, RefmanError, UsageError
from refman.formats.format import Header
from refman.library import Changes, Importing, ImportOptions, Library, Report, Source, planning
from refman.library.rows import PIECE
from refman.progress import Cancelled, Progress
from tests.library.making import (
    DAY,
    abstracts,
    add,
    differing,
    entry,
    page,
    papers,
    pasted,
    prose,
    put,
    row,
    run_child,
    sightings,
    sizes,
    state,
)

SHEEP = row()
GOATS = row("Counting Goats at Night", "Alan Turing, Grace Hopper", meta="88.5AIJun 2, 2023Code")
COWS = row("Why Cows Do Not Count", "Barbara Liskov, Alan Turing", meta="LGJul 3, 2021")
BAD = "LGMay 1, 2020\n"  # a row of which nothing but the meta line is there


def counts(report: Report) -> dict[str, int]:
    names = ("found", "added", "merged", "unchanged", "skipped", "failed")
    return {name: value for name in names if (value := getattr(report, name))}


# --- the account ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(page(SHEEP), {"found": 1, "added": 1}, id="one-row"),
        pytest.param(page(SHEEP, GOATS, COWS), {"found": 3, "added": 3}, id="three-rows"),
        pytest.param(page(SHEEP, SHEEP), {"found": 2, "added": 1, "merged": 1}, id="twice-a-row"),
        pytest.param(page(SHEEP, BAD), {"found": 2, "added": 1, "failed": 1}, id="bad-row-at-end"),
        pytest.param(
            page(BAD, SHEEP, BAD, GOATS),
            {"found": 4, "added": 2, "failed": 2},
            id="bad-rows-between",
        ),
        pytest.param(
            abstracts(prose(1), prose(2), prose(1)),
            {"found": 3, "added": 2, "merged": 1},
            id="abstracts",
        ),
        pytest.param(page(SHEEP)[:-200], {"found": 1, "added": 1}, id="truncated-page"),
        pytest.param(
            "LGMay 16, 2022\nA Title Alone\n" + SHEEP, {"found": 2, "added": 2}, id="title-alone"
        ),
    ],
)
def test_every_row_is_accounted_for(library: Library, text: str, expected: dict[str, int]) -> None:
    report = library.importing.run(pasted(text))
    assert counts(report) == expected
    assert report.found == (
        report.added + report.merged + report.unchanged + report.skipped + report.failed
    )
    stored = library.listings.rows(report.listing_id or 0)
    assert len(stored) == report.found
    assert library.listings.list()[0].counts == {
        name: count for name, count in expected.items() if name != "found"
    }
    assert library.search.counts().all == report.added
    assert library.database.check() == []


def test_a_bad_row_says_where_and_why(library: Library) -> None:
    report = library.importing.run(pasted(page(SHEEP, BAD)))
    (problem,) = [p for p in report.problems if p.failed]
    (failed,) = [r for r in library.listings.rows(report.listing_id or 0) if r.outcome == "failed"]
    assert (failed.line, failed.raw_text, failed.reasons, failed.entry_id) == (
        problem.line,
        problem.text,
        (problem.message,),
        None,
    )
    assert report.sentence() == "2 found: 1 added, 1 failed, 1 to look at"


def test_what_an_import_makes_of_a_row(library: Library) -> None:
    (found,) = put(library, GOATS)
    details = library.entries.get(found)
    assert details.entry == entry(
        "Counting Goats at Night",
        "Alan Turing, Grace Hopper",
        "2023-06-02",
        prose(crc32(b"Counting Goats at Night")),
        citation_key="turing2023counting",
    )
    assert (details.category, details.code, details.score) == ("cs.AI", True, 88.5)
    assert (details.status, details.rating, details.attention) == ("inbox", 0, ())
    assert not details.edited


# --- again ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "again",
    [
        pytest.param(lambda s: s, id="the-same"),
        pytest.param(lambda s: replace(s, name="other.txt", path="/elsewhere"), id="another-name"),
        pytest.param(lambda s: replace(s, as_of=date(2027, 1, 1)), id="another-day"),
    ],
)
def test_importing_again_writes_nothing(
    library: Library, again: Callable[[Source], Source]
) -> None:
    source = pasted(page(SHEEP, GOATS, BAD, SHEEP))
    library.importing.run(source)
    put(library, COWS, name="other page.txt")
    before, label = sizes(library), library.history.undo_label
    everything = state(library)
    report = library.importing.run(again(source))
    assert counts(report) == {"found": 4, "unchanged": 3, "failed": 1}
    assert report.changes.count == 0
    assert sizes(library) == before
    assert state(library) == everything
    assert library.history.undo_label == label == "Import other page.txt"
    assert report.sentence() == "4 found: 3 unchanged, 1 failed, 1 to look at"


def test_importing_again_says_so(library: Library) -> None:
    library.importing.run(pasted(page(SHEEP, GOATS)))
    report = library.importing.run(pasted(page(SHEEP, GOATS)))
    assert report.sentence() == "2 found: 2 unchanged"
    assert report.changes.message == report.sentence()
    assert [r.matched_by for r in report.records] == [
        ("This row of this page is in the library.",)
    ] * 2


def test_importing_pasted_text_without_a_name_again_is_named_alike(library: Library) -> None:
    first = library.importing.run(pasted(page(SHEEP), name=""))
    again = library.importing.run(pasted(page(SHEEP), name=""))
    assert first.changes.label == again.changes.label == "Import Author profile page"


def test_a_changed_page_of_the_same_file(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_text(page(SHEEP, GOATS))
    library.importing.run(Source.from_path(path, DAY))
    path.write_text(page(COWS, SHEEP, GOATS))
    report = library.importing.run(Source.from_path(path, DAY))
    assert counts(report) == {"found": 3, "added": 1, "unchanged": 2}
    assert [r.outcome for r in report.records] == ["added", "unchanged", "unchanged"]


def test_a_changed_page_of_the_same_profile(library: Library) -> None:
    header = "Grace Hopper\n\nLG\nh-index67\n2 Papers\n"
    library.importing.run(pasted(page(SHEEP, header=header), "monday.txt"))
    later = page(GOATS, SHEEP, header=header.replace("67", "68"))
    report = library.importing.run(pasted(later, "friday.txt"))
    assert [r.outcome for r in report.records] == ["added", "unchanged"]


def test_the_same_row_on_another_page_is_a_sighting_more(library: Library) -> None:
    put(library, SHEEP, GOATS, name="one.txt")
    report = library.importing.run(pasted(page(SHEEP), "two.txt"))
    assert counts(report) == {"found": 1, "merged": 1}
    assert report.records[0].matched_by == ("The same title, and Ada Lovelace in both",)
    assert len(library.listings.sightings_of(report.records[0].entry_id or 0)) == 2


def test_again_with_a_tag_tags_and_adds_no_listing(library: Library) -> None:
    first = library.importing.run(pasted(page(SHEEP, GOATS)))
    before = sizes(library)
    report = library.importing.run(
        pasted(page(SHEEP, GOATS)), ImportOptions(tags=("farm",), collection="Animals")
    )
    assert counts(report) == {"found": 2, "unchanged": 2}
    assert len(library.listings.list()) == 1
    assert {"entry", "sighting", "listing"}.isdisjoint(differing(before, sizes(library)))
    assert report.changes.entries == first.changes.entries
    assert [p["tags"] for p in papers(library)] == [["farm"], ["farm"]]
    assert [p["collections"] for p in papers(library)] == [["Animals"], ["Animals"]]
    tagged = state(library)
    again = library.importing.run(
        pasted(page(SHEEP, GOATS)), ImportOptions(tags=("farm",), collection="Animals")
    )
    assert again.changes.count == 0
    assert state(library) == tagged


# --- options ----------------------------------------------------------------------------


def test_options_apply_to_every_paper_and_the_status_to_new_ones(library: Library) -> None:
    (sheep,) = put(library, SHEEP)
    report = library.importing.run(
        pasted(page(SHEEP, GOATS), "more.txt"),
        ImportOptions(tags=("farm", "to do"), collection="Animals/Small", status="reading"),
    )
    goats = report.records[1].entry_id or 0
    assert [
        (d.status, [t.name for t in d.tags], d.collections)
        for d in (library.entries.get(sheep), library.entries.get(goats))
    ] == [
        ("inbox", ["farm", "to do"], ((2, "Small"),)),
        ("reading", ["farm", "to do"], ((2, "Small"),)),
    ]
    assert [node.path for node in library.collections.tree()] == ["Animals", "Animals/Small"]
    library.history.undo()
    assert library.tags.list() == []
    assert library.collections.tree() == []


@pytest.mark.parametrize(
    ("options", "kind"),
    [
        pytest.param(ImportOptions(status="finished"), RefmanError, id="status"),
        pytest.param(ImportOptions(tags=(" / ",)), RefmanError, id="tag"),
        pytest.param(ImportOptions(collection="//"), RefmanError, id="collection"),
        pytest.param(ImportOptions(format="no-such-format"), UsageError, id="format"),
    ],
)
def test_bad_options_are_refused_and_nothing_is_changed(
    library: Library, options: ImportOptions, kind: type[Exception]
) -> None:
    before = sizes(library)
    with pytest.raises(kind):
        library.importing.run(pasted(page(SHEEP)), options)
    assert sizes(library) == before


def test_a_named_format_stands_above_what_the_text_looks_like(library: Library) -> None:
    report = library.importing.run(
        pasted(page(SHEEP) + abstracts(prose(7))), ImportOptions(format="abstract-list")
    )
    assert (report.format, counts(report)) == ("abstract-list", {"found": 1, "added": 1})


# --- dry run ----------------------------------------------------------------------------


def test_a_dry_run_writes_nothing_and_says_the_same(library: Library) -> None:
    put(library, SHEEP)
    before, whole = sizes(library), state(library)
    source = pasted(page(SHEEP, GOATS, BAD), "second.txt")
    dry = library.importing.run(source, dry_run=True)
    assert sizes(library) == before
    assert state(library) == whole
    assert [record.uuid for record in dry.records] == [None, None]
    assert [item["id"] for item in dry.to_json()["records"]] == [None, None]
    wet = library.importing.run(source)
    assert counts(wet) == counts(dry)
    assert [r.matched_by for r in wet.records] == [r.matched_by for r in dry.records]


def test_a_dry_run_needs_no_library() -> None:
    report = Importing(None).run(pasted(page(SHEEP, SHEEP)), dry_run=True)
    assert counts(report) == {"found": 2, "added": 1, "merged": 1}


# --- stopping ---------------------------------------------------------------------------


class Stopping(Progress):
    """Stops itself at the nth time that it is asked."""

    def __init__(self, at: int) -> None:
        super().__init__()
        self.left = at
        self.stages: list[str] = []

    def start(self, text: str, total: int = 0) -> None:
        self.stages.append(text)
        super().start(text, total)

    def check(self) -> None:
        if self.left == 0:
            self.cancel()
        self.left -= 1
        super().check()


def test_stopping_at_any_moment_changes_nothing(library: Library) -> None:
    put(library, SHEEP, name="first.txt")
    before = state(library)
    source = pasted(page(SHEEP, GOATS, COWS), "second.txt")
    stages = []
    for at in range(1000):
        progress = Stopping(at)
        try:
            library.importing.run(source, ImportOptions(tags=("x",)), progress=progress)
        except Cancelled:
            stages.append(progress.stages[-1])
            assert state(library) == before
            assert library.history.undo_label == "Import first.txt"
        else:
            break
    assert list(dict.fromkeys(stages)) == [
        "Reading second.txt",
        "Matching second.txt",
        "Writing second.txt",
    ]
    assert library.database.check() == []
    assert library.history.undo_label == "Import second.txt"


class Counting(Progress):
    """Counts how often each stage looks whether it is to stop."""

    def __init__(self) -> None:
        super().__init__()
        self.checks: Counter[str] = Counter()

    def check(self) -> None:
        self.checks[self.text] += 1
        super().check()


def great(rows: int, more: str = "") -> str:
    return "".join(
        f"@misc{{k{i}, title = {{Paper of the Number {i} Herd{more}}}, "
        f"author = {{{'Ada' if i % 3 else 'Grace'} N{i % 7}}}, keywords = {{k{i % 5}}}}}\n"
        for i in range(rows)
    )


@pytest.mark.parametrize("known", [False, True], ids=["new", "known"])
def test_a_great_import_looks_often_whether_it_is_to_stop(library: Library, known: bool) -> None:
    """Counted, not timed: at least once for so many rows in every stage."""
    rows = 3 * PIECE
    if known:
        library.importing.run(pasted(great(rows), "first.bib"))
    progress = Counting()
    source = pasted(great(rows, "!" if known else ""), "great.bib")
    report = library.importing.run(source, progress=progress)
    assert counts(report) == {"found": rows, "merged" if known else "added": rows}
    stages = ("Reading BibTeX", "Matching great.bib", "Writing great.bib")
    least = (rows, rows // 100, 2 * rows // PIECE)
    assert [progress.checks[stage] >= n for stage, n in zip(stages, least, strict=True)] == [
        True
    ] * 3
    assert library.database.check() == []


def test_stopping_a_great_import_at_any_moment(library: Library) -> None:
    rows = 2 * PIECE + 1
    library.importing.run(pasted(great(20), "first.bib"))
    before = state(library)
    source = pasted(great(rows, "!"), "great.bib")
    progress = Counting()
    library.importing.run(source, progress=progress)
    library.history.undo()
    assert state(library) == before
    total = progress.checks.total()
    moments = [*range(0, total, total // 12), *range(total - 12, total)]
    for at in moments:
        with pytest.raises(Cancelled):
            library.importing.run(source, progress=Stopping(at))
        assert state(library) == before
    assert library.database.check() == []


def test_a_great_page_from_a_file_of_rows_is_imported_alike(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the rows wait in a file, the papers, the sightings and the report are the same."""
    pages = [pasted(great(450), "one.bib"), pasted(great(30, "!") + great(300), "two.bib")]
    monkeypatch.setattr(planning, "KEPT", 0)
    reports = [library.importing.run(page) for page in pages]
    monkeypatch.undo()
    other = Library.open(tmp_path / "other.refman", create=True)
    plain = [other.importing.run(page) for page in pages]
    assert papers(library) == papers(other)
    assert sightings(library) == sightings(other)
    for one, two in zip(reports, plain, strict=True):
        assert one.sentence() == two.sentence()
        assert [replace(r, uuid="", rows=()) for r in one.records] == [
            replace(r, uuid="", rows=()) for r in two.records
        ]
        assert [r.row for r in one.records] == [r.row for r in two.records]
    other.close()


def test_progress_reaches_its_end(library: Library) -> None:
    put(library, SHEEP)
    progress = Progress()
    library.importing.run(pasted(page(SHEEP, GOATS, COWS), "b.txt"), progress=progress)
    assert (progress.text, progress.done, progress.total) == ("Writing b.txt", 3, 3)


# --- what cannot be read ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        pytest.param(b"", "nothing in it", id="empty"),
        pytest.param(b" \n\r\n\t \xef\xbb\xbf", "nothing in it", id="blank"),
        pytest.param(bytes(range(256)) * 40, "not text", id="binary"),
        pytest.param(b"%PDF-1.7\n" + b"x" * 500, "PDF", id="pdf"),
        pytest.param(b"SQLite format 3\0" + bytes(100), "database", id="library"),
        pytest.param(b"Dear diary, today I read nothing at all.\n" * 30, "known shape", id="prose"),
    ],
)
def test_what_has_no_row_is_told_and_nothing_is_changed(
    library: Library, tmp_path: Path, data: bytes, sentence: str
) -> None:
    path = tmp_path / "odd.txt"
    path.write_bytes(data)
    before = sizes(library)
    with pytest.raises(ReadError, match=sentence) as told:
        library.importing.run(Source.from_path(path, DAY))
    assert "“odd.txt”" in str(told.value)
    assert sizes(library) == before


def test_a_folder_and_a_missing_file_are_told(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="is a folder: name the files in it"):
        Source.from_path(tmp_path)
    with pytest.raises(ReadError, match=r"missing.txt” cannot be read \(No such file"):
        Source.from_path(tmp_path / "missing.txt")
    with pytest.raises(ReadError, match="cannot be read"):
        Source.from_path(tmp_path / "nul\0.txt")


def test_a_page_of_a_shape_without_a_row(library: Library) -> None:
    with pytest.raises(ReadError, match=r"There is no row in “page\.txt”, read as Author profile"):
        library.importing.run(pasted("Just a line.\n"), ImportOptions(format="profile"))


def test_an_unreadable_file_is_told(open_folder: Path) -> None:
    path = open_folder / "closed.txt"
    path.write_text(page(SHEEP))
    path.chmod(0)
    done = run_child(
        "from pathlib import Path; from refman.errors import ReadError\n"
        "from refman.library import Source\n"
        "def main(path):\n"
        "    try: Source.from_path(Path(path))\n"
        "    except ReadError as error: print(error)",
        str(path),
        unprivileged=True,
    )
    assert (done.stdout, done.stderr) == (
        f"“{path}” cannot be read (Permission denied): check its name and permissions.\n",
        "",
    )


def test_invalid_utf_8_harms_one_row_only(library: Library) -> None:
    data = page(SHEEP, GOATS).encode().replace(b"Lovelace", b"Lovel\xfface")
    report = library.importing.run(Source.from_bytes(data, "odd.txt", DAY))
    assert counts(report) == {"found": 2, "added": 2}
    assert report.records[1].row.entry.title == "Counting Goats at Night"


def test_half_characters_are_no_error(library: Library) -> None:
    source = Source.from_text(page(SHEEP.replace("Sheep", "Sheep \ud800 and more")), "x.txt", DAY)
    report = library.importing.run(source)
    assert counts(report) == {"found": 1, "added": 1}
    assert library.listings.source_text(report.listing_id or 0) == source.text


def test_a_great_text_of_no_known_shape(tmp_path: Path) -> None:
    path = tmp_path / "great.txt"
    line = b"Nothing that stands here is a row of anything at all, and there is much of it.\n"
    with path.open("wb") as file:
        for _ in range(200):
            file.write(line * (1_000_000 // len(line)))
    with pytest.raises(ReadError, match=r"“great\.txt” is of no known shape"):
        Importing(None).run(Source.from_path(path, DAY), dry_run=True)


# --- days, pasted text, HTML -------------------------------------------------------------


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        pytest.param(date(2026, 11, 20), "2026-06-02", id="this-year"),
        pytest.param(date(2026, 6, 2), "2026-06-02", id="that-very-day"),
        pytest.param(date(2026, 6, 1), "2025-06-02", id="the-year-before"),
    ],
)
def test_a_date_without_a_year_goes_by_the_day_of_the_page(
    library: Library, as_of: date, expected: str
) -> None:
    source = Source.from_text(page(row(meta="LGJun 2")), "page.txt", as_of)
    report = library.importing.run(source)
    assert report.records[0].row.entry.date == expected
    assert report.as_of == as_of


def test_the_day_of_a_file_is_its_own_unless_given(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_text(page(SHEEP))

    moment = 1_600_000_000  # about noon in UTC, that day everywhere but far in the Pacific
    os.utime(path, (moment, moment))
    assert Source.from_path(path).as_of == date(2020, 9, 13)
    assert Source.from_path(path, DAY).as_of == DAY


def test_pasted_nothing_is_told() -> None:
    with pytest.raises(ReadError, match="There is no text in it"):
        Source.from_text(" \n ")
    with pytest.raises(ReadError, match="There is no text in it"):
        Source.from_html("<html><body><script>x()</script></body></html>")


def test_html_is_read_as_what_it_shows(library: Library, tmp_path: Path) -> None:
    lines = [line for line in page(SHEEP, GOATS).splitlines() if line]
    html = "<html><body><nav>Home</nav>" + "".join(f"<p>{x}</p>" for x in lines) + "</body></html>"
    copied = library.importing.run(Source.from_html(html, "clipboard", DAY))
    assert counts(copied) == {"found": 2, "added": 2}
    path = tmp_path / "saved.html"
    path.write_text(html)
    saved = library.importing.run(Source.from_path(path, DAY))
    assert counts(saved) == {"found": 2, "unchanged": 2}


# --- trash, changes meanwhile ------------------------------------------------------------


def test_what_is_in_the_trash_stays_there(library: Library) -> None:
    (sheep,) = put(library, SHEEP)
    library.entries.trash([sheep])
    assert counts(library.importing.run(pasted(page(SHEEP)))) == {"found": 1, "unchanged": 1}
    other = library.importing.run(pasted(page(SHEEP, BAD), "other.txt"))
    assert counts(other) == {"found": 2, "merged": 1, "failed": 1}
    assert library.entries.get(sheep).trashed is not None
    assert library.search.counts().all == 0


def test_what_was_purged_is_added_again(library: Library) -> None:
    (sheep,) = put(library, SHEEP)
    library.entries.trash([sheep])
    library.entries.empty_trash()
    report = library.importing.run(pasted(page(SHEEP)))
    assert counts(report) == {"found": 1, "added": 1}
    assert library.search.counts().all == 1
    assert library.database.check() == []


class Meddling(Progress):
    """Lets something else change the library between matching and writing."""

    def __init__(self, meddle: Callable[[], object]) -> None:
        super().__init__()
        self.meddle = meddle

    def advance(self, steps: int = 1) -> None:
        super().advance(steps)
        if self.text.startswith("Matching") and self.done == self.total:
            meddle, self.meddle = self.meddle, lambda: None
            meddle()


def _rename(other: Library) -> Changes:
    return other.entries.edit(
        1,
        {"title": "Counting Goats at Night", "creators": entry(names="Alan Turing").creators},
    )


@pytest.mark.parametrize(
    ("meddle", "expected"),
    [
        pytest.param(_rename, {"found": 2, "merged": 1, "added": 1}, id="renamed"),
        pytest.param(
            lambda other: other.importing.run(pasted(page(COWS), "theirs.txt")),
            {"found": 2, "merged": 1, "added": 1},
            id="added",
        ),
        pytest.param(
            lambda other: (other.entries.trash([1]), other.entries.empty_trash()),
            {"found": 2, "added": 2},
            id="purged",
        ),
    ],
)
def test_what_changes_while_matching_is_seen(
    library: Library, meddle: Callable[[Library], object], expected: dict[str, int]
) -> None:
    put(library, SHEEP)
    other = Library.open(library.path)
    report = library.importing.run(
        pasted(page(GOATS, COWS), "ours.txt"), progress=Meddling(lambda: meddle(other))
    )
    other.close()
    assert counts(report) == expected
    assert library.database.check() == []


def test_a_row_that_belongs_to_two_papers_joins_them(library: Library) -> None:
    """One known by its abstract alone, the other by its title alone."""
    told = prose(3)
    library.importing.run(pasted(abstracts(told), "abstracts.txt"))
    titled = add(library, "Learning to Count Sheep", "Ada Lovelace", "2022", rating_note="kept")
    report = library.importing.run(pasted(page(row(abstract=told)), "page.txt"))
    assert counts(report) == {"found": 1, "merged": 1}
    (paper,) = library.search.ids()
    assert paper == report.records[0].entry_id
    details = library.entries.get(paper)
    assert (details.entry.title, details.entry.abstract) == ("Learning to Count Sheep", told)
    assert details.entry.fields == {"rating_note": "kept"}
    assert len(library.listings.sightings_of(paper)) == 2
    assert library.entries.find("lovelace2022learning") == paper
    library.history.undo()
    assert library.entries.get(titled).entry.abstract == ""
    assert library.search.counts().all == 2


def test_joining_a_paper_whose_row_stands_unchanged_on_the_same_page(
    library: Library, tmp_path: Path
) -> None:
    """The unchanged row's paper is the one that is joined into the other."""
    told = prose(3)
    path = tmp_path / "page.txt"
    untitled = f"LGMay 16, 2022\nAda Lovelace, Grace Hopper et al.\n{told}\n"
    path.write_text(page(untitled))
    library.importing.run(Source.from_path(path, DAY))
    add(library, "Learning to Count Sheep", "Ada Lovelace", "2022")
    path.write_text(page(untitled, row(abstract=told)))
    report = library.importing.run(Source.from_path(path, DAY))
    assert counts(report) == {"found": 2, "merged": 1, "unchanged": 1}
    (paper,) = library.search.ids()
    assert [record.entry_id for record in report.records] == [paper, paper]
    assert library.database.check() == []


def test_every_merged_row_says_why(library: Library) -> None:
    """Also one that came before the row which showed that it is a known paper."""
    add(library, "Learning to Count Sheep", "Ada Lovelace", "2022")
    told = prose(3)
    untitled = f"LGMay 16, 2022\nAda Lovelace, Grace Hopper et al.\n{told}\n"
    report = library.importing.run(pasted(page(untitled, row(abstract=told))))
    assert [record.outcome for record in report.records] == ["merged", "merged"]
    assert all(record.matched_by for record in report.records)
    assert library.search.counts().all == 1


# --- the report as JSON ------------------------------------------------------------------


def test_the_report_as_json(library: Library) -> None:
    header = "Grace Hopper\n\nLG\nh-index67\n210papers\n99,704citations\nNovelty51%\nAI Score63\n"
    glued = row(
        "Deep Sheep",
        "Grace Hopper, Hado van Hasselt et al. · mila, deepmind",
        meta="89.4LGJun 2Code",
        abstract=prose(5),
    )
    report = library.importing.run(pasted(page(glued, BAD, header=header), "hopper.txt"))
    told = report.to_json()
    assert json.loads(json.dumps(told)) == told
    uuid = library.entries.get(report.records[0].entry_id or 0).uuid
    (failed,) = report.problems
    assert told == {
        "file": "hopper.txt",
        "format": "profile",
        "listing": {
            "name": "Grace Hopper",
            "subject": "LG",
            "affiliation": None,
            "h_index": 67,
            "papers": 210,
            "citations": 99704,
            "novelty": 51,
            "ai_score": 63,
        },
        "found": 2,
        "added": 1,
        "merged": 0,
        "unchanged": 0,
        "skipped": 0,
        "failed": 1,
        "records": [
            {
                "id": uuid,
                "type": told["records"][0]["type"],
                "title": "Deep Sheep",
                "author": [
                    {"family": "Hopper", "given": "Grace"},
                    {"family": "Hasselt", "given": "Hado", "non-dropping-particle": "van"},
                ],
                "issued": {"date-parts": [[2026, 6, 2]]},
                "abstract": prose(5),
                "citation-key": "hopper2026deep",
                "custom": {
                    "outcome": "added",
                    "matched_by": [],
                    "category": "cs.LG",
                    "category_label": "LG",
                    "year_given": False,
                    "score": 89.4,
                    "code": True,
                    "affiliations": ["mila", "deepmind"],
                    "creators_truncated": True,
                    "review": [],
                    "line": 10,
                },
            }
        ],
        "problems": [{"line": failed.line, "text": failed.text, "message": failed.message}],
    }


def test_the_report_of_abstracts_says_null_where_the_page_is_silent(library: Library) -> None:
    report = library.importing.run(pasted(abstracts(prose(1)), "list.txt"))
    told = report.to_json()
    assert told["listing"] == {
        name: "University of Nowhere" if name == "affiliation" else None
        for name in (
            "name",
            "subject",
            "affiliation",
            "h_index",
            "papers",
            "citations",
            "novelty",
            "ai_score",
        )
    }
    (record,) = told["records"]
    assert record | {"id": "", "citation-key": "", "type": ""} == {
        "id": "",
        "type": "",
        "title": None,
        "author": [],
        "issued": None,
        "abstract": prose(1),
        "citation-key": "",
        "custom": {
            "outcome": "added",
            "matched_by": [],
            "category": None,
            "category_label": None,
            "year_given": None,
            "score": None,
            "code": None,
            "affiliations": [],
            "creators_truncated": False,
            "review": [],
            "line": 2,
        },
    }
    assert report.header == Header(affiliation="University of Nowhere")


# --- a full disk -------------------------------------------------------------------------


def _limit(database: Database, more_pages: int) -> None:
    with database.write("limit") as connection:
        count = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {count + more_pages}")


@pytest.mark.parametrize("room", [0, 1, 5, 20, 60])
def test_a_full_disk_leaves_the_library_as_it_was(library: Library, room: int) -> None:
    put(library, SHEEP)
    before, label = state(library), library.history.undo_label
    _limit(library.database, room)
    many = [
        row(f"Paper of the Number {i} Herd", meta=f"LGMay 1, {1950 + i % 70}") for i in range(PIECE)
    ]
    with pytest.raises(RefmanError, match="Nothing was changed: the disk is full"):
        library.importing.run(pasted(page(*many), "many.txt"), ImportOptions(tags=("t",)))
    assert state(library) == before
    assert library.history.undo_label == label
    assert library.database.check() == []
    _limit(library.database, 100_000)
    assert library.importing.run(pasted(page(*many), "many.txt")).added == PIECE
