"""Differences inside values, word by word, and how they are marked and spoken."""

import pytest

from refman.ui.widgets.comparison.marking import Mark, as_html, compare, spoken


def in_signs(base: str, text: str) -> str:
    """The comparison with `+…+` for what is more and `-…-` for what is less."""
    signs = {Mark.SAME: "", Mark.MORE: "+", Mark.LESS: "-"}
    return "".join(f"{signs[s.mark]}{s.text}{signs[s.mark]}" for s in compare(base, text))


@pytest.mark.parametrize(
    ("base", "text", "expected"),
    [
        pytest.param("On Lists", "On Lists", "On Lists", id="the same"),
        pytest.param("On Lists", "On Long Lists", "On +Long +Lists", id="a word more"),
        pytest.param("On Long Lists", "On Lists", "On -Long -Lists", id="a word less"),
        pytest.param(
            "Learning to Forget", "Learning to Forgt", "Learning to -Forget-+Forgt+", id="typo"
        ),
        pytest.param("Deep learning here", "Deep Learning here", "Deep +Learning +here", id="case"),
        pytest.param("a study of lists", "A Study of Lists", "+A Study +of +Lists+", id="capitals"),
        pytest.param("NeurIPS", "Advances in Neural Systems",
                     "+Advances in Neural Systems+", id="another text"),
        pytest.param("2019-05", "2019", "2019--05-", id="a date"),
        pytest.param("Ann Berg and others", "Ann Berg", "Ann Berg- and others-", id="the end"),
        pytest.param("", "On Lists", "+On Lists+", id="nothing to compare with"),
        pytest.param("On Lists", "", "", id="nothing"),
    ],
)  # fmt: skip
def test_differences(base: str, text: str, expected: str) -> None:
    assert in_signs(base, text) == expected


def test_differences_are_not_told_by_colour_alone(qapp: object) -> None:
    stretches = compare("On Long Lists & Rows", "On Lists & <Rows>")
    html = as_html(stretches)
    assert html.count("line-through") == html.count("Long") == 1
    assert "text-decoration:underline" in html
    assert "&lt;" in html
    assert spoken(compare("On Long Lists", "On Short Lists")) == (
        "only here: Short; lacking here: Long"
    )


def test_long_texts_are_cut_short_around_the_changes(qapp: object) -> None:
    base = "word " * 200 + "end"
    stretches = compare(base, base.replace("end", "close"))
    assert len(as_html(stretches)) < 500 < len(as_html(stretches, whole=True))
    assert " … " in as_html(stretches)


def test_no_text_raises_or_is_lost() -> None:
    texts = ["", " ", "a", "a\nb", "𝔸 b", "--", "$x^2$ y", "x" * 5000, "a b " * 3000]
    for base in texts:
        for text in texts:
            kept = "".join(s.text for s in compare(base, text) if s.mark is not Mark.LESS)
            assert kept == text
