"""Identifiers in the text of a reference and in its links."""

import pytest

from refman.formats.listings import cited_identifiers

ARXIV = {"eprint": "1706.03762", "eprinttype": "arxiv"}


@pytest.mark.parametrize(
    ("text", "fields", "rest"),
    [
        ("A. Title, 2017. doi: 10.1000/ABC.1.", {"doi": "10.1000/abc.1"}, "A. Title, 2017."),
        ("A. Title. https://doi.org/10.1000/abc", {"doi": "10.1000/abc"}, "A. Title."),
        ("A. Title, arXiv:1706.03762v5 [cs.CL], 2017", {**ARXIV, "eprintclass": "cs.CL"},
         "A. Title, arXiv, 2017"),
        ("A. Title. arXiv preprint arXiv:1706.03762 (2017).", ARXIV,
         "A. Title. arXiv preprint arXiv (2017)."),
        ("A. Title. CoRR, abs/1706.03762, 2017", ARXIV, "A. Title. CoRR, arXiv, 2017"),
        ("A. Title. https://arxiv.org/pdf/1706.03762.pdf", ARXIV, "A. Title. arXiv"),
        ("A. Title. doi:10.48550/arXiv.1706.03762", ARXIV, "A. Title."),
        ("A. Title. hep-th/9711200, arXiv:hep-th/9711200",
         {"eprint": "hep-th/9711200", "eprinttype": "arxiv"}, "A. Title. hep-th/9711200, arXiv"),
        ("A. Title. PMID: 123; PMCID: PMC4567.", {"pmid": "123", "pmcid": "PMC4567"}, "A. Title."),
        ("A. Title. Available at: https://example.org/a.pdf", {"url": "https://example.org/a.pdf"},
         "A. Title."),
        ("A. Title, 2017", {}, "A. Title, 2017"),
    ],
)  # fmt: skip
def test_in_text(text: str, fields: dict[str, str], rest: str) -> None:
    found = cited_identifiers.take(text)
    assert (found.fields, found.text, found.code) == (fields, rest, None)


@pytest.mark.parametrize(
    ("links", "fields", "code"),
    [
        ([("pdf", "https://arxiv.org/pdf/1706.03762v2")], ARXIV, None),
        ([("pdf", "https://example.org/a.pdf"), ("code", "https://example.org/code")],
         {"url": "https://example.org/a.pdf"}, True),
        ([("a", "https://example.org"), ("pdf", "https://openreview.net/pdf?id=1")],
         {"url": "https://openreview.net/pdf?id=1"}, None),
        ([("PubMed", "https://pubmed.ncbi.nlm.nih.gov/123/")], {"pmid": "123"}, None),
        ([("section", "#section")], {}, None),
        ([], {}, None),
    ],
)  # fmt: skip
def test_in_links(links: list[tuple[str, str]], fields: dict[str, str], code: bool | None) -> None:
    found = cited_identifiers.take("A Title", links)
    assert (found.fields, found.code) == (fields, code)
