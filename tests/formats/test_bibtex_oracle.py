"""What `bibtex` reads is read: the same entries, the same keys, the same values of their fields."""

import logging
import re
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from refman.formats.bibtex.blocks import Shape, blocks
from refman.formats.bibtex.entry_blocks import read_block, read_string
from refman.formats.bibtex.values import Macros

pytestmark = pytest.mark.skipif(not shutil.which("bibtex"), reason="bibtex is not installed")

NAMES = ("author", "title", "journal", "year", "month", "note", "a-b", "x:y")
TYPES = ("article", "book", "misc", "inproceedings", "commentary", "my-type", "a.b+c")

Read = list[tuple[str, str, dict[str, str]]]  # key, type, fields

# `top$` writes to the log, where lines are not broken as they are in a .bbl.
STYLE = "\n".join(
    [
        f"ENTRY {{ {' '.join(NAMES)} }} {{ }} {{ }}",
        'FUNCTION {show} { "=K" cite$ * top$ "=T" type$ * top$',
        *(f'{name} missing$ {{ }} {{ "=F{name}=" {name} * top$ }} if$' for name in NAMES),
        "}",
        *(f"FUNCTION {{{name}}} {{ show }}" for name in TYPES),
        "READ ITERATE { call.type$ }",
    ]
)


def ask(text: str) -> tuple[Read, bool]:
    """What `bibtex` reads in `text`, and whether it found it in order."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "x.bst").write_text(STYLE, encoding="utf-8")
        # It passes over what comes after the first block of the last line.
        (folder / "x.bib").write_text(text + "\n\n", encoding="utf-8", newline="")
        (folder / "x.aux").write_text("\\citation{*}\n\\bibstyle{x}\n\\bibdata{x}\n")
        subprocess.run(["bibtex", "x"], cwd=folder, check=False, capture_output=True, timeout=60)
        log = (folder / "x.blg").read_text(encoding="utf-8", errors="replace")
    found: Read = []
    for line in log.split("\n"):
        if line.startswith("=K"):
            found.append((line[2:], "", {}))
        elif line.startswith("=T"):
            found[-1] = (found[-1][0], line[2:], {})
        elif line.startswith("=F"):
            field, _equals, value = line[2:].partition("=")
            found[-1][2][field] = value
    return found, not re.search(r"---line|^Repeated entry", log, re.MULTILINE)


def read(text: str) -> Read:
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    macros = Macros()
    found: Read = []
    for block in blocks(text):
        if block.shape is Shape.STRING:
            read_string(text, block, macros)
        elif block.shape is Shape.ENTRY:
            raw = read_block(text, block, macros)
            values: dict[str, str] = {}
            for field in raw.fields:
                values.setdefault(field.name, re.sub(r"[ \t\n]+", " ", field.tex).strip(" "))
            shown = {name: values[name] for name in NAMES if name in values}
            found.append((raw.key, block.type, shown))
    return found


IN_ORDER = {
    "a blank and a line break before the brace": "@article {a, title={x}}\n@book\n{b, title={y}}",
    "parentheses": '@misc(a, title={x ) y}, note="z ) (", year=2000)',
    "a type with signs": "@my-type{a, title={x}} @a.b+c{b, title={y}} @commentary{c, title={z}}",
    "capitals": "@ARTICLE{A, TITLE={x}, Year=2000}",
    "pieces": '@misc{a, title = {One } # " and" # { two} # 3}',
    "abbreviations": '@string{s = "x" # {y}}\n@string(T = s # s)\n@misc{a, title = S # t # {z}}',
    "an abbreviation given again": "@string{s={1}}@misc{a,note=s}@string{S={2}}@misc{b,note=s}",
    "a comma at the end": "@misc{a, title={x},}",
    "no field": "@misc{a} @misc{b,} @misc{c\n}",
    "an empty key": "@misc{, title={x}}",
    "keys": "@misc{a:/+.'&;*!?$^_`|<>[]~@-b, title={x}}\n@misc{clé, note={x}} @misc{a\\b, note={}}",
    "a key with an equals sign": "@misc{a=b, title={x}}",
    "a field given twice": "@misc{a, title={x}, title={y}, TITLE={z}}",
    "empty values": '@misc{a, title={}, note="", year={ }}',
    "blanks": "@misc { a ,\n\ttitle\n=\n{ x \n  y }\n , note = \" z\t\" }",
    "braces in quotes": '@misc{a, title = "{"}x{"} {y "z" {"}}", note = {"}}',
    "braces": "@misc{a, title = {{x} y {z {{{{{{deep}}}}}}}}, note = {\\{ \\}}}",
    "an at sign in a value": "@misc{a, title = {x @ y}, note = {me@example.org}}",
    "a block in a value": "@misc{a, title = {\n@misc{b, title={y}}\n}, note = \"\n@misc{c,}\n\"}",
    "signs in a value": "@misc{a, title = {% # = , ' \\\" ( ) ~}, note = \"% # = , ' ( ) ~\"}",
    "a percent sign between": "@misc{a, title={x}} % a remark\n% another\n@misc{b, title={y}}",
    "text between": "Some words, and more.\n@misc{a, title={x}} and @misc{b, title={y}} more",
    "comments": "@comment{x}\n@comment y\n@Comment\n@misc{a, title={x}}",
    "a preamble": '@preamble{"\\newcommand{\\x}[1]{#1}" # {y}}\n@misc{a, title={x}}',
    "fields with signs in their names": "@misc{a, a-b={x}, x:y={z}}",
    "line ends": "@misc{a,\r\n title={x\r\n y},\r\n}\r@misc{b,\r title={z}}",
    "control characters": "@misc{a, title={x\x0cy\x0bz\x1b}}",
    "a long field": "@misc{a, title={" + "x" * 150_000 + "}, note={{" + "y" * 150_000 + "}}}",
    "numbers": "@misc{a, year=007, note = 1 # 2}",
    "many pieces": "@misc{a, title = " + "{x} # " * 500 + "{y}}",
}  # fmt: skip


@pytest.mark.parametrize("text", IN_ORDER.values(), ids=IN_ORDER)
def test_what_is_in_order_is_read_alike(text: str) -> None:
    told, fine = ask(text)
    assert fine
    assert read(text) == told


BROKEN = {
    "a comma missing between fields": "@misc{a, title={x} note={y}}\n@misc{b, title={z}}",
    "a comma missing after the key": "@misc{a title={x}}\n@misc{b, title={z}}",
    "commas doubled": "@misc{a,, title={x}}\n@misc{b, title={x},, note={y}}",
    "a brace missing at the end": "@misc{a, title={x}\n@misc{b, title={y}}\n@misc{c, title={z}}",
    "an equals sign missing": "@misc{a, title {x}, note={y}}\n@misc{b, title={z}}",
    "a value missing": "@misc{a, title = , note={y}}\n@misc{b, title={z}}",
    "a value without delimiters": "@misc{a, note={y}, title = x y z}\n@misc{b, title={z}}",
    "a key with a blank": "@misc{a, title={x}}\n@misc{b c, title={x}}",
    "a brace too many": "@misc{a, title={x}}, note={y}}\n@misc{b, title={z}}",
    "a key given twice": "@misc{a, title={x}}\n@misc{A, title={y}}\n@misc{b, title={z}}",
    "a comment that is not closed": "@comment{\n@misc{a, title={x}}",
    "a string that is not closed": "@string{s = {x}\n@misc{a, title={y}}",
    "a delimiter of another kind": "@misc(a, title={x}}\n@misc{b, title={y}}",
    "the end of the file": "@misc{a, title={x}}\n@misc{b, title={y}",
    "a name that begins with a digit": "@misc{a, title={x}, 2x={y}}\n@misc{b, title={z}}",
}  # fmt: skip


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_of_what_is_broken_as_much_is_read(text: str) -> None:
    """A name that nothing defines is empty to bibtex, and a key ends at a blank."""
    told, _fine = ask(text)
    ours = read(text)
    assert told
    for key, type_name, fields in told:
        said = {name: value for name, value in fields.items() if value}
        alike = [one[2] for one in ours if one[0].startswith(key) and one[1] == type_name]
        assert any(said.items() <= one.items() for one in alike), (key, said, ours)


VALUES = st.sampled_from(
    ["{x}", '"y"', "{a {b} c}", '"{q"} z"', "12", "s1", "s2", "{}", '""', "{ sp  aced\n}",
     '{\\"{o}}', '"a {\\"o} b"', "{(p) @ x # % ' = ,}", '"(p) @ x # % = , "', "{{{{{{deep}}}}}}",
     "{@misc{in, t={x}}}", "{\n@misc{in, title={x}}\n}", '"\n@misc{in, title={x}}\n"'])  # fmt: skip
BLANKS = st.sampled_from(["", "", " ", "\n", "\t", "\n  "])


@st.composite
def entries(draw: st.DrawFn) -> str:
    number = draw(st.integers(0, 10**6))
    opening, closing = draw(st.sampled_from([("{", "}"), ("{", "}"), ("{", "}"), ("(", ")")]))
    text = f"@{draw(st.sampled_from(TYPES))}{draw(BLANKS)}{opening}{draw(BLANKS)}k{number}"
    for _field in range(draw(st.integers(0, 4))):
        pieces = draw(st.lists(VALUES, min_size=1, max_size=3))
        value = f"{draw(BLANKS)}#{draw(BLANKS)}".join(pieces)
        name = draw(st.sampled_from(NAMES))
        text += f"{draw(BLANKS)},{draw(BLANKS)}{name}{draw(BLANKS)}={draw(BLANKS)}{value}"
    # After a key in parentheses bibtex knows no other end than a comma.
    return (
        text
        + draw(BLANKS)
        + ("," if opening == "(" else draw(st.sampled_from(["", ",", ",\n"])))
        + closing
    )


@settings(max_examples=60)
@given(
    found=st.lists(entries(), max_size=4),
    between=st.sampled_from(["\n", "\n\n", " ", "", "\nsome text\n", "\n% more\n"]),
)
def test_any_file_in_order_is_read_alike(found: list[str], between: str) -> None:
    text = '@string{s1 = {one}}\n@string{s2 = {two } # "x"}\n' + between.join(found)
    told, fine = ask(text)
    if fine:  # else a key stands there twice
        assert read(text) == told
