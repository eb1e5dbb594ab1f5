"""The files and groups of other programs."""

import pytest

from refman.formats.bibtex.file_links import read_bibdesk_file, read_file_links
from refman.formats.bibtex.jabref import Groups, read_groups
from refman.formats.format import FileLink

PDF, HTML = "application/pdf", "text/html"


@pytest.mark.parametrize(
    ("value", "links"),
    [
        (":a b.pdf:PDF", [FileLink("a b.pdf", media_type=PDF)]),
        ("A title:x/a.pdf:PDF;:b.html:HTML",
         [FileLink("x/a.pdf", title="A title", media_type=PDF),
          FileLink("b.html", media_type=HTML)]),
        (":C\\:/x/a.pdf:PDF", [FileLink("C:/x/a.pdf", media_type=PDF)]),
        (":C:/x/a.pdf:PDF", [FileLink("C:/x/a.pdf", media_type=PDF)]),
        (":C\\:\\\\x\\\\a.pdf:PDF", [FileLink("C:\\x\\a.pdf", media_type=PDF)]),
        ("C:\\x\\a.pdf", [FileLink("C:\\x\\a.pdf")]),
        ("C\\:/x/a.pdf", [FileLink("C:/x/a.pdf")]),
        ("\\\\srv\\x\\a.pdf", [FileLink("\\\\srv\\x\\a.pdf")]),
        (":\\\\srv\\x\\a.pdf:PDF", [FileLink("\\\\srv\\x\\a.pdf", media_type=PDF)]),
        (":\\\\\\\\srv\\\\x\\\\a.pdf:PDF", [FileLink("\\\\srv\\x\\a.pdf", media_type=PDF)]),
        ("C\\:\\\\x\\\\a.pdf", [FileLink("C:\\x\\a.pdf")]),
        ("a\\;b\\:c:x.pdf:PDF", [FileLink("x.pdf", title="a;b:c", media_type=PDF)]),
        ("Full Text PDF:files/1/a.pdf:application/pdf",
         [FileLink("files/1/a.pdf", title="Full Text PDF", media_type=PDF)]),
        ("/home/u/a.pdf;/home/u/b.html", [FileLink("/home/u/a.pdf"), FileLink("/home/u/b.html")]),
        (":home/u/a{\\_}b.pdf:pdf", [FileLink("/home/u/a_b.pdf", media_type=PDF)]),
        (":C$\\backslash$:/u/a{\\&}b.pdf:pdf", [FileLink("C:/u/a&b.pdf", media_type=PDF)]),
        (":home/a.pdf:PDF", [FileLink("home/a.pdf", media_type=PDF)]),
        ("https://a.b/c.pdf", [FileLink(url="https://a.b/c.pdf")]),
        (":https\\://a.b/c:PDF", [FileLink(url="https://a.b/c", media_type=PDF)]),
        (":https://a.b/c:PDF", [FileLink(url="https://a.b/c", media_type=PDF)]),
        (":a.pdf:PDF:https\\://a.b/c", [FileLink("a.pdf", media_type=PDF)]),
        (";a.pdf;", [FileLink("a.pdf")]),
        ("a:b:c:d:e", []),
        ("::PDF", []),
        ("{x}", []),
        ("", []),
        ("\\", [FileLink("\\")]),
    ],
    ids=repr,
)  # fmt: skip
def test_file_links(value: str, links: list[FileLink]) -> None:
    assert list(read_file_links(value)) == links


@pytest.mark.parametrize("value", ["", "not base 64", "AAAA", "YnBsaXN0MDA=", "é"])
def test_what_is_no_file_of_bibdesk(value: str) -> None:
    assert read_bibdesk_file(value) is None


def groups(tree: str) -> Groups:
    found = Groups({}, {}, {})
    text = f"@misc{{a}}\n@Comment{{jabref-meta: {tree}}}\n"
    read_groups(text, text.index("jabref-meta"), found)
    return found


@pytest.mark.parametrize(
    ("tree", "paths", "members"),
    [
        (("grouping:\n0 AllEntriesGroup:;\n1 StaticGroup:A\\;0\\;1\\;\\;\\;\\;;\n"
          "2 StaticGroup:B\\;0\\;;\n1 StaticGroup:C\\;0\\;;\n"),
         {"A": "A", "B": "A/B", "C": "C"}, {}),
        (("groupstree:\n0 AllEntriesGroup:;\n1 ExplicitGroup:A\\;0\\;K1\\;k2\\;;\n"
          "2 ExplicitGroup:B \\\\\\; b\\;0\\;k2\\;;\n"),
         {"A": "A", "B ; b": "A/B ; b"}, {"k1": ["A"], "k2": ["A", "A/B ; b"]}),
        ("groupstree:\n0 AllEntriesGroup:;\n1 ExplicitGr\noup:Na\nme\\;0\\;ke\ny\\;;\n",
         {"Name": "Name"}, {"key": ["Name"]}),
        ("grouping:\n9 StaticGroup:A\\;0\\;;\n2 x:;\n1 :;\nnonsense;\n", {"A": "A"}, {}),
        ("databaseType:bibtex;", {}, {}),
        ("grouping:", {}, {}),
    ],
    ids=["nested", "with keys", "broken lines", "odd levels", "something else", "nothing"],
)  # fmt: skip
def test_groups(tree: str, paths: dict[str, str], members: dict[str, list[str]]) -> None:
    assert groups(tree) == Groups(paths, members, {})


def test_groups_that_are_searches() -> None:
    tree = "grouping:\n0 AllEntriesGroup:;\n1 KeywordGroup:Wool\\;0\\;keywords\\;wool\\;;\n"
    found = groups(tree + "1 StaticGroup:A\\;0\\;;\n2 SearchGroup:B\\;0\\;;\n2 x:C\\;0\\;;\n")
    body = len("@misc{a}\n@Comment{")
    assert found.searches == {body: ["Wool", "B"]}
    assert found.members == {}
