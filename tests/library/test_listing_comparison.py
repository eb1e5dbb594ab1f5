"""The same page at two times: which rows are new, gone, and say other things."""

from refman.library import Change, Library
from tests.library.making import page, pasted, row

HEADER = "Grace Hopper\n\nLG\nh-index67\n"


def test_new_gone_changed_and_the_same(library: Library) -> None:
    old = page(
        row("Sheep of Old", meta="71.5LGMay 16, 2020"),
        row("Goats of Old", meta="60LGMay 16, 2020"),
        row("Cows of Old"),
        header=HEADER,
    )
    new = page(
        row("Sheep of Old", meta="72LGMay 16, 2020Code"),
        row("Hens of Old"),
        row("Cows of Old"),
        header=HEADER,
    )
    library.importing.run(pasted(old, "one.txt"))
    library.importing.run(pasted(new, "two.txt"))
    found = library.listings.compare(2)
    assert found is not None
    assert (found.earlier.id, found.later.id, found.same) == (1, 2, 1)
    assert [one.title for one in found.new] == ["Hens of Old"]
    assert [one.title for one in found.gone] == ["Goats of Old"]
    assert [(one.title, one.entry_id, one.changes) for one in found.changed] == [
        ("Sheep of Old", 1, (Change("score", "71.5", "72"), Change("code", "", "yes")))
    ]
    assert found.changed[0].creators_text == "Lovelace, Hopper"


def test_a_title_that_changed_is_known_by_its_paper(library: Library) -> None:
    long = "An Account of Sheep, Goats and All Other Beasts of the Northern Hills"
    library.importing.run(pasted(page(row("Sheep"), row(long), header=HEADER), "one.txt"))
    again = row(long + " and Dales", abstract=row(long).splitlines()[-1])
    library.importing.run(pasted(page(again, row("Sheep"), header=HEADER), "two.txt"))
    found = library.listings.compare(2)
    assert found is not None
    assert (found.new, found.gone, found.same) == ((), (), 1)
    assert found.changed[0].changes == (Change("title", long, long + " and Dales"),)


def test_which_imports_are_of_the_same_page(library: Library) -> None:
    text = page(row("Sheep"), header=HEADER)
    library.importing.run(pasted(text, "one.txt"))
    library.importing.run(pasted(page(row("Goats")), "two.txt"))
    library.importing.run(pasted(page(row("Goats"), row("Hens"), header=HEADER), "three.txt"))
    library.importing.run(pasted(page(row("Cows")), "two.txt"))
    assert [[one.id for one in library.listings.earlier(i)] for i in (1, 2, 3, 4)] == [
        [],
        [],
        [1],
        [2],
    ]
    assert library.listings.compare(1) is None
    library.listings.take_back(1)
    assert [one.id for one in library.listings.earlier(3)] == [1]  # what it said then is kept
    after = library.listings.compare(3)
    assert after is not None
    assert [one.title for one in after.new] == ["Goats", "Hens"]
    assert [one.title for one in after.gone] == ["Sheep"]
    told = library.listings.compare(4, 3)
    assert told is not None
    assert [one.title for one in told.new] == ["Cows"]
