"""All forms of one page give the same records: copied, saved, MHTML, a mail, the clipboard."""

from collections.abc import Callable
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

import pytest

from refman.formats import decode
from refman.formats.format import Found
from refman.formats.markup import Page, page_of
from tests.formats import engine

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256))
ADDRESS = "https://arxiv.org/list/a/b"


def mhtml(markup: str, encoding: str) -> Page:
    """As Chromium writes it: the page, then its pictures."""
    message = EmailMessage(SMTP)
    message["Snapshot-Content-Location"] = ADDRESS
    message["Subject"] = "arXiv"
    message.set_content(markup, "html", cte=encoding)
    message.make_related()
    message.add_related(PICTURE, "image", "png", headers=[f"Content-Location: {ADDRESS}.png"])
    return page_of(decode(message.as_bytes()))


def mail(markup: str) -> Page:
    message = EmailMessage(SMTP)
    message["From"] = "Somebody <nobody@example.org>"
    message.set_content("Your mail program shows no HTML.")
    message.add_alternative(markup, "html")
    message.add_attachment(PICTURE, "image", "png", filename="a.png")
    message.add_attachment("<p>An attachment</p>", "html", filename="b.html")
    return page_of(decode(message.as_bytes()))


def windows_clipboard(markup: str) -> Page:
    body = markup[markup.index("<body") :]
    opening, closing = body.index(">") + 1, body.rindex("</body>")
    fragment = f"{body[:opening]}<!--StartFragment-->{body[opening:closing]}<!--EndFragment-->"
    return page_of(f"Version:0.9\r\nStartHTML:00000097\r\nSourceURL:{ADDRESS}\r\n<html>\r\n"
                   f"{fragment}{body[closing:]}</html>\r\n", markup=True)  # fmt: skip


FORMS: dict[str, Callable[[str], Page]] = {
    "saved without a charset": lambda markup: page_of(
        decode(markup.replace("charset", "c").encode())
    ),
    "saved with a wrong charset": lambda markup: page_of(
        decode(markup.replace("utf-8", "latin1").replace("UTF-8", "latin1").encode())
    ),
    "saved in UTF-16": lambda markup: page_of(decode(markup.encode("utf-16"))),
    "line ends of Windows": lambda markup: page_of(markup.replace("\n", "\r\n")),
    "MHTML": lambda markup: mhtml(markup, "quoted-printable"),
    "MHTML in base64": lambda markup: mhtml(markup, "base64"),
    "a mail": mail,
    "the clipboard": lambda markup: page_of(markup[markup.index("<body") :], markup=True),
    "the clipboard of Windows": windows_clipboard,
}
PAGES = ["arxiv_list/new", "arxiv_list/month", "arxiv_list/recent", "arxiv_search/results"]


def records(found: Found) -> list[dict[str, Any]]:
    return [{**engine.row_as_json(row), "line": 0} for row in found.rows]


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_markup(name: str, form: Callable[[str], Page]) -> None:
    file = engine.SAMPLES / f"{name}.html"
    saved = engine.read_page(engine.page(file))
    page = form(file.read_text(encoding="utf-8"))
    found = engine.read_page(page)
    assert records(found) == records(saved)
    assert [row.raw_text for row in found.rows] == [row.raw_text for row in saved.rows]
    assert len(found.problems) == len(saved.problems)


@pytest.mark.parametrize("name", ["arxiv_list/new", "arxiv_list/recent", "arxiv_search/results"])
def test_a_page_as_copied(name: str) -> None:
    saved = records(engine.read_page(engine.page(engine.SAMPLES / f"{name}.html")))
    copied = records(engine.read_page(engine.page(engine.SAMPLES / f"{name}_copied.txt")))
    for one, other in zip(saved, copied, strict=True):
        if other["review"] == ["The page shows only a part of the abstract."]:
            assert one["abstract"].startswith(other["abstract"].rstrip("…"))
            other |= {"abstract": one["abstract"], "review": []}
        assert one == other


@pytest.mark.parametrize("name", PAGES)
def test_the_text_that_a_saved_page_shows_gives_its_rows(name: str) -> None:
    """Listings keep that text: read again it has to have the same rows at the same places."""
    page = engine.page(engine.SAMPLES / f"{name}.html")
    saved = engine.read_page(page)
    reader = engine.format_of(Page(page.text))
    assert reader is not None
    shown = reader.read(page.text, engine.context())
    assert [(row.line, row.raw_text) for row in shown.rows] == [
        (row.line, row.raw_text) for row in saved.rows
    ]


def test_the_mailing_in_a_mail_that_is_encoded() -> None:
    file = engine.SAMPLES / "arxiv_mailing/daily_2023.txt"
    message = EmailMessage(SMTP)
    message["Subject"] = "q-fin daily"
    message.set_content(file.read_text(encoding="utf-8"), cte="quoted-printable")
    found = engine.read_page(page_of(decode(message.as_bytes())))
    assert records(found) == records(engine.read_page(engine.page(file)))
