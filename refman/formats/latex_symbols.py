"""What TeX's accents, symbols and well-known macros are called: the tables of `latex`.

A macro that stands for a text goes into `SYMBOLS`; one that only changes how its argument
looks into `DRESS`; one that shall be taken for TeX wherever it stands into `KNOWN`.
"""

ACCENTS = {
    "`": 0x300, "'": 0x301, "^": 0x302, "~": 0x303, "=": 0x304, "u": 0x306, ".": 0x307,
    '"': 0x308, "r": 0x30A, "H": 0x30B, "v": 0x30C, "d": 0x323, "c": 0x327, "k": 0x328,
    "b": 0x331, "f": 0x311, "G": 0x30F, "U": 0x30E, "cb": 0x326, "textcommabelow": 0x326,
}  # fmt: skip

# Macros without an argument that stand for a text. What is missing is looked up in pylatexenc.
SYMBOLS = {
    "ss": "ß", "SS": "ẞ", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "o": "ø", "O": "Ø",
    "l": "ł", "L": "Ł", "aa": "å", "AA": "Å", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð",
    "dj": "đ", "DJ": "Đ", "th": "þ", "TH": "Þ", "ng": "ŋ", "NG": "Ŋ", "ldots": "…", "dots": "…",
    "textellipsis": "…", "textendash": "–", "textemdash": "—", "textquoteleft": "‘",
    "textquoteright": "’", "textquotedblleft": "“", "textquotedblright": "”", "quotedblbase": "„",
    "glqq": "„", "grqq": "“", "quotesinglbase": "‚", "guillemotleft": "«", "guillemotright": "»",
    "flqq": "«", "frqq": "»", "guilsinglleft": "‹", "guilsinglright": "›", "copyright": "©",
    "textcopyright": "©", "textregistered": "®", "texttrademark": "™", "pounds": "£",
    "textsterling": "£", "euro": "€", "texteuro": "€", "EUR": "€", "textyen": "¥", "S": "§",
    "P": "¶", "dag": "†", "ddag": "‡", "textdegree": "°", "textbullet": "•", "textperiodcentered":
    "·", "textasciitilde": "~", "textasciicircum": "^", "textunderscore": "_", "textless": "<",
    "textgreater": ">", "textbar": "|", "textquotesingle": "'", "textquotedbl": '"',
    "textasciigrave": "`", "textexclamdown": "¡", "textquestiondown": "¿", "textpm": "±",
    "texttimes": "×", "textmu": "µ", "slash": "/", "textordfeminine": "ª",
    "textordmasculine": "º", "textonehalf": "½", "textonequarter": "¼", "textthreequarters": "¾",
    "textonesuperior": "¹", "texttwosuperior": "²", "textthreesuperior": "³", "_": "_", "%": "%",
    "&": "&", "#": "#", " ": " ", "\n": " ", "\t": " ", "/": "", "@": "", "-": "\N{SOFT HYPHEN}",
    ",": "\N{NARROW NO-BREAK SPACE}", "relax": "", "null": "",
    "degree": "°", "textminus": "−", "textsurd": "√", "lq": "‘", "rq": "’", "lbrack": "[",
    "rbrack": "]", "space": " ", "ohorn": "ơ", "OHORN": "Ơ", "uhorn": "ư", "UHORN": "Ư",
    **{f"text{name}": letter for name, letter in zip(
        "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mugreek nu xi omikron pi "
        "rho varsigma sigma tau upsilon phi chi psi omega".split(),
        "αβγδεζηθικλμνξοπρςστυφχψω", strict=True)},
    **{f"text{name}": letter for name, letter in zip(
        "Alpha Beta Gamma Delta Epsilon Zeta Eta Theta Iota Kappa Lambda Mu Nu Xi Omikron Pi Rho "
        "Sigma Tau Upsilon Phi Chi Psi Omega".split(),
        "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ", strict=True)},
}  # fmt: skip

# Macros that only dress their argument, or what follows: `plain` drops them.
DRESS = frozenset(
    "emph textit textbf textsc texttt textsf textrm textsl textup textmd textnormal underline "
    "enquote mbox hbox text em it bf sc tt sf rm sl itshape bfseries scshape ttfamily "
    "mathrm mathit mathbf mathsf mathtt mathcal mathbb mathfrak mathscr boldsymbol bm "
    "operatorname textsuperscript textsubscript uppercase lowercase MakeUppercase NoCaseChange "
    "url path nolinkurl protect displaystyle textstyle left right ensuremath rm cal".split()
)
# Names of programs, which take no argument, and the words that they are shown as.
LOGOS = {
    **{name: name for name in "TeX LaTeX BibTeX BibLaTeX XeTeX XeLaTeX LuaTeX LuaLaTeX pdfTeX "
       "pdfLaTeX PiCTeX SliTeX ConTeXt METAFONT METAPOST".split()},
    "LaTeXe": "LaTeX2e", "AmS": "AMS", "AmSTeX": "AMS-TeX", "AmSLaTeX": "AMS-LaTeX",
}  # fmt: skip

# Macros that are TeX wherever they stand, if only because everybody knows them.
KNOWN = (
    DRESS
    | LOGOS.keys()
    | frozenset(
        "cite citet citep href footnote newblock noopsort SortNoop natexlab "
        "alpha beta gamma delta epsilon varepsilon zeta eta theta lambda mu nu xi pi rho sigma tau "
        "phi varphi chi psi omega Gamma Delta Theta Lambda Pi Sigma Phi Psi Omega infty times "
        "cdot ell leq geq le ge neq approx sim in to rightarrow leftarrow sum prod int frac sqrt "
        "par textbackslash textdollar textbraceleft textbraceright lbrace rbrace".split()
    )
)
# Those of them that act on all that follows in their braces, which therefore mean something.
SCOPED = frozenset(
    "em it bf sc tt sf rm sl itshape bfseries scshape ttfamily cal displaystyle textstyle".split()
)
SPELT = {**LOGOS, "par": " ", "\\": " ", "newline": " "}
