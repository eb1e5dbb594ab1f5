"""Where in a row's source text each part stands, and how much of it every format has used."""

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refman.library.marking import Mark, marks
from refman.library.planning import read_page
from refman.library.records import Seen, seen_of
from refman.library.sources import Source
from refman.model.creator import Creator
from refman.model.entry import Entry
from refman.progress import Progress
from tests.library.making import people

DAY = date(2026, 11, 20)
SAMPLES = Path(__file__).parents[1] / "data" / "formats"
SHORT = {"creators": "names", "identifier": "id", "category": "cat", "affiliations": "at"}


def shown(text: str, found: tuple[Mark, ...]) -> str:
    """The text with its marks written into it: `[title:…]`."""
    said, place = "", 0
    for mark in found:
        part = SHORT.get(mark.part, mark.part)
        said += f"{text[place : mark.start]}[{part}:{text[mark.start : mark.end]}]"
        place = mark.end
    return said + text[place:]


def row_shown(text: str) -> str:
    """The first row of a page, read and marked."""
    page = read_page(Source.from_text(text, "page.txt", DAY), None, Progress())
    row = page.rows[0]
    return shown(row.raw_text, marks(row.raw_text, seen_of(row)))


ROWS = {
    "glued": (
        (
            "89.4LGJun 2Code\nSoft Q-learningSobhan Mohammadpour, Emma Frejinger et al. · mila\n"
            "An agent that is soft learns softly. It takes its time, and its time takes it.\n"
        ),
        (
            "[score:89.4][cat:LG][date:Jun 2][code:Code]\n[title:Soft Q-learning]"
            "[names:Sobhan Mohammadpour, Emma Frejinger] [truncated:et al.] · [at:mila]\n"
            "[abstract:An agent that is soft learns softly. It takes its time, and its time "
            "takes it.]"
        ),
    ),
    "bibtex": (
        (
            '@article{k1, title = {{Na{\\"\\i}ve} \\emph{Sheep} \\& Stra{\\ss}en},\n'
            'author = {M{\\"u}ller, J{\\"o}rg and others}, journal = "J. Sheep", volume = 12,\n'
            "pages = {3--14}, month = mar, year = {2020}, owner = {me},\n"
            "doi = {https://doi.org/10.1000/x\\_1}}"
        ),
        (
            '@[type:article]{[key:k1], title = {{[title:Na{\\"\\i}ve} \\emph{Sheep} \\& '
            "Stra{\\ss}en]},\n"
            'author = {[names:M{\\"u}ller, J{\\"o}rg] [truncated:and others]}, '
            'journal = "[venue:J. Sheep]", volume = [other:12],\n'
            "pages = {[other:3--14]}, month = [date:mar], year = {[date:2020]}, "
            "owner = {[other:me]},\ndoi = {[id:https://doi.org/10.1000/x\\_1]}}"
        ),
    ),
    "ris": (
        (
            "TY  - JOUR\nAU  - Müller, Jörg\nTI  - On <i>Sheep</i>\nJO  - Sheep\nVL  - 3\nSP  - 7\n"
            "PY  - 2020\nDO  - 10.1000/1\nER  - \n"
        ),
        (
            "TY  - [type:JOUR]\nAU  - [names:Müller, Jörg]\nTI  - [title:On <i>Sheep</i>]\n"
            "JO  - [venue:Sheep]\nVL  - [other:3]\nSP  - [other:7]\nPY  - [date:2020]\n"
            "DO  - [id:10.1000/1]\nER  -"
        ),
    ),
    "csl-json": (
        (
            '[{"id": "k1", "type": "book", "title": "R\\u00e9sum\\u00e9 &amp; More", '
            '"author": [{"family": "Knuth", "given": "Donald E."}], '
            '"issued": {"date-parts": [[1984, 5, 2]]}}]'
        ),
        (
            '{"id": "[key:k1]", "type": "[type:book]", "title": "[title:R\\u00e9sum\\u00e9 &amp; '
            'More]", "author": [{"family": "[names:Knuth]", "given": "[names:Donald E.]"}], '
            '"issued": {"date-parts": [[[date:1984, 5, 2]]]}}'
        ),
    ),
    "arxiv": (
        (
            "[1] arXiv:2405.21060v2 [pdf, html, other]\nTitle: Transformers are SSMs\n"
            "Authors: Tri Dao, Albert Gu\nComments: ICML 2024\nSubjects: Machine Learning (cs.LG)\n"
        ),
        (
            "[1] [id:arXiv:2405.21060v2] [pdf, html, other]\nTitle: [title:Transformers are SSMs]\n"
            "Authors: [names:Tri Dao, Albert Gu]\nComments: [other:ICML 2024]\n"
            "Subjects: Machine Learning ([cat:cs.LG])"
        ),
    ),
}


@pytest.mark.parametrize(("text", "expected"), ROWS.values(), ids=ROWS)
def test_rows(text: str, expected: str) -> None:
    assert row_shown(text) == expected


VALUES = {
    "white space folded": ("A  title\n  on lines", Entry(title="A title on lines"),
                           "[title:A  title\n  on lines]"),
    "hyphenated": ("An algo-\nrithm", Entry(title="An algorithm"), "[title:An algo-\nrithm]"),
    "curly quotes": ("“It’s” so", Entry(title='"It\'s" so'), "“[title:It’s” so]"),
    "with its signs": ("Why? (2)", Entry(title="Why?"), "[title:Why?] (2)"),
    "not in a longer word": ("Sheepish Sheep", Entry(title="Sheep"), "Sheepish [title:Sheep]"),
    "family first": ("Lee, B. and van den Oord, A.", Entry(creators=(
        *people("B. Lee"), Creator("Oord", "A.", "", "van den"))),
        "[names:Lee, B. and van den Oord, A.]"),
    "one is not there": ("Ann Berg; somebody; Bo Lee", Entry(creators=people(
        "Ann Berg, Cy Moe, Bo Lee")), "[names:Ann Berg]; somebody; [names:Bo Lee]"),
    "a day": ("on 16 May 2022.", Entry(date="2022-05-16"), "on [date:16 May 2022]."),
    "a month": ("May 2022", Entry(date="2022-05"), "[date:May 2022]"),
    "a year of a day": ("12/2021, 2022", Entry(date="2022-05-16"), "12/2021, [date:2022]"),
    "both ends": ("1996/1997", Entry(date="1996/1997"), "[date:1996]/[date:1997]"),
    "pages cut short": ("Nature 3, 1735-80", Entry(fields={
        "journaltitle": "Nature", "pages": "1735–1780", "volume": "3"}),
        "[venue:Nature] [other:3], [other:1735-80]"),
    "an address in a tag": ('<a href="https://x.org/1">On</a>', Entry(
        title="On", fields={"url": "https://x.org/1"}), '<a href="[url:https://x.org/1]">[title:On]</a>'),
    "tags in a name": ("<last>Lee</last><first>Bo</first>", Entry(creators=people("Bo Lee")),
                       "<last>[names:Lee]</last><first>[names:Bo]</first>"),
    "changed in the middle": (
        "Sheep that stand on a hill in the morning {sic} look down on those who do not stand there",
        Entry(abstract="Sheep that stand on a hill in the morning look down on those who do not "
              "stand there"),
        ("[abstract:Sheep that stand on a hill in the morning {sic} look down on those who do not "
        "stand there]")),
    "nothing of it": ("Quite another text", Entry(title="A title", abstract="An abstract"),
                      "Quite another text"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "entry", "expected"), VALUES.values(), ids=VALUES)
def test_values(text: str, entry: Entry, expected: str) -> None:
    assert shown(text, marks(text, Seen(entry))) == expected


TEXTS = st.text(max_size=200) | st.text(alphabet='aA1 .,-<>&;{}\\"/\n“ö字İßΣ[]:', max_size=200)
ENTRIES = st.builds(
    Entry,
    title=TEXTS,
    abstract=TEXTS,
    date=st.sampled_from(["", "2022", "2022-05", "2022-05-16", "1999~", "20", "x-y-z", "2/1/"]),
    creators=st.lists(st.builds(Creator, family=TEXTS, given=TEXTS), max_size=3).map(tuple),
    creators_truncated=st.booleans(),
    fields=st.dictionaries(
        st.sampled_from(["doi", "url", "volume", "pages", "journaltitle", "note", "("]), TEXTS
    ),
    keywords=st.lists(TEXTS, max_size=2).map(tuple),
)


@given(text=TEXTS, entry=ENTRIES, label=TEXTS, affiliation=TEXTS)
def test_any_text(text: str, entry: Entry, label: str, affiliation: str) -> None:
    """No text makes it raise; marks stand in order, within the text, none over another."""
    seen = Seen(entry, category_label=label, score=1.0, code=True, affiliations=(affiliation,))
    for said in (text, text + entry.title + affiliation, "<" + text, '{"a":' + text):
        place = 0
        for mark in marks(said, seen):
            assert place <= mark.start < mark.end <= len(said)
            place = mark.end


@given(title=st.text(alphabet="abc Ä-.1", min_size=1), before=TEXTS, after=TEXTS)
def test_what_stands_there_alone_is_found(title: str, before: str, after: str) -> None:
    entry = Entry(title=title)
    lines = f"{title}\n"
    found = marks(lines, Seen(entry))
    assert "".join(lines[m.start : m.end] for m in found).strip() in title.strip() + "\n"
    assert bool(found) == any(letter.isalnum() for letter in title)


# Of each format how much of the letters of its rows' source text is said to be used, at least,
# in per cent. Tags of markup and the names of BibTeX's, JSON's and RIS's fields are not counted.
FLOORS = {
    "abstract-list": 92, "acl-anthology": 94, "arxiv-feed": 80, "arxiv-list": 69,
    "arxiv-mailing": 71, "arxiv-oai": 79, "arxiv-search": 69, "better-bibtex-json": 54,
    "bibtex": 70, "conference-accepted": 87, "conference-papers": 89, "conference-schedule": 70,
    "csl-json": 85, "csv": 83, "cvf": 71, "dblp": 67, "dblp-xml": 81, "endnote": 74,
    "google-scholar": 69, "google-scholar-alert": 64, "google-scholar-profile": 91,
    "google-scholar-search": 37, "medline": 61, "nep-report": 87, "neurips": 100,
    "openreview": 78, "pmlr": 89, "profile": 99, "pubmed-abstract": 75, "pubmed-search": 63,
    "pubmed-summary": 93, "references": 88, "ris": 86, "semantic-scholar": 70, "zotero-rdf": 82,
}  # fmt: skip
_NAMES = re.compile(r"<[/!?A-Za-z][^<>]*>|^\s*[\w+-]+\s*=|\"[\w-]+\"\s*:|^[A-Z][A-Z0-9]{1,3} *- ",
                    re.MULTILINE)  # fmt: skip


def letters(text: str) -> int:
    return sum(map(str.isalnum, text))


def used() -> dict[str, float]:
    """The share of the letters of all samples of each format, in per cent."""
    counts: dict[str, list[int]] = {}
    for file in sorted(SAMPLES.glob("*/*")):
        if file.suffix == ".json" or file.name == "README.md":
            continue  # what is expected of a sample
        page = read_page(Source.from_bytes(file.read_bytes(), file.name, DAY), None, Progress())
        of_format = counts.setdefault(page.format.name, [0, 0])
        for row in page.rows:
            text = row.raw_text
            names = [found.span() for found in _NAMES.finditer(text)]
            of_format[0] += letters(text) - sum(letters(text[a:b]) for a, b in names)
            of_format[1] += sum(
                letters(text[mark.start : mark.end])
                - sum(letters(text[max(a, mark.start) : min(b, mark.end)]) for a, b in names)
                for mark in marks(text, seen_of(row))
            )
    return {name: 100 * marked / max(total, 1) for name, (total, marked) in counts.items()}


def test_share_that_is_marked() -> None:
    shares = used()
    assert set(shares) == set(FLOORS)
    assert not {name: share for name, share in shares.items() if share < FLOORS[name]}
