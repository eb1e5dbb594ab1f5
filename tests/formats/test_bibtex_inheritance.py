"""What entries have from those that they refer to; the sample `inheritance.bib` has the rest."""

import pytest

from refman.formats.bibtex.inheritance import Family
from refman.formats.bibtex.reader import read
from refman.formats.format import Context, Row
from refman.model.creator import Creator
from refman.model.entry import Entry
from tests.formats.engine import AS_OF


def rows(text: str) -> dict[str, Row]:
    return {row.entry.citation_key: row for row in read(text, Context(AS_OF)).rows}


@pytest.mark.parametrize(
    ("parent", "child", "given"),
    [
        ("@proceedings{p, title={T}}", "inproceedings", {"booktitle": "T"}),
        ("@collection{p, title={T}}", "incollection", {"booktitle": "T"}),
        ("@book{p, title={T}}", "incollection", {"booktitle": "T"}),
        ("@book{p, booktitle={B}, title={T}}", "incollection", {"booktitle": "B"}),
        ("@reference{p, title={T}, subtitle={S}}", "inreference",
         {"booktitle": "T", "booksubtitle": "S"}),
        ("@mvbook{p, title={T}, titleaddon={A}}", "book",
         {"maintitle": "T", "maintitleaddon": "A"}),
        ("@mvcollection{p, title={T}}", "incollection", {"maintitle": "T"}),
        ("@periodical{p, title={T}}", "article", {"journaltitle": "T"}),
        ("@misc{p, note={N}, publisher={P}}", "misc", {"note": "N", "publisher": "P"}),
        ("@book{p, doi={10.1/x}, url={u}, keywords={k}, abstract={a}, mine={m}}", "inbook", {}),
        ("@book{p, isbn={1}}", "inbook", {"isbn": "1"}),
        ("@mvbook{p, isbn={1}}", "book", {}),
    ],
)  # fmt: skip
def test_a_parent_gives(parent: str, child: str, given: dict[str, str]) -> None:
    row = rows(f"@{child}{{c, title={{Own}}, crossref={{p}}}}\n{parent}")["c"]
    assert dict(row.entry.fields) == {"crossref": "p", **given}
    assert set(row.inherited) == set(given)
    assert (row.entry.title, row.entry.keywords) == ("Own", ())


def test_an_own_value_stands() -> None:
    text = "@misc{c, note={own}, year=1999, crossref={p}}@misc{p, note={n}, year=2000, month=may}"
    row = rows(text)["c"]
    assert (row.entry.fields["note"], row.entry.date, row.inherited) == ("own", "1999", ())


def test_the_parent_may_stand_before_or_after_and_in_any_case() -> None:
    parent, child = "@misc{P:1, note={n}}", "@misc{%s, crossref={%s}}"
    text = child % ("a", "p:1") + parent + child % ("b", "P:1")
    found = rows(text)
    assert [found[key].entry.fields["note"] for key in ("a", "P:1", "b")] == ["n"] * 3
    assert [key for key in found if found[key].inherited] == ["a", "b"]


def test_xdata_comes_before_the_parent_and_gives_all() -> None:
    row = rows(
        "@misc{c, xdata={x, y}, crossref={p}}@xdata{x, doi={10.1/x}}"
        "@xdata{y, doi={10.1/y}, note={y}}@misc{p, note={p}, volume=3}"
    )["c"]
    assert dict(row.entry.fields) == {
        "xdata": "x, y", "crossref": "p", "doi": "10.1/x", "note": "y", "volume": "3"
    }  # fmt: skip
    assert row.inherited == ("doi", "note", "volume")


def test_the_tex_comes_along() -> None:
    text = "@inproceedings{c, crossref={p}}@proceedings{p, title={The {\\'E}cole}}"
    assert rows(text)["c"].entry.tex["booktitle"] == "The {\\'E}cole"


@pytest.mark.parametrize(
    ("text", "remarks"),
    [
        ("@misc{a,\n note={n},\n crossref={no}}", [(3, "no")]),
        ("@misc{a, crossref={b}}\n@misc{b, crossref={a}}", [(1, "b"), (2, "a")]),
        ("@misc{a, xdata={a}}", [(1, "a")]),
        ("@misc{c, crossref={a}}\n@misc{a, crossref={b}}\n@misc{b, crossref={a}}",
         [(2, "b"), (3, "a")]),
        ("@string{s={p}}@misc{a, crossref = s # 1}@misc{p1}", []),
    ],
    ids=["dangling", "a circle", "itself", "beside a circle", "by an abbreviation"],
)  # fmt: skip
def test_what_leads_nowhere_is_told(text: str, remarks: list[tuple[int, str]]) -> None:
    found = read(text, Context(AS_OF))
    told = [(one.line, one.message.split("“")[1].split("”")[0]) for one in found.problems]
    assert told == remarks
    assert len(found.rows) == text.count("@misc")


def test_references_without_end_are_bounded() -> None:
    everyone = ",".join(f"k{i}" for i in range(60))
    text = "".join(f"@misc{{k{i}, xdata={{{everyone}}}, note={{n}}}}" for i in range(60))
    chain = "".join(f"@misc{{c{i}, crossref={{c{i + 1}}}}}" for i in range(3000))
    assert len(read(text + chain, Context(AS_OF)).rows) == 3060


def test_what_a_parent_repeats_is_known() -> None:
    parent = Entry("proceedings", "p", "T", (Creator("King", "Ada", role="editor"),), date="2020")
    child = Entry(
        "inproceedings", "c", "Own", parent.creators, date="2021",
        fields={"crossref": "p", "booktitle": "T", "publisher": "P"},
    )  # fmt: skip
    family = Family({"p": parent})
    assert family.repeated(child) == ("editor", "booktitle")
    assert family.repeated(parent) == ()
