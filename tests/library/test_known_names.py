"""Names that the library is sure of settle where other titles end, whatever came first."""

from collections.abc import Callable
from datetime import date
from itertools import permutations
from pathlib import Path

import pytest

from refman.library import Library, Source

AS_OF = date(2026, 11, 20)
UNCLEAR = "Where the title ends and the authors begin is not clear."
# No page says by itself where this title ends.
GLUED = """CRNov 1, 1979
How to Share a SecretAdi Shamir
A number is cut into pieces, of which k do.
"""
# This one leaves no doubt of the name …
SURE = """CRMay 3, 2001

A Ring of Signers

Adi Shamir, Ron Rivest et al.

Nobody knows who signed.
"""
# … and this one knows a name by which "Deep LearningYann Le" would be a title.
OTHER = "@misc{cun, title = {Something Else}, author = {{Cun} and Bengio, Yoshua}, year = 2001}"
TAKEN = """LGMay 27, 2015
Deep LearningYann LeCun, Yoshua Bengio
Layers on layers on layers on layers.
"""


@pytest.fixture
def open_new(tmp_path: Path) -> Callable[[], Library]:
    """A fresh library at each call."""
    made = iter(range(100))
    return lambda: Library.open(tmp_path / f"{next(made)}.refman", create=True)


def doubts(library: Library) -> dict[str, tuple[str, ...]]:
    """What needs attention, by title."""
    details = [library.entries.get(i) for i in library.search.ids()]
    return {one.entry.title: one.attention for one in details}


def bring(library: Library, *pages: str) -> None:
    for page in pages:
        library.importing.run(Source.from_text(page, as_of=AS_OF))


def test_a_doubt_stands_while_nothing_settles_it(open_new: Callable[[], Library]) -> None:
    library = open_new()
    bring(library, GLUED)
    assert doubts(library) == {"How to Share a Secret": (UNCLEAR,)}


@pytest.mark.parametrize("pages", list(permutations([GLUED, SURE, OTHER, TAKEN])))
def test_the_end_does_not_depend_on_the_order(
    open_new: Callable[[], Library], pages: tuple[str, ...]
) -> None:
    library = open_new()
    bring(library, *pages)
    assert doubts(library) == {
        "How to Share a Secret": (),
        "A Ring of Signers": (),
        "Something Else": (),
        "Deep Learning": ("Where the title ends is not clear: the library knows “Cun”.",),
    }


def test_undoing_the_evidence_brings_the_doubt_back(open_new: Callable[[], Library]) -> None:
    library = open_new()
    bring(library, GLUED, SURE)
    assert doubts(library)["How to Share a Secret"] == ()
    library.history.undo()
    assert doubts(library) == {"How to Share a Secret": (UNCLEAR,)}
    library.history.redo()
    assert doubts(library)["How to Share a Secret"] == ()


def test_a_doubtful_name_is_no_evidence_for_itself(open_new: Callable[[], Library]) -> None:
    library = open_new()
    bring(library, GLUED, GLUED.replace("A number", "Some number"))
    assert doubts(library) == {"How to Share a Secret": (UNCLEAR,)}
