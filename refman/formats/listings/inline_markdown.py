"""A line of Markdown as the plain text that it shows, with its links and what stands out in it.

Only what lists of papers use is understood: emphasis, links, images, code, HTML line breaks
and tags, emoji names. A link whose words are those of a button (`pdf`, `code`) is no text.
"""

import re
from dataclasses import dataclass

from refman.formats.listings import name_list
from refman.model.text import fold, squeeze

TITLE = "\ue000"  # stands in a text for the title that was taken out of it

_BREAK = "\ue001"
_AT_BREAK = re.compile(f"(?<=[^\\s.,;:]), ?{_BREAK}")
_IMAGE = re.compile(r"!\[[^\[\]]{0,200}\]\([^()\s]{0,500}\)")
_LINKED_IMAGE = re.compile(r"\[\s*!\[[^\[\]]{0,200}\]\([^()\s]{0,500}\)\s*\]\([^()\s]{0,500}\)")
_LINK = re.compile(
    r"\[+(?P<label>(?:[^\[\]]|\[[^\[\]]{0,80}\]){1,300})\]"
    r"\((?P<url>[^()\s]{0,1000}(?:\([^()\s]{0,200}\)[^()\s]{0,500})?)(?:\s\"[^\"]{0,100}\")?\)\]?"
)
_AUTOLINK = re.compile(r"<(https?://[^<>\s]{1,1000})>")
_BOLD = re.compile(r"\*\*(?=\S)([^*]{1,400}?)(?<=\S)\*\*|__(?=\S)([^_]{1,400}?)(?<=\S)__")
_ITALIC = re.compile(
    r"(?<![\w*])\*(?=[^\s*])([^*]{1,400}?)(?<=[^\s*])\*(?![\w*])"
    r"|(?<![\w_])_(?=[^\s_])([^_]{1,400}?)(?<=[^\s_])_(?![\w_])"
)
_TAG = re.compile(
    r"</?(?:a|b|i|em|strong|sub|sup|br|p|span|font|u|img|summary|details)\b[^<>]{0,300}>"
)
_EMOJI = re.compile(r":[a-z0-9_+-]{2,30}:")
_MARKUP = re.compile(r"\]\(|\*\*|__|<https?://|</?[a-z]")
_BUTTON = re.compile(
    r"(?:the )?(?:official |full |preprint |conference |extended |short |long |original )*"
    r"(?:abs(?:tract)?|acm|aclanthology|acl|appendix|arxiv(?: version)?|bib(?:tex)?|blog(?: ?post)?"
    r"|caffe|cite|codes?|colab|coming soon|data|datasets?|demo|doi|download|extended|github|git|hf"
    r"|homepage"
    r"|html|hugging ?face|ieee|implementation|jax|keras|link|matlab|model|models|notes|official"
    r"|openreview|page|paper|papers?|pdf|pmlr|poster|post|preprint|presentation|project(?: ?page)?"
    r"|ps|publisher|pytorch|repo(?:sitory)?|review|site|slides?|software|source|springer|summary"
    r"|supp(?:lement(?:ary|al)?)?(?: material)?|talk|tensorflow|tf|torch|url|videos?"
    r"|web(?:site|page)?|youtube|tweet|twitter)"
    r"(?: ?(?:code|paper|link|page|pdf|\d+|\(official\)))?"
)


@dataclass(frozen=True, slots=True)
class Inline:
    """What a line shows. In `text` TITLE stands where `title` did, if one stood out."""

    text: str
    title: str = ""
    links: tuple[tuple[str, str], ...] = ()  # (label, address)


def is_markdown(text: str) -> bool:
    return _MARKUP.search(text) is not None


def is_button(label: str) -> bool:
    """Whether the words of a link say what it leads to, not what it is about."""
    plain = fold(label).strip(" []()*_:.,·|“”\"'")
    return not plain or _BUTTON.fullmatch(plain) is not None


def read(text: str) -> Inline:
    """The text of a line of Markdown; of plain text, the line itself."""
    if not is_markdown(text):
        return Inline(squeeze(text))
    text = _LINKED_IMAGE.sub(" ", text)
    text = _IMAGE.sub(" ", text)
    links: list[tuple[str, str]] = []
    candidates: list[str] = []

    def link(match: "re.Match[str]") -> str:
        label = _plain(match["label"])
        links.append((label, match["url"]))
        if is_button(label):
            return " "
        candidates.append(label)
        return label

    def italic(match: "re.Match[str]") -> str:
        # A venue in italics is no name after the names before it.
        words = match[1] or match[2]
        names = name_list.read(words)
        alone = names is not None and names.is_strong and names.end >= len(words) - 1
        return words if alone else f"{_BREAK}{words}"

    text = _LINK.sub(link, text)
    text = _AUTOLINK.sub(r" \1 ", text)
    bold = [_plain(one or other) for one, other in _BOLD.findall(text)]
    text = _plain(_ITALIC.sub(italic, _BOLD.sub(lambda m: m[1] or m[2], text)))
    text = _AT_BREAK.sub(". ", text).replace(_BREAK, "")
    title = next((c for c in (*bold, *candidates) if _can_be_title(c) and c in text), "")
    if not title:
        return Inline(text, "", tuple(links))
    before, _mark, after = text.partition(title)
    before = before.rstrip().rstrip("\"“'‘[(*").rstrip()
    after = after.lstrip("\"”'’])*")
    closing = ".,"
    while title and title[-1] in closing:
        title = title[:-1]
    return Inline(squeeze(f"{before} {TITLE} {after}"), title.strip('"“” '), tuple(links))


def _plain(text: str) -> str:
    text = _TAG.sub(" ", text)
    text = _BOLD.sub(lambda m: m[1] or m[2], text)
    text = _ITALIC.sub(lambda m: m[1] or m[2], text)
    text = text.replace("`", "").replace("\\_", "_").replace("\\*", "*").replace("\\|", "|")
    return squeeze(_EMOJI.sub(" ", text))


def _can_be_title(text: str) -> bool:
    """Whether emphasised or linked words may be a title, no note, number, name or venue."""
    if text.startswith(("(", "[", "http")) or is_button(text):
        return False
    words = [word for word in text.split() if any(char.isalpha() for char in word)]
    names = name_list.read(text)
    if names and names.style != name_list.BODY and names.end >= len(text) - 1:
        return False
    return len(words) >= 2 or len(text) >= 16
