"""What was read from a file and not edited is written as it stood there, and read as it was."""

from dataclasses import replace
from pathlib import Path

import pytest
from bibtexparser.splitter import Splitter
from hypothesis import example, given
from hypothesis import strategies as st

from refman.formats import latex
from refman.formats.bibtex import BibTeX
from refman.formats.bibtex.converting import BIBDESK, OWN_FIELDS
from refman.formats.bibtex.inheritance import MARK
from refman.formats.bibtex.names import can_be_read
from refman.formats.bibtex.spelling import line, spelt
from refman.formats.bibtex.style import BIBLATEX, BIBTEX, Style
from refman.formats.bibtex.writer import arranged, render, write
from refman.formats.format import Context, Row
from refman.model.creator import AUTHOR, ROLES, Creator
from refman.model.entry import Entry
from refman.model.fields import FIELDS, biblatex_name
from tests.formats import engine
from tests.formats.test_bibtex_round_trip import entries

SAMPLES = sorted((engine.SAMPLES / "bibtex").glob("*.bib"))
WHOLE = [path for path in SAMPLES if "broken" not in path.stem]  # bibtexparser can read these
DIALECTS = (BIBTEX, BIBLATEX)
each_dialect = pytest.mark.parametrize("dialect", DIALECTS)
each_sample = pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)


def read(text: str) -> list[Row]:
    return BibTeX().read(text, Context(engine.AS_OF)).rows


def exported(row: Row) -> Entry:
    """The entry as an export gets it from a library: with its other keys, one of its own, and
    the user's own as it came; nothing is left to the parents."""
    fields, tex = dict(row.entry.fields), dict(row.entry.tex)
    for name in [name for name in tex if name in OWN_FIELDS or BIBDESK.fullmatch(name)]:
        fields[name] = tex.pop(name)
    tex.pop(MARK, None)
    if row.aliases:
        fields["ids"] = ",".join(row.aliases)
    return row.entry.with_values(fields=fields, tex=tex)


def written(entries: list[Entry], dialect: str) -> str:
    return "".join(write(entries, Style(dialect=dialect)))


def fields_of(text: str) -> dict[str, dict[str, str]]:
    """Every field as bibtexparser, which knows nothing of refman, sees it in a file: key → BibLaTeX
    name → what stands between its braces or marks, in one line."""
    found: dict[str, dict[str, str]] = {}
    for block in Splitter(text).split().entries:
        names = [biblatex_name(field.key) for field in block.fields]
        values = found[block.key] = {}
        for name, field in zip(names, block.fields, strict=True):
            raw = str(field.value)
            if raw[:1] in ("{", '"') and "#" not in raw and names.count(name) == 1:
                values[name] = line(raw[1:-1])
            if "prefix=" in raw:  # a name by its parts, which only BibLaTeX has
                del values[name]
    return found


def as_said(entry: Entry, dialect: str) -> Entry:
    """The entry as the dialect can say it: to BibTeX every particle is of one kind, and a name by
    its parts is BibLaTeX's alone."""
    roles = {name for name, tex in entry.tex.items() if name in ROLES and not can_be_read(tex)}
    roles |= {one.role for one in entry.creators if one.dropping_particle}
    if dialect == BIBLATEX or not roles:
        return entry
    von = [f"{one.dropping_particle} {one.non_dropping_particle}" for one in entry.creators]
    creators = [
        replace(one, dropping_particle="", non_dropping_particle=particle.strip())
        for one, particle in zip(entry.creators, von, strict=True)
    ]
    tex = {name: text for name, text in entry.tex.items() if name not in roles}
    return entry.with_values(creators=tuple(creators), tex=tex)


@each_dialect
@each_sample
def test_a_sample_comes_back(sample: Path, dialect: str) -> None:
    entries = [exported(row) for row in read(engine.text_of(sample))]
    if dialect == BIBTEX:
        entries = arranged(entries)
    text = written(entries, dialect)
    again = read(text)
    keys = [row.entry.citation_key for row in again]  # one that is missing or there twice is new
    expected = [as_said(entry.with_values(citation_key=key), dialect)
                for entry, key in zip(entries, keys, strict=True)]  # fmt: skip
    assert list(map(exported, again)) == expected
    assert written([exported(row) for row in again], dialect) == text


@each_dialect
@pytest.mark.parametrize("sample", WHOLE, ids=lambda path: path.stem)
def test_a_sample_keeps_its_tex(sample: Path, dialect: str) -> None:
    source = engine.text_of(sample).replace("\r\n", "\n")
    entries = [exported(row) for row in read(source)]
    before, after = fields_of(source), fields_of(written(entries, dialect))
    for key in before.keys() & after.keys():
        for name in before[key].keys() & after[key].keys() - NORMALISED:
            assert after[key][name] == before[key][name], (key, name)


# Fields of which the parts are read, and written in one form.
NORMALISED = frozenset(
    ("year", "month", "day", "date", "keywords", "ids", "type", "eprint", "eprinttype")
)


@given(entry=entries(), dialect=st.sampled_from(DIALECTS))
@example(Entry(citation_key="k", creators=(Creator("Alembert", "Jean", "d'"),)), BIBLATEX)
@example(Entry(citation_key="k", title="A RL title", tex={"title": "A {R}L title"}), BIBTEX)
@example(Entry("online", "k", date="2020", fields={"month": "Spring"}), BIBLATEX)
def test_an_entry_comes_back(entry: Entry, dialect: str) -> None:
    fields = {name: value for name, value in entry.fields.items() if name != "file"}
    entry = entry.with_values(fields=fields)  # a file is an attachment, and no field
    again = [row.entry for row in read(written([entry], dialect))]
    assert [one.with_values(tex={}) for one in again] == [
        as_said(entry, dialect).with_values(tex={})
    ]
    # What refman spells itself is not kept as TeX besides.
    assert {name: again[0].tex.get(name) for name in entry.tex} == entry.tex
    assert read(written(again, dialect))[0].entry == again[0]


PIECES = (
    "a The BERT iPhone {RL} {R}L {{Two}} \\'e {\\'e} \\\"{u} {\\\"u} \\ss{} {\\ss} \\L{}ukasz "
    "\\alpha $x_1$ $\\alpha$ 50\\% 50% A\\&B A&B a_b a\\_b -- --- ``q'' \\emph{RL} \\foo{x} "
    "\\url{a_b} {} {.} \\textbf{B}old \\LaTeX{} é ß – “q” \\- \\, \\{ \\} ? , ; : # ~ and"
)
TEX = st.lists(st.sampled_from(PIECES.split(" ")), min_size=1, max_size=7).map(" ".join)


@given(title=TEX, note=TEX, abstract=st.lists(TEX, min_size=1, max_size=2).map("\n\n".join))
def test_the_tex_of_an_unedited_field_is_that_of_the_file(
    title: str, note: str, abstract: str
) -> None:
    values = {"title": title, "note": note, "abstract": abstract}
    if not all(map(latex.is_balanced, values.values())):  # \{ is a brace to bibtex
        return
    source = "".join(f"  {name} = {{{value}}},\n" for name, value in values.items())
    rows = read(f"@misc{{k,\n{source}}}\n")
    kept = set(written([rows[0].entry], BIBTEX).split("\n  "))
    lost = [f"{name} = {{{value}}}," for name, value in values.items()
            if not any(one.rstrip("}\n").startswith(f"{name} = {{{value}") for one in kept)
            and rows[0].entry.value(name)]  # fmt: skip
    assert lost == []


@given(
    more=st.booleans(),
    names=st.lists(
        st.sampled_from(
            ["Ada King", "King, Ada", "{OpenAI}", "{\\'E}. Galois", "van den Oord, Aaron",
             "Aaron van den Oord", "Ford, Jr., Henry", "Wu, {\\relax Ch}en",
             "{Barnes and Noble}", "Knuth, D.~E.", "{García y Vega}, José", "A.-M. Legendre",
             "al-Khwarizmi", "Müller, J{\\\"o}rg"]),
        min_size=1, max_size=4,
    )
)  # fmt: skip
def test_names_are_written_as_they_stood(names: list[str], *, more: bool) -> None:
    author = " and ".join([*names, "others"] if more else names)
    entry = read(f"@misc{{k,\n  author = {{{author}}},\n}}")[0].entry
    for dialect in DIALECTS:
        assert f"  author = {{{author}}},\n" in written([entry], dialect)


@pytest.mark.parametrize(
    ("tex", "expected"),
    [
        pytest.param("A {B", "A RL title", id="a brace without its partner"),
        pytest.param("A \\", "A RL title", id="a backslash at the end"),
        pytest.param("A \x00", "A RL title", id="a character that is none"),
        pytest.param("  ", "A RL title", id="nothing"),
        pytest.param("A {RL} \\foo", "A {RL} \\foo", id="TeX that can stand"),
    ],
)
def test_tex_that_cannot_stand_is_written_anew(tex: str, expected: str) -> None:
    entry = Entry(citation_key="k", title="A RL title", tex={"title": tex})
    expected = expected.replace("A RL", "A {RL}")
    assert written([entry], BIBTEX) == f"@misc{{k,\n  title = {{{expected}}},\n}}\n"


@pytest.mark.parametrize(
    ("tex", "bibtex", "biblatex"),
    [
        pytest.param("Ada King", "Ada King", "Ada King", id="usual"),
        pytest.param(
            "family=King, given=Ada", "King, Ada", "family=King, given=Ada", id="by parts"
        ),
        pytest.param("a, b, c, King, Ada", "King, Ada", "King, Ada", id="too many commas"),
        pytest.param("King, Ada and", "King, Ada", "King, Ada", id="nobody at the end"),
        pytest.param("King, Ada,", "King, Ada", "King, Ada", id="a comma at the end"),
        pytest.param("{King", "King, Ada", "King, Ada", id="a brace"),
    ],
)  # fmt: skip
def test_names_that_the_programs_balk_at_are_written_anew(
    tex: str, bibtex: str, biblatex: str
) -> None:
    entry = Entry(citation_key="k", creators=(Creator("King", "Ada"),), tex={AUTHOR: tex})
    assert f"  author = {{{bibtex}}},\n" in written([entry], BIBTEX)
    assert f"  author = {{{biblatex}}},\n" in written([entry], BIBLATEX)


def test_tex_is_written_anew_if_so_chosen() -> None:
    tex = {"title": "{\\'E}t{\\'e} and {R}L", AUTHOR: "Ada King", "note": "\\'e"}
    entry = Entry(
        citation_key="k", title="Été and RL", creators=(Creator("King", "Ada"),),
        fields={"note": "é"}, tex=tex,
    )  # fmt: skip
    assert "".join(write([entry], Style(source="rewrite"))) == (
        "@misc{k,\n  author = {King, Ada},\n  title = {Été and {RL}},\n  note = {é},\n}\n"
    )
    commands = "".join(write([entry], Style(unicode=False)))
    assert f"  title = {{{tex['title']}}},\n" in commands
    assert commands.isascii()


def test_a_value_that_an_option_changes_is_written_anew() -> None:
    tex = {"journaltitle": "{The} Journal of Physics"}
    fields = {"journaltitle": "The Journal of Physics"}
    entry = Entry("article", "k", fields=fields, tex=tex)
    assert "{J. Phys.}" in "".join(write([entry], Style(abbreviate=True)))
    assert "{{The} Journal of Physics}" in "".join(write([entry], Style()))


@given(text=st.text(max_size=40))
def test_a_fast_way_gives_what_the_slow_one_gives(text: str) -> None:
    assert spelt("note", text) == latex.escape(line(text))


ANY = st.text(max_size=12) | st.sampled_from(["{", "}", "\\", "a and b", "a, b, c, d", "@x{", "%"])
ANY_ENTRY = st.builds(
    Entry,
    entry_type=ANY,
    citation_key=ANY,
    title=ANY,
    creators=st.lists(
        st.builds(Creator, *[ANY] * 6, role=st.sampled_from([*ROLES, "x"])), max_size=2
    ).map(tuple),
    creators_truncated=st.booleans(),
    date=st.sampled_from(["", "2020", "2020-05", "1999~", "2020/", "x"]),
    abstract=ANY,
    fields=st.dictionaries(ANY | st.sampled_from(sorted(FIELDS)), ANY, max_size=4),
    keywords=st.lists(ANY, max_size=2).map(tuple),
    tex=st.dictionaries(st.sampled_from(["title", "abstract", "author", "editor", "note"]), ANY),
)
ANY_STYLE = st.builds(
    Style,
    dialect=st.sampled_from(DIALECTS),
    unicode=st.booleans(),
    protection=st.sampled_from(["mixed", "nouns", "none", "title"]),
    links=st.sampled_from(["both", "doi", "url"]),
    abbreviate=st.booleans(),
    notes=st.just("annote"),
    align=st.booleans(),
    trailing_comma=st.booleans(),
    source=st.sampled_from(["keep", "rewrite"]),
)


@given(entry=ANY_ENTRY, style=ANY_STYLE, note=ANY)
def test_whatever_is_written_is_one_entry(entry: Entry, style: Style, note: str) -> None:
    text = render(entry, style, note)
    text.encode()
    assert latex.is_balanced(text)
    found = BibTeX().read(text, Context(engine.AS_OF))
    assert (len(found.rows), found.passed_over) == (1, [])
    assert render(entry, style, note) == text
