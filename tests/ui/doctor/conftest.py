"""A library with papers that something is wrong with."""

from datetime import date

import pytest

from refman.library import Library, Source

ODD = """@article{abel2020,
  title = {A Short Note on Long Lists.},
  author = {Abel, Nina},
  year = {2020},
  doi = {10.1000/xyz 12},
}
@book{gauss2018,
  title = {The Book of Seeds.},
  author = {Gauss, D.E.},
  year = {2018},
  publisher = {Margin Press},
  isbn = {978-3-16-148410-1},
}
@misc{rossi2021,
  title = {RULES OF THUMB FOR SHORT LISTS},
  author = {Rossi, Maria},
  year = {2021},
  note = {N/A},
}
@misc{well2022,
  title = {Nothing Is Wrong with This One},
  author = {Well, Ann},
  year = {2022},
}
"""


@pytest.fixture
def odd_library(empty_library: Library) -> Library:
    """What the doctor says of it: see `FOUND` of test_view."""
    empty_library.importing.run(Source.from_text(ODD, "odd.bib", date(2026, 11, 20)))
    return empty_library
