"""Great files are read bit by bit, and say the same as small ones."""

import codecs
import hashlib
from pathlib import Path

import pytest

from refman.errors import ReadError
from refman.library import Library, Source, sources
from refman.progress import Cancelled, Progress
from tests.library.making import DAY, papers

BIB = "@article{sheep,\n  title = {Counting Sheep},\n  author = {Ada Lovelace}\n}\n"
TEXT = BIB + "".join(f"% Ärger – {i} 𝕏\n" for i in range(400))


@pytest.fixture(params=[False, True], ids=["small", "great"])
def great(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    if request.param:
        monkeypatch.setattr(sources, "GREAT", 100)
        monkeypatch.setattr(sources, "_PIECE", 777)
    return bool(request.param)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param(TEXT.encode(), TEXT, id="utf-8"),
        pytest.param(codecs.BOM_UTF8 + TEXT.encode(), TEXT, id="utf-8-mark"),
        pytest.param(TEXT.encode("utf-16"), TEXT, id="utf-16"),
        pytest.param(TEXT.encode("utf-16-le"), TEXT, id="utf-16-without-mark"),
        pytest.param(b"Caf\xe9\n" * 400, "Café\n" * 400, id="windows-1252"),
        pytest.param(TEXT.encode() + b"\xff", TEXT + "ÿ", id="one-bad-byte-at-the-end"),
        pytest.param(TEXT.encode() + b"a\0b\n", TEXT + "ab\n", id="one-nul"),
        pytest.param(b"a\rb\r" * 400, "a\nb\n" * 400, id="old-mac"),
        pytest.param(
            b"<html><body><p>Sheep</p></body></html>\n" + b"<!-- -->\n" * 300,
            "Sheep\n",
            id="html",
        ),
    ],
)
def test_a_file_says_the_same_however_great(
    tmp_path: Path, great: bool, data: bytes, expected: str
) -> None:
    path = tmp_path / "page.bib"
    path.write_bytes(data)
    source = Source.from_path(path, DAY).whole()
    small = Source.from_bytes(data, "page.bib", DAY, str(path))
    assert source.text.split() == expected.split()
    assert (source.text, source.markup, source.digest) == (small.text, small.markup, small.digest)
    assert source.digest == hashlib.sha256(small.text.encode()).hexdigest()
    size, pieces = source.packed()
    packed = b"".join(pieces)
    assert (len(packed), sources.unpacked(packed)) == (size, small.text)
    assert (source.name, source.path, source.as_of) == ("page.bib", str(path), DAY)
    assert Source.from_path(path, DAY).text == source.text


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        pytest.param(b"%PDF-1.7\n" * 50, "a PDF file", id="pdf"),
        pytest.param(b" \n" * 200, "nothing in it", id="blank"),
        pytest.param(b"words and \0 words\n" * 20, "not text", id="nul"),
        pytest.param(b"\x01\x02\x03 words\n" * 50, "not text", id="controls"),
    ],
)
def test_what_is_no_text_is_told(tmp_path: Path, great: bool, data: bytes, sentence: str) -> None:
    path = tmp_path / "page.bib"
    path.write_bytes(data)
    with pytest.raises(ReadError, match=sentence):
        Source.from_path(path).whole()


def test_a_great_file_is_imported_like_a_small_one(
    library: Library, tmp_path: Path, great: bool
) -> None:
    path = tmp_path / "page.bib"
    path.write_text(TEXT, encoding="utf-8")
    report = library.importing.run(Source.from_path(path, DAY))
    assert report.sentence() == "1 found: 1 added"
    assert [one["entry"].title for one in papers(library)] == ["Counting Sheep"]
    assert library.listings.source_text(report.listing_id or 0) == TEXT
    assert library.importing.run(Source.from_path(path, DAY)).sentence() == "1 found: 1 unchanged"


def test_bytes_that_were_guessed_or_left_out_are_told(
    library: Library, tmp_path: Path, great: bool
) -> None:
    path = tmp_path / "page.bib"
    path.write_bytes(TEXT.encode() + b"@misc{a, title = {G\0oats}}\n@misc{b, title = {Caf\xe9}}\n")
    report = library.importing.run(Source.from_path(path, DAY))
    assert report.sentence() == "3 found: 3 added"
    assert sorted(one["entry"].title for one in papers(library)) == [
        "Café", "Counting Sheep", "Goats",
    ]  # fmt: skip
    first = TEXT.count("\n") + 1
    assert [(one.line, one.text, one.failed) for one in report.problems] == [
        (first, "@misc{a, title = {Goats}}", False),
        (first + 1, "@misc{b, title = {Café}}", False),
    ]


def test_a_pasted_nul_is_left_out(library: Library) -> None:
    library.importing.run(Source.from_text("@misc{a, title = {G\0oats}}", "a\0.bib", DAY))
    assert [one["entry"].title for one in papers(library)] == ["Goats"]


def test_reading_a_great_file_can_be_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "GREAT", 100)
    path = tmp_path / "page.bib"
    path.write_text(TEXT, encoding="utf-8")
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        Source.from_path(path).whole(progress)


def test_a_great_file_that_went_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "GREAT", 100)
    path = tmp_path / "page.bib"
    path.write_text(TEXT, encoding="utf-8")
    source = Source.from_path(path)
    path.unlink()
    with pytest.raises(ReadError, match="cannot be read"):
        source.whole()
