"""Dates as other programs write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refman.formats.loose_dates import read_date
from refman.model import dates


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2019", "2019"),
        ("2019///", "2019"),
        ("2019/05//", "2019-05"),
        ("2019/05/16/", "2019-05-16"),
        ("2019/5/6", "2019-05-06"),
        ("2019///Spring", "2019-21"),
        ("2019///May-June", "2019-05/2019-06"),
        ("2019/05/16/14:02:11", "2019-05-16"),
        ("2019-05-00", "2019-05"),
        ("2019-00-00", "2019"),
        ("2019-05-16T14:02:11Z", "2019-05-16"),
        ("2019-05-16 14:02:11", "2019-05-16"),
        ("2019/13/45", "2019"),
        ("May 2019", "2019-05"),
        ("16 May 2019", "2019-05-16"),
        ("May 16, 2019", "2019-05-16"),
        ("2019 May 16", "2019-05-16"),
        ("2019 MAR-APR", "2019-03/2019-04"),
        ("May 16-18, 2019", "2019-05-16/2019-05-18"),
        ("30 May - 2 June 2019", "2019-05-30/2019-06-02"),
        ("Fall 1999", "1999-23"),
        ("c. 1999", "1999~"),
        ("2019-2020", "2019/2020"),
        ("2019-20", "2019/2020"),
        ("2019/2020", "2019/2020"),
        ("1999?", "1999?"),
        ("n.d.", ""),
        ("in press", ""),
        ("5/6/2019", ""),
        ("", ""),
    ],
)
def test_read_date(text: str, expected: str) -> None:
    assert read_date(text) == expected


@given(st.text(max_size=20) | st.text("0123456789/-. MaySpring", max_size=20))
def test_any_text_is_a_date_or_none(text: str) -> None:
    found = read_date(text)
    assert not found or dates.is_valid(found)
