"""Short names of journals: by ISO 4, and by the user's own table."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refman.errors import ReadError
from refman.formats.bibtex.journal_words import WORDS
from refman.formats.bibtex.journals import iso_4, read_table, short_name, short_names

ISO_4 = {
    "Journal of Machine Learning Research": "J. Mach. Learn. Res.",
    "Physical Review Letters": "Phys. Rev. Lett.",
    "IEEE Transactions on Pattern Analysis and Machine Intelligence":
        "IEEE Trans. Pattern Anal. Mach. Intell.",
    "Proceedings of the National Academy of Sciences of the United States of America":
        "Proc. Natl. Acad. Sci. U. S. A.",
    "Nature": "Nature",
    "The Lancet": "The Lancet",
    "Nature Communications": "Nat. Commun.",
    "Journal of the American Chemical Society": "J. Am. Chem. Soc.",
    "Annals of Mathematics": "Ann. Math.",
    "Zeitschrift für Physik": "Z. Phys.",
    "Astronomy & Astrophysics": "Astron. Astrophys.",
    "Chaos, Solitons and Fractals": "Chaos Solitons Fractals",
    "Computer-Aided Design": "Comput.-Aided Des.",
    "Comptes Rendus de l'Académie des Sciences": "C. R. Acad. Sci.",
    "New England Journal of Medicine": "N. Engl. J. Med.",
    "Acta Crystallographica Section A": "Acta Crystallogr. Sect. A",
    "Journal of Statistical Mechanics: Theory and Experiment": "J. Stat. Mech.: Theory Exp.",
    "Philosophical Transactions of the Royal Society A: Physical Sciences":
        "Philos. Trans. R. Soc. A: Phys. Sci.",
    "Bulletin of the American Mathematical Society (New Series)":
        "Bull. Am. Math. Soc. (New Ser.)",
    "J. Mach. Learn. Res.": "J. Mach. Learn. Res.",
    "PLOS ONE": "PLOS ONE",
    "Trends in Cognitive Sciences": "Trends Cogn. Sci.",
    "A Journal": "A Journal",
    "": "",
}  # fmt: skip


@pytest.mark.parametrize(("title", "short"), ISO_4.items(), ids=list(ISO_4))
def test_a_journal_is_shortened(title: str, short: str) -> None:
    assert iso_4(title) == short


@given(st.text(max_size=40))
def test_any_title_can_be_shortened(title: str) -> None:
    assert len(iso_4(title)) <= len(title)


def test_the_list_shortens() -> None:
    assert [word for word, short in WORDS.items() if len(short) > len(word)] == []


@pytest.mark.parametrize(
    ("journal", "known", "expected"),
    [
        pytest.param("The Journal of  X", "", "JX", id="the user's own"),
        pytest.param("Neuron & Glia", "NG", "N.G.", id="and is &, the user's own goes first"),
        pytest.param("Physical Review", "PR", "PR", id="one that is known"),
        pytest.param("Physical Review", "", "Phys. Rev.", id="ISO 4"),
        pytest.param("Nuovo \\emph{Cimento} Review", "", "Nuovo \\emph{Cimento} Review", id="TeX"),
    ],
)
def test_which_short_name_counts(journal: str, known: str, expected: str) -> None:
    own = short_names({"journal of x": "JX", "Neuron and Glia": "N.G."})
    assert short_name(journal, own, known) == expected


@pytest.mark.parametrize(
    ("text", "table"),
    [
        pytest.param('{"A B": "A", "": "x"}', {"A B": "A"}, id="a JSON object"),
        pytest.param('[["A B", "A"], ["C D", "C"]]', {"A B": "A", "C D": "C"}, id="JSON pairs"),
        pytest.param("A B,A\nC,C", {"A B": "A", "C": "C"}, id="commas"),
        pytest.param('\ufeffA; B;A\n"C;D";C;x;1', {"A": "B", "C;D": "C"}, id="semicolons"),
        pytest.param("A B\tA\n\nC, D\tC", {"A B": "A", "C, D": "C"}, id="tabs"),
        pytest.param("", {}, id="nothing"),
    ],
)  # fmt: skip
def test_a_table_is_read(text: str, table: dict[str, str]) -> None:
    assert read_table(text) == table


@pytest.mark.parametrize("text", ["A B", '{"a": 1}', '["ab", "c"]', "{", "[1]", '{"a": ["b"]}'])
def test_what_is_no_table_is_refused(text: str) -> None:
    with pytest.raises(ReadError, match="two columns"):
        read_table(text)
