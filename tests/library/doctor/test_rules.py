"""What each rule finds in an entry, and what it proposes."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refman.library.doctor import titles
from refman.library.doctor.rules import RULES
from refman.model.creator import Creator
from refman.model.entry import Entry
from tests.library.doctor.looking import article, findings, short

FOUND = [
    # --- fields
    ("no journal", {"journaltitle": ""}, ["warning missing-field journaltitle"]),
    ("no author", {"names": ""}, ["warning missing-field author"]),
    ("a year in words", {"date": "", "year": "in press"}, []),
    ("only a state", {"date": "", "pubstate": "forthcoming"}, []),
    ("no year", {"date": ""}, ["warning missing-field date"]),
    ("empty braces", {"note": "{}"}, ["notice empty-field note → "]),
    ("placeholder", {"volume": "N/A"}, ["notice empty-field volume → "]),
    ("Roman number", {"volume": "XXX"}, []),
    ("slip", {"pubisher": "X"}, ["notice misspelt-field pubisher ?→ publisher = X"]),
    ("own field", {"bdsk-url-1": "x", "mood": "good", "urls": "x"}, []),
    ("slip in a type", {"entry_type": "artcle"}, ["notice unknown-type entry_type ?→ article"]),
    ("own type", {"entry_type": "my-type"}, ["notice unknown-type entry_type"]),
    ("two venues", {"booktitle": "Sheep"}, ["notice two-venues booktitle"]),
    # --- dates
    ("far future", {"date": "2222"}, ["warning date date"]),
    ("next year", {"date": "2027"}, []),
    ("no century", {"date": "0022"}, ["warning date date"]),
    ("before print", {"date": "1202"}, ["warning date date"]),
    ("a book before print", {"date": "-0350", "entry_type": "book"}, []),
    ("five digits", {"date": "", "year": "20222"}, ["warning date year"]),
    ("a year before Christ", {"date": "", "year": "535 BCE"}, []),
    ("a year with a letter", {"date": "", "year": "2020a"}, []),
    ("a range", {"date": "2020/2022"}, []),
    ("an open range", {"date": "2020/.."}, []),
    ("about", {"date": "1999~"}, []),
    ("a range turned round", {"date": "2022/2020"}, ["warning date date"]),
    ("13th month", {"month": "13"}, ["warning date month"]),
    ("a season", {"month": "spring"}, []),
    ("no month", {"month": "foo"}, ["notice date month"]),
    ("months of other languages", {"month": "Fevereiro"}, []),
    ("a month not yet", {"month": "forthcoming"}, []),
    ("words about a month", {"month": "Second quarter"}, []),
    ("30 February", {"date": "", "year": "2000-02-30"}, ["warning date year"]),
    ("31 April at 99 hours", {"date": "", "year": "2001-04-31T99:00"}, ["warning date year"]),
    ("99 hours", {"urldate": "2001-04-30T99:00"}, ["warning date urldate"]),
    ("a 13th month in a date", {"date": "", "year": "2000-13"}, ["warning date year"]),
    ("years over a century", {"date": "", "year": "1999-00"}, []),
    ("a letter in a year", {"date": "", "year": "20x1"}, ["warning date year"]),
    ("years to come in words", {"date": "", "year": "n.d."}, []),
    ("forthcoming", {"date": "", "year": "forthcoming 2027"}, []),
    ("year 0", {"date": "0000"}, ["warning date date"]),
    ("a second date that does not exist", {"date-2": "2000-04-31"},
     ["warning date date", "warning date-twice date-2 ?→ "]),
    ("32nd day", {"day": "32"}, ["warning date day"]),
    ("named day", {"urldate": "19 April 2015"}, ["warning date urldate → 2015-04-19"]),
    ("a time", {"urldate": "2015-01-22T18:57:07Z"}, []),
    ("tomorrow beyond the date line", {"urldate": "2026-11-21"}, []),
    ("visited in time to come", {"urldate": "2026-12-01"}, ["warning date urldate"]),
    ("a second date", {"date-2": "soon"}, ["warning date-twice date-2 ?→ "]),
    # --- identifiers
    ("DOI", {"doi": "10.1000/ABC(1)<2>"}, []),
    ("short DOI", {"doi": "10/dvzd5z"}, []),
    ("DOI with its resolver", {"doi": "https://doi.org/10.1000/Abc"},
     ["warning doi doi → 10.1000/Abc"]),
    ("DOI with a full stop", {"doi": "10.1000/abc."}, ["warning doi doi → 10.1000/abc"]),
    ("a blank in a DOI", {"doi": "10.1000/bad doi"}, ["warning doi doi ?→ 10.1000/bad"]),
    ("half a DOI", {"doi": "0.1007/978-3"}, ["error doi doi"]),
    ("no DOI", {"doi": "see the page"}, ["error doi doi"]),
    ("ISBN", {"isbn": "978-0-306-40615-7"}, []),
    ("ISBNs", {"isbn": "0-306-40615-2 (hbk.), ISBN 978-0-306-40615-7"}, []),
    ("ISBN with a slip", {"isbn": "978-0-306-40615-8"}, ["error number isbn"]),
    ("ISBN with X", {"isbn": "0-9752298-0-X"}, []),
    ("ISSN", {"issn": "0378-5955, 1879-2073"}, []),
    ("ISSN with a slip", {"issn": "0378-5956"}, ["error number issn"]),
    ("ISSN as ISBN", {"isbn": "0378-5955"}, ["error number isbn ?→ issn = 0378-5955"]),
    ("arXiv", {"eprint": "hep-th/9711200", "eprinttype": "arxiv"}, []),
    ("no arXiv id", {"eprint": "27043002", "eprinttype": "arxiv"}, ["error arxiv eprint"]),
    ("another archive", {"eprint": "hal-01", "eprinttype": "HAL"}, []),
    ("PMID", {"pmid": "20097884", "pmcid": "PMC12"}, []),
    ("no PMID", {"pmid": "x", "pmcid": "y"}, ["error pubmed pmid", "error pubmed pmcid"]),
    ("ORCID", {"orcid": "0000-0002-1825-0097; https://orcid.org/0000-0001-5109-3700"}, []),
    ("ORCID with a slip", {"orcid": "0000-0002-1825-0098"}, ["error orcid orcid"]),
    # --- addresses
    ("address", {"url": "https://example.org/a?b=c&d=%20#e"}, []),
    ("other schemes", {"url": "urn:nbn:de:101:1-2020"}, []),
    ("no scheme", {"url": "www.example.org/a"},
     ["warning url url ?→ https://www.example.org/a"]),
    ("slip in the scheme", {"url": "htttp//example.org"}, ["warning url url"]),
    ("half a scheme", {"url": "http:/example.org"}, ["warning url url ?→ http://example.org"]),
    ("twice", {"url": "http://https://a.org"}, ["warning url url ?→ https://a.org"]),
    ("blank", {"url": "https://a.org https://b.org"}, ["warning url url"]),
    ("a DOI as address", {"url": "10.1145/3453300"},
     ["warning url url → https://doi.org/10.1145/3453300"]),
    ("HTML in an address", {"url": "https://a.org/?b=1&amp;copy=2"},
     ["warning url url → https://a.org/?b=1&copy=2"]),
    ("no host", {"url": "https:///a"}, ["warning url url"]),
    # --- texts
    ("lone brace", {"title": "The {Deep sheep"}, ["error braces title ?→ The Deep sheep"]),
    ("tags", {"title": "H<sub>2</sub>O in <i>Ovis</i> &amp; more"},
     ["warning html title → H$_2$O in \\emph{Ovis} & more"]),
    ("entities in entities", {"publisher": "A &amp;amp; B"}, ["warning html publisher → A & B"]),
    ("JATS", {"abstract": "<jats:p>One.</jats:p> <jats:p>Two.</jats:p>"},
     ["warning html abstract → One. Two."]),
    ("MathML", {"title": "On <mml:math><mml:mi>x</mml:mi></mml:math>"}, ["warning html title"]),
    ("no tags", {"title": "If a<b and c>d, R&D in AT&T"}, []),
    ("TeX for a letter", {"publisher": 'B\\"ocker'}, ["notice tex-shown publisher → Böcker"]),
    ("TeX that has to be", {"title": "On $\\alpha$ and \\emph{sheep}"}, []),
    ("wrong encoding", {"publisher": "Ã‰ditions"}, ["warning encoding publisher → Éditions"]),
    ("twice the wrong encoding", {"note": "cafÃƒÂ©"}, ["warning encoding note → café"]),
    ("lost letters", {"note": "caf\ufffd"}, ["warning encoding note"]),
    ("Portuguese", {"publisher": "São Paulo, SÃO PAULO"}, []),
    # --- titles
    ("capitals", {"title": "ATTENTION IS ALL YOU NEED"},
     ["warning title-capitals title ?→ Attention is all you need"]),
    ("capitals and acronyms",
     {"title": "GANS AND {BERT}: A STUDY OF DNA IN IPHONES",
      "abstract": "We train GANs. Later, iPhones are used."},
     ["warning title-capitals title ?→ GANs and {BERT}: A study of DNA in iPhones"]),
    ("acronym", {"title": "LIBSVM"}, []),
    ("acronyms", {"title": "BERT, GPT-4 & ALBERT"}, []),
    ("Chinese", {"title": "深度学习的方法与应用"}, []),
    ("Chinese with an acronym", {"title": "基于BERT的文本分类"}, []),
    ("a book in capitals", {"entry_type": "inproceedings", "journaltitle": "",
                            "booktitle": "PROCEEDINGS OF THE SHEEP CONFERENCE"},
     ["warning title-capitals booktitle ?→ Proceedings of the sheep conference"]),
    ("acronyms of a conference", {"entry_type": "inproceedings", "journaltitle": "",
                                  "booktitle": "ACM SIGGRAPH EUROGRAPHICS"}, []),
    ("full stop", {"title": "Counting sheep."}, ["notice title-stop title → Counting sheep"]),
    ("abbreviated end", {"title": "Sheep in the U.S."}, []),
    ("abbreviated end of two", {"title": "Sheep, goats, etc."}, []),
    ("dots", {"title": "And yet..."}, []),
    ("question", {"title": "Why sheep?"}, []),
    ("doubled", {"title": "Counting the the sheep"},
     ["notice title-doubled title ?→ Counting the sheep"]),
    ("rightly doubled", {"title": "Advances in in vitro sheep and that that is"}, []),
    # --- pages and numbers
    ("pages", {"pages": "1017–23, 1050–1060"}, []),
    ("pages backwards", {"pages": "120–100"}, ["warning pages pages"]),
    ("article pages", {"pages": "4:1–4:56"}, []),
    ("letters", {"pages": "e1–e12, A12–B3, xi–xx"}, []),
    ("names with hyphens", {"pages": "12–1–12–20"}, []),
    ("hyphen", {"pages": "12-34"}, ["notice page-dash pages → 12–34"]),
    ("pp.", {"pages": "pp. 12–34"}, ["notice said-twice pages → 12–34"]),
    ("vol.", {"volume": "Vol. 3", "number": "no. 4"},
     ["notice said-twice volume → 3", "notice said-twice number → 4"]),
    ("Nobel", {"number": "Nobel", "volume": "Volta"}, []),
    ("edition", {"edition": "2nd edition"}, ["notice edition edition ?→ 2"]),
    ("edition in words", {"edition": "Third ed."}, ["notice edition edition ?→ 3"]),
    ("right editions", {"edition": "Second"}, []),
    ("number of an edition", {"edition": "2"}, []),
    ("kind of an edition", {"edition": "Revised edition"}, []),
]  # fmt: skip


@pytest.mark.parametrize(
    ("values", "expected"), [case[1:] for case in FOUND], ids=[case[0] for case in FOUND]
)
def test_what_is_found(values: dict[str, Any], expected: list[str]) -> None:
    assert short(findings(article(**values))) == expected


SHOUTED = [
    ("QUIET", "ON THE SHEEP PROBLEM", "On the sheep problem"),
    ("after a colon", "SHEEP: THE PROBLEM", "Sheep: The problem"),
    ("Roman numbers", "SHEEP IN WORLD WAR II", "Sheep in world war II"),
    ("no vowels", "THE NLP AND CNN PROBLEM", "The NLP and CNN problem"),
    ("digits", "THE YOLOV3 NETWORK IN 3D", "The YOLOV3 network in 3D"),
    ("math", "THE $L_P$ NORM OF SHEEP", "The $L_P$ norm of sheep"),
    ("apostrophe", "L'HOSPITAL'S RULE AND SHEEP", "L'hospital's rule and sheep"),
    ("hyphen", "THE SELF-MADE SHEEP", "The self-made sheep"),
    ("Cyrillic", "ВОЙНА И МИР ДЛЯ ДЕТЕЙ", "Война и мир для детей"),
]


@pytest.mark.parametrize(
    ("title", "quiet"), [case[1:] for case in SHOUTED], ids=[case[0] for case in SHOUTED]
)
def test_sentence_case(title: str, quiet: str) -> None:
    assert titles.sentence_case(title, "") == quiet


AROUND = [
    ("no parent", {"crossref": "none"}, {}, ["error dangling crossref"]),
    ("a parent", {"crossref": "p"}, {"spelling": {"p": "p"}.get}, []),
    ("a parent in other letters", {"crossref": "P"}, {"spelling": {"P": "p"}.get},
     ["notice dangling crossref → p"]),
    ("no relation", {"related": "a,b"}, {"spelling": {"a": "a"}.get},
     ["warning dangling related"]),
    ("inherited", {"journaltitle": "", "date": ""},
     {"inherited": frozenset({"journaltitle", "date"})}, []),
    ("a parent itself", {"journaltitle": "", "date": ""}, {"is_parent": True}, []),
    ("its own parent", {"crossref": "p"}, {"spelling": {"p": "p"}.get, "in_cycle": True},
     ["error cycle crossref"]),
    ("key in other letters", {}, {"clashes": ("LOVELACE2022counting",)},
     ["error key-case citation_key"]),
    ("key again", {}, {"clashes": ("lovelace2022counting",)},
     ["error duplicate-key citation_key"]),
    ("key of signs", {"citation_key": "a b%"}, {}, ["error key-signs citation_key"]),
    ("twin", {}, {"twins": (("doi", "10.1/2", "other"),)}, ["warning shared-identifier doi"]),
    ("preprint", {}, {"twins": (("eprint", "1706.03762", "other"),)},
     ["notice shared-identifier eprint"]),
    ("ampersand in TeX", {}, {"tex": {"journaltitle": "A & B"}},
     ["error tex-signs journaltitle → Journal of Sheep"]),
    ("underscore in TeX", {}, {"tex": {"title": "a_b and $a_b$ \\url{a_b} \\_"}},
     ["error tex-signs title → Counting sheep at night"]),
    ("right TeX", {},
     {"tex": {"title": "$a_b$ \\url{a_b#c} \\_ \\& 5\\% \\^o", "abstract": "_"}}, []),
    ("half a formula", {}, {"tex": {"title": "a $b \\$"}},
     ["error tex-signs title → Counting sheep at night"]),
    ("address in the TeX of a DOI", {"doi": "10.1000/182"},
     {"tex": {"doi": "https://doi.org/10.1000/182"}}, ["warning doi doi → 10.1000/182"]),
    ("TeX of a DOI", {"doi": "10.1000/a_b"}, {"tex": {"doi": "10.1000/a\\_b"}}, []),
    ("a date that is read as years", {"date": "2000/2013"}, {"tex": {"date": "2000-13"}},
     ["warning date date"]),
    ("years", {"date": "2000/2013"}, {"tex": {"year": "2000-13"}}, []),
    ("a field in a title", {"title": "Sheep, author={Lee, Ann}, year=2000"}, {},
     ["error braces title"]),
    ("a field in the TeX of a title", {}, {"tex": {"title": "Sheep\n author = {Lee}"}},
     ["error braces title"]),
    ("an equation in a title", {"title": "When, for number = 3, sheep={x} sleep"}, {}, []),
    ("brace in TeX", {}, {"tex": {"title": "a { b"}},
     ["error braces title → Counting sheep at night"]),
    ("TeX twice", {}, {"tex": {"title": "M{\\textbackslash}\"uller"}}, ["warning tex-twice title"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("values", "around", "expected"),
    [case[1:] for case in AROUND],
    ids=[case[0] for case in AROUND],
)
def test_what_is_found_around(
    values: dict[str, Any], around: dict[str, Any], expected: list[str]
) -> None:
    around.setdefault("spelling", lambda _key: "")
    spelling = around["spelling"]
    around["spelling"] = lambda key: spelling(key) or ""
    assert short(findings(article(**values), **around)) == expected


NO_DOI = [
    ("10.1/abc", "the number after “10.” has four digits or more."),
    ("https://doi.org/10.1/abc", "the number after “10.” has four digits or more."),
    (
        "10.1/bad doi",
        "the number after “10.” has four digits or more, and there is no blank in one.",
    ),
    ("10. 1000/abc", "there is no blank in one."),
    ("0.1007/978-3", "one begins with 10. and has a slash."),
]


@pytest.mark.parametrize(("doi", "said"), NO_DOI, ids=[doi for doi, _said in NO_DOI])
def test_why_it_is_no_doi(doi: str, said: str) -> None:
    (finding,) = findings(article(doi=doi), "doi")
    assert finding.message == f"“{doi}” is no DOI: {said}"


def test_the_table_is_whole() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert all(rule.label and rule.explanation.endswith(".") for rule in RULES)


texts = st.text(st.sampled_from("aB {}$\\<>&;.,:–-1290@/_^%#“é深\n'\"ÃI"), max_size=40) | st.text(
    max_size=20
)


@given(
    st.builds(
        Entry,
        entry_type=st.sampled_from(("article", "book", "misc", "thesis", "x")),
        citation_key=texts,
        title=texts,
        date=st.sampled_from(("", "2020", "2020/2010", "x", "-0001", "199X", "2020-02-30")),
        abstract=texts,
        creators=st.lists(
            st.builds(Creator, family=texts, given=texts, suffix=texts)
            | st.builds(Creator, literal=texts),
            max_size=3,
        ).map(tuple),
        fields=st.dictionaries(
            st.sampled_from(
                "doi isbn issn url eprint pages edition volume crossref year month urldate orcid "
                "pmid booktitle note titel".split()
            ),
            texts,
        ),
        tex=st.dictionaries(st.sampled_from(("title", "journaltitle")), texts),
    )
)
def test_any_entry_in_no_exception_out(examined: Entry) -> None:
    for finding in findings(examined, tex=examined.tex):
        assert finding.message
        assert not finding.fix or finding.fix.values
