"""Dates of .bib files, in all the ways in which people write them."""

import pytest

from refman.formats.bibtex.dates import from_date, to_date

READ = [
    ({"year": "2022"}, "2022", {}),
    ({"year": "{2022}"}, "2022", {}),
    ({"year": "850"}, "0850", {}),
    ({"year": "2022", "month": "jun"}, "2022-06", {}),
    ({"year": "2022", "month": "June"}, "2022-06", {}),
    ({"year": "2022", "month": "Sept."}, "2022-09", {}),
    ({"year": "2022", "month": "6"}, "2022-06", {}),
    ({"year": "2022", "month": "may", "day": "3"}, "2022-05-03", {}),
    ({"year": "2022", "month": "15~jun"}, "2022-06-15", {}),
    ({"year": "2022", "month": "jun\u00a015"}, "2022-06-15", {}),
    ({"year": "2022", "month": "June 2nd"}, "2022-06-02", {}),
    ({"year": "2022", "month": "June 15--17"}, "2022-06-15/2022-06-17", {}),
    ({"year": "2022", "month": "15–17 June"}, "2022-06-15/2022-06-17", {}),
    ({"year": "2022", "month": "June/July"}, "2022-06/2022-07", {}),
    ({"year": "2022", "month": "30 June - 2 July"}, "2022-06-30/2022-07-02", {}),
    ({"year": "2020--2021"}, "2020/2021", {}),
    ({"year": "2020/21"}, "2020/2021", {}),
    ({"year": "c. 1999"}, "1999~", {}),
    ({"year": "1999?"}, "1999?", {}),
    ({"date": "2022-06-02"}, "2022-06-02", {}),
    ({"date": "2022-6-2"}, "2022-06-02", {}),
    ({"date": "2022-06-02T12:00:00Z"}, "2022-06-02", {}),
    ({"date": "2020-05/.."}, "2020-05/..", {}),
    ({"date": "199X"}, "199X", {}),
    ({"date": "2004?~"}, "2004%", {}),
    ({"date": "1999~/2004%?"}, "1999~/2004%", {}),
    ({"date": "../1999"}, "../1999", {}),
    ({"date": "-0044"}, "-0044", {}),
    ({"date": "3 May 2021"}, "2021-05-03", {}),
    ({"date": "2021", "year": "1999", "month": "jun"}, "2021", {}),
    ({"year": "2022-06-02"}, "2022-06-02", {}),
    # What is no date stays.
    ({"year": "in press"}, "", {"year": "in press"}),
    ({"year": "2020a", "month": "jun"}, "", {"year": "2020a", "month": "jun"}),
    ({"year": "2022", "month": "spring"}, "2022", {"month": "spring"}),
    ({"year": "2022", "month": "feb", "day": "31"}, "2022", {"month": "feb", "day": "31"}),
    ({"year": "2022", "month": "13"}, "2022", {"month": "13"}),
    ({"month": "jun"}, "", {"month": "jun"}),
    ({"date": "soon"}, "", {"year": "soon"}),
    ({"date": "soon", "year": "2022"}, "2022", {"date-2": "soon"}),
    ({"date": "2000-13"}, "", {"date-2": "2000-13"}),
    ({"date": "{2000-25}"}, "", {"date-2": "{2000-25}"}),
    ({"date": "2000-13", "year": "1999", "month": "may"}, "1999-05", {"date-2": "2000-13"}),
    ({"date-2": "2000-13"}, "", {"date-2": "2000-13"}),
    ({"date": "2000-02-30"}, "", {"year": "2000-02-30"}),
    ({"year": "2000-02-30"}, "", {"year": "2000-02-30"}),
    ({"date": "2000-02-30", "year": "2000"}, "2000", {"date-2": "2000-02-30"}),
    *(({"date": f"2000-{season}"}, f"2000-{season}", {}) for season in range(21, 25)),
    ({"year": "2000-13"}, "2000/2013", {}),  # so people write years
    ({"year": ""}, "", {}),
    ({}, "", {}),
]


@pytest.mark.parametrize(("fields", "date", "left"), READ, ids=str)
def test_fields_are_read(fields: dict[str, str], date: str, left: dict[str, str]) -> None:
    assert to_date(fields) == (date, left)


@pytest.mark.parametrize(
    ("date", "fields"),
    [
        ("2022", [("year", "2022")]),
        ("2022-05", [("year", "2022"), ("month", "may")]),
        ("2022-05-06", [("year", "2022"), ("month", "may"), ("day", "6")]),
        ("2020/2021", [("year", "2020"), ("date", "2020/2021")]),
        ("2022-06-30/2022-07-02",
         [("year", "2022"), ("month", "jun"), ("date", "2022-06-30/2022-07-02")]),
        ("1999~", [("year", "1999"), ("date", "1999~")]),
        ("2022-21", [("year", "2022"), ("date", "2022-21")]),
        ("-0044", [("date", "-0044")]),
        ("", []),
    ],
)  # fmt: skip
def test_a_date_is_written(date: str, fields: list[tuple[str, str]]) -> None:
    assert from_date(date) == fields
    assert to_date(dict(fields)) == (date, {})
