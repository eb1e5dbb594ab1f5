"""Identifiers in all the ways in which they are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refman.model.entry import Entry
from refman.model.identifiers import (
    ArxivId,
    identifiers,
    is_repository_doi,
    links,
    normal_arxiv,
    normal_doi,
    normal_isbn,
    normal_pmid,
    url_of,
)


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("10.1000/ABC", "10.1000/abc"),
        ("doi:10.1000/abc", "10.1000/abc"),
        ("DOI: 10.1000/abc.", "10.1000/abc"),
        ("https://doi.org/10.1000/abc", "10.1000/abc"),
        ("http://dx.doi.org/10.1000/a%28b%29?x=1#y", "10.1000/a(b)"),
        ("(10.1000/abc)", "10.1000/abc"),
        ("10.1016/S0010-8650(80)80003-0", "10.1016/s0010-8650(80)80003-0"),
        ("10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2",
         "10.1002/(sici)1097-0258(19980815/30)17:15/16<1661::aid-sim968>3.0.co;2-2"),
        ("10.1000\\_1", ""),
        ("10.1000/a\\_b", "10.1000/a_b"),
        ("10.1234.56/x", "10.1234.56/x"),
        ("10.1000/abc, 10.1000/def", "10.1000/abc"),
        ("10.1000/", ""),
        ("10.1/x", ""),
        ("510.1000/x", ""),
        ("no DOI", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_normal_doi(text: str, doi: str) -> None:
    assert normal_doi(text) == doi


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1706.03762", ArxivId("1706.03762")),
        ("1706.03762v2", ArxivId("1706.03762", "v2")),
        ("arXiv:1706.03762v12", ArxivId("1706.03762", "v12")),
        ("ARXIV: 1706.03762 [cs.CL]", ArxivId("1706.03762")),
        ("0704.0001", ArxivId("0704.0001")),
        ("https://arxiv.org/abs/1706.03762?context=cs", ArxivId("1706.03762")),
        ("http://www.arxiv.org/pdf/1706.03762v1.pdf", ArxivId("1706.03762", "v1")),
        ("export.arxiv.org/abs/1706.03762", ArxivId("1706.03762")),
        ("https://ar5iv.labs.arxiv.org/html/1706.03762", ArxivId("1706.03762")),
        ("10.48550/arXiv.1706.03762", ArxivId("1706.03762")),
        ("https://doi.org/10.48550/ARXIV.1706.03762", ArxivId("1706.03762")),
        ("hep-th/9901001", ArxivId("hep-th/9901001")),
        ("math.GT/0309136v3", ArxivId("math/0309136", "v3")),
        ("https://arxiv.org/abs/cs.LG/0309136", ArxivId("cs/0309136")),
        ("1713.1234", None),
        ("1706.0376", ArxivId("1706.0376")),
        ("1706.037621", None),
        ("11706.03762", None),
        ("nope/0309136", None),
        ("1706.03762x", None),
        ("pages 1706.03762", None),
        ("", None),
    ],
)
def test_normal_arxiv(text: str, expected: ArxivId | None) -> None:
    assert normal_arxiv(text) == expected


@pytest.mark.parametrize(
    ("text", "isbn"),
    [
        ("0-306-40615-2", "9780306406157"),
        ("978-0-306-40615-7", "9780306406157"),
        ("ISBN 978 0 306 40615 7", "9780306406157"),
        ("urn:isbn:9780306406157", "9780306406157"),
        ("0-8044-2957-X", "9780804429573"),
        ("080442957x", "9780804429573"),
        ("978‐0‐306‐40615‐7", "9780306406157"),
        ("979-10-90636-07-1", "9791090636071"),
        ("0-306-40615-3", ""),
        ("978-0-306-40615-8", ""),
        ("977-0-306-40615-7", ""),
        ("12345", ""),
        ("", ""),
    ],
)
def test_normal_isbn(text: str, isbn: str) -> None:
    assert normal_isbn(text) == isbn


@pytest.mark.parametrize(
    ("text", "pmid"),
    [
        ("12345678", "12345678"),
        ("PMID: 0123", "123"),
        ("https://pubmed.ncbi.nlm.nih.gov/123456/", "123456"),
        ("http://www.ncbi.nlm.nih.gov/pubmed/123456", "123456"),
        ("12a", ""),
        ("0", ""),
        ("PMC123", ""),
    ],
)
def test_normal_pmid(text: str, pmid: str) -> None:
    assert normal_pmid(text) == pmid


@pytest.mark.parametrize(
    ("entry_type", "fields", "expected"),
    [
        pytest.param("misc", {}, set(), id="nothing"),
        pytest.param("misc", {"doi": "doi:10.1000/A"}, {("doi", "10.1000/a")}, id="DOI"),
        pytest.param("misc", {"url": "https://doi.org/10.1000/A"}, {("doi", "10.1000/a")},
                     id="DOI in the URL"),
        pytest.param("misc", {"url": "https://example.org/10.1000/A"}, set(),
                     id="what looks like a DOI in some URL"),
        pytest.param("misc", {"doi": "10.48550/arXiv.1706.03762"},
                     {("doi", "10.48550/arxiv.1706.03762"), ("arxiv", "1706.03762")},
                     id="an arXiv DOI"),
        pytest.param("misc", {"eprint": "1706.03762v2", "eprinttype": "arXiv"},
                     {("arxiv", "1706.03762")}, id="eprint"),
        pytest.param("misc", {"eprint": "hep-th/9901001"}, {("arxiv", "hep-th/9901001")},
                     id="eprint without a type"),
        pytest.param("misc", {"eprint": "1706.03762", "eprinttype": "hal"}, set(),
                     id="eprint of another archive"),
        pytest.param("misc", {"url": "https://arxiv.org/abs/1706.03762"},
                     {("arxiv", "1706.03762")}, id="arXiv URL"),
        pytest.param("article", {"journaltitle": "CoRR", "volume": "abs/1706.03762"},
                     {("arxiv", "1706.03762")}, id="DBLP"),
        pytest.param("article", {"journaltitle": "arXiv preprint arXiv:1706.03762"},
                     {("arxiv", "1706.03762")}, id="Google Scholar"),
        pytest.param("article", {"note": "Extends arXiv:1706.03762"}, set(),
                     id="another paper in the note"),
        pytest.param("book", {"isbn": "0-306-40615-2, 978-0-8044-2957-3 (pbk.)"},
                     {("isbn", "9780306406157"), ("isbn", "9780804429573")}, id="two ISBNs"),
        pytest.param("incollection", {"isbn": "0-306-40615-2"}, set(),
                     id="the ISBN of the book that it is in"),
        pytest.param("article", {"pmid": "123"}, {("pmid", "123")}, id="PMID"),
        pytest.param("article", {"eprint": "123", "eprinttype": "pubmed"}, {("pmid", "123")},
                     id="PMID as eprint"),
        pytest.param("article", {"url": "https://pubmed.ncbi.nlm.nih.gov/123/"},
                     {("pmid", "123")}, id="PubMed URL"),
        pytest.param("misc", {"url": "http://[", "doi": "x", "isbn": "y", "pmid": "z"}, set(),
                     id="nonsense"),
    ],
)  # fmt: skip
def test_identifiers(
    entry_type: str, fields: dict[str, str], expected: set[tuple[str, str]]
) -> None:
    assert identifiers(Entry(entry_type, fields=fields)) == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, []),
        ({"doi": "10.1000/a<b>"}, [("DOI", "https://doi.org/10.1000/a%3Cb%3E")]),
        (
            {"eprint": "1706.03762v2", "pmid": "12", "url": "https://example.org"},
            [
                ("arXiv", "https://arxiv.org/abs/1706.03762"),
                ("PubMed", "https://pubmed.ncbi.nlm.nih.gov/12/"),
                ("URL", "https://example.org"),
            ],
        ),
        (
            {"url": "https://arxiv.org/abs/1706.03762"},
            [("arXiv", "https://arxiv.org/abs/1706.03762")],
        ),
        ({"url": "nowhere"}, []),
        ({"url": "javascript://example.org/%0Aalert(1)"}, []),
        ({"url": "file://example.org/etc/passwd"}, []),
        ({"url": "FTP://example.org/a.pdf"}, [("URL", "FTP://example.org/a.pdf")]),
    ],
)
def test_links(fields: dict[str, str], expected: list[tuple[str, str]]) -> None:
    assert links(Entry(fields=fields)) == expected


def test_an_isbn_has_no_one_place() -> None:
    assert url_of("isbn", "9780306406157") == ""


@pytest.mark.parametrize(
    ("doi", "expected"),
    [
        ("10.48550/arxiv.1706.03762", True),
        ("10.5281/zenodo.1", True),
        ("10.1101/2020.01.01", True),
        ("10.1000/x", False),
        ("10.11015/x", False),
    ],
)
def test_is_repository_doi(doi: str, *, expected: bool) -> None:
    assert is_repository_doi(doi) == expected


@given(text=st.text() | st.text("10./:arxivdo-_()%vX0123456789 "))
def test_a_normal_form_is_its_own(text: str) -> None:
    for normal in (normal_doi, normal_isbn, normal_pmid):
        assert normal(normal(text)) == normal(text)
    found = normal_arxiv(text)
    assert found is None or normal_arxiv("".join(found)) == found
    fields = dict.fromkeys(("doi", "eprint", "url", "isbn", "pmid", "journaltitle"), text)
    links(Entry("book", fields=fields))
