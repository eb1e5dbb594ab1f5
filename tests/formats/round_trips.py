"""Entries of every kind for the round trips of the formats that write, and how to go one."""

from hypothesis import strategies as st

from refman.formats import format_named
from refman.formats.format import Context
from refman.model.creator import ROLES, Creator
from refman.model.entry import Entry
from refman.model.entry_types import ENTRY_TYPES
from refman.model.fields import ATTRIBUTES, FIELDS
from tests.formats import engine

CHARACTERS = st.characters(codec="utf-8", exclude_categories=["Cs"])
TEXTS = st.text(CHARACTERS, min_size=1, max_size=30) | st.sampled_from(
    ["A Title: With More", "Ünïcode “quotes” – dash", "<i>marked</i> & bold", "10.1000/abc",
     "https://doi.org/10.1000/abc", "arXiv:1706.03762", "a\nb", "ER  - ", "TY  - JOUR", "a, b; c",
     "\\emph{In vitro} work", "H\\textsubscript{2}O", "12–34", "12-34", "1234-5678", " blank ",
     "9783540780656", "tex.note: x", "Citation Key: k", "{Braced} \"quoted\" 'text'", "x,y\r\nz",
     "&amp; &lt;b&gt;", "</record>", "null", "=1+1", "2019", "May 2019", "\x85", "\ufeff", "\\"]
)  # fmt: skip
NAMES = st.text(st.characters(codec="utf-8", categories=("Lu", "Ll")), min_size=1, max_size=8)
WORDS = NAMES | st.sampled_from(
    ["van den", "Jr.", "d'", "Ada Maria", "Müller-Lüdenscheidt", "University of Life",
     "et al.", "others", "A, B", "A; B", "{X}", "Smith and Sons", "III", "J."]
)  # fmt: skip
PARTS = st.builds(
    Creator,
    family=WORDS,
    given=WORDS | st.just(""),
    dropping_particle=st.just("") | st.just("de"),
    non_dropping_particle=st.just("") | st.sampled_from(["van", "von der", "Abc"]),
    suffix=st.just("") | st.sampled_from(["Jr.", "III", "x y"]),
    role=st.sampled_from(ROLES),
) | st.builds(Creator, literal=WORDS, role=st.sampled_from(ROLES))
FIELD_NAMES = st.sampled_from(
    [
        *sorted(set(FIELDS) - ATTRIBUTES - {"ids"}),  # the other keys are a row's, not an entry's
        *("custom1", "accession", "entrysubtype", "serieseditor", "file-2", "x:y", "id", "medium"),
    ]
)
DATES = st.sampled_from(
    ["", "2019", "2019-05", "2019-05-16", "2019-21", "2019/2020", "2019-05-30/2019-06-02", "1999~",
     "1999?", "199X", "2019/..", "../2019", "-0044", "0800", "nonsense", "2019-XX"]
)  # fmt: skip
ENTRIES = st.builds(
    Entry,
    entry_type=st.sampled_from([*ENTRY_TYPES, "strange"]),
    citation_key=st.sampled_from(["smith2020", "Smith:2020/a", "ключ", "2020", "a.b", "X1"]),
    title=TEXTS,
    creators=st.lists(PARTS, max_size=4).map(tuple),
    creators_truncated=st.booleans(),
    date=DATES,
    abstract=st.just("") | TEXTS | st.just("One.\n\nTwo lines\nof text."),
    fields=st.dictionaries(FIELD_NAMES, TEXTS, max_size=6),
    keywords=st.lists(TEXTS, max_size=3, unique=True).map(tuple),
)


def written(name: str, entries: list[Entry]) -> str:
    """The text of `entries` in the format called `name`."""
    writer = format_named(name)
    assert writer is not None
    return "".join(writer.write(entries, {}))


def read_again(name: str, entries: list[Entry]) -> list[Entry]:
    """What the format called `name` reads of what it wrote of `entries`; nothing may go wrong."""
    reader = format_named(name)
    assert reader is not None
    text = written(name, entries)
    found = reader.read(text, Context(engine.AS_OF))
    assert found.problems == []
    assert found.passed_over == []
    return [row.entry for row in found.rows]
