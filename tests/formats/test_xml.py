"""XML cut into records: each alone, none expanded, every one accounted for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refman.formats.xml import records, text_of, texts_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<e><t>a</t></e>\n<e><t>b</t></e>", [(1, "a", False), (2, "b", False)]),
        ("<x:e xmlns:x='y'><t>a</t></x:e>", [(1, "a", False)]),
        ("<e><t>a &amp; &uuml; &nope; &#252;</t></e>", [(1, "a & ü &nope; ü", True)]),
        ("<e><t>a <b>c</b> d</t></e>", [(1, "a c d", False)]),
        ("<e><t><![CDATA[a < b]]></t></e>", [(1, "a < b", False)]),
        ("<e><t>a</e>\n<e><t>b</t></e>", [(1, "a", True), (2, "b", False)]),
        ("<e><t>a</t>\n<e><t>b</t></e>", [(1, "a", True), (2, "b", False)]),
        ("<e><t>a & b</t></e>", [(1, "a  b", True)]),
        ("<e><t>a\0\ud800</t></e>", [(1, "a\ufffd\ufffd", False)]),
        ("<e/><e><t>a", [(1, "", False), (1, "a", True)]),
        ("<ee><t>a</t></ee><e><t>b</t></e>", [(1, "b", False)]),
        ('<!DOCTYPE r [<!ENTITY b "x">]><e><t>&b;</t></e>', [(1, "&b;", True)]),
        ("</e></e>", []),
        ("", []),
    ],
)
def test_records(text: str, expected: list[tuple[int, str, bool]]) -> None:
    found = list(records(text, "e"))
    assert [(each.line, text_of(each.element, "t"), each.is_broken) for each in found] == expected


def test_names_have_their_prefixes_for_namespaces() -> None:
    (record,) = records("<e xmlns='a' xmlns:d='b'><d:t>a</d:t><d:t/><d:t x:y='1'>b</d:t></e>", "e")
    assert texts_of(record.element, "{d}t") == ["a", "b"]


PIECES = st.sampled_from(
    ["<e>", "</e>", "<e/>", "<e ", "<t>", "</t>", "<x:e>", "&b;", "&", "<![CDATA[", "]]>", "<!--",
     "-->", "<?a", "?>", "xmlns:x='y'", "\n", "\0", "\ud800"]
)  # fmt: skip


@given(text=st.lists(PIECES | st.text(max_size=5), max_size=40).map("".join))
def test_any_text(text: str) -> None:
    for record in records(text, "e"):
        assert record.source in text
        assert 1 <= record.line <= text.count("\n") + 1


@pytest.mark.parametrize("text", ["<e>" * 100_000, "<e><t>" * 50_000, "<e>" + "<t>" * 100_000])
def test_long_texts_come_to_an_end(text: str) -> None:
    assert list(records(text, "e"))
