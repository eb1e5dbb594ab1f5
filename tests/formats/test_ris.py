"""RIS: the odd forms that its writers have, one by one, and what is written."""

import pytest

from refman.formats.format import FileLink, Row
from refman.model.creator import EDITOR, Creator
from refman.model.entry import Entry
from tests.formats import engine
from tests.formats.round_trips import written


def row_of(*lines: str) -> Row:
    found = engine.read("\n".join(lines), "ris")
    assert [problem for problem in found.problems if problem.failed] == []
    (row,) = found.rows
    return row


def record(*lines: str) -> Row:
    return row_of("TY  - JOUR", "TI  - A Title", *lines, "ER  - ")


@pytest.mark.parametrize(
    ("lines", "fields"),
    [
        pytest.param(["SP  - 12", "EP  - 34"], {"pages": "12–34"}, id="pages"),
        pytest.param(["SP  - 12-34"], {"pages": "12–34"}, id="pages in one"),
        pytest.param(["SP  - 12", "EP  - 12"], {"pages": "12"}, id="one page"),
        pytest.param(["SP  - 12-34", "EP  - 23"], {"pages": "12–34"}, id="a count at the end"),
        pytest.param(["EP  - 34"], {"pages": "34"}, id="no start"),
        pytest.param(["DO  - https://doi.org/10.1000/ABC"], {"doi": "10.1000/abc"}, id="DOI link"),
        pytest.param(["M3  - doi:10.1000/abc"], {"doi": "10.1000/abc"}, id="DOI in M3"),
        pytest.param(["N1  - doi: 10.1000/abc"], {"doi": "10.1000/abc"}, id="DOI in N1"),
        pytest.param(["M3  - Letter"], {"type": "Letter"}, id="type in M3"),
        pytest.param(["SN  - 1234-567x"], {"issn": "1234-567X"}, id="ISSN"),
        pytest.param(["SN  - 12345678 (Print)"], {"issn": "1234-5678"}, id="ISSN, a word"),
        pytest.param(["SN  - 9780199247752; 1234-5678"],
                     {"isbn": "9780199247752", "issn": "1234-5678"}, id="both"),
        pytest.param(["JF  - Journal of Things", "JO  - J. Things"],
                     {"journaltitle": "Journal of Things", "shortjournal": "J. Things"}, id="JF"),
        pytest.param(["T2  - Journal of Things", "JO  - J. Things", "JA  - JT"],
                     {"journaltitle": "Journal of Things", "shortjournal": "JT"}, id="T2"),
        pytest.param(["JO  - Nature", "T2  - Nature"], {"journaltitle": "Nature"}, id="the same"),
        pytest.param(["JA  - Nature"], {"journaltitle": "Nature"}, id="short only"),
        pytest.param(["VO  - 5", "VL  - 5"], {"volume": "5"}, id="VO"),
        pytest.param(["PY  - in press"], {"year": "in press"}, id="no year"),
        pytest.param(["ZZ  - what"], {"zz": "what"}, id="an unknown tag"),
        pytest.param(["M2  - tex.eprintclass: cs.LG"], {"eprintclass": "cs.LG"}, id="Extra"),
        pytest.param(["UR  - https://x.org"], {"url": "https://x.org"}, id="URL"),
        pytest.param(["UR  - https://doi.org/10.1/a", "DO  - 10.1234/a"],
                     {"url": "https://doi.org/10.1/a", "doi": "10.1234/a"}, id="another DOI's URL"),
    ],
)  # fmt: skip
def test_fields(lines: list[str], fields: dict[str, str]) -> None:
    assert record(*lines).entry.fields == fields


@pytest.mark.parametrize(
    ("lines", "date"),
    [
        (["PY  - 2019"], "2019"),
        (["PY  - 2019///"], "2019"),
        (["Y1  - 2019/05/16/"], "2019-05-16"),
        (["PY  - 2019", "DA  - 2019/05//"], "2019-05"),
        (["PY  - 2019", "DA  - MAY 16"], "2019-05-16"),
        (["PY  - 2019", "Y1  - May 2019"], "2019-05"),
        (["PY  - 2019", "DA  - 2021/01/01"], "2019"),
        (["DA  - 2019-05-16"], "2019-05-16"),
        (["PY  - 2019//05//"], "2019"),
        (["DA  - 2019/2020"], "2019/2020"),
    ],
)
def test_dates(lines: list[str], date: str) -> None:
    assert record(*lines).entry.date == date


@pytest.mark.parametrize(
    ("line", "tag"),
    [("TI  - A", "A"), ("TI  -A", "A"), ("TI - A", "A"), ("  TI  - A", "A"), ("TI\t-\tA", "A")],
)
def test_blanks_around_the_dash(line: str, tag: str) -> None:
    assert row_of("TY  - JOUR", line, "AU  - B, C", "ER  - ").entry.title == tag


@pytest.mark.parametrize("end", ["ER  - ", "ER  -", "ER -", "ER", "  ER  - "])
def test_the_forms_of_an_end(end: str) -> None:
    text = f"TY  - JOUR\nTI  - A\n{end}\n\nTY  - BOOK\nTI  - B\n{end}\n"
    found = engine.read(text, "ris")
    assert [row.entry.title for row in found.rows] == ["A", "B"]
    assert found.problems == []


def test_a_line_that_only_looks_like_a_tag_goes_on() -> None:
    text = "A text in which we speak of\nUV - the light - and of\nHIV-1 too."
    assert record("AB  - " + text).entry.abstract.split() == text.split()


def test_names() -> None:
    row = record("AU  - van Hasselt, Hado", "AU  - A, B; C, D", "A2  - Rossi, M.", "AU  - et al.")
    assert row.entry.creators == (
        Creator("Hasselt", "Hado", non_dropping_particle="van"),
        Creator("A", "B"),
        Creator("C", "D"),
        Creator("Rossi", "M.", role=EDITOR),
    )
    assert row.entry.creators_truncated


def test_keywords_in_every_form() -> None:
    words = ("a b", "c", "d", "e")
    assert record("KW  - a b", "KW  - c; d", "KW  - e").entry.keywords == words
    assert record("KW  - a b", "c", "d", "e").entry.keywords == words
    assert record("KW  - a b, c, d, e").entry.keywords == words
    assert record("KW  - Smith, J.").entry.keywords == ("Smith, J.",)


def test_files_and_further_addresses_are_attached() -> None:
    row = record(
        "UR  - https://a.org", "UR  - https://b.org", "L1  - file:///home/ada/a.pdf",
        "L1  - internal-pdf://1/b.pdf", "L1  - file:///C:/c.pdf", "L4  - fig.png",
    )  # fmt: skip
    assert row.attachments == (
        FileLink(path="/home/ada/a.pdf", media_type="application/pdf"),
        FileLink(path="1/b.pdf", media_type="application/pdf"),
        FileLink(path="C:/c.pdf", media_type="application/pdf"),
        FileLink(path="fig.png"),
        FileLink(url="https://b.org"),
    )


def test_a_record_is_written_in_the_tags_that_others_know() -> None:
    entry = Entry(
        "article", "vaswani2017", "Attention", (Creator("Hasselt", "H.", "", "van"),),
        date="2017-06", abstract="One.\n\nTwo.", keywords=("a", "b"),
        fields={"journaltitle": "J", "pages": "1–10", "eprintclass": "cs.CL", "issn": "1234-5678"},
    )  # fmt: skip
    assert written("ris", [entry]) == (
        "TY  - JOUR\nTI  - Attention\nAU  - van Hasselt, H.\nT2  - J\nPY  - 2017\nDA  - 2017/06//\n"
        "SP  - 1\nEP  - 10\nSN  - 1234-5678\nAB  - One.\n\nTwo.\nKW  - a\nKW  - b\n"
        "ID  - vaswani2017\nM2  - tex.eprintclass: cs.CL\nER  - \n\n"
    )
