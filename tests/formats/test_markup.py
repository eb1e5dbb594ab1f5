"""What a page arrives in is taken off, and nothing that is no page is touched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refman.formats.markup import Page, page_of

HEAD = "MIME-Version: 1.0\nContent-Type: "
DEEP = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(3000))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("LGJun 2\nA Title\n", Page("LGJun 2\nA Title\n"), id="text"),
        pytest.param("<p>a<p>b", Page("a\nb\n", "<p>a<p>b"), id="HTML"),
        pytest.param('<?xml version="1.0"?>\n<feed><p>a</p></feed>',
                     Page('<?xml version="1.0"?>\n<feed><p>a</p></feed>'), id="XML"),
        pytest.param(
            '<?xml version="1.0"?>\n<!DOCTYPE r [<!ENTITY a "b">]>\n<r><div>a</div></r>',
            Page('<?xml version="1.0"?>\n<!DOCTYPE r [<!ENTITY a "b">]>\n<r><div>a</div></r>'),
            id="XML with a document type"),
        pytest.param("Subject: a\n\nMIME-Version: 1.0", Page("Subject: a\n\nMIME-Version: 1.0"),
                     id="a mail without MIME is its own text"),
        pytest.param(HEAD + "text/plain\n\none\n", Page("one\n"), id="plain mail"),
        pytest.param(HEAD + "text/plain; charset=latin1\nContent-Transfer-Encoding: "
                     "quoted-printable\n\ncaf=E9=\n!\n", Page("café!\n"), id="quoted-printable"),
        pytest.param(HEAD + "text/plain; charset=nonsense\nContent-Transfer-Encoding: base64\n\n"
                     "Y2Fmw6k=\n", Page("café"), id="base64 in an unknown charset"),
        pytest.param(HEAD + "text/html\nContent-Location: https://a.org/x\n\n<p>a</p>\n",
                     Page("a\n", "<!-- saved from url=(0015)https://a.org/x --><p>a</p>\n"),
                     id="HTML with its address"),
        pytest.param(HEAD + 'multipart/mixed; boundary="b"\n\n--b\nContent-Type: text/html\n'
                     "Content-Disposition: attachment\n\n<p>no\n--b\nContent-Type: text/plain\n\n"
                     "yes\n--b--\n", Page("yes"), id="not the attachment"),
        pytest.param(HEAD + "image/png\n\nabc\n", Page(HEAD + "image/png\n\nabc\n"),
                     id="a mail of nothing but a picture"),
        pytest.param("MIME-Version: 1.0\n" + DEEP, Page("MIME-Version: 1.0\n" + DEEP),
                     id="parts in parts in parts"),
    ],
)  # fmt: skip
def test_page_of(source: str, expected: Page) -> None:
    assert page_of(source) == expected


@given(text=st.text(), markup=st.booleans())
def test_any_text(text: str, markup: bool) -> None:
    page_of(text, markup=markup)
    page_of("MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\n" + text)


def test_a_mail_with_lines_of_old_macs() -> None:
    mail = "MIME-Version: 1.0\nContent-Type: text/html\n\n<p>one</p>\n<p>two</p>\n"
    assert page_of(mail.replace("\n", "\r")).text == page_of(mail).text == "one\ntwo\n"
