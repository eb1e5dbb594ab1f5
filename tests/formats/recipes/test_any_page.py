"""Any page through the recipes: no exception, bounded time, nothing fetched or expanded."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refman.formats.format import Format
from refman.formats.html import visible_text
from refman.formats.markup import Page, page_of
from refman.progress import Cancelled
from tests.formats import engine

each_recipe = pytest.mark.parametrize("recipe", engine.recipes(), ids=lambda recipe: recipe.name)
ROW = (
    "<dt><a href='/abs/2101.{n:05}' title='Abstract'>arXiv:2101.{n:05}</a></dt><dd>"
    "<div class='list-title'><span class='descriptor'>Title:</span>\nA Title</div>"
    "<div class='list-authors'>Ada Bo, Cy Do</div><div class='list-subjects'>Subjects: (cs.LG)"
    "</div></dd>\n"
)
PAGE = "<!DOCTYPE html><html><body><dl id=articles>{rows}</dl></body></html>"

PIECES = st.sampled_from(
    ["<html>", "<body>", "<dl>", "<dt>", "<dd>", "</dt>", "</dd>", "</dl>", "<h3>",
     "<li class=arxiv-result>",
     "<p class='list-title'>", "<p class=title>", "<div class='list-title'>", "</p>", "</div>",
     "<div class=list-authors>", "<a title=Abstract href='/abs/2101.00001'>", "</a>", "<br>",
     "<a href='http://[x'>", "<!--", "-->", "<script type='math/tex'>", "</script>",
     "<p hidden>", "<![CDATA[", "]]>", "&", "&amp;", "&#0;", "&#xD800;", "&nope;", "(", ")",
     "arXiv:2101.00001 [pdf]", "Title: A", "Ada Bo, et al.", "Submitted 3 May, 2024",
     "\0", "\ufeff", "\ud800", "\x1b", "\n", " ", "<", ">", '"', "'", "="]
)  # fmt: skip
MARKUP = st.lists(PIECES | st.text(max_size=5), max_size=60).map("".join)


@each_recipe
@given(markup=MARKUP)
def test_any_markup(recipe: Format, markup: str) -> None:
    page = page_of(markup, markup=True)
    assert 0 <= recipe.score(markup) <= 100
    for text in (markup, page.markup, page.text):
        found = recipe.read(text, engine.context())
        assert found.count == len(found.rows) + sum(problem.failed for problem in found.problems)
        for row in found.rows:
            assert row.line >= 1
            for value in (row.raw_text, row.entry.title, row.entry.abstract):
                value.encode()


def rows_of(page: Page) -> list[str]:
    found = engine.format_of(page)
    assert found is not None
    read = found.read(page.wanted_by(found), engine.context())
    return [row.entry.fields.get("eprint", "") for row in read.rows]


@pytest.mark.parametrize("depth", [1_000, 10_000, 200_000])
def test_a_page_nested_deep(depth: int) -> None:
    """Too deep for a tree, it is read as the text that it shows."""
    rows = ROW.format(n=1) + "<div>" * depth + "</div>" * depth + ROW.format(n=2)
    assert rows_of(page_of(PAGE.format(rows=rows))) == ["2101.00001", "2101.00002"]


def test_a_page_too_great_for_a_tree() -> None:
    rows = ROW.format(n=1) + "<p>" + "many words " * 1_600_000 + "</p>" + ROW.format(n=2)
    assert rows_of(page_of(PAGE.format(rows=rows))) == ["2101.00001", "2101.00002"]


def test_pictures_within_a_page_do_not_count() -> None:
    picture = f"<img src='data:image/png;base64,{'A' * 20_000_000}'>"
    rows = ROW.format(n=1) + picture + ROW.format(n=2)
    assert rows_of(page_of(PAGE.format(rows=rows))) == ["2101.00001", "2101.00002"]


@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE html [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE html SYSTEM "file:///etc/passwd">',
        '<!DOCTYPE html [<!ENTITY b SYSTEM "file:///etc/passwd">]>',
        '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY % b SYSTEM "http://127.0.0.1:9/"> %b;]>',
    ],
    ids=["a bomb", "an external document type", "an external entity", "a parameter entity"],
)
def test_entities_are_neither_expanded_nor_fetched(declaration: str) -> None:
    markup = PAGE.format(rows=ROW.format(n=1).replace("A Title", "A &b; Title"))
    page = page_of(markup.replace("<!DOCTYPE html>", declaration))
    found = engine.read_page(page)
    assert [row.entry.title for row in found.rows] == ["A &b; Title"]


def test_a_formula_that_mathjax_has_drawn() -> None:
    drawn = (
        "A <span class='MathJax_Preview' style='color: inherit;'></span><span class='MathJax'>"
        "<nobr><span class='math'>x<sup>2</sup></span></nobr><span class='MJX_Assistive_MathML'>"
        "<math><mi>x</mi></math></span></span><script type='math/tex' id='MathJax-Element-1'>"
        "x^2</script> Title"
    )
    page = page_of(PAGE.format(rows=ROW.format(n=1).replace("A Title", drawn)))
    assert engine.read_page(page).rows[0].entry.title == "A $x^2$ Title"
    assert "Title: A $x^2$ Title" in page.text


def test_the_tree_shows_the_text_of_the_page() -> None:
    """Lines are counted in the one, rows are found in the other."""
    from refman.formats.html import tree_of

    for name in ("arxiv_list/new", "arxiv_list/month", "arxiv_search/results", "profile/saved"):
        page = engine.page(engine.SAMPLES / f"{name}.html")
        assert visible_text(tree_of(page.markup)) == page.text


def test_a_reading_can_be_cancelled() -> None:
    page = page_of(PAGE.format(rows=ROW.format(n=1)))
    found = engine.format_of(page)
    assert found is not None
    context = engine.context()
    context.progress.cancel()
    with pytest.raises(Cancelled):
        found.read(page.markup, context)
