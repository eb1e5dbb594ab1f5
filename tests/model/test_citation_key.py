"""Citation keys: of names and titles in all scripts, free and legal ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refman.model.citation_key import by_pattern, disambiguate, legal, make, provisional
from refman.model.creator import EDITOR, Creator, parse_name
from refman.model.entry import Entry


@pytest.mark.parametrize(
    ("name", "date", "title", "key"),
    [
        ("Evgenii Nikishin", "2022-05-16", "The Primacy Bias in Deep RL", "nikishin2022primacy"),
        ("Hado van Hasselt", "2016", "Deep Q-Learning", "vanhasselt2016deep"),
        ("Johan Obando-Ceron", "2024", "In value-based deep RL", "obandoceron2024value"),
        ("Pat O'Brien", "2020", "L'analyse des données", "obrien2020analyse"),
        ("Jürgen Müller", "2020", "Über die Größe", "muller2020uber"),
        ("Łukasz Øst", "2020/2021", "Ætheling", "ost2020aetheling"),
        ("A. B", "2020", "Q-learning", "b2020qlearning"),
        ("A. B", "2020", "R-MelNet: a net", "b2020rmelnet"),
        ("A. B", "2020", "In-context learning", "b2020context"),
        ("A. B", "2020", "3D Vision", "b20203d"),
        ("A. B", "2020", "{GF}low{N}ets and $x$", "b2020gflownets"),
        ("A. B", "2020", "$\\alpha$-Stable \\emph{Laws}", "b2020stable"),
        ("A. B", "2020", "What Is It?", "b2020what"),
        ("A. B", "2020", "...", "b2020"),
        ("A. B", "2020", "", "b2020"),
        ("A. B", "", "On Engines", "bengines"),
        ("A. B", "-0044", "On Engines", "b44engines"),
        ("", "2020", "On Engines", "engines2020"),
        ("OpenAI", "2023", "GPT-4", "openai2023gpt"),
        ("Иванов, Иван", "2020", "Глубокое обучение", "ivanov2020glubokoe"),
        ("Παπαδόπουλος, Θ.", "2020", "Η μάθηση", "papadopoylos2020i"),
        ("王, 小明", "2020", "深度学习", "u738b2020u6df1"),
        ("김, 철수", "2020", "딥러닝", "gim2020dibreoning"),
        ("محمد علي", "2020", "تعلم", "aly2020talm"),
        ("", "2020", "", ""),
        ("", "", "", ""),
    ],
)
def test_by_pattern(name: str, date: str, title: str, key: str) -> None:
    creators = (parse_name(name),) if name else ()
    assert by_pattern(Entry(title=title, creators=creators, date=date)) == key


def test_a_body_gives_its_first_word_and_editors_stand_in_for_authors() -> None:
    body = Creator(literal="The OPAL Collaboration")
    assert by_pattern(Entry(creators=(body,), date="1999")) == "opal1999"
    editor = Creator("Lee", "Bo", role=EDITOR)
    assert by_pattern(Entry(creators=(editor,), date="1999")) == "lee1999"
    assert by_pattern(Entry(creators=(editor, Creator("King", "Ada")))) == "king"


def test_a_provisional_key_depends_on_the_abstract_alone() -> None:
    one, other = Entry(abstract="We show it."), Entry(abstract="We show that.")
    assert provisional(one) == provisional(one.with_values(date="2020"))
    assert provisional(one) != provisional(other)
    assert make(one) == provisional(one)
    assert make(one.with_values(title="It")) == "it"
    assert provisional(Entry(date="2020")) != provisional(Entry(date="2021"))


@pytest.mark.parametrize(
    ("taken", "key"),
    [
        pytest.param([], "k", id="free"),
        pytest.param(["k"], "ka", id="the first letter"),
        pytest.param(["k", "ka", "kc"], "kb", id="a gap"),
        pytest.param(
            ["k", *(f"k{c}" for c in "abcdefghijklmnopqrstuvwxyz")], "kaa", id="two letters"
        ),
    ],
)
def test_disambiguate(taken: list[str], key: str) -> None:
    assert disambiguate("k", taken.__contains__) == key


def test_many_equal_keys_are_told_apart_in_few_questions() -> None:
    taken: set[str] = set()
    asked = 0

    def is_taken(key: str) -> bool:
        nonlocal asked
        asked += 1
        return key in taken

    for _ in range(3000):
        taken.add(disambiguate("k", is_taken))
    assert len(taken) == 3000
    assert {"k", "ka", "kz", "kaa", "kzz"} <= taken
    assert asked < 3000 * 60


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("nikishin2022primacy", "nikishin2022primacy"),
        ("DBLP:conf/icml/X-2_3.4+5", "DBLP:conf/icml/X-2_3.4+5"),
        ("O'Brien(2020)", "O'Brien(2020)"),
        ("clé", "clé"),
        ('a b,c{d}e#f%g~h\\i=j"k', "abcdefghijk"),
        (" \t", ""),
    ],
)
def test_legal(key: str, expected: str) -> None:
    assert legal(key) == expected


@given(title=st.text(), family=st.text(), date=st.text(max_size=5))
def test_any_key_is_ascii_and_legal(title: str, family: str, date: str) -> None:
    entry = Entry(title=title, creators=(Creator(family, "A"),), date=date)
    key = make(entry)
    assert key
    assert key.isascii()
    assert key.isalnum()
    assert legal(key) == key
