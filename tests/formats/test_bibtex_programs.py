"""What is written, read by the programs that it is for: not one error, and no warning but of
what an entry lacks or says in a way of its own."""

import re
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from refman.formats import FORMATS
from refman.formats.bibtex.style import BIBLATEX, BIBTEX, Style
from refman.formats.bibtex.writer import write
from refman.model.creator import EDITOR, Creator
from refman.model.entry import Entry
from tests.formats import engine
from tests.formats.test_bibtex_round_trip import entries

ADA = (Creator("King", "Ada"),)
HARD = "A&B: 50% of #1 in a_b, $5 or { or } \\ ^ ~ “quoted” “¿Qué?” $L_\\infty$ \\emph{so} \\foo"

ENTRIES = [
    Entry(citation_key="plain", title="A title", creators=ADA, date="2022-05-16"),
    Entry(citation_key="hard", title=HARD, creators=ADA, date="2022", abstract=f"{HARD}\n\n{HARD}",
          keywords=(HARD, "a, b; c"), fields={"note": HARD, "annotation": f"{HARD}\n\n- {HARD}"}),
    Entry(citation_key="braces", title="} { {Kept} {} {{Deep}} $\\{$ \\{ \\} \\\\", creators=ADA,
          abstract="}}}{", date="2022-05"),
    Entry(citation_key="no.one:at_all/2+x-y", title="Signs in the key", creators=ADA,
          date="2022"),
    Entry(citation_key="clé", title="Größe Ελληνικά Привет 深度学习 👍 𝒳 naïve", creators=ADA,
          date="2022"),
    Entry(citation_key="names", title="Names", date="2022", creators_truncated=True, creators=(
        Creator("Oord", "Aaron", non_dropping_particle="van den"),
        Creator("Ford", "Henry", suffix="Jr."),
        Creator("Alembert", "Jean", dropping_particle="d'"),
        Creator("García y Vega", "José"),
        Creator("Smith, Sons", "A and B"),
        Creator("Wörner", suffix="III"),
        Creator("Berg", non_dropping_particle="von"),
        Creator(literal="Barnes and Noble, Inc. & {Friends"),
        Creator(literal="OpenAI"),
        Creator("Łukasz", "50%_#~^\\"),
        Creator("王", "小明"),
    )),
    Entry("article", "article", "An article", ADA, date="1999-12", fields={
        "journaltitle": "Journal & Co", "volume": "12", "pages": "1–9", "doi": "10.1000/a_b%c#d"}),
    Entry("article", "range", "A range of years", ADA, date="2020/2021", fields={
        "journaltitle": "J", "volume": "2", "number": "3", "issn": "0378-5955", "pages": "e17"}),
    Entry("article", "circa", "An uncertain year", ADA, date="1999~", fields={
        "journaltitle": "J"}),
    Entry("article", "season", "A season", ADA, date="2022-21", fields={"journaltitle": "J"}),
    Entry("inproceedings", "talk", "A talk on GFlowNets in RL", ADA, date="2022-07-01/2022-07-05",
          fields={"booktitle": "Proceedings of the {ICML} & more", "location": "Zürich",
                  "publisher": "ACM", "series": "LNCS", "volume": "1", "pages": "12–34, 56"}),
    Entry("book", "book", "A book", ADA, date="2001", fields={
        "publisher": "Springer", "location": "Berlin", "isbn": "978-0-306-40615-7",
        "edition": "2"}),
    Entry("incollection", "chapter", "A chapter", (*ADA, Creator("Lee", "Bo", role=EDITOR)),
          date="2001", fields={"booktitle": "B", "publisher": "P", "chapter": "3"}),
    Entry("thesis", "thesis", "A thesis", ADA, date="2001", fields={
        "institution": "MIT", "type": "phdthesis"}),
    Entry("thesis", "master", "Another thesis", ADA, date="2001", fields={
        "institution": "MIT", "type": "Diplomarbeit"}),
    Entry("report", "report", "A report", ADA, date="2001", fields={
        "institution": "NASA", "number": "TR-1", "type": "Memo"}),
    Entry("online", "online", "A web page", ADA, date="2022", fields={
        "url": "https://example.org/~a_b?c=1&d=%20#e{f}", "urldate": "2022-06-02"}),
    Entry("dataset", "dataset", "A data set", ADA, date="2022", fields={"version": "1.0"}),
    Entry("misc", "preprint", "A preprint", ADA, date="2017-06", fields={
        "eprint": "1706.03762v2", "eprinttype": "arxiv", "eprintclass": "cs.LG"}),
    Entry("misc", "hal", "Another preprint", ADA, date="2017", fields={
        "eprint": "hal-01234", "eprinttype": "hal", "eprintclass": "x"}),
    Entry("misc", "files", "Files", ADA, date="2017", fields={
        "file": ":C\\:/a_b/c%d{e.pdf:PDF", "howpublished": "\\url{https://a.b/c_d%20}"}),
]  # fmt: skip

STYLES = ("plain", "alpha", "abbrv", "unsrt", "ieeetr", "acm", "apalike", "siam")
DIALECTS = (BIBTEX, BIBLATEX)

# What bibtex may say, and why it is not refman's to change.
BIBTEX_MAY_SAY = re.compile(
    "|".join(  # noqa: FLY002 - each with its reason
        (
            r"empty .* in .*",  # the entry has no such field, and none is made up
            r"to sort, need .* in .*",  # neither creators nor a key to sort by
            r"missing .* in .*",  # the same, in other words
            r"page numbers missing in .*",
            r"both (?:author|number|volume) and .* in .*",  # the entry has both
            r"can't use both .* fields in .*",
            r"there's a (?:number|volume) but no .* in .*",
            r"neither .* supplied for .*",
            r"entry type for \".*\" isn't style-file defined",  # a type of the user's own
            r"there's a month but no year in .*",
            # As it stood in the file: a parent with a parent, or one that is not there.
            r"you've nested cross references--entry .*",
            r"refers to entry .* which also refers to something",
            r"need .* for .* to crossref .*",
            r"A bad cross reference---entry .*",
            r"--line \d+ of file .*",  # what the warning before was of
            r"\(There (?:was|were) \d+ (?:warnings?|error messages?)\)",
        )
    )
)
# What biber may say.
BIBER_MAY_SAY = re.compile(
    "|".join(  # noqa: FLY002 - each with its reason
        (
            r"Field '.*' invalid in data model - ignoring",  # not BibLaTeX's: the user's own, or
            # one of a service (pmid), or `biblatextype` in what is written for bibtex
            r"Invalid field '.*' for entrytype '.*'",  # such a work has no such field for BibLaTeX
            r"Invalid entry type '.*' - defaulting to 'misc'",  # a type of the user's own
            r"Missing mandatory field.*",  # the entry has no such field, and none is made up
            r"Invalid value of field '.*' must be datatype '.*' - ignoring field",  # "in press"
            r"legacy (?:year|month) field '.*' in entry '.*' is not an integer.*",
            r"Invalid (?:ISBN|ISSN|ISMN) in value of field '.*'",
            r"I(?:SB|SS|SM)N '.*' in entry '.*' is invalid.*",
            # As it stood in the file: a parent that is not there, a name by its parts.
            r"I didn't find a database entry for (?:crossref|xdata entry) '.*' in entry '.*'.*",
            r"Invalid namepart '.*' found in extended name format name .*",
            r"Entry '.*': Invalid format '.*' of date field '.*' - ignoring",
            r"Entry '.*': Invalid format '.*' of date field .*",
            r"Year in field .*",
        )
    )
)


def run(*command: str, folder: Path) -> str:
    done = subprocess.run(
        command, cwd=folder, check=False, capture_output=True, text=True, timeout=120,
        encoding="utf-8", errors="replace",
    )  # fmt: skip
    return done.stdout + done.stderr


@cache
def sampled() -> list[Entry]:
    """The entries of every sample that there is, of all formats."""
    found: list[Entry] = []
    for path in sorted(engine.SAMPLES.rglob("*")):
        if path.suffix in (".json", ".md", ".tsv") or not path.is_file():
            continue
        page = engine.page(path)
        reader = engine.format_of(page)
        assert reader is not None, path
        found += [row.entry for row in reader.read(page.wanted_by(reader), engine.context()).rows]
    assert len(found) > 300
    return [entry for entry in found if entry.title]


def said_by_bibtex(text: str, style: str, folder: Path) -> tuple[list[str], str]:
    """What bibtex says of a file beyond what it may, and the list that it prints."""
    (folder / "written.bib").write_text(text, encoding="utf-8", newline="\n")
    aux = f"\\citation{{*}}\n\\bibstyle{{{style}}}\n\\bibdata{{written}}\n"
    (folder / "written.aux").write_text(aux, encoding="utf-8")
    said = run("bibtex", "-min-crossrefs=99", "written", folder=folder).splitlines()
    about = re.compile(r"This is|The top-level|The style file|Database file|Reallocated|Capacity")
    told = [line.removeprefix("Warning--") for line in said if line and not about.match(line)]
    keys = {key.lower() for key in re.findall(r"^@[^{]*\{(.*),$", text, re.MULTILINE)}
    nowhere = re.compile(r'refers to entry "(.*)", which doesn\'t exist')
    lost = {found[0]: found[1] for line in told if (found := nowhere.fullmatch(line))}
    told = [line for line in told if line not in lost or lost[line].lower() in keys]
    printed = (folder / "written.bbl").read_text(encoding="utf-8", errors="replace")
    return [line for line in told if not BIBTEX_MAY_SAY.fullmatch(line)], printed


def said_by_biber(text: str, folder: Path) -> tuple[list[str], str]:
    """What biber says of a file beyond what it may, and the file that it writes of it."""
    (folder / "written.bib").write_text(text, encoding="utf-8", newline="\n")
    said = run(
        "biber", "--tool", "--validate-datamodel", "-O", "read.bib", "written.bib", folder=folder
    )
    lines = [line for line in said.splitlines() if not line.startswith("INFO")]
    told = [re.sub(r"^WARN - (?:Datamodel: Entry '[^']*' \(.*?\): )?", "", line) for line in lines]
    read = (folder / "read.bib").read_text(encoding="utf-8")
    return [line for line in told if not BIBER_MAY_SAY.fullmatch(line)], read


def written(entries: list[Entry], **options: object) -> str:
    return "".join(write(entries, Style.from_options(options)))


def heads(text: str) -> int:
    return len(re.findall(r"^@", text, re.MULTILINE))


needs_bibtex = pytest.mark.skipif(not shutil.which("bibtex"), reason="bibtex is not installed")
needs_biber = pytest.mark.skipif(not shutil.which("biber"), reason="biber is not installed")


def has_style(name: str) -> bool:
    return bool(shutil.which("kpsewhich") and run("kpsewhich", f"{name}.bst", folder=Path()))


@needs_bibtex
@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("options", [{}, {"unicode": False, "protection": "title"}], ids=str)
def test_bibtex_takes_these_entries(style: str, options: dict[str, object], tmp_path: Path) -> None:
    if not has_style(style):
        pytest.skip(f"{style}.bst is not installed")
    said, printed = said_by_bibtex(written(ENTRIES, **options), style, tmp_path)
    assert said == []
    assert printed.count("\\bibitem") == len(ENTRIES)
    assert "GFlowNets" in printed


@needs_bibtex
@pytest.mark.parametrize("style", STYLES)
def test_bibtex_takes_every_sample(style: str, tmp_path: Path) -> None:
    if not has_style(style):
        pytest.skip(f"{style}.bst is not installed")
    said, printed = said_by_bibtex(written(sampled()), style, tmp_path)
    assert said == []
    assert printed.count("\\bibitem") == len(sampled())


@needs_biber
@pytest.mark.parametrize("options", [{}, {"unicode": False, "protection": "title"}], ids=str)
@pytest.mark.parametrize("dialect", DIALECTS)
def test_biber_takes_these_entries(
    dialect: str, options: dict[str, object], tmp_path: Path
) -> None:
    text = written(ENTRIES, dialect=dialect, **options)
    said, read = said_by_biber(text, tmp_path)
    assert said == []
    assert heads(read) == len(ENTRIES)


@needs_biber
@pytest.mark.parametrize("dialect", DIALECTS)
def test_biber_takes_every_sample(dialect: str, tmp_path: Path) -> None:
    said, read = said_by_biber(written(sampled(), dialect=dialect), tmp_path)
    assert said == []
    assert heads(read) == len(sampled())


def for_biber(entry: Entry, number: int) -> Entry:
    """The entry without what biber 2.18 balks at and bibtex does not: a key like x'y, which stays
    as it came with a file, and a comma in braces within a name that has a suffix."""
    creators = [one for one in entry.creators if not one.suffix or "," not in one.full_name]
    return entry.with_values(citation_key=f"k{number}", creators=tuple(creators))


# Many entries at a time, since it is the start of the program that takes long.
MANY = st.lists(entries(), min_size=10, max_size=30).map(
    lambda made: [for_biber(one, n) for n, one in enumerate(made)]
)
seldom = settings(
    max_examples=3, phases=[Phase.generate], suppress_health_check=list(HealthCheck), deadline=None
)


@needs_bibtex
@seldom
@given(many=MANY, style=st.sampled_from(("plain", "alpha")))
def test_bibtex_takes_any_entry(many: list[Entry], style: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        said, printed = said_by_bibtex(written(many), style, Path(folder))
    assert said == []
    assert printed.count("\\bibitem") == len(many)


@needs_biber
@seldom
@given(many=MANY, dialect=st.sampled_from(DIALECTS))
def test_biber_takes_any_entry(many: list[Entry], dialect: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        said, read = said_by_biber(written(many, dialect=dialect), Path(folder))
    assert said == []
    assert heads(read) == len(many)


@needs_bibtex
def test_bibtex_finds_the_parent_of_a_crossref(tmp_path: Path) -> None:
    parent = Entry("proceedings", "a", "Talks", (Creator("Lee", "Bo", role=EDITOR),), date="2000",
                   fields={"booktitle": "Talks"})  # fmt: skip
    child = Entry("inproceedings", "b", "A talk", ADA, fields={"crossref": "a", "pages": "1–2"})
    assert said_by_bibtex(written([parent, child]), "plain", tmp_path)[0] == []


def test_both_dialects_are_formats() -> None:
    assert [one.name for one in FORMATS if ".bib" in one.extensions] == [BIBTEX, BIBLATEX]
