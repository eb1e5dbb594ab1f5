"""The reader for pages of no known shape: what is a list of references, and what is none."""

import pytest

from refman.formats import detect, format_named
from refman.formats.format import Context, Found
from refman.formats.listings.references import References
from refman.progress import Cancelled, Progress
from tests.formats import engine

NOVEL = (
    """
It was raining when J. Smith came to the door, in the spring of 1984, and nobody let him in.
“You are late,” said Ada. “The others have gone, and Mr. Lee, A. B. Cole and the rest went home.”

He thought of 1979. In those days (he had been young, and poor) a letter came from Berlin, 12
pages long, with “A short history of rain” at its head. “Burn it,” she said. He did. That was in
May 1981.

1. The house

Marit Solheim, Jørn Ålesund and the dog lived there until 1990. It was sold. Nature took it back.

2. The garden

Nothing grew, and nothing was planted: see chapter 4, pages 31-35.
"""
    * 3
)
README = """
# sampler

[![Build](https://img.shields.io/badge/build-passing-green.svg)](https://example.org/ci)

**sampler** draws samples. It was first released in 2019 and is used in many places.

## Installation

```
pip install sampler==2.1.0
```

## Usage

1. Import it: `import sampler`.
2. Call `sampler.draw(10)`.
3. Look at the result. See [the manual](https://sampler.readthedocs.io) for more.

| Option | Default | Description |
|--------|---------|-------------|
| `n` | 10 | How many |
| `seed` | None | Where to begin |

## Changelog

- **2.1.0** (2023-05-01): Faster by half.
- **2.0.0** (2021-02-11): New interface, old one removed; thanks to A. Cole and B. Lee.
- 1.0 (2019): First release.

## Related

- [A framework](https://github.com/example/framework) - Trains what you like.
- [Another sampler](https://github.com/example/other) - Slower, since 2012.
- [Documentation of the third](https://example.org/docs.pdf)

## License

MIT © 2019-2023 A. Cole
"""
CODE = (
    '''
"""Draw samples, as A. Cole, B. Lee (2019) did."""
import random  # noqa: F401

YEARS = [1999, 2000, 2001]


def draw(n: int, seed: int = 1984) -> list[float]:
    """Return `n` samples. See Smith et al. (2010), section 3, pp. 12-15."""
    # In 2020 this was "too slow", said J. Doe. It is not.
    return [random.random() for _ in range(n)]
'''
    * 5
)
MINUTES = """
Minutes of the meeting of 12 May 2023

Present: A. Cole, B. Lee, C. Diaz, and D. Evans
1. The minutes of 14 April 2023 were approved.
2. B. Lee reported on the budget for 2024. It will be smaller.
3. D. Evans, C. Diaz and A. Cole will write to the board, see letter of 3 March 2022.
4. Next meeting: 9 June 2023.
"""
CITED = """
The idea is old (Shannon, 1948; Turing, 1950) and was taken up again by Hinton et al. (2006) and by
LeCun, Bengio and Hinton (2015, Nature 521, pp. 436–444). Vaswani et al. (2017) changed all that.
Others disagree: Smith, J. (2010) writes that it never worked, and Jones, A. (2012) that it did.
"""


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(NOVEL, id="novel"),
        pytest.param(README, id="README"),
        pytest.param(CODE, id="code"),
        pytest.param(MINUTES, id="minutes"),
        pytest.param(CITED * 5, id="prose with citations"),
        pytest.param("1. Milk\n2. Bread (2)\n3. Eggs, 12\n4. Butter, 2023\n" * 9, id="shopping"),
        pytest.param("Title\tYear\tRating\nA Film\t1999\t7.1\nAnother One\t2001\t6.3\n"
                     "The Third Film of the Three\t2003\t5\n", id="films"),
    ],
)  # fmt: skip
def test_what_is_no_list_of_references(text: str) -> None:
    assert detect(text) is None
    assert References().score(text) == 0


REFERENCE = "Breiman, L. (2001). Random forests. Machine Learning, 45(1), 5–32.\n\n"
OTHERS = (
    REFERENCE
    + "Pearl, J. (1988). Probabilistic reasoning in intelligent systems. Morgan Kaufmann.\n\n"
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(REFERENCE + OTHERS, "references", id="three rows"),
        pytest.param(OTHERS, None, id="two rows"),
        pytest.param(NOVEL + REFERENCE + OTHERS, None, id="three rows after a novel"),
        pytest.param(NOVEL * 3 + REFERENCE * 8, "references", id="many rows after a novel"),
    ],
)
def test_several_rows_make_a_list(text: str, expected: str | None) -> None:
    found = detect(text)
    assert (found.name if found else None) == expected


def read(text: str) -> Found:
    found = format_named("references")
    assert found is not None
    return found.read(text, Context(engine.AS_OF))


def test_a_bad_row_harms_no_other() -> None:
    good = [
        "[1] Y. LeCun, Y. Bengio, and G. Hinton, “Deep learning,” Nature, vol. 521, 2015.",
        "[3] C. E. Shannon, “A mathematical theory of communication,” Bell Syst. Tech. J., 1948.",
    ]
    alone = read("\n".join(good))
    for bad in (
        "[2] ibid.",
        "[2] “““ 2015 ((( et al",
        f"[2] {'word ' * 500}2015",
        "[2] \ufffd\ufffd",
    ):
        found = read("\n".join([good[0], bad, good[1]]))
        assert [row.entry for row in found.rows] == [row.entry for row in alone.rows]
        assert [row.line for row in found.rows] == [1, 3]
        assert [(p.line, p.failed) for p in found.problems] == [(2, True)]


def test_every_row_is_marked_for_review() -> None:
    for sample in (engine.SAMPLES / "references").glob("*.[tm]*"):
        if sample.name != "README.md":
            assert all(row.review for row in read(engine.text_of(sample)).rows)


def test_a_reading_can_be_cancelled() -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        References().read(REFERENCE, Context(engine.AS_OF, progress=progress))
