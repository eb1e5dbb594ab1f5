"""Entries of every kind that a citation style has to cope with, by what is odd about them."""

from typing import Any

from refman.model.creator import Creator, parse_name
from refman.model.entry import Entry


def _people(names: str, role: str) -> tuple[Creator, ...]:
    return tuple(parse_name(name, role) for name in names.split("; ")) if names else ()


def cited(
    entry_type: str, title: str, names: str = "", date: str = "", editors: str = "", **values: Any
) -> Entry:
    """An entry; names have semicolons between them. What is no attribute becomes a field."""
    own = {
        name: values.pop(name)
        for name in ("abstract", "citation_key", "creators_truncated", "tex")
        if name in values
    }
    creators = (*_people(names, "author"), *_people(editors, "editor"))
    return Entry(
        entry_type=entry_type, title=title, creators=creators, date=date, fields=values, **own
    )


ENTRIES = {
    "article": cited(
        "article", "Deep learning", "LeCun, Yann; Bengio, Yoshua; Hinton, Geoffrey", "2015-05-28",
        journaltitle="Nature", volume="521", number="7553", pages="436--444",
        doi="10.1038/nature14539",
    ),
    "proceedings paper": cited(
        "inproceedings", "BERT: Pre-training of deep bidirectional transformers",
        "Devlin, Jacob; Chang, Ming-Wei", "2019-06", booktitle="Proceedings of NAACL-HLT",
        pages="4171-4186", publisher="ACL", location="Minneapolis",
    ),
    "book": cited(
        "book", "The art of computer programming", "Knuth, Donald E.", "1997",
        publisher="Addison-Wesley", location="Reading, MA", edition="3", volume="1",
    ),
    "editors only": cited(
        "collection", "Handbook of sheep", "", "2001", "Roe, Jane; Doe, John",
        publisher="Farm Press", location="Oxford", edition="Second",
    ),
    "chapter": cited(
        "incollection", "Counting sheep", "Moreau, Jean-Luc", "2001", "Roe, Jane",
        booktitle="Handbook of sheep", pages="12--19", publisher="Farm Press", location="Oxford",
    ),
    "thesis": cited(
        "thesis", "On loops", "Lovelace, Ada", "1999-07", type="phdthesis",
        institution="University of Nowhere",
    ),
    "a body": cited(
        "report", "Why wires are cold", "ATLAS Collaboration", "2012", institution="CERN",
        number="CERN-2012-01", type="techreport",
    ),
    "preprint": cited(
        "misc", "Attention is all you need",
        "Vaswani, Ashish; Shazeer, Noam; Parmar, Niki; Uszkoreit, Jakob; Jones, Llion; "
        "Gomez, Aidan N.; Kaiser, Lukasz; Polosukhin, Illia",
        "2017-06-12", eprint="1706.03762", eprintclass="cs.CL", eprinttype="arxiv",
    ),
    "web page": cited(
        "online", "How to count", "", "2020-03-01", urldate="2021-04-05",
        url="https://example.org/count_sheep?a=1&b=2", organization="Sheep Society",
    ),
    "truncated": cited(
        "article", "Forgetting transformers", "Lin, Zhixuan; Nikishin, Evgenii", "2025",
        creators_truncated=True, journaltitle="J. Mach. Learn. Res.", volume="3",
    ),
    "no date": cited("article", "Undated thoughts", "Doe, John", journaltitle="Journal of Time"),
    "no author": cited(
        "article", "What is “truth”?", "", "1960", journaltitle="Mind & Matter", volume="2",
        pages="5",
    ),
    "years": cited("book", "Collected letters", "de la Fontaine, Jean", "1999/2003", publisher="P"),
    "open end": cited("periodical", "Journal of Samples", "", "2019/..", "Roe, Jane"),
    "circa": cited("book", "Old map", "Anonymous", "1450~", publisher="P"),
    "particle": cited("article", "WaveNet", "van den Oord, Aaron", "2016", journaltitle="Waves"),
    "suffix": cited(
        "book", "Strength to love", "King, Jr., Martin Luther", "1963", publisher="Harper & Row"
    ),
    "Chinese": cited(
        "article", "统计学习方法", "李, 航; 王, 小明", "2012", journaltitle="计算机学报", volume="1"
    ),
    "signs": cited(
        "article",
        "The role of $\\alpha$-synuclein in $n$ < m & “z”: a <test> of H<sub>2</sub>O "
        "and \\emph{cold} wires",
        "Müller, Jürgen; O'Brien, Conor", "2020-05-03/2020-05-05",
        journaltitle="Nature & Science", volume="IV", number="2-3", pages="e1001--e1010",
    ),
    "many": cited(
        "article", "A big detector",
        "; ".join(f"Name{letter}, {letter}. B." for letter in "ABCDEFGHIJKLMNOPQRSTUV"),
        "2012", journaltitle="Phys. Lett. B", volume="716", pages="1--29",
    ),
    "data": cited(
        "dataset", "Sheep counts", "Doe, Jane", "2023", doi="10.5281/zenodo.1", publisher="Zenodo",
        version="2",
    ),
    "question": cited(
        "inproceedings", "Is it real?", "Roe, Jane", "2011-11-22", booktitle="Proc. What? Where?",
        eventtitle="Counting Days", venue="Paris",
    ),
    "season": cited("article", "Lambs", "Roe, Jane", "2011-21", journaltitle="Seasons"),
    "capitals": cited(
        "article", "THE GREAT THEORY OF EVERYTHING: A REVIEW", "Roe, J. A. B.", "0079-08-24",
        journaltitle="X",
    ),
    "before Christ": cited("book", "Lines\nand   blanks.", "Roe, J.", "-0044", pages="12,15--18"),
    "braces": cited(
        "article", "Learning d-separation for beginners", "Roe, Jane", "2011", journaltitle="X",
        tex={"title": "Learning {d}-separation for beginners"},
    ),
    "no title": cited(
        "misc", "", "Doe, Jane", "2023",
        abstract="We count sheep and find that most of them are white, as others did before us.",
    ),
    "nothing": cited("misc", "", citation_key="untitled7"),
}  # fmt: skip
