"""From the bytes of a file to its text, or a sentence that says why not."""

import pytest

from refman.errors import ReadError
from refman.formats import decode

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
    assert decode(data + b"\xff") == "Müller, Łukasz, Çelik und Ñandú\ufffd"
    assert decode("Müller, Łukasz".encode()[:-1] + b"\xc5") == "Müller, Łukas\ufffd"


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
