"""The names at the start of a reference, where they end, and what is no name."""

import pytest

from refman.formats.listings import name_list


@pytest.mark.parametrize(
    ("text", "names", "rest"),
    [
        ("Pearl, J. (1988). A", ["Pearl, J."], " (1988). A"),
        ("Durfee, E. H., & Wehe, D. K. (1991a)", ["Durfee, E. H.", "Wehe, D. K."], " (1991a)"),
        ("van der Maaten, L., Hinton, G. (2008)", ["van der Maaten, L.", "Hinton, G."], " (2008)"),
        ("King, M. L., Jr. (1963)", ["King, Jr., M. L."], " (1963)"),
        ("A. Cau, R. Kuiper, and W.-P. de Roever. On", ["A. Cau", "R. Kuiper", "W.-P. de Roever"],
         ". On"),
        ("E. Styer, Improving Fast Mutual", ["E. Styer"], ", Improving Fast Mutual"),
        ("F. Jahanian and Al Mok. Safety", ["F. Jahanian", "Al Mok"], ". Safety"),
        ("Hagger MS, Stiff C, Chatzisarantis NL. Ego", ["Hagger, M. S.", "Stiff, C.",
         "Chatzisarantis, N. L."], ". Ego"),
        ("Krizhevsky A., Hinton G.E.: ImageNet", ["Krizhevsky, A.", "Hinton, G. E."], ": ImageNet"),
        ("LeCun, Yann, Yoshua Bengio, and Geoffrey Hinton. “D",
         ["LeCun, Yann", "Yoshua Bengio", "Geoffrey Hinton"], ". “D"),
        ("Knuth, Donald E. The Art of", ["Knuth, Donald E."], " The Art of"),
        ("Larry D. Wittie, Gudjun Hermannsson, and Ai Li. Eager",
         ["Larry D. Wittie", "Gudjun Hermannsson", "Ai Li"], ". Eager"),
        ("Jacob Devlin, Ming-Wei Chang. 2019", ["Jacob Devlin", "Ming-Wei Chang"], ". 2019"),
        ("A Rusu, M Vecerik, and N Heess. Sim", ["A. Rusu", "M. Vecerik", "N. Heess"], ". Sim"),
        ("OpenAI. GPT-4 Technical Report", ["OpenAI"], ". GPT-4 Technical Report"),
        ("World Health Organization. (2020)", ["World Health Organization"], ". (2020)"),
    ],
)  # fmt: skip
def test_names(text: str, names: list[str], rest: str) -> None:
    found = name_list.read(text)
    assert found is not None
    assert (list(found.names), text[found.end :]) == (names, rest)
    assert not found.truncated


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("G. Hinton et al. [pdf]", ["G. Hinton"]),
        ("Szegedy, Christian, et al. “Going", ["Szegedy, Christian"]),
        ("Mikolov, et al. “Distributed", ["Mikolov"]),
        ("Goodfellow IJ, Mirza M, et al (2014)", ["Goodfellow, I. J.", "Mirza, M."]),
        ("Brown, T., Mann, B., … Amodei, D. (2020)", ["Brown, T.", "Mann, B.", "Amodei, D."]),
        ("Ada King and others. On", ["Ada King"]),
        ("I. Cole and M. Mirza et al., On", ["I. Cole", "M. Mirza"]),
    ],
)
def test_a_list_that_was_cut_short(text: str, names: list[str]) -> None:
    found = name_list.read(text)
    assert found is not None
    assert (list(found.names), found.truncated) == (names, True)


@pytest.mark.parametrize(
    "text",
    [
        "It was on June 2 that the two",
        "Deep Residual Learning for Image Recognition. Kaiming He",
        "Attention Is All You Need",
        "Improving BERT. A paper",
        "A Survey, and more",
        "the others",
        "1999",
        "",
    ],
)
def test_no_names(text: str) -> None:
    assert name_list.read(text) is None


def test_editors() -> None:
    for text in (
        "C. B. Jones and R. C. Shaw, editors, Proc.", "H. Gallaire & J. Minker (Eds.), L",
        "Gallaire, H., & Minker, J. (Eds.). L",
    ):  # fmt: skip
        found = name_list.read(text)
        assert found is not None
        assert (len(found.names), found.editors) == (2, True)
