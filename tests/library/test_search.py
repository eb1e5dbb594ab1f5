"""Finding papers: every query word, any text whatever, every column both ways, every place."""

import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from refman.library import ALL, STATUSES, Library, Scope, Source
from refman.library.columns import COLUMNS
from refman.library.queries import WORDS
from refman.library.search import Place
from refman.progress import Cancelled
from tests.library.making import abstracts, add, page, pasted, prose, put, row

SHEEP, GOATS, COWS, ZEBRA, UNTITLED = range(1, 6)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Five papers that differ in all that can be asked for; none of these tests writes."""
    library = Library.open(tmp_path_factory.mktemp("shelf") / "library.refman", create=True)
    add(
        library,
        "Élan of Counting Sheep",
        "Jürgen Müller, Ada Lovelace",
        "2022-05-16",
        "We count sheep by reinforcement learning, in Q-learning's own way.",
        entry_type="article",
        journaltitle="Journal of Sheep",
        doi="10.1000/sheep",
        citation_key="muller2022elan",
        keywords=("farm/wool", "to do"),
        url="https://a.org/1",
    )
    add(
        library,
        "Goats Climb",
        "Alan Turing",
        "2020",
        entry_type="book",
        booktitle="Mountains",
        eprint="1706.03762",
        isbn="978-0-306-40615-7",
        eprintclass="cs.LG",
    )
    add(library, "A cow’s life: 100% of it", "Ada Lovelace", "2021", entry_type="bookinbook")
    zebra = ("Zebra Stripes", "Grace Hopper")
    put(library, row(*zebra, meta="77.5AIJun 2, 2024Code"), name="zoo.txt")
    library.importing.run(pasted(abstracts(prose(5)), "list 7.txt"))
    later = page(row(*zebra, meta="71.5MLJun 2, 2024"))
    library.importing.run(Source.from_text(later, "later.txt", date(2026, 12, 1)))
    library.annotations.add_note(COWS, "Remember the milking machine")
    library.annotations.highlight(SHEEP, 0, 8, comment="counted thrice")
    library.collections.add_to_path("Animals/Small ones", [SHEEP, GOATS])
    library.reading_list.set_status("to-read", [SHEEP])
    library.reading_list.set_status("read", [GOATS])
    library.reading_list.set_status("reading", [COWS])
    library.entries.rate([GOATS], 4)
    library.attachments.attach(GOATS, "https://a.org/goats.pdf")
    library.attachments.attach(COWS, str(library.path))
    library.citation_keys.give_out([COWS])
    library.entries.edit(COWS, {"citation_key": "milk:1"})
    gone = add(library, "Sheep That Are Gone", "Ada Lovelace", "2022")
    library.entries.trash([gone])
    yield library
    library.close()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        # --- words
        ("", [1, 2, 3, 4, 5]),
        ("sheep", [1]),
        ("SHEEP", [1]),
        ("she", [1]),
        ("heep", []),
        ("elan", [1]),
        ("ÉLAN", [1]),
        ("Muller", [1]),
        ("müller", [1]),
        ("lovelace", [1, 3]),
        ("lovelace sheep", [1]),
        ("sheep lovelace", [1]),
        ("ada -sheep", [3]),
        ("-ada", [2, 4, 5]),
        ("q-learning", [1]),
        ("cow’s", [3]),
        ("cow's", [3]),
        ("100%", [3]),
        ("mountains", [2]),
        ("muller2022elan", [1]),
        ("wool", [1]),
        ("to", [1]),
        ("milking", [3]),
        ("thrice", [1]),
        ("-milking lovelace", [1]),
        ("unheard", []),
        # --- phrases
        ('"counting sheep"', [1]),
        ('"sheep counting"', []),
        ('"reinforcement learning" sheep', [1]),
        ('-"counting sheep" ada', [3]),
        ('"counting she', []),
        ('"COUNTING SHEEP', [1]),
        ('"milking machine"', [3]),
        ('title:"climb"', [2]),
        # --- query words
        ("title:goats", [2]),
        ("title:lovelace", []),
        ("author:ada", [1, 3]),
        ("author:müller", [1]),
        ('author:"ada lovelace"', [1, 3]),
        ("AUTHOR:ADA", [1, 3]),
        ("author:ada author:müller", [1]),
        ("-author:ada", [2, 4, 5]),
        ("abstract:reinforcement", [1]),
        ("abstract:goats", []),
        ("venue:journal", [1]),
        ("venue:mountains", [2]),
        ("tag:farm", [1]),
        ("tag:farm/wool", [1]),
        ("tag:FA", [1]),
        ('tag:"to do"', [1]),
        ("tag:wool", []),
        ("-tag:farm", [2, 3, 4, 5]),
        ("collection:small", [1, 2]),
        ("collection:animals", []),
        ("status:read", [2]),
        ("status:reading", [3]),
        ("status:to", [1]),
        ("status:inbox", [4, 5]),
        ("status:x", []),
        ("year:2022", [1]),
        ("year:2020-2021", [2, 3]),
        ("year:2022-", [1, 4]),
        ("year:-2021", [2, 3]),
        ("year:2020..2021", [2, 3]),
        ("year:>2021", [1, 4]),
        ("year:>=2022", [1, 4]),
        ("year:<2021", [2]),
        ("year:<=2021", [2, 3]),
        ("year:x", []),
        ("year:-", []),
        ("year:20", []),
        ("year:20202022", []),
        ("-year:2022", [2, 3, 4, 5]),
        ("key:muller2022elan", [1]),
        ("key:MULLER", [1]),
        ("key:milk:1", [3]),
        ("key:lovelace2021cow", [3]),
        ("listing:zoo", [4]),
        ("listing:2", [5]),
        ('listing:"list 7"', [5]),
        ("type:article", [1]),
        ("type:book", [2]),
        ("type:BOOK", [2]),
        ("type:bo", [2, 3]),
        ("category:LG", [2]),
        ("category:cs.AI", [4]),
        ("category:stat.ml", [4]),
        ("category:ML", [4]),
        ("category:cs", [2, 4]),
        ("category:c", [2, 4]),
        ("category:m", [4]),
        ("category:CL", []),
        ("category:s", [4]),
        ("-category:stat", [1, 2, 3, 5]),
        ("score:77", []),
        ("score:71", [4]),
        ("score:71.5", [4]),
        ("score:71.4", []),
        ("score:>71", [4]),
        ("score:<=50", []),
        ("score:70-80", [4]),
        ("score:72-", []),
        ("-score:>70", [1, 2, 3, 5]),
        ("best:77", [4]),
        ("best:>77.5", []),
        ("best:>=77.5", [4]),
        ("seen:0", [1, 2, 3]),
        ("seen:1", [5]),
        ("seen:>1", [4]),
        ("seen:1..2", [4, 5]),
        ("seen:x", []),
        ("rating:4", [2]),
        ("rating:>3", [2]),
        ("rating:0", [1, 3, 4, 5]),
        ("rating:x", []),
        ("doi:10.1000", [1]),
        ("doi:10.1000/SHEEP", [1]),
        ("arxiv:1706", [2]),
        ("has:abstract", [1, 4, 5]),
        ("has:title", [1, 2, 3, 4]),
        ("no:title", [5]),
        ("has:author", [1, 2, 3, 4]),
        ("has:year", [1, 2, 3, 4]),
        ("has:date", [1, 2, 3, 4]),
        ("has:venue", [1, 2]),
        ("has:category", [2, 4]),
        ("has:code", [4]),
        ("has:score", [4]),
        ("has:rating", [2]),
        ("has:attention", [5]),
        ("has:doi", [1]),
        ("has:arxiv", [2]),
        ("has:isbn", [2]),
        ("has:url", [1]),
        ("has:tag", [1]),
        ("has:tags", [1]),
        ("has:collection", [1, 2]),
        ("has:note", [3]),
        ("has:highlight", [1]),
        ("has:file", [3]),
        ("has:attachment", [2, 3]),
        ("has:attachments", [2, 3]),
        ("has:listing", [4, 5]),
        ("has:journaltitle", [1]),
        ("has:nothing", []),
        ("no:attachment", [1, 4, 5]),
        ("-has:attachment", [1, 4, 5]),
        ("-no:attachment", [2, 3]),
        # --- what is no query word is text
        ("https://a.org", []),
        ("foo:sheep", []),
        ("- -- : \" '", [1, 2, 3, 4, 5]),
        ("AND OR NOT NEAR( *", []),
    ],
)
def test_queries(shelf: Library, query: str, expected: list[int]) -> None:
    assert sorted(shelf.search.ids(query)) == expected


def test_every_query_word_is_tried_above() -> None:
    (cases,) = [m.args[1] for m in test_queries.pytestmark]  # type: ignore[attr-defined]
    tried = " ".join(query for query, _expected in cases).lower()
    assert [word for word in WORDS if f"{word}:" not in tried] == []


_PIECES = st.sampled_from(
    [
        *(f"{word}:" for word in WORDS),
        '"',
        "-",
        " ",
        "*",
        "(",
        ")",
        "NEAR/2",
        "{title}:",
        "^",
        "'",
        "%",
        "_",
        "\\",
        "\0",
        "2022",
        "..",
        ">",
        "sheep",
        "[",
        ";--",
    ]
)


@settings(max_examples=300)
@given(st.one_of(st.text(), st.lists(_PIECES, max_size=8).map("".join)))
@example("\ud800")
@example("tag:\udfff")
@example("x" * 60_000)
@example("tag:" + "x" * 60_000)
@example("listing:" + "9" * 400)
@example("year:" + "٣" * 4)
@example(" ".join(f"word{i}" for i in range(5000)))
@example(" ".join(f"-title:w{i}" for i in range(3000)))
@example('"' + " ".join(f"word{i}" for i in range(5000)))
@example('a"b' * 2000)
def test_no_text_is_an_error(shelf: Library, query: str) -> None:
    assert set(shelf.search.ids(query)) <= {1, 2, 3, 4, 5}


# --- places, orders, rows -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("all", None, [1, 2, 3, 4, 5]),
        ("status", "to-read", [1]),
        ("status", "read", [2]),
        ("attention", None, [5]),
        ("trash", None, [6]),
        ("collection", 2, [1, 2]),
        ("collection", 1, []),
        ("tag", 1, [1]),
        ("listing", 1, [4]),
        ("listing", 3, [4]),
        ("listing", 99, []),
    ],
)
def test_places(shelf: Library, kind: Place, value: str | int | None, expected: list[int]) -> None:
    assert sorted(shelf.search.ids(scope=Scope(kind, value))) == expected


def test_a_place_and_a_query(shelf: Library) -> None:
    assert list(shelf.search.ids("sheep", scope=Scope("trash"))) == [6]
    assert list(shelf.search.ids("goats", scope=Scope("status", "to-read"))) == []


_ASCENDING = {
    "status": [ZEBRA, UNTITLED, SHEEP, COWS, GOATS],  # as one reads: inbox, to-read, reading, read
    "title": [COWS, SHEEP, GOATS, ZEBRA, UNTITLED],
    "creators": [ZEBRA, COWS, SHEEP, GOATS, UNTITLED],
    "year": [UNTITLED, GOATS, COWS, SHEEP, ZEBRA],
    "category": [SHEEP, COWS, UNTITLED, GOATS, ZEBRA],
    "code": [SHEEP, GOATS, COWS, UNTITLED, ZEBRA],
    "rating": [SHEEP, COWS, ZEBRA, UNTITLED, GOATS],
    "score": [SHEEP, GOATS, COWS, UNTITLED, ZEBRA],
    "best_score": [SHEEP, GOATS, COWS, UNTITLED, ZEBRA],
    "categories": [SHEEP, COWS, UNTITLED, ZEBRA, GOATS],
    "seen": [SHEEP, GOATS, COWS, UNTITLED, ZEBRA],
    "venue": [SHEEP, GOATS, COWS, ZEBRA, UNTITLED],
}


@pytest.mark.parametrize("column", [c.name for c in COLUMNS if c.name not in ("added", "modified")])
def test_sorting(shelf: Library, column: str) -> None:
    """By the value without accents and case, then by the age; both ways."""
    up = list(shelf.search.ids(sort=column, descending=False))
    if column == "citation_key":  # milk:1, muller…, the others by their own
        keys = {row.id: row.citation_key for row in shelf.search.rows(up)}
        assert up == sorted(keys, key=keys.__getitem__)
    else:
        assert up == _ASCENDING[column]
    assert list(shelf.search.ids(sort=column, descending=True)) == up[::-1]


@pytest.mark.parametrize("column", [c.name for c in COLUMNS if c.name != "status"])
@pytest.mark.parametrize("descending", [False, True], ids=["up", "down"])
def test_the_order_comes_from_an_index(shelf: Library, column: str, descending: bool) -> None:
    """No rows are read for it, and none are sorted."""
    asked: list[str] = []
    with shelf.database.read() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        raw.set_trace_callback(asked.append)
        shelf.search.ids(sort=column, descending=descending)
        raw.set_trace_callback(None)
        (statement,) = [one for one in asked if "ORDER BY" in one]
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}").all()
    (step,) = [row[3] for row in plan]
    assert step.startswith("SCAN entry USING COVERING INDEX entry_")


@pytest.mark.parametrize("column", ["creators", "venue"])
def test_case_and_accents_make_no_difference_to_the_order(library: Library, column: str) -> None:
    names = ["Zoology", "étude", "Ecology", "acta", "Übersicht", ""]
    ids = {
        name: add(library, f"Paper {i}", name and f"{name}, Kim", journaltitle=name)
        for i, name in enumerate(names)
    }
    wanted = ["acta", "Ecology", "étude", "Übersicht", "Zoology", ""]
    assert list(library.search.ids(sort=column, descending=False)) == [ids[n] for n in wanted]


@pytest.mark.parametrize("column", ["added", "modified"])
def test_sorting_by_time(library: Library, column: str) -> None:
    ids = [add(library, title) for title in ("Sheep", "Goats", "Cows")]
    moments = ["2024-01-01T00:00:00Z", "2022-01-01T00:00:00Z", "2023-01-01T00:00:00Z"]
    with library.database.write("Set the clock") as connection:
        for entry_id, moment in zip(ids, moments, strict=True):
            connection.exec_driver_sql(
                f"UPDATE entry SET {column} = ? WHERE id = ?", (moment, entry_id)
            )
    assert list(library.search.ids(sort=column)) == [ids[0], ids[2], ids[1]]
    assert list(library.search.ids(sort=column, descending=False)) == [ids[1], ids[2], ids[0]]


def test_rows(shelf: Library) -> None:
    ids = [ZEBRA, 4711, SHEEP, UNTITLED, ZEBRA]
    rows = shelf.search.rows(ids)
    assert [row.id for row in rows] == [ZEBRA, SHEEP, UNTITLED, ZEBRA]
    sheep = rows[1]
    assert (sheep.title, sheep.creators, sheep.year, sheep.venue, sheep.status, sheep.trashed) == (
        "Élan of Counting Sheep",
        "Müller, Lovelace",
        2022,
        "Journal of Sheep",
        "to-read",
        False,
    )
    assert [tag.name for tag in sheep.tags] == ["farm/wool", "to do"]
    zebra = rows[0]
    assert (zebra.category, zebra.code, zebra.score, zebra.untitled) == (
        "stat.ML",
        True,
        71.5,
        False,
    )
    assert (zebra.best_score, zebra.categories, zebra.seen) == (77.5, "cs.AI stat.ML", 2)
    untitled = rows[2]
    assert untitled.untitled
    assert untitled.title == f"“{prose(5)[:160].strip()}…”"
    assert untitled.attention == "It has no title yet."


def test_a_page_that_says_the_same_is_counted_and_no_change(library: Library) -> None:
    once = row(meta="80LGMay 16, 2022")
    put(library, once)
    with library.database.write("Set the clock") as connection:
        connection.exec_driver_sql("UPDATE entry SET modified = '2020'")

    def said() -> tuple[int, float | None, str, str]:
        (paper,) = library.search.rows([1])
        return (paper.seen, paper.best_score, paper.categories, paper.modified)

    put(library, once)  # the same page
    assert said() == (1, 80.0, "cs.LG", "2020")
    put(library, row("Goats"), once, name="other.txt")
    assert said() == (2, 80.0, "cs.LG", "2020")
    put(library, row("Cows"), row(meta="85.5CLMay 16, 2022"), name="third.txt")
    seen, *facts, modified = said()
    assert (seen, *facts, modified > "2020") == (3, 85.5, "cs.CL cs.LG", True)
    library.history.undo()
    assert said() == (2, 80.0, "cs.LG", "2020")
    assert list(library.search.ids("seen:2 best:80 category:LG -category:CL")) == [1]


def test_counts(shelf: Library) -> None:
    counts = shelf.search.counts()
    assert (counts.all, counts.attention, counts.trash) == (5, 1, 1)
    assert counts.by_status == dict(zip(STATUSES, (2, 1, 1, 1, 0), strict=True))


def test_what_was_undone_is_not_found(library: Library) -> None:
    put(library, row())
    library.entries.edit(1, {"title": "Goats"})
    assert [len(library.search.ids(q)) for q in ("sheep", "goats")] == [0, 1]
    library.history.undo()
    assert [len(library.search.ids(q)) for q in ("sheep", "goats")] == [1, 0]
    library.history.undo()
    assert [len(library.search.ids(q)) for q in ("sheep", "goats")] == [0, 0]


# --- interrupting --------------------------------------------------------------------------


def test_a_search_can_be_interrupted(library: Library) -> None:
    """A read that would go on for ever ends when another thread says so."""
    put(library, row())
    begun, ended = threading.Event(), []

    def search() -> None:
        try:
            with library.database.read() as connection:
                begun.set()
                connection.execute(
                    text(
                        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
                        "SELECT count(*) FROM n"
                    )
                ).scalar()
        except Cancelled:
            ended.append("cancelled")
            ended.append(str(len(library.search.ids())))

    thread = threading.Thread(target=search)
    thread.start()
    assert begun.wait(30)
    while thread.is_alive() and not ended:
        library.database.interrupt(thread.ident or 0)
        thread.join(0.01)
    thread.join(30)
    assert ended == ["cancelled", "1"]


def test_an_interrupt_between_searches_harms_none(library: Library) -> None:
    put(library, row())
    library.search.ids()
    library.database.interrupt(threading.get_ident())
    assert list(library.search.ids("sheep")) == [1]


def test_scope_of_everything() -> None:
    assert Scope() == ALL


def test_a_read_only_library_is_searched(library: Library, tmp_path: Path) -> None:
    put(library, row())
    reader = Library.open(library.path, read_only=True)
    assert list(reader.search.ids("sheep")) == [1]
    reader.close()
    assert page(row())


HEADING = "Björn Marlowe\n\nLG\nh-index67\n"


def test_a_listing_is_found_by_what_heads_its_page(library: Library) -> None:
    library.importing.run(pasted(page(row("Sheep"), header=HEADING)))
    library.importing.run(pasted(page(row("Goats", "Grace Hopper"))))
    (sheep,) = library.search.ids('listing:"bjorn marlowe"')
    assert library.entries.get(sheep).entry.title == "Sheep"
    assert list(library.search.ids("listing:LG")) == [sheep]
    assert set(library.search.ids("listing:page.txt")) == set(library.search.ids())
    assert list(library.search.ids("listing:other")) == []
