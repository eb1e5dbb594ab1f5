"""Where in a line of DBLP's the title ends and the venue begins."""

import pytest

from refman.formats.listings.dblp_citation import read


@pytest.mark.parametrize(
    ("line", "title", "kind", "venue", "year", "is_sure"),
    [
        ("Attention is All you Need. NIPS 2017: 5998-6008",
         "Attention is All you Need.", "inproceedings", "NIPS", "2017", True),
        ("What Is It? A Study of Names. J. ACM 3(2): 1-9 (2001)",
         "What Is It? A Study of Names.", "article", "J. ACM", "2001", True),
        ("How Far Can We Go? ACM Trans. Softw. Eng. Methodol. 31(3): 42:1-42:48 (2022)",
         "How Far Can We Go?", "article", "ACM Trans. Softw. Eng. Methodol.", "2022", True),
        ("Works in Practice. Until It Fails. Nat. Mach. Intell. 2(3): 1-5 (2020)",
         "Works in Practice. Until It Fails.", "article", "Nat. Mach. Intell.", "2020", True),
        ("A Title. Brave Names. Nobody Knows 3: 1 (2021)",
         "A Title.", "article", "Brave Names. Nobody Knows", "2021", False),
        ("Long short-term memory. Neural Comput. 9(8): 1735-1780 (1997)",
         "Long short-term memory.", "article", "Neural Comput.", "1997", True),
        ("Jim Gray, astronomer. Commun. ACM 51(11): 58-65 (2008)",
         "Jim Gray, astronomer.", "article", "Commun. ACM", "2008", True),
        ("On X. ISWC (Posters, Demos & Industry Tracks) 2020: 3-8",
         "On X.", "inproceedings", "ISWC (Posters, Demos & Industry Tracks)", "2020", True),
        ("Entity Linking. Encyclopedia of Database Systems 2009: 12-14",
         "Entity Linking.", "incollection", "Encyclopedia of Database Systems", "2009", True),
        ("On Y. Int. Conf. Robotics 2001: 1-2",
         "On Y.", "inproceedings", "Int. Conf. Robotics", "2001", True),
        ("On Z. IACR Cryptol. ePrint Arch. 2021: 123 (2021)",
         "On Z.", "article", "IACR Cryptol. ePrint Arch.", "2021", True),
        ("Where does it end? 1-10", "Where does it end?", "", "", "", True),
        ("It ends here.", "It ends here.", "", "", "", True),
        ("Proceedings of the First Workshop on Ends, W 2020, Rome, Italy. ACM 2020",
         "Proceedings of the First Workshop on Ends, W 2020, Rome, Italy.", "proceedings", "",
         "2020", True),
    ],
)  # fmt: skip
def test_read(line: str, title: str, kind: str, venue: str, year: str, is_sure: bool) -> None:
    found = read(line)
    assert found is not None
    assert (found.title, found.kind, found.venue, found.year, found.is_sure) == (
        title, kind, venue, year, is_sure,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        ("A. Proc. VLDB Endow. 2(2): 1493-1500 (2009)",
         {"volume": "2", "number": "2", "pages": "1493-1500"}),
        ("A. CoRR abs/2303.14702 (2023)", {"volume": "abs/2303.14702", "number": ""}),
        ("A. J. Syst. Softw. 174: 110887 (2021)",
         {"volume": "174", "number": "", "pages": "110887"}),
        ("A. Computer 53(6-7): 12-14, 20 (2020)",
         {"volume": "53", "number": "6-7", "pages": "12-14, 20"}),
        ("A. KDD 2023", {}),
        ("A, Proceedings. LNCS 12446, Springer 2020, ISBN 978-3-030-61165-1 [contents]",
         {"series": "LNCS", "volume": "12446",
          "publisher": "Springer", "isbn": "978-3-030-61165-1"}),
        ("A, Proceedings. ACM 2023, ISBN 979-8-4007-0103-0 [contents]",
         {"series": "", "volume": "", "publisher": "ACM", "isbn": "979-8-4007-0103-0"}),
    ],
)  # fmt: skip
def test_fields(line: str, fields: dict[str, str]) -> None:
    found = read(line)
    assert found is not None
    assert found.fields == fields


@pytest.mark.parametrize(
    "line", ["", "home", "https://dblp.org/rec/conf/a/B23", "2023", "view", "x" * 3000]
)
def test_what_is_no_citation(line: str) -> None:
    assert read(line) is None
