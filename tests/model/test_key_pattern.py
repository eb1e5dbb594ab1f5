"""Patterns of citation keys: JabRef's markers and modifiers, alternatives, wrong patterns."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refman.model.citation_key import by_pattern, legal
from refman.model.creator import EDITOR, Creator, parse_name
from refman.model.entry import Entry
from refman.model.key_pattern import DEFAULT, MARKERS, MODIFIERS, PatternError, parse
from refman.model.key_pattern.regexes import substitution

TITLE = "An awesome paper on JabRef"  # the manual's example


def paper(names: str = "", title: str = "", date: str = "", **values: str) -> Entry:
    creators = tuple(parse_name(name) for name in names.split("; ") if name)
    return Entry(
        "article",
        title=title,
        creators=tuple(c for c in creators if c.full_name != "others"),
        creators_truncated="others" in names,
        date=date,
        fields=values,
    )


def body(*names: str) -> Entry:
    return Entry(creators=tuple(Creator(literal=name) for name in names))


def edited(*names: str) -> Entry:
    return Entry("book", creators=tuple(parse_name(name, EDITOR) for name in names))


ONE = paper("Isaac Newton")
TWO = paper("Isaac Newton; James Maxwell")
THREE = paper("Isaac Newton; James Maxwell; Albert Einstein")
FIVE = paper("Isaac Newton; James Maxwell; Albert Einstein; Niels Bohr; Lise Meitner")
MORE = paper("Isaac Newton; James Maxwell; others")
OTHERS = paper("Isaac Newton; others")
VAN = paper("Hado van Hasselt; Wil van der Aalst")
SAFETY = body("European Union Aviation Safety Agency")
NOBODY = paper()


@pytest.mark.parametrize(
    ("entry", "pattern", "key"),
    [
        (ONE, "[auth]", "Newton"),
        (THREE, "[auth]", "Newton"),
        (VAN, "[auth]", "Hasselt"),
        (NOBODY, "[auth]", ""),
        (paper("Pat O'Brien"), "[auth]", "OBrien"),
        (paper("Johan Obando-Ceron"), "[auth]", "Obando-Ceron"),
        (paper("Gabriel García Márquez"), "[auth3]", "Mar"),
        (paper("García Márquez, Gabriel"), "[auth]", "GarciaMarquez"),
        (paper("Jürgen Müller"), "[auth]", "Muller"),
        (paper("Łukasz Øst"), "[auth:upper]", "OST"),
        (paper("Иванов, Иван"), "[auth]", "Ivanov"),
        (paper("Жуков, Иван"), "[auth2]", "Zh"),
        (paper("王, 小明"), "[auth]", "u738b"),
        (paper("김, 철수"), "[auth:capitalize]", "Gim"),
        (paper("Lovelace"), "[auth]", "Lovelace"),
        (SAFETY, "[auth]", "EUASA"),
        (SAFETY, "[authors]", "EUASA"),
        (body("OpenAI"), "[auth]", "OpenAI"),
        (body("The Institute of Physics"), "[auth]", "IP"),
        (ONE, "[auth3]", "New"),
        (ONE, "[auth99]", "Newton"),
        (ONE, "[auth0]", ""),
        (TWO, "[auth3_2]", "Max"),
        (TWO, "[auth3_3]", ""),
        (TWO, "[auth3_0]", ""),
        (VAN, "[authFirstFull]", "vanHasselt"),
        (ONE, "[authFirstFull]", "Newton"),
        (NOBODY, "[authFirstFull]", ""),
        (TWO, "[authForeIni]", "I"),
        (SAFETY, "[authForeIni]", ""),
        (NOBODY, "[authForeIni]", ""),
        (ONE, "[auth.etal]", "Newton"),
        (TWO, "[auth.etal]", "Newton.Maxwell"),
        (THREE, "[auth.etal]", "Newton.etal"),
        (OTHERS, "[auth.etal]", "Newton.etal"),
        (NOBODY, "[auth.etal]", ""),
        (ONE, "[authEtAl]", "Newton"),
        (TWO, "[authEtAl]", "NewtonMaxwell"),
        (THREE, "[authEtAl]", "NewtonEtAl"),
        (MORE, "[authEtAl]", "NewtonEtAl"),
        (ONE, "[auth.auth.ea]", "Newton"),
        (TWO, "[auth.auth.ea]", "Newton.Maxwell"),
        (THREE, "[auth.auth.ea]", "Newton.Maxwell.ea"),
        (THREE, "[authors]", "NewtonMaxwellEinstein"),
        (MORE, "[authors]", "NewtonMaxwellEtAl"),
        (VAN, "[authors]", "HasseltAalst"),
        (THREE, "[authors1]", "NewtonEtAl"),
        (THREE, "[authors2]", "NewtonMaxwellEtAl"),
        (THREE, "[authors3]", "NewtonMaxwellEinstein"),
        (MORE, "[authors2]", "NewtonMaxwellEtAl"),
        (NOBODY, "[authors2]", ""),
        (ONE, "[authIni4]", "Newt"),
        (TWO, "[authIni4]", "NeMa"),
        (THREE, "[authIni4]", "NeME"),
        (FIVE, "[authIni3]", "NME"),
        (NOBODY, "[authIni3]", ""),
        (ONE, "[authorIni]", "Newto"),
        (THREE, "[authorIni]", "NewtoME"),
        (ONE, "[authshort]", "Newton"),
        (TWO, "[authshort]", "NM"),
        (THREE, "[authshort]", "NME"),
        (FIVE, "[authshort]", "NME+"),
        (OTHERS, "[authshort]", "N+"),
        (ONE, "[authorsAlpha]", "New"),
        (TWO, "[authorsAlpha]", "NM"),
        (paper("A Ab; B Bc; C Cd; D De"), "[authorsAlpha]", "ABCD"),
        (FIVE, "[authorsAlpha]", "NME+"),
        (OTHERS, "[authorsAlpha]", "N+"),
        (ONE, "[authorsAlphaLNI]", "Ne"),
        (SAFETY, "[authorsAlphaLNI]", "EUASA"),
        (TWO, "[authorsAlphaLNI]", "NM"),
        (FIVE, "[authorsAlphaLNI]", "NMEB"),
        (MORE, "[authorsAlphaLNI]", "Ne"),
        (VAN, "[authorsAlphaLNI]", "HA"),
        (THREE, "[authorLast]", "Einstein"),
        (NOBODY, "[authorLast]", ""),
        (THREE, "[authorLastForeIni]", "A"),
        (edited("Ada King", "Bo Li"), "[auth]", "King"),
        (edited("Ada King", "Bo Li"), "[authors]", "KingLi"),
        (edited("Ada King"), "[pureauth]", ""),
        (edited("Ada King"), "[pureauthors3]", ""),
        (THREE, "[pureauthors2]", "NewtonMaxwellEtAl"),
        (ONE, "[pureauthorLast]", "Newton"),
        (ONE, "[pureauth.etal]", "Newton"),
        (ONE, "[edtr]", ""),
        (edited("Ada King"), "[edtr]", "King"),
        (edited("Ada King", "Bo Li"), "[edtrIni3]", "KiL"),
        (edited("Ada King", "Bo Li"), "[editors]", "KingLi"),
        (edited("Ada King", "Bo Li"), "[editors1]", "KingEtAl"),
        (edited("Ada King", "Bo Li"), "[editorLast]", "Li"),
        (edited("Ada King", "Bo Li"), "[editorIni]", "KingL"),
        (edited("Ada King", "Bo Li"), "[edtr2]", "Ki"),
        (edited("Ada King", "Bo Li"), "[edtr2_2]", "Li"),
        (edited("A King", "B Li", "C Ek"), "[edtr.edtr.ea]", "King.Li.ea"),
        (edited("Ada King", "Bo Li"), "[edtrshort]", "KL"),
        (edited("Ada King", "Bo Li"), "[edtrForeIni]", "A"),
        (edited("Ada King", "Bo Li"), "[editorLastForeIni]", "B"),
    ],
    ids=str,
)
def test_names(entry: Entry, pattern: str, key: str) -> None:
    assert parse(pattern).key(entry) == key


@pytest.mark.parametrize(
    ("title", "pattern", "key"),
    [
        (TITLE, "[shorttitle]", "AwesomePaperJabref"),
        (TITLE, "[shorttitleINI]", "APJ"),
        (TITLE, "[veryshorttitle]", "Awesome"),
        (TITLE, "[camel]", "AnAwesomePaperOnJabref"),
        (f"{TITLE} plus four more words", "[camel5]", "AnAwesomePaperOnJabref"),
        (f"{TITLE} plus four more words", "[camel2]", "AnAwesome"),
        (TITLE, "[title]", "AnAwesomePaperonJabref"),
        (TITLE, "[fulltitle]", "AnawesomepaperonJabRef"),
        (TITLE, "[TITLE]", "AnawesomepaperonJabRef"),
        (TITLE, "demo[TITLE:abbr]", "demoAapoJ"),
        (TITLE, "[title:abbr]", "AAPoJ"),
        (TITLE, "[camel:abbr]", "AAPOJ"),
        ("A Title", "[fulltitle:truncate3]", "AT"),
        ("A Title", "[fulltitle:truncate2]", "A"),
        ("an example title", "[fulltitle:capitalize]", "AnExampleTitle"),
        ("a title with An odd Word", "[TITLE:titlecase]", "ATitlewithanOddWord"),
        ("an Example Title", "[fulltitle:sentencecase]", "Anexampletitle"),
        ("an Example Title", "[fulltitle:upper]", "ANEXAMPLETITLE"),
        ("an Example Title", "[fulltitle:lower_case]", "anexampletitle"),
        ("an Example Title", "[fulltitle:upper:abbr:lower]", "aet"),
        ("Value-based deep RL", "[veryshorttitle]", "Value"),
        ("Q-learning", "[veryshorttitle]", "Qlearning"),
        ("L'analyse des données", "[shorttitle]", "AnalyseDesDonnees"),
        ("Schrödinger's cat", "[shorttitle]", "SchrodingersCat"),
        ("O'Brien's book", "[shorttitle]", "ObriensBook"),
        ("{GF}low{N}ets and $x$", "[shorttitle]", "GflownetsX"),
        ("\\emph{Laws} of \\alpha motion", "[camel]", "LawsOfMotion"),
        ("Глубокое обучение", "[shorttitle]", "GlubokoeObuchenie"),
        ("深度学习", "[veryshorttitle:lower]", "u6df1"),
        ("of the in", "[veryshorttitle]", ""),
        ("of the in", "[veryshorttitle];[camel]", "OfTheIn"),
        ("", "[title]", ""),
        ("...", "[title]", ""),
    ],
)  # fmt: skip
def test_titles(title: str, pattern: str, key: str) -> None:
    assert parse(pattern).key(paper(title=title)) == key


@pytest.mark.parametrize(
    ("entry", "pattern", "key"),
    [
        (paper(date="2020-09-25"), "[year]", "2020"),
        (paper(date="2020-09-25"), "[YEAR]", "2020"),
        (paper(date="2020/2021"), "[year]", "2020"),
        (paper(date="-0044"), "[year]", "44"),
        (paper(year="in press"), "[year]", "inpress"),
        (paper(date="2020-09-25"), "[shortyear]", "20"),
        (paper(date="2020-09-25"), "[DATE]", "2020-09-25"),
        (paper(date="2020-03"), "[MONTH]", "March"),
        (paper(date="2020-03-02"), "[day]", "2"),
        (paper(date="2020-03-02"), "[month:lower:truncate3][DAY]", "mar2"),
        (paper(month="jun"), "[month]", "Jun"),
        (paper(date="2020"), "[month]", ""),
        (paper(pages="7,41,73--97"), "[firstpage]", "7"),
        (paper(pages="97--73"), "[firstpage]", "73"),
        (paper(pages="7,41,73--97"), "[lastpage]", "97"),
        (paper(pages="7,41,73--97"), "[pageprefix]", ""),
        (paper(pages="L7--L9"), "[pageprefix][firstpage]", "L7"),
        (paper(pages="12–19"), "[pages]", "12-19"),
        (paper(), "[firstpage][lastpage]", ""),
        (paper(), "[entrytype]", "Article"),
        (Entry("inproceedings"), "[entrytype]", "InProceedings"),
        (Entry("thesis"), "[ENTRYTYPE:lower]", "thesis"),
        (Entry(keywords=("deep nets", "RL")), "[keyword1]", "deepnets"),
        (Entry(keywords=("deep nets", "RL")), "[keyword2]", "RL"),
        (Entry(keywords=("deep nets", "RL")), "[keyword3]", ""),
        (Entry(keywords=("deep nets", "RL")), "[keywords9]", "deepnetsRL"),
        (Entry(keywords=("deep nets", "RL")), "[keywords1]", "deepnets"),
        (paper("Ada Lovelace; Charles Babbage"), "[AUTHOR]", "AdaLovelaceandCharlesBabbage"),
        (edited("Ada King"), "[EDITOR]", "AdaKing"),
        (paper(journaltitle="Journal of Fish Biology"), "[journal:abbr]", "JoFB"),
        (paper(journaltitle="Journal of Fish Biology"), "[JOURNAL:abbr]", "JoFB"),
        (paper(journaltitle="Journal of Fish Biology"), "[journaltitle:abbr]", "JoFB"),
        (paper(volume="12"), "[VOLUME:(unknown)]", "12"),
        (paper(), "[VOLUME:(unknown)]", "unknown"),
        (paper(), "[VOLUME:(not known):upper]", "NOTKNOWN"),
        (paper(doi="10.1000/a(b)_c"), "[DOI]", "10.1000/ab_c"),
        (paper(mynumber="x1"), "[MYNUMBER]", "x1"),
        (paper(), "[MYNUMBER]", ""),
        (paper(note="a, {b} = \"c\" #%~'?!;^$` \\d"), "[NOTE]", "abc"),
    ],
)  # fmt: skip
def test_other_markers(entry: Entry, pattern: str, key: str) -> None:
    assert parse(pattern).key(entry) == key


@pytest.mark.parametrize(
    ("entry", "key"),
    [
        (TWO, "NewtonAndMaxwell"),
        (THREE, "NewtonEtAl"),
    ],
)
def test_the_manuals_regex(entry: Entry, key: str) -> None:
    pattern = r'[auth.etal:regex("\.etal","EtAl"):regex("\.","And")]'
    assert parse(pattern).key(entry) == key


@pytest.mark.parametrize(
    ("modifier", "key"),
    [
        (r'regex("(?i)AN (.)", "$1-")', "a-wesomepaperonJabRef"),
        (r'regex("(\w+) (\w+)", "\2:\1:")', "awesome:An:on:paper:JabRef"),
        (r'regex("\s+","_")', "An_awesome_paper_on_JabRef"),
        (r'regex("[[a-m]+","")', "AnwsoppronJR"),
        (r'regex("[]x]","")', "AnawesomepaperonJabRef"),
        (r'regex("a\"|b","")', "AnawesomepaperonJaRef"),
        (r'regex("(?<=.{4}+).+","")', "Ana"),
        (r'regex("zebra","x")', "AnawesomepaperonJabRef"),
        (r'regex("(?P<first>.).*", "$1")', "A"),
    ],
)
def test_regex(modifier: str, key: str) -> None:
    assert parse(f"[fulltitle:{modifier}]").key(paper(title=TITLE)) == key


@pytest.mark.parametrize(
    "expression",
    [r"(a+)+$", r"(a*)*b", r"(a|a)*b", r"(?:a|aa)+$", r"((a)+b?)*", r"(.*a){20}", r"(a?){30}a",
     r"(a)\1", r".*.*.*.*.*.*.*x", "a?" * 30 + "a" * 30, "(a|a)" * 30, r"(?x)(a+) +",
     r"(?>a)", r"(?#x)a", "a{1000}", "(" * 30 + ")" * 30, "a" * 201, "(?", "(?i", "[", "a**", "(",
     r"(?<=a+)b", "\\"],
)  # fmt: skip
def test_a_regex_that_is_refused(expression: str) -> None:
    with pytest.raises(ValueError):
        substitution(expression, "")


@pytest.mark.parametrize(
    "expression", [r".*.*.*.*.*x", "a*a*a*a*$", r"(.*),(.*)x", "a?a?a?a?a?a?a?a?aaaaaaaab"]
)
def test_a_regex_that_is_slow_ends(expression: str) -> None:
    assert set(substitution(expression, "b")("a" * 5000)) <= {"a", "b"}


@pytest.mark.parametrize(
    ("entry", "pattern", "key"),
    [
        (paper("Ada King", "On Engines", "1843"), "[auth][year]", "King1843"),
        (paper("Ada King", "On Engines"), "[auth][year]", "King"),
        (paper("", "On Engines"), "[auth][year]", ""),
        (paper("", "On Engines"), "x[auth]", ""),
        (paper("", "On Engines"), "[auth][year];[title]", "OnEngines"),
        (paper("Ada King", "", "1843"), "[auth][title];[year][auth]", "1843King"),
        (paper("Ada King"), "[auth][title];[year][auth]", "King"),
        (paper("Ada King"), "[year];[auth][title]", "King"),
        (paper(), "[year];[auth]", ""),
        (paper(), "[auth:(anon)][year];[title]", "anon"),
        (paper("Ada King"), "[edtr] ; [auth]", "King"),
        (paper("Ada King"), " ref: [auth] / x ", "ref:King/x"),
        (paper("Ada King"), "Ü[auth]", "UKing"),
        (paper("Ada King"), "[ auth : lower ]", "king"),
        (paper("Ada King"), '[auth:regex("]","x")];[title]', "King"),
        (paper("Ada King"), "[auth:(;)]", "King"),
    ],
)
def test_alternatives_and_text(entry: Entry, pattern: str, key: str) -> None:
    assert parse(pattern).key(entry) == key


@pytest.mark.parametrize(
    ("pattern", "position", "said"),
    [
        ("", 1, "write one"),
        ("[auth];", 8, "write one"),
        (";[auth]", 1, "write one"),
        ("abc", 1, "write a marker"),
        ("[auth];abc", 8, "write a marker"),
        ("x[auth", 2, "not closed"),
        ("[auth[year]]", 1, "not closed"),
        ("[auth;[year]", 1, "not closed"),
        ("[auth](", 7, "cannot stand"),
        ("[auth],[year]", 7, "“,” cannot stand"),
        ("auth]", 5, "no [ before it"),
        ("[]", 2, "empty"),
        ("[:lower]", 2, "empty"),
        ("[auth][yaer]", 8, "did you mean [year]"),
        ("[Auth]", 2, "did you mean [auth]"),
        ("[AUTH]", 2, "did you mean [auth]"),
        ("[AUTHORS3]x[xyzzy]", 2, "no marker [AUTHORS3]"),
        ("[authN]", 2, "no marker [authN]"),
        ("[pureyear]", 2, "no marker"),
        ("[auth:lowr]", 7, "did you mean :lower"),
        ("[auth:]", 7, "no modifier"),
        ("[auth:truncate]", 7, "as in truncate8"),
        ("[auth:xyzzy]", 7, "there are lower"),
        ("[auth:(x]", 7, "not closed"),
        ("[auth:(x)y]", 10, ": or ]"),
        ('[auth:regex("a")]', 16, "both in quotes"),
        ("[auth:regex(a,b)]", 12, "both in quotes"),
        ('[auth:regex("a","b"]', 20, "with a )"),
        ('[auth:regex("(","")]', 7, "no regular expression"),
        ('[auth:regex("a","$1")]', 7, "put what is wanted in ( )"),
        ('[auth:regex("(a+)+","")]', 7, "for ever"),
        ("[auth]" * 200, 1000, "shorten"),
    ],
)
def test_a_wrong_pattern_says_where_and_what_to_do(pattern: str, position: int, said: str) -> None:
    with pytest.raises(PatternError) as raised:
        parse(pattern)
    assert raised.value.position == position
    assert said in raised.value.problem


_PLAIN_N = {"authorsAlphaLNI", "shorttitleINI"}


@pytest.mark.parametrize("name", MARKERS)
def test_every_marker_that_is_listed_is_known(name: str) -> None:
    numbered = name if name in _PLAIN_N else name.replace("N", "3").replace("_M", "_2")
    assert parse(f"[{numbered}]").key(NOBODY) in ("", "Article")


@pytest.mark.parametrize("name", MODIFIERS)
def test_every_modifier_that_is_listed_is_known(name: str) -> None:
    assert parse(f"[auth:{name.replace('N', '3')}]").key(ONE)


@given(family=st.text(max_size=12), title=st.text(max_size=40), date=st.sampled_from(["", "2020"]))
def test_the_default_is_refmans_own_pattern(family: str, title: str, date: str) -> None:
    entry = Entry(title=title, creators=(Creator(family, "A"),), date=date)
    assert parse(DEFAULT).key(entry) == by_pattern(entry)


@given(
    pattern=st.text()
    | st.text(alphabet='[]:;()",auth1_yeartilowgx\\ ').filter(bool)
    | st.lists(
        st.sampled_from([*(f"[{m}]" for m in ("auth", "title:abbr", "YEAR")), ";", "-"])
    ).map("".join),
    family=st.text(max_size=12),
    title=st.text(max_size=60),
)
def test_any_pattern_makes_a_legal_key_or_an_error(pattern: str, family: str, title: str) -> None:
    try:
        read = parse(pattern)
    except PatternError as error:
        place = error.position
    else:
        place = 1
        key = read.key(Entry(title=title, creators=(Creator(family),)))
        assert key.isascii()
        assert legal(key) == key
    assert 1 <= place <= len(pattern) + 1


@given(
    expression=st.text(alphabet="ab.*+?{}()[]|\\^$,1?:=!<>i", max_size=30),
    text=st.text(max_size=50),
)
def test_any_regex_ends_or_is_refused(expression: str, text: str) -> None:
    try:
        change = substitution(expression, "$0x")
    except ValueError:
        return
    change(text)
    change("a" * 60 + "b")
