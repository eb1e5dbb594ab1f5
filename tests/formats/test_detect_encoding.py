"""From the bytes of a file to its text, or a sentence that says why not."""

import pytest

from refman.errors import ReadError
from refman.formats import decode, decode_telling

TEXT = "LGJun 2\nÜber Grenzen – “naïve” Ideen\nŁukasz Müller\n"
LATIN = "Über Grenzen\nRené Müller\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_unicode(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)) == TEXT


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252"])
def test_western_is_guessed(encoding: str) -> None:
    assert decode(LATIN.encode(encoding)) == LATIN


def test_windows_quotes_are_guessed() -> None:
    assert decode("“Grüße” – naïve".encode("cp1252")) == "“Grüße” – naïve"


@pytest.mark.parametrize("encoding", ["iso-8859-2", "koi8-r", "shift_jis"])
def test_a_declared_charset_is_taken(encoding: str) -> None:
    words = {"iso-8859-2": "Łódź", "koi8-r": "Поляк", "shift_jis": "東京"}[encoding]
    text = f'<meta charset="{encoding}"><p>{words}'
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("declared", ["utf-8", "nonsense", "rot13", "zip", "cp999999", "hex"])
def test_a_wrongly_declared_charset_is_not(declared: str) -> None:
    text = f"% Encoding: {declared}\n{LATIN}"
    assert decode(text.encode("cp1252")) == text


def test_utf_8_with_a_broken_byte_stays_utf_8() -> None:
    data = "Müller, Łukasz, Çelik und Ñandú".encode()
    assert decode(data + b"\xff") == "Müller, Łukasz, Çelik und Ñandúÿ"
    assert decode("Müller, Łukasz".encode()[:-1] + b"\xc5") == "Müller, Łukas\ufffd"


NOT_UTF_8 = "This line is not in UTF-8 as others are; it was read as Windows-1252."
NO_UTF_8 = (
    "This text is not in UTF-8. From this line on it was read as Windows-1252: look whether its "
    "accents are right."
)
NUL = "There is a NUL character in this line, which no text has; it is left out."


@pytest.mark.parametrize(
    ("data", "text", "told"),
    [
        pytest.param("Łódź\n".encode() * 3, "Łódź\n" * 3, [], id="utf-8"),
        pytest.param(b"a\nCaf\xe9\nG\xe9n\n", "a\nCafé\nGén\n", [(2, NO_UTF_8)], id="windows"),
        pytest.param(
            "Łódź\n".encode() * 3 + b"Caf\xe9\n",
            "Łódź\n" * 3 + "Café\n",
            [(4, NOT_UTF_8)],
            id="a-line-of-windows-in-utf-8",
        ),
        pytest.param(
            b"Caf\xe9\r\nG\xe9n\xe9\r" + "Łódź\n".encode(),
            "Café\r\nGéné\rŁódź\n",
            [(1, NOT_UTF_8), (2, NOT_UTF_8)],
            id="a-line-of-utf-8-in-windows",
        ),
        pytest.param(
            "Łódź, Çelik ".encode() + b"\xe9 x\n",
            "Łódź, Çelik é x\n",
            [(1, NOT_UTF_8)],
            id="both-in-a-line",
        ),
        pytest.param(b"\xef\xbb\xbfa\nCaf\xe9\n", "a\nCafé\n", [(2, NO_UTF_8)], id="with-a-mark"),
        pytest.param(b"charset=cp1252\nCaf\xe9", "charset=cp1252\nCafé", [], id="declared"),
        pytest.param(b"a\r\nb\0c\r\n\0d", "a\r\nbc\r\nd", [(2, NUL), (3, NUL)], id="nul"),
        pytest.param("aä\nb\0c\n".encode("utf-16"), "aä\nbc\n", [(2, NUL)], id="nul-in-utf-16"),
    ],
)
def test_what_was_guessed_or_left_out_is_told(
    data: bytes, text: str, told: list[tuple[int, str]]
) -> None:
    found, problems = decode_telling(data)
    assert found == text
    assert [(one.line, one.message, one.failed) for one in problems] == [
        (line, message, False) for line, message in told
    ]


def test_of_many_lines_the_first_are_told() -> None:
    _text, problems = decode_telling("Łódź\n".encode() + b"Caf\xe9\n" * 25)
    assert [one.line for one in problems] == list(range(2, 22))
    assert problems[-1].message == f"{NOT_UTF_8} The same goes for 5 lines after it."
    assert problems[-1].text == "Café"


def test_every_byte_has_a_text() -> None:
    data = b"caf\xe9 " * 20 + bytes(range(128, 256))
    text = decode(data)
    assert len(text) == len(data)
    assert all(char.isprintable() or char == "\xa0" or "\x80" <= char <= "\xad" for char in text)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "empty"),
        (b"   \n\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\xff\xfe", "empty"),
        (b"%PDF-1.7\nabc", "PDF"),
        (b"PK\x03\x04abc", "ZIP"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"SQLite format 3\0", "database"),
        (b"abc\0def\0\1\2\3\4", "not text"),
        (bytes(range(32)) * 50, "not text"),
        (b"\x01\x02\x03\x04\x05" * 10, "not text"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(ReadError, match=message):
        decode(data)


def test_a_stray_control_character_is_no_reason_to_refuse() -> None:
    assert decode(b"A page\x0cand its second one\x02.\n") == "A page\x0cand its second one\x02.\n"
