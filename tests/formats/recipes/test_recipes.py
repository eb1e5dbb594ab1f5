"""Recipes: what a good one takes from a page, and where a bad one is at fault."""

from typing import Any

import pytest

from refman.formats import format_named
from refman.formats.format import Found
from refman.formats.recipes import load_recipes
from tests.formats import engine

RECIPE = """\
name = "example"
label = "Example"
base = "https://example.org/"

[page]
hosts = ["example.org"]
path = '^/papers'
markers = ["ol > li.paper"]

[rows]
select = "li.paper"

[header]
name = "h1"
h_index = "#h"

[fields]
title = "h3"
creators = ".by"
"""


def read(field: str, row: str, *, tex: bool = False) -> dict[str, Any]:
    """What a recipe with one more field reads in a page of one row."""
    recipe = RECIPE.replace("base =", "tex = true\nbase =") if tex else RECIPE
    page = f"<h1>Ada Bo</h1><h2>May 2021</h2><ol><li class=paper><h3>A Title</h3>{row}</li></ol>"
    return engine.row_as_json(found_in(recipe + field, page).rows[0])


def found_in(recipe: str, page: str) -> Found:
    formats, problems = load_recipes({"a.toml": recipe})
    assert problems == []
    return formats[0].read(f"<html><body>{page}</body></html>", engine.context())


@pytest.mark.parametrize(
    ("field", "row", "name", "expected"),
    [
        ('note = ".n"', "<p class=n>one  <b>two</b><br>three", "fields", {"note": "one two three"}),
        ('note = ".n@title"', "<p class=n title=' one two '>x", "fields", {"note": "one two"}),
        ('note = [".m", ".n"]', "<p class=n>x", "fields", {"note": "x"}),
        ('note = { select = ".n", drop = ["b", "i"] }', "<p class=n>one <b>no</b>two<i>no",
         "fields", {"note": "one two"}),
        ('note = { select = ".n", strip = ["Note:", "Notes:"] }', "<p class=n>NOTES: x", "fields",
         {"note": "x"}),
        ('note = { select = ".n", match = "no (\\\\d+)" }', "<p class=n>no 12 no 13", "fields",
         {"note": "12"}),
        ('note = { select = ".n", match = "^A" }', "<p class=n>b</p><p class=n>A", "fields",
         {"note": "A"}),
        ('note = { match = "Title" }', "", "fields", {"note": "Title"}),
        ('note = { select = ".n", replace = [["a", "b"], ["(b)b", "\\\\1c"]] }', "<p class=n>aba",
         "fields", {"note": "bcb"}),
        ('note = { select = ".n", map = { Yes = "there" } }', "<p class=n>YES", "fields",
         {"note": "there"}),
        ('note = { value = "always" }', "", "fields", {"note": "always"}),
        ('note = { select = ".n", value = "there" }', "<p class=n></p>", "fields",
         {"note": "there"}),
        ('note = { select = ".n", value = "there" }', "", "fields", None),
        ('note = { select = ".n", join = "; " }', "<p class=n>a</p><p class=n>b", "fields",
         {"note": "a; b"}),
        ('note = { select = "h1", from = "page" }', "", "fields", {"note": "Ada Bo"}),
        ('note = { select = "h2", from = "above" }', "", "fields", {"note": "May 2021"}),
        ('note = { select = "h4", from = "above" }', "<h4>within</h4>", "fields", None),
        ('url = "a@href"', "<a href='p/1.html'>x</a>", "fields",
         {"url": "https://example.org/p/1.html"}),
        ('url = "a@href"', "<a href='http://[x'>x</a>", "fields", {"url": "http://[x"}),
        ('doi = "a@href"', "<a href='https://doi.org/10.1000/ABC'>x</a>", "fields",
         {"doi": "10.1000/abc"}),
        ('doi = "a@href"', "<a href='/nothing'>x</a>", "fields", None),
        ('eprint = "a@href"', "<a href='https://arxiv.org/abs/2101.00001v2'>x</a>", "date",
         "2021-01"),
        ('pages = ".p"', "<p class=p>12 - 15", "fields", {"pages": "12–15"}),
        ('isbn = ".p"', "<p class=p>0-306-40615-2", "fields", {"isbn": "9780306406157"}),
        ('entry_type = { value = "inproceedings" }', "", "entry_type", "inproceedings"),
        ('entry_type = { value = "phdthesis" }', "", "fields", {"type": "phdthesis"}),
        ('journal_ref = ".j"', "<p class=j>Nature 5, 12 (1999)", "fields",
         {"journaltitle": "Nature", "volume": "5", "pages": "12"}),
        ('journal_ref = ".j"', "<p class=j>to appear", "fields", {"note": "to appear"}),
        ('keywords = ".k"', "<p class=k>a, b; c · a", "keywords", ["a", "b", "c"]),
        ('affiliations = ".k"', "<p class=k>a; b", "affiliations", ["a", "b"]),
        ('category = ".k"', "<p class=k>cs.LG", "category", "cs.LG"),
        ('code = "a.code"', "<a class=code href=x></a>", "code", False),
        ('code = "a.code@href"', "<a class=code href=x></a>", "code", True),
        ('score = ".k"', "<p class=k>Score: 8.5", "score", 8.5),
        ('date = ".d"', "<p class=d>16 May, 2022 (v2)", "date", "2022-05-16"),
        ('date = ".d"', "<p class=d>Published: May 16th, 2022", "date", "2022-05-16"),
        ('date = ".d"', "<p class=d>2022/5/16", "date", "2022-05-16"),
        ('date = ".d"', "<p class=d>Sept. 2022", "date", "2022-09"),
        ('date = ".d"', "<p class=d>In: Proceedings 2022, 120 pages", "date", "2022"),
        ('date = ".d"', "<p class=d>Dec 2", "date", "2025-12-02"),
        ('date = ".d"', "<p class=d>Dec 2", "year_given", False),
        ('date = ".d"', "<p class=d>soon", "review",
         ["“soon” is not understood as a date; it was left open.", "No authors were found."]),
        ("", "<p class=by>Ada Bo, Cy Do and Ed Fo", "creators", ["Ada Bo", "Cy Do", "Ed Fo"]),
        ("", "<p class=by>Ada Bo, et al.", "creators_truncated", True),
        ("", "<p class=by>Ada Bo (Here)", "affiliations", ["Here"]),
        ("", "<p class=by>Ada Bo<p class=by>Cy Do", "creators", ["Ada Bo", "Cy Do"]),
        ('editors = { select = ".e", split = "" }', "<p class=e>Do, Cy", "creators", ["Cy Do"]),
        ('editors = { select = ".e", split = " / " }', "<p class=e>Do, Cy / Ada Bo", "creators",
         ["Cy Do", "Ada Bo"]),
        ('editors = { select = ".e", affiliation = "<(.*?)>" }', "<p class=e>Ada Bo &lt;Here&gt;",
         "affiliations", ["Here"]),
        ("", "", "review", ["No authors were found."]),
    ],
)  # fmt: skip
def test_a_field(field: str, row: str, name: str, expected: object) -> None:
    assert read(field, row).get(name) == expected


def test_tex_is_told_in_unicode() -> None:
    assert read('note = ".n"', "<p class=n>Erd\\H{o}s", tex=True)["fields"] == {"note": "Erdős"}
    assert read('note = ".n"', "<p class=n>Erd\\H{o}s")["fields"] == {"note": "Erd\\H{o}s"}


def test_what_belongs_to_the_page() -> None:
    page = (
        "<h1>Ada Bo</h1><p id=h>h-index: 1,234</p><p>x</p><ol><li class=paper><h3>A</h3></ol><p>y"
    )
    found = found_in(RECIPE, page)
    assert (found.header.name, found.header.h_index) == ("Ada Bo", 1234)
    assert [passage.text for passage in found.passed_over] == ["x", "y"]
    assert [(row.line, row.raw_text) for row in found.rows] == [(4, "A")]


def test_rows_that_go_on_to_the_next() -> None:
    recipe = RECIPE.replace('select = "li.paper"', 'select = "dt"\nto_next = true\nuntil = "h2"')
    page = ("<dl><h2>2021</h2><dt>1<dd><h3>A</h3><p class=by>Ada Bo<dd>more<dt>2<dd><h3>B</h3></dd>"
            "<h2>2022</h2>between<dt>3<dd>nothing</dl>")  # fmt: skip
    found = found_in(recipe + 'date = { select = "h2", from = "above" }', page)
    assert [(row.entry.title, row.entry.date, row.raw_text) for row in found.rows] == [
        ("A", "2021", "1\nA\nAda Bo\nmore"),
        ("B", "2021", "2\nB"),
    ]
    assert [(p.line, p.text, p.message) for p in found.problems] == [
        (10, "3\nnothing", "There is no title in this row.")
    ]


def test_a_row_within_a_row_is_a_part_of_it() -> None:
    page = "<ol><li class=paper><h3>A</h3><ol><li class=paper><h3>B</h3></li></ol></li></ol>"
    assert [row.entry.title for row in found_in(RECIPE, page).rows] == ["A"]


ROWS, NONE = "<ol><li class=paper>x</li></ol>", "<ol><li>x</li></ol>"


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (f"<link rel=canonical href='https://www.example.org/papers/1'>{ROWS}", 100),
        (f"<!-- saved from url=(0026)https://example.org/papers -->\n{ROWS}", 100),
        (f"<meta property='og:url' content='https://example.org/papers'>{ROWS}", 100),
        (f"<base href=https://example.org/papers/>{ROWS}", 100),
        (f"<link rel=canonical href=https://example.com/papers>{ROWS}", 97),
        (f"<link rel=canonical href=https://example.org/people>{ROWS}", 97),
        (f"<link rel=canonical href=https://example.org/papers>{NONE}", 40),
        (f"<link rel=canonical href=https://notexample.org/papers>{NONE}", 0),
        (f"<link rel=canonical href='https://[/papers'>{NONE}", 0),
        (NONE, 0),
        ("ol > li.paper", 0),
        ("", 0),
    ],
)
def test_a_page_is_known_by_its_address_and_its_markers(page: str, expected: int) -> None:
    formats, _problems = load_recipes({"a.toml": RECIPE})
    assert formats[0].score(page) == expected
    needs_host = RECIPE.replace("[rows]", "needs_host = true\n[rows]")
    formats, _problems = load_recipes({"a.toml": needs_host})
    assert formats[0].score(page) == (expected if expected != 97 else 0)


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ('name = "example"', "name = example", 1, "This is not TOML"),
        ('base = "https://example.org/"', 'base = "', 3, "This is not TOML"),
        ('name = "example"', 'nam = "example"', 1, "“nam” means nothing here"),
        ('name = "example"', 'name = "An Example"', 1, "small letters"),
        ('label = "Example"', "", 1, "There is no “label”"),
        ('label = "Example"', "label = 5", 2, "“label” is to be a text"),
        ("[page]", "[pages]", 5, "“pages” means nothing here"),
        ('hosts = ["example.org"]', "hosts = [5]", 6, "“hosts” is to be a list of texts"),
        ("path = '^/papers'", "path = '('", 7, "“(” is no regular expression"),
        ('markers = ["ol > li.paper"]', 'markers = ["ol > "]', 8, "“ol > ” is no selector"),
        ('markers = ["ol > li.paper"]', "needs_host = 1", 8, "“needs_host” is true or false"),
        ('select = "li.paper"', "", 10, "There is no “select”"),
        ('h_index = "#h"', 'i_index = "#h"', 15, "“i_index” means nothing here"),
        ('title = "h3"', 'titel = "h3"', 17, "There is no field “title”"),
        ('title = "h3"', 'title = { selct = "h3" }', 18, "“selct” means nothing here"),
        ('title = "h3"', "title = 3", 18, "A field is a selector or a table"),
        ('title = "h3"', "title = []", 18, "There is nothing in this list"),
        ('title = "h3"', "title = {}", 18, "This needs a selector"),
        ('title = "h3"', 'title = { select = "h3:nope" }', 18, "“h3:nope” is no selector"),
        ('title = "h3"', 'title = { match = "x", from = "page" }', 18, "This needs a selector"),
        ('title = "h3"', 'title = { select = "a", from = "b" }', 18, "A field is from"),
        ('creators = ".by"', '[fields.creators]\nselect = ".by"\nsplit = "["', 21,
         "“[” is no regular expression"),
        ('creators = ".by"', '"Note" = "h1"', 19, "This is no name of a field"),
        ('title = "h3"', 'title = { select = "a", replace = ["a", "\\\\1"] }', 18,
         "“\\1” is no replacement"),
        ('title = "h3"', 'title = { select = "a", replace = [["a"]] }', 18, "pairs of texts"),
        ('title = "h3"', 'title = { select = "a", replace = 5 }', 18, "pairs of texts"),
        ('title = "h3"', 'title = { select = "a", map = 5 }', 18, "“map” is to be a table"),
        ('[page]\nhosts = ["example.org"]\npath = \'^/papers\'\nmarkers = ["ol > li.paper"]', "",
         1, "A page needs markers or a path"),
    ],
)  # fmt: skip
def test_a_bad_recipe_is_told_with_its_file_and_line(
    old: str, new: str, line: int, message: str
) -> None:
    assert old in RECIPE
    good = RECIPE.replace("example", "other")
    formats, problems = load_recipes({"bad.toml": RECIPE.replace(old, new), "good.toml": good})
    assert [found.name for found in formats] == ["other"]
    assert [(problem.line, problem.failed) for problem in problems] == [(line, False)]
    assert problems[0].message.startswith(f"bad.toml:{line}: ")
    assert message in problems[0].message


def test_of_two_recipes_with_one_name_the_first_counts() -> None:
    mine = RECIPE.replace('label = "Example"', 'label = "Mine"')
    formats, problems = load_recipes({"mine.toml": mine, "shipped.toml": RECIPE})
    assert ([found.label for found in formats], problems) == (["Mine"], [])
    assert format_named("example", formats) is formats[0]


def test_the_shipped_recipes_can_be_used() -> None:
    assert {found.name for found in engine.recipes()} >= {"arxiv-list", "arxiv-search"}
