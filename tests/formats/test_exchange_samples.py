"""The samples of the formats of other programs against the JSON beside them, compared whole."""

import json
from pathlib import Path

import pytest

from refman.formats import detect, format_named
from refman.formats.format import Context
from refman.progress import Cancelled, Progress
from tests.formats import engine

FOLDERS = ("ris", "csl_json", "endnote", "csv", "zotero_rdf", "better_bibtex_json")
SAMPLES = sorted(
    path
    for folder in FOLDERS
    for path in (engine.SAMPLES / folder).iterdir()
    if path.suffix not in (".json", ".md")
)
each_sample = pytest.mark.parametrize("sample", SAMPLES, ids=lambda p: f"{p.parent.name}/{p.name}")
each_format = pytest.mark.parametrize("name", [folder.replace("_", "-") for folder in FOLDERS])


@each_sample
def test_sample_is_detected_by_content(sample: Path) -> None:
    found = engine.format_of(engine.page(sample))
    assert found is not None
    assert found.name == sample.parent.name.replace("_", "-")


@each_sample
def test_sample_is_read_as_expected(sample: Path) -> None:
    expected = json.loads(sample.with_suffix(".json").read_text(encoding="utf-8"))
    assert engine.as_json(engine.read_page(engine.page(sample))) == expected


@each_sample
@pytest.mark.parametrize("end", ["\r\n", "\r"], ids=["Windows", "old Mac"])
def test_line_ends_make_no_difference(sample: Path, end: str) -> None:
    text = engine.text_of(sample).replace("\r\n", "\n")
    found = detect(text)
    assert found is not None
    assert detect(text.replace("\n", end)) is found
    if sample.suffix not in (".csljson", ".bbtjson"):  # in JSON they only stand between values
        rows = found.read(text, engine.context()).rows
        others = found.read(text.replace("\n", end), engine.context()).rows
        assert [row.entry for row in others] == [row.entry for row in rows]
        assert [row.line for row in others] == [row.line for row in rows]


@each_sample
def test_what_a_row_was_read_from_is_kept(sample: Path) -> None:
    lines = engine.text_of(sample).replace("\r\n", "\n").split("\n")
    found = engine.read_page(engine.page(sample))
    assert found.count == len(found.rows) + sum(problem.failed for problem in found.problems)
    for row in found.rows:
        assert row.raw_text.split("\n", 1)[0].strip() in lines[row.line - 1]
    for problem in found.problems:
        assert problem.text.split("\n", 1)[0].strip() in lines[problem.line - 1]


@each_sample
def test_a_reading_can_be_cancelled(sample: Path) -> None:
    text = engine.text_of(sample)
    reader = detect(text)
    assert reader is not None
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        reader.read(text, Context(engine.AS_OF, progress=progress))


HOSTILE = {
    "nothing": "",
    "brackets": "[" * 200_000,
    "braces": '{"items":' * 50_000,
    "an endless text": '[{"type":"book","title":"' + "a" * 300_000,
    "many broken items": '[' + '{"type": "book", "title": "x' * 20_000,
    "commas": "[" + "," * 300_000,
    "deep values": '[{"type":"book","title":"A","x":' + "[" * 100_000 + "]" * 100_000 + "}]",
    "big numbers": '[{"type":"book","title":"A","volume":' + "9" * 100_000 + "}]",
    "no numbers": '[{"type":"book","title":"A","volume":NaN,"page":-Infinity,"issued":1e999}]',
    "half characters": '[{"type":"book","title":"A \\ud800 B","author":[{"family":"\\udfff"}]}]',
    "laughs": '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><xml><records><record>'
    '<ref-type name="Book">6</ref-type><titles><title>&b;</title></titles></record></records>',
    "deep elements": "<xml><records><record>" + "<a>" * 50_000 + "</record>",
    "open tags": "<rdf:RDF><a " * 30_000,
    "open comments": "<rdf:RDF>" + "<!-- " * 50_000,
    "records": "<record>" * 20_000,
    "quotes": "title,author,year\n" + '"' * 99_999,
    "lines of one quote": "title,author,year\n" + 'a"b,c,2001\n' * 6001,
    "columns": "title,author,year," * 1000 + "\n" + ",a" * 5000,
    "tags": "TY  - JOUR\n" + "AU  - A, B\n" * 30_000,
    "types": "TY  - JOUR\n" * 20_000,
    "one line": "TY  - " + "A" * 300_000,
    "a long value": "TY  - JOUR\nTI  - " + "a - b " * 50_000 + "\nER  - \n",
    "blanks": "TY  - JOUR\nTI  - A" + " " * 300_000 + "-\nER  - ",
    "deep notes": '{"items":[{"itemType":"book","title":"A","notes":["' + "<b>" * 20_000 + '"]}]}',
    "circles": '{"collections":{"a":{"name":"A","parent":"b"},"b":{"name":"B","parent":"a",'
    '"items":[1]}},"items":[{"itemType":"book","title":"A","itemID":1,"creatorType":1}]}',
}  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@each_format
def test_hostile_texts_come_to_an_end(name: str, text: str) -> None:
    reader = format_named(name)
    assert reader is not None
    detect(text)
    found = reader.read(text, engine.context())
    for row in found.rows:
        row.entry.title.encode()
        assert all(creator.full_name.encode() for creator in row.entry.creators)
