"""One field of an entry changed in its own source, everything else left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refman.formats.bibtex.source_file import SourceFile
from refman.formats.bibtex.splicing import Replacement, spans, splice

ALIGNED = """@Article{lin2025,
  title        = {Forgetting Transformer},
  author       = "Zhixuan Lin and Evgenii Nikishin",
  journal      = jmlr # { (JMLR)},   % the long name
  year         = 2025,
  month        = mar
}"""


def changed(block: str, name: str, *written: tuple[str, str], **more: str) -> str:
    """`block` with the field `name` as `written`."""
    edits = splice(block, {name} if name else set(), written, **more)
    assert edits is not None
    for edit in reversed(edits):
        block = block[: edit.start] + edit.new + block[edit.end :]
    return block


@pytest.mark.parametrize(
    ("name", "written", "old", "new"),
    [
        pytest.param(
            "title", [("title", "{Remembering}")], "{Forgetting Transformer}", "{Remembering}",
            id="braces",
        ),
        pytest.param(
            "author", [("author", "{Lin, Zhixuan}")],
            '"Zhixuan Lin and Evgenii Nikishin"', '"Lin, Zhixuan"', id="quotation marks stay",
        ),
        pytest.param(
            "author", [("author", '{A "B" C}')],
            '"Zhixuan Lin and Evgenii Nikishin"', '{A "B" C}', id="unless they cannot",
        ),
        pytest.param(
            "journaltitle", [("journal", "{Nature}")], "jmlr # { (JMLR)}", "{Nature}",
            id="abbreviation with #",
        ),
        pytest.param(
            "date", [("year", "{2024}"), ("month", "mar")], "= 2025,", "= 2024,", id="bare number"
        ),
        pytest.param(
            "date", [("year", "{2025}")], "  month        = mar\n", "", id="a part of a date goes"
        ),
        pytest.param(
            "doi", [("doi", "{10.1/x}")], "  month        = mar",
            "  doi          = {10.1/x},\n  month        = mar", id="a new one before the last",
        ),
        pytest.param(
            "journaltitle", [], "journal      = jmlr # { (JMLR)},   %", "%",
            id="one that goes leaves its comment",
        ),
    ],
)  # fmt: skip
def test_a_field_changes_in_its_place(
    name: str, written: list[tuple[str, str]], old: str, new: str
) -> None:
    assert changed(ALIGNED, name, *written) == ALIGNED.replace(old, new)


@pytest.mark.parametrize(
    ("block", "name", "written", "expected"),
    [
        pytest.param("@misc{a}", "title", [("title", "{T}")], "@misc{a,\n  title = {T},\n}",
                     id="bare"),
        pytest.param("@misc{a,}", "title", [("title", "{T}")], "@misc{a,\n  title = {T},\n}",
                     id="bare with a comma"),
        pytest.param("@misc{a, year=1999}", "title", [("title", "{T}")],
                     "@misc{a, title={T}, year=1999}", id="in one line"),
        pytest.param("@misc{a, title={T}, year=1999}", "title", [], "@misc{a, year=1999}",
                     id="out of one line"),
        pytest.param("@MISC(a,\n\tTITLE = {T},\n\tYEAR = 1999)", "doi", [("doi", "{1}")],
                     "@MISC(a,\n\tTITLE = {T},\n\tDOI = {1},\n\tYEAR = 1999)", id="capitals"),
        pytest.param("@misc{a,\n title={T},\n title={U}\n}", "title", [("title", "{V}")],
                     "@misc{a,\n title={V},\n title={U}\n}", id="the first of two counts"),
    ],
)  # fmt: skip
def test_the_hand_of_the_file_is_kept(
    block: str, name: str, written: list[tuple[str, str]], expected: str
) -> None:
    assert changed(block, name, *written) == expected


def test_type_and_key_change_in_the_head() -> None:
    assert changed(ALIGNED, "", kind="inproceedings", key="lin:2025") == ALIGNED.replace(
        "@Article{lin2025", "@Inproceedings{lin:2025"
    )


@pytest.mark.parametrize(
    "block",
    ["@misc{a, title = {T} year = 1999}", "@misc{a, title = {T", "@misc{a, title}", "no entry"],
    ids=["no comma", "not closed", "no value", "text"],
)
def test_what_is_not_plainly_written_is_left_to_others(block: str) -> None:
    assert spans(block) is None
    assert splice(block, {"title"}, [("title", "{U}")]) is None


@pytest.mark.parametrize(
    "data",
    [
        b"", b"a\nb\n", b"a\r\nb\r\n", b"a\rb", b"a\r\nb\nc\r\n\r",
        b"\xef\xbb\xbfM\xc3\xbcller\r\n",
        "Müller\n".encode("latin-1"), "Müller → x\r\ny\n".encode("utf-16"),
        "Müller, {a}\r\n".encode("utf-16-le"), b"\xff\xc3\xbc broken \xe9\n" * 20,
        b"@misc{a, title={x\0y}}\r\n",
    ],
)  # fmt: skip
def test_a_file_comes_back_byte_for_byte(data: bytes) -> None:
    assert SourceFile.of(data).with_replacements([]) == data


@given(
    st.binary().filter(lambda data: b"\0" not in data and not data.startswith((b"\xfe", b"\xff")))
)
def test_any_bytes_of_a_text_come_back(data: bytes) -> None:
    data = b"@misc{a, title = {Ordinary words around it so that it is a text}}\n" * 20 + data
    assert SourceFile.of(data).with_replacements([]) == data


def test_only_what_is_replaced_changes_and_in_the_codec_of_the_file() -> None:
    data = "title = {Größe},\r\nyear = 1999,\nx".encode("latin-1")
    file = SourceFile.of(data)
    start = file.text.index("1999")
    done = file.with_replacements([Replacement(start, start + 4, "ä\n")], "\nend")
    assert done == "title = {Größe},\r\nyear = ä\r\n,\nx\r\nend".encode("latin-1")
    assert (file.can_write("ß"), file.can_write("→")) == (True, False)
