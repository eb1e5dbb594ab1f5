"""Manuscripts on disk: what they cite, and new keys in them with all else byte for byte."""

import codecs
import sys
from pathlib import Path

import pytest

from refman.library.manuscripts import LARGEST, Rewrite, cited_in, rewrite, rewrite_plan

NEW = {"old": "new"}


def put(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_cited_in_files_and_folders(tmp_path: Path) -> None:
    one = put(tmp_path, "b.tex", r"\cite{a,b}\cite{a}")
    two = put(tmp_path, "a.md", "@c and `@d`")
    three = put(tmp_path, "sub/x.typ", "@e @a")
    put(tmp_path, ".git/x.tex", r"\cite{no}")
    put(tmp_path, ".hidden.md", "@no")
    put(tmp_path, "x.txt", "@no")
    put(tmp_path, "refs.bib", "@no{x}")
    put(tmp_path, "huge.md", b"@no" + b" " * LARGEST)
    found = cited_in([tmp_path])
    assert dict(found.by_file) == {two: ("c",), one: ("a", "b"), three: ("e", "a")}
    assert list(found.by_file) == [two, one, three]
    assert (found.keys, found.problems) == (("c", "a", "b", "e"), ())
    assert found.first == {"c": (two, 1), "a": (one, 1), "b": (one, 1), "e": (three, 1)}
    assert cited_in([one, tmp_path, one]).by_file == found.by_file
    assert cited_in([put(tmp_path, "all.tex", r"\nocite{*}")]).keys == ("*",)
    assert cited_in([]).keys == ()


def test_references_to_the_manuscript_itself(tmp_path: Path) -> None:
    one = put(tmp_path, "a.typ", "@intro @old")
    two = put(tmp_path, "b.typ", "= Intro <intro>\n= Old <old> @a #cite(<old>)")
    three = put(tmp_path, "c.md", "@fig:one @tbl-a @b @intro")
    four = put(tmp_path, "d.tex", r"\cite{tbl-a}")
    found = cited_in([tmp_path])
    assert dict(found.by_file) == {
        one: (),
        two: ("a", "old"),
        three: ("fig:one", "tbl-a", "b", "intro"),
        four: ("tbl-a",),
    }
    assert found.references == {"fig:one"}
    plan = rewrite_plan([tmp_path], {"old": "new", "intro": "i", "fig:one": "f"})
    assert rewrite(plan).written == (two, three)
    assert two.read_text() == "= Intro <intro>\n= Old <old> @a #cite(<new>)"
    assert three.read_text() == "@f @tbl-a @b @i"


def test_what_a_latex_file_takes_in_belongs_to_it(tmp_path: Path) -> None:
    main = put(
        tmp_path,
        "paper/main.tex",
        r"\input{chapters/one}\include{two.tex}\input{missing}\input{/etc/x}\input{x.bib}\cite{a}",
    )
    one = put(tmp_path, "paper/chapters/one.tex", r"\input{beside}\input{chapters/deep}\cite{b}")
    beside = put(tmp_path, "paper/chapters/beside.tex", r"\cite{c}")
    deep = put(tmp_path, "paper/chapters/deep.tex", r"\input{main}\cite{d}")
    two = put(tmp_path, "paper/two.tex", r"\input{../shared}\cite{e}")
    shared = put(tmp_path, "shared.tex", r"\cite{f}")
    put(tmp_path, "paper/x.bib", r"\cite{no}")
    put(tmp_path, "paper/other.tex", r"\cite{no}")
    found = {path.resolve(): keys for path, keys in cited_in([main]).by_file.items()}
    assert found == {
        main: ("a",),
        one: ("b",),
        beside: ("c",),
        deep: ("d",),
        two: ("e",),
        shared: ("f",),
    }


def test_what_cannot_be_read_is_a_sentence(tmp_path: Path) -> None:
    good = put(tmp_path, "good.tex", r"\cite{a}")
    bad = [
        tmp_path / "missing.tex",
        put(tmp_path, "x.docx", "x"),
        put(tmp_path, "binary.tex", b"\x00\x01\x02" * 50),
        put(tmp_path, "huge.tex", b" " * (LARGEST + 1)),
        Path("nul\0.tex"),
    ]
    found = cited_in([*bad, good])
    assert dict(found.by_file) == {good: ("a",)}
    said = (
        "cannot be read",
        "is no manuscript",
        "is not text",
        "is larger than 16 MB",
        "cannot be",
    )
    assert len(found.problems) == len(bad)
    problems = sorted(found.problems)
    assert all(any(words in problem for problem in problems) for words in said)
    assert len(rewrite_plan([*bad, good], NEW).problems) == len(bad)


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [(b"", "utf-8"), (codecs.BOM_UTF8, "utf-8"), (b"", "latin-1"), (b"", "cp1252"),
     (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")],
    ids=["utf-8", "utf-8-mark", "latin-1", "cp1252", "utf-16-le", "utf-16-be"],
)  # fmt: skip
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
def test_all_but_the_keys_stays_byte_for_byte(
    tmp_path: Path, mark: bytes, encoding: str, end: str
) -> None:
    quote = "“" if encoding == "cp1252" else "é"
    text = end.join(["% old ", f"Müller {quote}\t \\cite{{old}}  ", "", r"\cite{b,old}"])
    path = put(tmp_path, "x.tex", mark + text.encode(encoding))
    plan = rewrite_plan([path], NEW)
    changed = text.replace(r"\cite{old}", r"\cite{new}").replace(r"{b,old}", r"{b,new}")
    assert [(one.line, one.after) for one in plan.rewrites][1:] == [(4, r"\cite{b,new}")]
    assert path.read_bytes() == mark + text.encode(encoding)
    assert rewrite(plan).written == (path,)
    assert path.read_bytes() == mark + changed.encode(encoding)


def test_bytes_that_are_no_utf_8_stay(tmp_path: Path) -> None:
    data = "é".encode() * 20 + b"\xff\xfe \\cite{old} \x80"
    path = put(tmp_path, "x.tex", data)
    rewrite(rewrite_plan([path], NEW))
    assert path.read_bytes() == data.replace(b"old", b"new")


def test_a_plan_shows_each_line_and_writes_nothing(tmp_path: Path) -> None:
    one = put(tmp_path, "a.tex", "\\cite{old}\n\\cite{b}\n\\citep{b}, \\citet{old}\n")
    two = put(tmp_path, "b.md", "@older [@old]")
    three = put(tmp_path, "c.typ", "@b")
    plan = rewrite_plan([tmp_path], NEW)
    assert plan.rewrites == (
        Rewrite(one, 1, r"\cite{old}", r"\cite{new}"),
        Rewrite(one, 3, r"\citep{b}, \citet{old}", r"\citep{b}, \citet{new}"),
        Rewrite(two, 1, "@older [@old]", "@older [@new]"),
    )
    times = [path.stat().st_mtime_ns for path in (one, two, three)]
    assert rewrite(plan).written == (one, two)
    assert three.stat().st_mtime_ns == times[2]
    assert two.read_text() == "@older [@new]"
    assert rewrite_plan([tmp_path], NEW).rewrites == ()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.tex", "b.md", "c.typ"]


def test_a_file_that_was_changed_in_the_meantime_is_left_alone(tmp_path: Path) -> None:
    paths = [put(tmp_path, name, "@old") for name in ("a.md", "b.md", "c.md")]
    plan = rewrite_plan(paths, NEW)
    put(tmp_path, "a.md", "@old and more")
    paths[1].unlink()
    outcome = rewrite(plan)
    assert outcome.written == (paths[2],)
    assert [p.split("” ")[1][:11] for p in outcome.problems] == ["was changed", "cannot be r"]
    assert paths[0].read_text() == "@old and more"


def test_a_key_that_an_encoding_does_not_have(tmp_path: Path) -> None:
    path = put(tmp_path, "x.tex", "\\cite{old} é".encode("latin-1"))
    outcome = rewrite(rewrite_plan([path], {"old": "Ωmega"}))
    assert (outcome.written, len(outcome.problems)) == ((), 1)
    assert "there is no “Ω”" in outcome.problems[0]
    assert path.read_bytes() == "\\cite{old} é".encode("latin-1")


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_link_stays_one(tmp_path: Path) -> None:
    path = put(tmp_path, "real.md", "@old")
    link = tmp_path / "link.md"
    link.symlink_to(path)
    loop = tmp_path / "loop.md"
    loop.symlink_to(loop)
    assert rewrite(rewrite_plan([link, loop, path], NEW)).written == (link,)
    assert link.is_symlink()
    assert path.read_text() == "@new"
