"""Plain references to a journal as fields; all other ones stay as they are."""

import pytest

from refman.formats.listings import journal_ref

PRL = {"journaltitle": "Phys. Rev. Lett.", "volume": "116", "pages": "061102", "year": "2016"}
PRD = {"journaltitle": "Phys.Rev. D", "volume": "93", "pages": "016005", "year": "2015"}
GEO = {"journaltitle": "J. of Geo", "volume": "2", "pages": "53–123", "year": "2008"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Phys. Rev. Lett. 116, 061102 (2016)", PRL),
        ("Phys.Rev. D93 (2015) 016005", PRD | {"journaltitle": "Phys.Rev. D"}),
        ("Phys.Rev.D59:126002,1999", {"journaltitle": "Phys.Rev.D", "volume": "59",
                                      "pages": "126002", "year": "1999"}),
        ("Astrophys.J. 395 (1992) L83-L86", {"journaltitle": "Astrophys.J.", "volume": "395",
                                             "pages": "L83–L86", "year": "1992"}),
        ("J. of Geo 2(1), pp. 53-123 (2008)", GEO | {"number": "1"}),
        ("Published in J. of Geo 2 (2008), 53--123.", GEO),
        ("A&A 621, A133 (2019)", {"journaltitle": "A&A", "volume": "621", "pages": "A133",
                                  "year": "2019"}),
        ("", {}),
        ("to appear", {}),
        ("Proceedings of the 9th Conference on Things, pp 115-122, 2009", {}),
        ("J. of Math. Psychology, 53:5 (2009), see also 54:6 (2010)", {}),
        ("9" * 10_000, {}),
        ("a " * 10_000, {}),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else "",
)  # fmt: skip
def test_read(text: str, expected: dict[str, str]) -> None:
    assert journal_ref.read(text) == expected
