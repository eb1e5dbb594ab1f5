"""Text made comparable: white space, invisible characters, accents, case."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refman.model import text


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("a\u00a0b\u2003c", "a b c"),
        (" a\t\n b ", "a b"),
        ("\ufeffa\u200bb\u2060c\u00ad", "abc"),
        ("a\u200eb\u202ac", "abc"),
        ("a\0b\x1bc", "abc"),
        ("ab\u200dc", "abc"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👩\u200d🔬", "👩\u200d🔬"),
        ("a\ud800b", "a\ufffdb"),
        ("", ""),
    ],
)
def test_squeeze(value: str, expected: str) -> None:
    assert text.squeeze(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Åse Ñandú", "ase nandu"),
        ("Łukasz Đorđe Øystein", "lukasz dorde oystein"),
        ("Straße", "strasse"),
        ("Æsop Œuvre", "aesop oeuvre"),
        ("e\u0301", "e"),
        ("ﬁ", "fi"),
        ("Ｆｕｌｌ", "full"),
        ("が", "が"),
        ("हिन्दी", "हिन्दी"),
        ("Πλάτων", "πλατων"),
        ("ABC", "abc"),
    ],
)
def test_fold(value: str, expected: str) -> None:
    assert text.fold(value) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("GFlowNets: A {Survey}, Part II", "gflownets a survey part ii"),
        (r"An \emph{online} approach", "an online approach"),
        ("$L^2$-norms", "l 2 norms"),
        ("snake_case – dash", "snake case dash"),
        ("?!", ""),
        ("B&#246;hm &amp; the Caf&eacute;", "bohm the cafe"),
        ("R&D at AT&T; nothing else", "r d at at t nothing else"),
        ("H<sub>2</sub>O on <i class='x'>Pt</i>", "h2o on pt"),
        ("a <b and c> d", "a b and c d"),
    ],
)
def test_normalised_title(title: str, expected: str) -> None:
    assert text.normalised_title(title) == expected


@given(st.text())
def test_any_text_at_all(value: str) -> None:
    squeezed = text.squeeze(value)
    assert text.squeeze(squeezed) == squeezed
    assert squeezed == squeezed.strip()
    squeezed.encode()
    text.fold(value).encode()
    assert text.normalised_title(value) == " ".join(text.words(value))
    text.shingles(value)


@given(value=st.text(st.characters(max_codepoint=127)))
def test_ascii_goes_a_quicker_way_to_the_same(value: str) -> None:
    """With a letter before it that is none of ASCII it goes the other way."""
    assert text.words("é " + value) == ["e", *text.words(value)]
    assert text.fold("é " + value).split() == ["e", *text.fold(value).split()]
    assert text.visible("é" + value) == "é" + text.visible(value)
    assert text.squeeze("é " + value).split() == ["é", *text.squeeze(value).split()]


TOLD = (
    "We count sheep by the light of the moon, again and again, until nobody knows any more how "
    "many there were; then the goats begin."
)


@pytest.mark.parametrize(
    ("title", "abstract", "expected"),
    [
        pytest.param(
            "Learning to Count Sheep at Night",
            TOLD,
            (-2394105076, -2037944395, -1955711559, 79023493, 783515231, 937879985, 2703516511,
             3212448960, 3518545705),
            id="ascii",
        ),
        pytest.param(
            "Über Schafe",
            "Élan vital: " + TOLD.replace("light", r"$\mathbb{L}$ight"),
            (-3959465334, 79023493, 783515231, 937879985, 2703516511, 3212448960, 3359616384,
             3518545705),
            id="not-ascii",
        ),
    ],
)  # fmt: skip
def test_fingerprints_are_what_they_were(
    title: str, abstract: str, expected: tuple[int, ...]
) -> None:
    """Libraries hold them: another way to reckon them would find nothing in these any more."""
    assert text.fingerprint(title, abstract) == expected
