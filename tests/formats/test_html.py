"""HTML to plain lines: blocks end lines, inline elements join, nothing is fetched or raised."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refman.formats.html import is_html, to_text, tree_of, visible_text


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        pytest.param("<p>one</p><p>two</p>", "one\ntwo\n", id="blocks"),
        pytest.param("<p>a <i>b</i>c<b> d</b></p>", "a bc d\n", id="inline"),
        pytest.param("<div><span>89.4</span><span>LG</span><b>Jun 2</b></div>", "89.4LGJun 2\n",
                     id="glued as copied"),
        pytest.param("<p>a<br>b<br/>c", "a\nb\nc\n", id="line breaks"),
        pytest.param("<p>a\n   b\t c</p>", "a b c\n", id="white space"),
        pytest.param("<pre>a\n  b\nc</pre>", "a\nb\nc\n", id="preformatted"),
        pytest.param("<p>a&nbsp;b &amp; c &lt;d&gt; &eacute;</p>", "a\u00a0b & c <d> é\n",
                     id="entities"),
        pytest.param("<head><title>t</title><style>s</style></head><script>x</script><p>y",
                     "y\n", id="nothing of scripts"),
        pytest.param("<p hidden>a</p><p style='display: none'>b</p><p>c</p>", "c\n", id="hidden"),
        pytest.param("<p hidden>a<br>b</p>c", "c\n", id="hidden with an empty element"),
        pytest.param("<!-- a --><p>b<!-- c -->d</p>", "bd\n", id="comments"),
        pytest.param("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>",
                     "a\tb\nc\n", id="table"),
        pytest.param("<p>of <math alttext='x^2'><mi>x</mi><mn>2</mn></math>.</p>", "of $x^2$.\n",
                     id="formula"),
        pytest.param("<ul><li>a<li>b</ul>tail", "a\nb\ntail\n", id="unclosed"),
        pytest.param("Version:0.9\r\nStartHTML:1\r\n<html><body>\n<!--StartFragment--><p>in</p>"
                     "<!--EndFragment--><p>out</p>", "in\n", id="clipboard of Windows"),
        pytest.param("<?xml version='1.0' encoding='latin1'?><p>Łódź</p>", "Łódź\n",
                     id="another declared charset"),
        pytest.param("no markup", "no markup\n", id="text"),
        pytest.param("", "", id="empty"),
        pytest.param("<", "<\n", id="not even a tag"),
    ],
)  # fmt: skip
def test_to_text(markup: str, expected: str) -> None:
    assert to_text(markup) == expected


@pytest.mark.parametrize(
    "text",
    ["<!DOCTYPE html><p>x", "<html>", "  \n<div class='a'>x</div>", "<p>x</p>", "\ufeff<HTML>",
     "<?xml version='1.0'?><!DOCTYPE html><html><body>x</body></html>",
     "Version:1.0\n<html><body><!--StartFragment-->x<!--EndFragment-->"],
)  # fmt: skip
def test_is_html(text: str) -> None:
    assert is_html(text)


@pytest.mark.parametrize(
    "text",
    ["", "LGJun 2\nOn the <div> element\n", "a < b and c > d", "@article{a, title={<p>x</p>}}",
     "<rdf>x</rdf>", "<?xml version='1.0'?><feed><p>x</p></feed>", "<rss><div>x</div></rss>",
     "<?xml version='1.0'?>" + "<!---->" * 5_000 + "<r><p>x</p></r>",
     "<?xml version='1.0'?>" + "<!---->" * 5_000, "x" * 100_000, "<" * 100_000, "<div " * 50_000],
)  # fmt: skip
def test_is_no_html(text: str) -> None:
    assert not is_html(text)


def test_what_follows_the_end_of_a_page_is_read() -> None:
    """Two pages in one file, or a stray piece after the first."""
    one = "<!DOCTYPE html>\n<html><head><title>t</title></head><body><p>{}</p></body></html>\n"
    markup = one.format("one") + one.format("two") + "<p>three</p>"
    assert to_text(markup) == visible_text(tree_of(markup)) == "one\ntwo\nthree\n"


@pytest.mark.parametrize("depth", [100, 10_000, 200_000])
def test_deeply_nested(depth: int) -> None:
    assert to_text("<div>" * depth + "deep" + "</div>" * depth + "<p>after") == "deep\nafter\n"


def test_entities_are_neither_expanded_nor_fetched() -> None:
    laughs = "".join(
        f'<!ENTITY l{i} "&l{i - 1};&l{i - 1};&l{i - 1};&l{i - 1};&l{i - 1};&l{i - 1};">'
        for i in range(1, 30)
    )
    page = f'<!DOCTYPE html [<!ENTITY l0 "lol"><!ENTITY x SYSTEM "file:///etc/passwd">{laughs}]>'
    text = to_text(f"{page}<p>&l29; &x;</p>")
    assert len(text) < len(page) + 100
    assert "root:" not in text


def test_a_large_page_is_read() -> None:
    assert to_text("<p>Some words &amp; more</p>\n" * 200_000).count("\n") == 200_000


FRAGMENTS = st.sampled_from(
    [
        *"<p> </p> <div > <!-- --> <![CDATA[ <script> </script> &amp; &#0; &#xD800; &".split(),
        *"<table><tr><td> <math\talttext='x'> </math> <pre> <?xml ?> <svg> <!DOCTYPE".split(" "),
        *("<br/>", "é", "\0", "\n", " ", "\ud800"),
    ]
)


@given(st.lists(FRAGMENTS | st.text(max_size=8), max_size=40).map("".join))
def test_any_text_at_all(markup: str) -> None:
    is_html(markup)
    text = to_text(markup)
    assert text == "" or text.endswith("\n")
    text.encode()
