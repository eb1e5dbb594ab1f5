"""What Zotero's Extra says beside its note."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refman.formats.extra import with_extra
from refman.model.creator import EDITOR, Creator
from refman.model.entry import Entry

KNOWN = Entry("article", "", "A Title", fields={"doi": "10.1000/a"})


@pytest.mark.parametrize(
    ("extra", "expected", "aliases"),
    [
        pytest.param("Citation Key: smith2020", {"citation_key": "smith2020"}, (), id="key"),
        pytest.param("bibtex: smith2020", {"citation_key": "smith2020"}, (), id="old key"),
        pytest.param("Citation Key: a\nCitation Key: b", {"citation_key": "a"}, ("b",), id="two"),
        pytest.param("tex.ids: a, b", {}, ("a", "b"), id="ids"),
        pytest.param("Citation Key Alias: a,b", {}, ("a", "b"), id="aliases"),
        pytest.param("tex.eprintclass: cs.LG", {"eprintclass": "cs.LG"}, (), id="tex"),
        pytest.param("tex.journal= J", {"journaltitle": "J"}, (), id="BibTeX's name"),
        pytest.param("tex.title: B", {"title": "B"}, (), id="tex goes before"),
        pytest.param("PMID: 123\nPMCID: PMC1", {"pmid": "123", "pmcid": "PMC1"}, (), id="ids"),
        pytest.param("{:original-date: May 1979}", {"origdate": "1979-05"}, (), id="old form"),
        pytest.param("Original Publisher Place: Ulm", {"origlocation": "Ulm"}, (), id="blanks"),
        pytest.param("Issued: 2019-05", {"date": "2019-05"}, (), id="date"),
        pytest.param("DOI: 10.1000/a", {}, (), id="known already"),
        pytest.param("DOI: 10.1000/b", {"note": "DOI: 10.1000/b"}, (), id="another"),
        pytest.param(
            "arXiv:2101.00001v2 [cs.LG]",
            {"eprint": "2101.00001v2", "eprinttype": "arxiv", "eprintclass": "cs.LG"}, (),
            id="arXiv"),
        pytest.param("type: dataset", {"entry_type": "dataset"}, (), id="type"),
        pytest.param("type: of a kind", {"note": "type: of a kind"}, (), id="no type"),
        pytest.param(
            "Editor: Rossi || Maria", {"creators": (Creator("Rossi", "Maria", role=EDITOR),)}, (),
            id="name"),
        pytest.param("Director: Lang || Fritz", {"director": "Lang , Fritz"}, (), id="role"),
        pytest.param("Note: read it!\nA: b", {"note": "Note: read it!\nA: b"}, (), id="a note"),
        pytest.param("refman.entry: {\"title\": 5}", {}, (), id="nothing in it"),
        pytest.param("refman.entry: {", {"note": "refman.entry: {"}, (), id="broken"),
    ],
)  # fmt: skip
def test_with_extra(extra: str, expected: dict[str, object], aliases: tuple[str, ...]) -> None:
    attributes = ("citation_key", "title", "date", "entry_type", "creators")
    of_entry = {name: value for name, value in expected.items() if name in attributes}
    fields = {name: value for name, value in expected.items() if name not in attributes}
    wanted = KNOWN.with_values(**of_entry, fields={**KNOWN.fields, **fields})
    assert with_extra(KNOWN, extra) == (wanted, aliases)


@given(st.text(max_size=200) | st.lists(st.sampled_from(
    ["tex.", "a", ":", "Citation Key:", "\n", " ", "refman.entry:", "{", "}", "type:", "arXiv:",
     "2101.00001", "Editor:", "||", "DOI:", "Issued:", "2019"])).map("".join))  # fmt: skip
def test_no_text_is_an_exception(text: str) -> None:
    with_extra(KNOWN, text)
