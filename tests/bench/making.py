"""Libraries and pages of any size for the benchmarks: invented, the same every time."""

import random
from pathlib import Path

FAMILY = (
    "Abel Bose Cauchy Darcy Euler Fermi Gauss Hopper Ito Jordan Kepler Lovelace Maxwell Noether "
    "Ohm Pascal Quetelet Riemann Shannon Turing Ulam Volta Wiener Yukawa Zeeman"
).split()
GIVEN = (
    "Ada Alan Blaise Carl Emmy Grace Ida Johannes Kiyosi Leonhard Mary Niels Olga Sophie".split()
)
STEMS = (
    "adapt approach bound cluster data deep detect distribut estimat explor flow function gradient "
    "graph imag infer kernel latent learn linear local margin memor method model network noise "
    "object optim order paramet polic predict prior process program random region represent "
    "sampl scal search sequen signal space spars state stochast structur system task theor "
    "train transform tree uncertain valu variat vector vision weight"
).split()
ENDINGS = "ing ed ion al ive s er or ity ment".split()


class Maker:
    """Invents papers; a number of seed makes the same ones again."""

    def __init__(self, seed: int = 1) -> None:
        self._random = random.Random(seed)
        self._words = [stem + ending for stem in STEMS for ending in ENDINGS]

    def words(self, count: int) -> str:
        return " ".join(self._random.choices(self._words, k=count))

    def title(self) -> str:
        return self.words(self._random.randint(5, 11)).capitalize()

    def names(self) -> list[str]:
        return [
            f"{self._random.choice(GIVEN)} {self._random.choice(FAMILY)}"
            for _ in range(self._random.randint(1, 5))
        ]

    def year(self) -> int:
        return self._random.randint(1980, 2025)

    def abstract(self) -> str:
        sentences = [self.words(self._random.randint(12, 25)) for _ in range(9)]
        return " ".join(sentence.capitalize() + "." for sentence in sentences)


def write_bib(path: Path, entries: int, seed: int = 1) -> Path:
    """A .bib of `entries` articles with abstracts, about 1.6 kB each."""
    maker = Maker(seed)
    with path.open("w", encoding="utf-8") as file:
        for number in range(entries):
            file.write(
                f"@article{{key{number},\n"
                f"  title = {{{maker.title()} {number}}},\n"
                f"  author = {{{' and '.join(maker.names())}}},\n"
                f"  journal = {{Journal of {maker.words(2).title()}}},\n"
                f"  year = {{{maker.year()}}},\n"
                f"  abstract = {{{maker.abstract()}}},\n"
                f"  doi = {{10.5555/{number}}}\n"
                "}\n\n"
            )
    return path


def write_profile(path: Path, rows: int, seed: int = 1) -> Path:
    """A profile page of `rows` rows."""
    maker = Maker(seed)
    lines = ["Ada Lovelace", "", "LG", "h-index67", f"{rows}papers", "", f"{rows} Papers", ""]
    for number in range(rows):
        lines += [f"LGJun 2, {maker.year()}", f"{maker.title()} {number}", ""]
        lines += [", ".join(maker.names()), "", maker.abstract(), ""]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def write_mailing(path: Path, rows: int, seed: int = 1) -> Path:
    """A mailing of arXiv with `rows` papers, in today's dialect."""
    maker = Maker(seed)
    rule = "-" * 78
    blocks = [rule, "Submissions to:", "Machine Learning", rule, "\\\\"]
    for number in range(rows):
        blocks += [
            f"arXiv:{2001 + number // 90000:04}.{number % 90000 + 1:05}",
            "Date: Tue, 7 Jan 2020 18:00:00 GMT   (123kb,D)",
            "",
            f"Title: {maker.title()} {number}",
            f"Authors: {', '.join(maker.names())}",
            "Categories: cs.LG stat.ML",
            "\\\\",
            *(f"  {line}" for line in maker.abstract().replace(". ", ".\n").split("\n")),
            f"\\\\ ( https://arxiv.org/abs/{number:09} , 123kb)",
            rule,
            "\\\\",
        ]
    path.write_text("\n".join(blocks[:-1]) + "\n", encoding="utf-8")
    return path
