"""Saved pages through recipes: the shipped ones, the user's own, and those that are wrong."""

from datetime import date
from pathlib import Path

import pytest

from refman import paths
from refman.errors import ReadError
from refman.library import Importing, Library, Source, recipes

AS_OF = date(2026, 11, 20)
RECIPE = """
name = "village-papers"
label = "Papers of the village"

[page]
markers = ["ul.village > li"]

[rows]
select = "ul.village > li"

[fields]
title = "b"
creators = "i"
date = "small"
"""
PAGE = """<html><head><title>Our papers</title></head><body><ul class="village">
<li><b>On Wells</b> <i>Ada King and Bo Lee</i> <small>2019</small></li>
<li><b>On Fences</b> <i>Bo Lee</i> <small>May 2021</small></li>
</ul></body></html>"""


@pytest.fixture
def own(home: Path) -> Path:
    """The user's folder for recipes, empty."""
    folder = paths.recipes_folder()
    folder.mkdir(parents=True)
    return folder


def test_a_recipe_of_the_user_reads_a_page(own: Path, library: Library) -> None:
    (own / "village.toml").write_text(RECIPE, encoding="utf-8")
    report = library.importing.run(Source.from_html(PAGE, as_of=AS_OF))
    assert (report.format, report.sentence()) == ("village-papers", "2 found: 2 added")
    found = [library.entries.get(entry_id).entry for entry_id in library.search.ids(sort="title")]
    assert [(e.title, [c.full_name for c in e.creators], e.date) for e in reversed(found)] == [
        ("On Fences", ["Bo Lee"], "2021-05"),
        ("On Wells", ["Ada King", "Bo Lee"], "2019"),
    ]
    assert "village-papers" in [each.name for each in Importing.formats()]


def test_the_same_page_from_a_file_is_known(own: Path, library: Library, tmp_path: Path) -> None:
    (own / "village.toml").write_text(RECIPE, encoding="utf-8")
    file = tmp_path / "saved.html"
    file.write_text(PAGE, encoding="utf-8")
    library.importing.run(Source.from_html(PAGE, as_of=AS_OF))
    again = library.importing.run(Source.from_path(file, AS_OF))
    assert again.sentence() == "2 found: 2 unchanged"


def test_a_recipe_counts_as_soon_as_it_is_there(own: Path, library: Library) -> None:
    with pytest.raises(ReadError, match="no known shape"):
        library.importing.run(Source.from_html(PAGE, as_of=AS_OF))
    (own / "village.toml").write_text(RECIPE, encoding="utf-8")
    assert library.importing.run(Source.from_html(PAGE, as_of=AS_OF)).added == 2


def test_a_bad_recipe_is_told_with_file_and_line(own: Path, library: Library) -> None:
    bad = own / "bad.toml"
    bad.write_text('name = "bad"\nlabel = \n', encoding="utf-8")
    (own / "village.toml").write_text(RECIPE, encoding="utf-8")
    report = library.importing.run(Source.from_html(PAGE, as_of=AS_OF))
    assert (report.found, report.added, report.failed) == (2, 2, 0)
    assert [problem.message.startswith(f"{bad}:2: ") for problem in report.problems] == [True]


def test_a_recipe_that_cannot_be_read_is_told(own: Path, library: Library) -> None:
    (own / "folder.toml").mkdir()
    (own / "village.toml").write_text(RECIPE, encoding="utf-8")
    report = library.importing.run(Source.from_html(PAGE, as_of=AS_OF))
    assert report.added == 2
    assert [p.text for p in report.problems] == [str(own / "folder.toml")]


def test_the_markup_is_kept_and_read_again_for_another_day(own: Path, library: Library) -> None:
    page = PAGE.replace("<small>2019</small>", "")
    (own / "village.toml").write_text(RECIPE, encoding="utf-8")
    report = library.importing.run(Source.from_html(page, as_of=AS_OF))
    assert report.listing_id is not None
    library.listings.change_as_of(report.listing_id, date(2025, 1, 2))
    dates = {e.title: e.date for i in library.search.ids() if (e := library.entries.get(i).entry)}
    assert dates == {"On Wells": "", "On Fences": "2021-05"}
    assert "On Wells" in library.listings.source_text(report.listing_id)


def test_all_shipped_recipes_can_be_used(own: Path) -> None:
    assert list(recipes.problems()) == []
    shipped = sorted(file.stem for file in paths.resource("recipes").glob("*.toml"))
    assert len({each.name for each in recipes.recipes()}) == len(shipped) > 0
