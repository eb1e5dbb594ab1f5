"""The marks in a field before and after its fix."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refman.ui import theme
from refman.ui.doctor.changed_text import Stretch, as_html, compare


def marked(stretches: list[Stretch]) -> str:
    """The text with what is changed in brackets."""
    return "".join(f"[{each.text}]" if each.changed else each.text for each in stretches)


@pytest.mark.parametrize(
    ("before", "after", "old", "new"),
    [
        pytest.param("A Note.", "A Note", "A Note[.]", "A Note", id="a full stop goes"),
        pytest.param("Ohm, D.E.", "Ohm, D. E.", "Ohm, D.E.", "Ohm, D.[ ]E.", id="a blank comes"),
        pytest.param("N/A", "", "[N/A]", "", id="everything goes"),
        pytest.param("", "2", "", "[2]", id="everything comes"),
        pytest.param("same", "same", "same", "same", id="nothing changes"),
        pytest.param(
            "DEEP NETS", "Deep nets", "D[EEP] [NETS]", "D[eep] [nets]", id="capitals, word by word"
        ),
        pytest.param(
            "<i>Lists</i> &amp; more",
            r"\emph{Lists} & more",
            "[<i>]Lists[</i>] &[amp;] more",
            r"[\emph{]Lists[}] & more",
            id="HTML",
        ),
        pytest.param("abcdef", "uvcxyz", "[abcdef]", "[uvcxyz]", id="one letter is no island"),
    ],
)
def test_what_is_marked(before: str, after: str, old: str, new: str) -> None:
    one, other = compare(before, after)
    assert (marked(one), marked(other)) == (old, new)


def test_long_texts_are_compared_by_words() -> None:
    before, after = ("The cat sat. " * 80 + "x").split(" ", 40), ["The", "dog"]
    one, other = compare(" ".join(before), " ".join(after))
    assert "".join(each.text for each in one) == " ".join(before)
    assert marked(other) == "The [dog]"


@given(st.text(max_size=300), st.text(max_size=300))
def test_both_texts_stay_whole(before: str, after: str) -> None:
    one, other = compare(before, after)
    assert "".join(each.text for each in one) == before
    assert "".join(each.text for each in other) == after
    same = ["".join(each.text for each in part if not each.changed) for part in (one, other)]
    assert same[0] == same[1]


def test_marks_are_more_than_colours() -> None:
    theme.theme().follow("light", 1.0)
    one, other = compare("a <b>.", "a <b>")
    assert as_html(one, old=True) == (
        'a &lt;b&gt;<span style="background-color: #fdecea; color: #b42318; '
        'text-decoration: line-through;">.</span>'
    )
    assert as_html(other, old=False) == "a &lt;b&gt;"


def test_what_is_the_same_is_cut_short() -> None:
    theme.theme().follow("light", 1.0)
    before = "x" * 500 + "." + "y" * 500
    html = as_html(compare(before, before.replace(".", ""))[0], old=True)
    assert html.startswith(" … " + "x" * 60 + "<span")
    assert html.endswith("</span>" + "y" * 60 + " … ")
