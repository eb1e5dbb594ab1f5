"""The table of what the doctor looks for; a new rule is one function and one line in `RULES`.

A check gets a `Subject` and yields a `Remark` for each thing that it finds. It says nothing of
what bibtex or biblatex take as it is: nobody heeds a doctor who cries wolf.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from refman.i18n import N_, _
from refman.library.doctor import (
    dates,
    fields,
    identifiers,
    markup,
    names,
    numbers,
    references,
    titles,
)
from refman.library.doctor.findings import Finding, Remark, Severity
from refman.library.doctor.subject import Subject

Check = Callable[[Subject], Iterator[Remark]]
ERROR, WARNING, NOTICE = Severity.ERROR, Severity.WARNING, Severity.NOTICE


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that is looked for. `explanation` says why it matters and what to do.

    `label` and `explanation` are English; `i18n._` makes them the user's.
    """

    name: str
    severity: Severity
    label: str
    explanation: str
    check: Check


def _nothing(_subject: Subject) -> Iterator[Remark]:
    yield from ()


# Of what the reader of a file tells; a library was read before.
READING = "reading"

RULES: tuple[Rule, ...] = (
    Rule(
        READING, WARNING, N_("Hard to read"),
        N_("The file is not as bibtex wants it at this place. What could be read was read; mend "
           "the place, so that other programs read it as well."),
        _nothing,
    ),
    Rule(
        "duplicate-key", ERROR, N_("Key used twice"),
        N_("bibtex stops at the second entry with a key, biber leaves it out. Give one of them "
           "another key, or delete it if both are the same paper."),
        references.repeated,
    ),
    Rule(
        "key-case", ERROR, N_("Keys that differ in case only"),
        N_("To bibtex these keys are the same, to biber they are not. Rename one of them."),
        references.case_only,
    ),
    Rule(
        "key-signs", ERROR, N_("Signs that no key can have"),
        N_("\\cite cannot name a key with blanks, commas, braces or one of # % ~ \\ \" =. "
           "Rename it."),
        references.odd_signs,
    ),
    Rule(
        "missing-field", WARNING, N_("Missing field"),
        N_("Every style prints this field for works of this type, and both bibtex and biblatex "
           "ask for it. Fill it in, or choose the type that fits."),
        fields.missing,
    ),
    Rule(
        "empty-field", NOTICE, N_("Field that says nothing"),
        N_("An empty field or a placeholder is printed, or keeps a style from doing without. "
           "Clear it."),
        fields.empty,
    ),
    Rule(
        "misspelt-field", NOTICE, N_("Misspelt field"),
        N_("A style passes over a field that it does not know. Correct its name; if it is a field "
           "of your own, leave it."),
        fields.misspelt,
    ),
    Rule(
        "unknown-type", NOTICE, N_("Unknown type"),
        N_("Styles print an entry of an unknown type as “misc”. Choose the type that fits."),
        fields.unknown_type,
    ),
    Rule(
        "two-venues", NOTICE, N_("Journal and book both"),
        N_("A style prints only the one that belongs to the type. Clear the other, or choose the "
           "type that fits."),
        fields.two_venues,
    ),
    Rule(
        "date", WARNING, N_("Impossible date"),
        N_("biber leaves out a date that it cannot read, and a wrong year is printed and sorted "
           "as it is. Correct it; what is no date yet is told in words (“in press”)."),
        dates.impossible,
    ),
    Rule(
        "date-twice", WARNING, N_("Two different dates"),
        N_("bibtex prints the year, biblatex the date. Keep the one that is right."),
        dates.contradicting,
    ),
    Rule(
        "doi", ERROR, N_("DOI"),
        N_("The link under a wrong DOI leads nowhere. The field holds the DOI alone, without "
           "https://doi.org/; copy it from the paper's page."),
        identifiers.doi,
    ),
    Rule(
        "number", ERROR, N_("ISBN, ISSN, ISMN"),
        N_("By such a number nobody finds the work. Compare it with the book or journal."),
        identifiers.numbers,
    ),
    Rule(
        "arxiv", ERROR, N_("arXiv id"),
        N_("The link under a wrong id leads nowhere. Copy it from the paper's page."),
        identifiers.arxiv,
    ),
    Rule(
        "pubmed", ERROR, N_("PubMed id"),
        N_("The link under a wrong id leads nowhere. Copy it from the paper's page."),
        identifiers.pubmed,
    ),
    Rule(
        "orcid", ERROR, N_("ORCID iD"),
        N_("A wrong iD names nobody, or somebody else. Copy it from the author's page."),
        identifiers.orcids,
    ),
    Rule(
        "url", WARNING, N_("Address"),
        N_("The link cannot be followed. Copy the address from the browser; two addresses do not "
           "fit into one field."),
        identifiers.url,
    ),
    Rule(
        "shared-identifier", WARNING, N_("Identifier of another paper"),
        N_("Two papers have one identifier: either they are the same and should be merged, or one "
           "of the identifiers is wrong."),
        identifiers.shared,
    ),
    Rule(
        "dangling", ERROR, N_("Reference to no entry"),
        N_("bibtex and biber look for the entry that is named here and do not find it: what it "
           "should give is missing. Add it, or correct the key."),
        references.dangling,
    ),
    Rule(
        "cycle", ERROR, N_("Entry that is its own parent"),
        N_("Entries that inherit from each other give each other nothing, and biber stops. Clear "
           "one of the references."),
        references.cycles,
    ),
    Rule(
        "parent-order", WARNING, N_("Parent before child"),
        N_("bibtex reads a file once and finds a parent only after the entries that refer to it. "
           "Move it down; biber does not mind."),
        references.order,
    ),
    Rule(
        "braces", ERROR, N_("Unbalanced braces"),
        N_("A brace without a partner takes the rest of the file with it. Add the other one, or "
           "delete it."),
        markup.braces,
    ),
    Rule(
        "tex-signs", ERROR, N_("Unescaped sign"),
        N_("LaTeX stops at &, #, _ and ^ in plain text, and passes over all that follows %. Put a "
           "backslash before it, or write a formula between two $."),
        markup.unescaped,
    ),
    Rule(
        "tex-twice", WARNING, N_("TeX escaped twice"),
        N_("A program took TeX for text and escaped it, so that it is printed as it stands. Write "
           "the letter itself."),
        markup.escaped_twice,
    ),
    Rule(
        "tex-shown", NOTICE, N_("TeX for a letter"),
        N_("The letter is shown as TeX and is not found by searching. Write the letter itself; an "
           "export writes it as TeX where that is wanted."),
        markup.shown_tex,
    ),
    Rule(
        "html", WARNING, N_("HTML"),
        N_("Tags and entities of a web page are printed as they stand. Write what they mean."),
        markup.html,
    ),
    Rule(
        "encoding", WARNING, N_("Broken letters"),
        N_("The text was read in the wrong encoding by a program that it came through. Write the "
           "letters that were meant."),
        markup.misread,
    ),
    Rule(
        "title-capitals", WARNING, N_("Title in capitals"),
        N_("Most styles print a title as it is or make small letters of it, names and acronyms "
           "too. Write it like a sentence; look through what is proposed for names."),
        titles.in_capitals,
    ),
    Rule(
        "title-stop", NOTICE, N_("Full stop after the title"),
        N_("The style sets what follows a title, so that two full stops may stand there. "
           "Delete it."),
        titles.full_stop,
    ),
    Rule(
        "title-doubled", NOTICE, N_("Word twice"),
        N_("A word stands twice, which is seldom meant. Delete one."),
        titles.doubled_word,
    ),
    Rule(
        "name", WARNING, N_("Doubtful name"),
        N_("A name in the wrong parts is sorted, shortened and found wrongly. “and” stands between "
           "names, a name is Family, Given or Family, Jr., Given, and the name of a body stands "
           "in braces."),
        names.doubtful,
    ),
    Rule(
        "name-capitals", NOTICE, N_("Name in capitals"),
        N_("It is printed as it is, beside others that are not. Write it as the author does."),
        names.in_capitals,
    ),
    Rule(
        "name-initials", NOTICE, N_("Initials without a blank"),
        N_("Styles that shorten first names keep the first letter of each word: of D.E. they make "
           "D. Put a blank between them."),
        names.glued_initials,
    ),
    Rule(
        "name-twice", NOTICE, N_("Name twice"),
        N_("The list has the same name twice. Delete one, unless they are two persons."),
        names.doubled,
    ),
    Rule(
        "pages", WARNING, N_("Pages backwards"),
        N_("The last page stands before the first. Correct the digit that is wrong."),
        numbers.pages,
    ),
    Rule(
        "page-dash", NOTICE, N_("Hyphen between pages"),
        N_("Some styles print a hyphen as it is, where a dash belongs."),
        numbers.page_dash,
    ),
    Rule(
        "said-twice", NOTICE, N_("Word that the style writes"),
        N_("The style puts “vol.”, “no.” or “pp.” before the number, so that it stands twice. Keep "
           "the number alone."),
        numbers.said_twice,
    ),
    Rule(
        "edition", NOTICE, N_("Edition"),
        N_("biblatex makes “2nd ed.” of the number 2 and prints anything else as it is; bibtex "
           "adds “edition” to whatever stands here."),
        numbers.edition,
    ),
)  # fmt: skip

BY_NAME = {rule.name: rule for rule in RULES}


def examine(
    subject: Subject,
    rules: tuple[Rule, ...] = RULES,
    *,
    entry_id: int | None = None,
    file: str = "",
    line: Callable[[str], int] = lambda _field: 0,
) -> list[Finding]:
    """What `rules` find in one entry; `line` says where a field stands in `file`."""
    entry = subject.entry
    return [
        Finding(
            rule=rule.name,
            severity=remark.severity or rule.severity,
            message=remark.message,
            explanation=_(rule.explanation),
            field=remark.field,
            key=entry.citation_key,
            title=entry.title,
            entry_id=entry_id,
            file=file,
            line=line(remark.field),
            fix=remark.fix if remark.fix and remark.fix.before != remark.fix.after else None,
        )
        for rule in rules
        for remark in rule.check(subject)
    ]
