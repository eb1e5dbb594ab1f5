"""Which words of a title are put in braces, and which braces of a file are kept."""

import pytest

from refman.formats.bibtex.titles import protected, read_title

WRITTEN = {  # mixed-case words and acronyms, and nothing else
    # Capitals and digits after the first letter.
    "Distributional GFlowNets with Quantile Flows":
        "Distributional {GFlowNets} with Quantile Flows",
    "Reward Redistribution for CVaR MDPs using a Bellman Operator on L-infinity":
        "Reward Redistribution for {CVaR} {MDPs} using a Bellman Operator on {L-infinity}",
    "R-MelNet: Reduced Mel-Spectral Modeling for Neural TTS":
        "{R-MelNet}: Reduced Mel-Spectral Modeling for Neural {TTS}",
    "Mol-MoE: Training Preference-Guided Routers": "{Mol-MoE}: Training Preference-Guided Routers",
    "XLVIN: eXecuted Latent Value Iteration Nets":
        "{XLVIN}: {eXecuted} Latent Value Iteration Nets",
    "When Do Transformers Shine in RL? Decoupling Memory":
        "When Do Transformers Shine in {RL}? Decoupling Memory",
    "Word2vec, 3D and ResNet50 in 2018": "{Word2vec}, {3D} and {ResNet50} in 2018",
    "COVID-19 (SARS-CoV-2) and the U.S.": "{COVID-19} ({SARS-CoV-2}) and the {U.S}.",
    "Of O'Brien and McKenzie": "Of {O'Brien} and {McKenzie}",
    "RL-Based Planning for Robots": "{RL}-Based Planning for Robots",
    "RL-based planning": "{RL-based} planning",
    "Deep Q-Learning and Plan B": "Deep {Q}-Learning and Plan {B}",
    "Learning C++ from C# Programs": "Learning {C++} from {C\\#} Programs",
    "AT&T and R&D_x": "{AT\\&T} and {R\\&D\\_x}",
    "The iPhone in McDonald's: LaTeX, TeX and pH":
        "The {iPhone} in {McDonald's}: {LaTeX}, {TeX} and {pH}",
    "BERT, GPT-4 and BLEU for mRNA": "{BERT}, {GPT-4} and {BLEU} for {mRNA}",
    "DNA of E. coli and B cells": "{DNA} of {E}. coli and {B} cells",
    "Using word2vec, 10x and the 2nd in 1st place": "Using word2vec, 10x and the 2nd in 1st place",
    "Henry VIII and World War II": "Henry {VIII} and World War {II}",
    # A title like this and a sentence: a capital alone says nothing in either.
    "Course Correcting Koopman Representations": "Course Correcting Koopman Representations",
    "Course correcting Koopman representations": "Course correcting Koopman representations",
    "Attention Is All You Need": "Attention Is All You Need",
    "An Introduction to Gaussian Processes in Bayesian Statistics":
        "An Introduction to Gaussian Processes in Bayesian Statistics",
    "A Tale of Two Cities: A Novel of the French Revolution":
        "A Tale of Two Cities: A Novel of the French Revolution",
    "Maximum entropy GFlowNets with soft Q-learning":
        "Maximum entropy {GFlowNets} with soft {Q-learning}",
    "Bigger, Better, Faster: Human-level Atari with human-level efficiency":
        "Bigger, Better, Faster: Human-level Atari with human-level efficiency",
    "Myriad: a real-world testbed to bridge trajectory optimization":
        "Myriad: a real-world testbed to bridge trajectory optimization",
    "Using Monte Carlo to study Markov chains of Bayesian type":
        "Using Monte Carlo to study Markov chains of Bayesian type",
    "HoME: a Household Multimodal Environment": "{HoME}: a Household Multimodal Environment",
    "Does it work? Yes, says Bayes in practice": "Does it work? Yes, says Bayes in practice",
    "Learning with A and I in the small": "Learning with {A} and {I} in the small",
    "Learning With A and I in Theory": "Learning With A and {I} in Theory",
    "Policy Evaluation": "Policy Evaluation",
    "Koopman": "Koopman",
    "A": "A",
    "T": "T",
    "DEEP LEARNING FOR EVERYONE AND COVID-19": "DEEP LEARNING FOR EVERYONE AND {COVID-19}",
    # TeX and braces.
    "The {Koopman} Operator": "The {Koopman} Operator",
    "{GFlowNets} and {rl}": "{GFlowNets} and {rl}",
    "On $L_\\infty$ and $x_1$": "On {$L_\\infty$} and $x_1$",
    "The \\LaTeX Companion": "The {\\LaTeX} Companion",
    "An \\emph{emphasised RL} word": "An \\emph{emphasised RL} word",
    "50% of RL } costs $5": "50\\% of {RL} \\textbraceright{} costs \\$5",
    "Ελληνικά και ΜΙΘ": "Ελληνικά και {ΜΙΘ}",
    "深度学习 GPT": "深度学习 {GPT}",
    "": "",
}  # fmt: skip

WITH_NOUNS = {  # in a sentence, the capitalised words too
    "Course Correcting Koopman Representations": "Course Correcting Koopman Representations",
    "Course correcting Koopman representations": "Course correcting {Koopman} representations",
    "Bigger, Better, Faster: Human-level Atari with human-level efficiency":
        "Bigger, Better, Faster: Human-level {Atari} with human-level efficiency",
    "Using Monte Carlo to study Markov chains of Bayesian type":
        "Using {Monte} {Carlo} to study {Markov} chains of {Bayesian} type",
    "Does it work? Yes, says Bayes in practice": "Does it work? {Yes}, says {Bayes} in practice",
    "Is it so? Rethinking the grokking of small models":
        "Is it so? {Rethinking} the grokking of small models",
    "DNA of McKenzie in the wild": "{DNA} of {McKenzie} in the wild",
    "Attention Is All You Need": "Attention Is All You Need",
}  # fmt: skip


@pytest.mark.parametrize(("title", "written"), WITH_NOUNS.items(), ids=list(WITH_NOUNS))
def test_a_title_is_written_with_its_nouns(title: str, written: str) -> None:
    assert protected(title, nouns=True) == written
    assert protected(read_title(written), nouns=True) == written


@pytest.mark.parametrize(("title", "written"), WRITTEN.items(), ids=list(WRITTEN))
def test_a_title_is_written(title: str, written: str) -> None:
    assert protected(title) == written


@pytest.mark.parametrize(("title", "written"), WRITTEN.items(), ids=list(WRITTEN))
def test_braces_that_are_put_there_are_no_part_of_a_title(title: str, written: str) -> None:
    again = read_title(written)
    assert protected(again) == written
    if "{" not in title:
        assert again == title


@pytest.mark.parametrize(
    ("tex", "title"),
    [
        pytest.param("{A Whole Title}", "A Whole Title", id="braces round everything"),
        pytest.param("{{A Whole Title}}", "A Whole Title", id="twice"),
        pytest.param("{Every} {Word} {Has} {Braces}", "Every Word Has Braces", id="every word"),
        pytest.param("The {K}oopman Operator", "The {Koopman} Operator", id="one letter"),
        pytest.param("The {GF}low{N}ets", "The GFlowNets", id="parts of a word that needs them"),
        pytest.param("{Koopman} operators", "Koopman operators", id="the first word"),
        pytest.param("On {Koopman} operators", "On {Koopman} operators", id="in a sentence"),
        pytest.param("On {Monte Carlo} Methods", "On {Monte Carlo} Methods", id="two words"),
        pytest.param("The {\\LaTeX} Book", "The \\LaTeX Book", id="a macro with capitals"),
        pytest.param("The {\\TeX}book, {\\BibTeX}{ing}", "The \\TeX{}book, \\BibTeX{}{ing}",
                     id="a macro that a letter follows"),
        pytest.param("A {\\em Stressed} Word", "A {\\em Stressed} Word", id="a scope"),
        pytest.param("\\emph{A} {B}", "\\emph{A} {B}", id="an argument and a group"),
        pytest.param("{\\'E}t{\\'e} {\\\"U}ber", "Été Über", id="accents are no protection"),
        pytest.param("{} and {.}", " and .", id="braces round nothing"),
        pytest.param("An open { brace", "An open { brace", id="a brace alone"),
    ],
)  # fmt: skip
def test_a_title_is_read(tex: str, title: str) -> None:
    assert read_title(tex) == title
