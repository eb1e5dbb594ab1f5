"""What is written, read by the programs that it is for: not one error or warning."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from refman.formats.bibtex import BibTeX
from refman.model.creator import EDITOR, Creator
from refman.model.entry import Entry

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


@pytest.fixture
def bib(tmp_path: Path) -> Path:
    path = tmp_path / "written.bib"
    path.write_text("".join(BibTeX().write(ENTRIES, {})), encoding="utf-8", newline="\n")
    return path


def run(*command: str, folder: Path) -> str:
    done = subprocess.run(
        command, cwd=folder, check=False, capture_output=True, text=True, timeout=120
    )
    return done.stdout + done.stderr


@pytest.mark.skipif(not shutil.which("bibtex"), reason="bibtex is not installed")
def test_bibtex_has_nothing_to_say(bib: Path) -> None:
    (bib.parent / "written.aux").write_text(
        "\\citation{*}\n\\bibstyle{plain}\n\\bibdata{written}\n", encoding="utf-8"
    )
    said = run("bibtex", "written", folder=bib.parent)
    assert [line for line in said.splitlines() if re.match(r"Warning|.*---|.*error", line)] == []
    printed = (bib.parent / "written.bbl").read_text(encoding="utf-8")
    assert printed.count("\\bibitem") == len(ENTRIES)
    assert "{GFlowNets}" in printed


@pytest.mark.skipif(not shutil.which("biber"), reason="biber is not installed")
def test_biber_has_nothing_to_say(bib: Path) -> None:
    said = run(
        "biber", "--tool", "--validate-datamodel", "-O", "read.bib", bib.name, folder=bib.parent
    )
    assert [line for line in said.splitlines() if not line.startswith("INFO")] == []
    read = (bib.parent / "read.bib").read_text(encoding="utf-8")
    assert len(re.findall(r"^@", read, re.MULTILINE)) == len(ENTRIES)
