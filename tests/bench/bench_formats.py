"""How long reading and writing 10,000 rows takes, in seconds of this machine."""

import json
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from refman.formats import detect, format_named
from refman.formats.format import Context
from refman.model.creator import Creator
from refman.model.entry import Entry
from tests.bench.making import write_mailing, write_profile

ROWS = 10_000


@pytest.mark.parametrize(
    ("write", "budget"),
    [
        pytest.param(write_mailing, 3.0, id="mailing"),
        pytest.param(write_profile, 5.0, id="profile"),
    ],
)
def test_read(
    tmp_path: Path,
    write: Callable[[Path, int], Path],
    budget: float,
    tell: Callable[[str, float, float], None],
) -> None:
    text = write(tmp_path / "page.txt", ROWS).read_text(encoding="utf-8")
    start = time.perf_counter()
    reader = detect(text)
    assert reader is not None
    found = reader.read(text, Context(date(2026, 11, 20)))
    taken = time.perf_counter() - start
    assert len(found.rows) == ROWS
    tell(f"10,000 rows, {reader.name}, in seconds", taken, budget)


def papers(count: int) -> list[Entry]:
    """Papers of usual size, with four names, an abstract and ten fields each."""
    names = tuple(Creator(f"Family{i}", "Given Name") for i in range(4))
    return [
        Entry(
            "article", f"key{i}", f"A Title of Some Length, Number {i}", names, date="2019-05-16",
            abstract="An abstract of everyday words. " * 40,
            fields={
                "journaltitle": "Journal of Things", "volume": "12", "number": "3",
                "pages": "1–10", "doi": f"10.1000/x{i}", "url": f"https://example.org/{i}",
                "issn": "1234-5678", "publisher": "Some House", "language": "en", "eid": "7",
            },
            keywords=("one tag", "another"),
        )
        for i in range(count)
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["ris", "csl-json", "endnote", "csv"])
def test_write_and_read(name: str, tell: Callable[[str, float, float], None]) -> None:
    format_ = format_named(name)
    assert format_ is not None
    entries = papers(ROWS)
    start = time.perf_counter()
    text = "".join(format_.write(entries, {}))
    written = time.perf_counter()
    found = format_.read(text, Context(date(2026, 11, 20)))
    read = time.perf_counter()
    assert len(found.rows) == ROWS
    tell(f"10,000 papers as {name}, in seconds", written - start, 2.0)
    tell(f"10,000 papers of {name}, in seconds", read - written, 2.0)


def _rdf(rows: int) -> str:
    """A journal article with a note and a file each."""
    head = '<rdf:RDF xmlns:z="http://www.zotero.org/namespaces/export#">'
    item = """
    <bib:Article rdf:about="#item_{i}">
        <z:itemType>journalArticle</z:itemType>
        <dcterms:isPartOf><bib:Journal><dc:title>Journal of Things</dc:title>
            <prism:volume>12</prism:volume></bib:Journal></dcterms:isPartOf>
        <bib:authors><rdf:Seq><rdf:li><foaf:Person><foaf:surname>Family</foaf:surname>
            <foaf:givenName>Given</foaf:givenName></foaf:Person></rdf:li></rdf:Seq></bib:authors>
        <dcterms:isReferencedBy rdf:resource="#note_{i}"/>
        <link:link rdf:resource="#file_{i}"/>
        <dc:subject>one tag</dc:subject>
        <dc:title>A Title of Some Length, Number {i}</dc:title>
        <dcterms:abstract>{abstract}</dcterms:abstract>
        <dc:date>2019-05-16</dc:date>
    </bib:Article>
    <bib:Memo rdf:about="#note_{i}"><rdf:value>&lt;p&gt;A note.&lt;/p&gt;</rdf:value></bib:Memo>
    <z:Attachment rdf:about="#file_{i}"><z:itemType>attachment</z:itemType>
        <rdf:resource rdf:resource="files/{i}/a.pdf"/></z:Attachment>"""
    abstract = "An abstract of everyday words. " * 40
    return head + "".join(item.format(i=i, abstract=abstract) for i in range(rows)) + "</rdf:RDF>"


def _json(rows: int) -> str:
    """A journal article with a note and a file each."""
    items = [
        {
            "itemType": "journalArticle", "itemID": i, "date": "2019-05-16", "volume": "12",
            "title": f"A Title of Some Length, Number {i}", "publicationTitle": "Things",
            "creators": [{"lastName": "Family", "firstName": "Given", "creatorType": "author"}],
            "abstractNote": "An abstract of everyday words. " * 40, "tags": ["one tag"],
            "notes": ["<p>A note.</p>"], "attachments": [{"title": "PDF", "path": "/a.pdf"}],
        }
        for i in range(rows)
    ]  # fmt: skip
    return json.dumps({"config": {"label": "BetterBibTeX JSON"}, "items": items}, indent=2)


@pytest.mark.parametrize("make", [_rdf, _json], ids=["zotero-rdf", "better-bibtex-json"])
def test_read_zotero(make: Callable[[int], str], tell: Callable[[str, float, float], None]) -> None:
    text = make(ROWS)
    start = time.perf_counter()
    reader = detect(text)
    assert reader is not None
    found = reader.read(text, Context(date(2026, 11, 20)))
    taken = time.perf_counter() - start
    assert len(found.rows) == ROWS
    assert found.rows[-1].notes == ("A note.",)
    tell(f"10,000 items, {reader.name}, in seconds", taken, 2.0)
