"""The TeX commands that have a character of their own: tables for `tex_text`."""

import unicodedata

# Commands with one argument that change how it looks. "" means as the text around it.
STYLES = {
    "emph": "italic", "textit": "italic", "textsl": "italic", "mathit": "italic",
    "textbf": "bold", "mathbf": "bold", "boldsymbol": "bold", "bm": "bold", "pmb": "bold",
    "texttt": "mono", "mathtt": "mono",
    "text": "", "mbox": "", "hbox": "", "textrm": "", "textsf": "", "textup": "",
    "textnormal": "", "textsc": "", "textmd": "", "mathrm": "", "mathsf": "",
    "operatorname": "", "mathop": "", "underline": "",
}  # fmt: skip

# Commands whose argument is text even inside math.
TEXT_COMMANDS = frozenset(
    "emph textit textsl textbf texttt text mbox hbox textrm textsf textup textnormal textsc "
    "textmd".split()
)

# Commands that hold to the end of their group.
SWITCHES = {
    "em": "italic", "it": "italic", "itshape": "italic", "sl": "italic", "slshape": "italic",
    "bf": "bold", "bfseries": "bold", "tt": "mono", "ttfamily": "mono",
    "rm": "", "rmfamily": "", "sc": "", "scshape": "", "sf": "", "sffamily": "", "normalfont": "",
}  # fmt: skip

COMBINING = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306",
    ".": "\u0307", '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323",
    "c": "\u0327", "k": "\u0328", "b": "\u0331", "t": "\u0361",
}  # fmt: skip

MATH_COMBINING = {
    "hat": "\u0302", "widehat": "\u0302", "tilde": "\u0303", "widetilde": "\u0303",
    "bar": "\u0304", "overline": "\u0305", "breve": "\u0306", "dot": "\u0307", "ddot": "\u0308",
    "check": "\u030c", "vec": "\u20d7", "mathring": "\u030a",
}  # fmt: skip

# A backslash and one character that is no letter; '' shows nothing.
ESCAPES = {
    "&": "&", "%": "%", "$": "$", "#": "#", "_": "_", "{": "{", "}": "}",
    " ": " ", "\n": " ", ",": " ", ";": " ", ":": " ", "\\": " ", "-": "", "/": "", "!": "",
    "@": "", "|": "‖",
}  # fmt: skip

TEXT_SYMBOLS = {
    "ss": "ß", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ",
    "aa": "å", "AA": "Å", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ",
    "dj": "đ", "DJ": "Đ", "ng": "ŋ", "NG": "Ŋ", "S": "§", "P": "¶", "copyright": "©",
    "pounds": "£", "euro": "€", "texteuro": "€", "textregistered": "®", "texttrademark": "™",
    "textdegree": "°", "ldots": "…", "dots": "…", "textellipsis": "…", "textendash": "–",
    "textemdash": "—", "textquoteleft": "‘", "textquoteright": "’", "textquotedblleft": "“",
    "textquotedblright": "”", "textbackslash": "\\", "textasciitilde": "~",
    "textasciicircum": "^", "textunderscore": "_", "textbar": "|", "textless": "<",
    "textgreater": ">", "textbraceleft": "{", "textbraceright": "}", "textdollar": "$",
    "textpercent": "%", "textbullet": "•", "textmu": "µ", "textonehalf": "½",
    "TeX": "TeX", "LaTeX": "LaTeX", "BibTeX": "BibTeX", "slash": "/", "quad": " ", "qquad": " ",
    "newline": " ", "linebreak": " ", "par": " ", "noindent": "", "xspace": "", "relax": "",
    "protect": "", "displaystyle": "", "textstyle": "", "limits": "", "nolimits": "",
    "nonumber": "",
}  # fmt: skip

MATH_SYMBOLS = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ϵ", "varepsilon": "ε",
    "zeta": "ζ", "eta": "η", "theta": "θ", "vartheta": "ϑ", "iota": "ι", "kappa": "κ",
    "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π", "varpi": "ϖ", "rho": "ρ",
    "varrho": "ϱ", "sigma": "σ", "varsigma": "ς", "tau": "τ", "upsilon": "υ", "phi": "ϕ",
    "varphi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω", "Gamma": "Γ", "Delta": "Δ",
    "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ", "Upsilon": "Υ",
    "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω", "ell": "ℓ", "hbar": "ℏ", "Re": "ℜ", "Im": "ℑ",
    "aleph": "ℵ", "infty": "∞", "partial": "∂", "nabla": "∇", "forall": "∀", "exists": "∃",
    "neg": "¬", "lnot": "¬", "emptyset": "∅", "varnothing": "∅", "top": "⊤", "bot": "⊥",
    "prime": "′", "circ": "∘", "bullet": "•", "cdot": "·", "times": "×", "div": "÷",
    "pm": "±", "mp": "∓", "ast": "∗", "star": "⋆", "oplus": "⊕", "ominus": "⊖", "otimes": "⊗",
    "odot": "⊙", "wedge": "∧", "land": "∧", "vee": "∨", "lor": "∨", "cap": "∩", "cup": "∪",
    "setminus": "∖", "in": "∈", "notin": "∉", "ni": "∋", "subset": "⊂", "subseteq": "⊆",
    "supset": "⊃", "supseteq": "⊇", "le": "≤", "leq": "≤", "leqslant": "⩽", "ge": "≥",
    "geq": "≥", "geqslant": "⩾", "ll": "≪", "gg": "≫", "ne": "≠", "neq": "≠", "sim": "∼",
    "simeq": "≃", "approx": "≈", "equiv": "≡", "cong": "≅", "propto": "∝", "lesssim": "≲",
    "gtrsim": "≳", "prec": "≺", "succ": "≻", "preceq": "⪯", "succeq": "⪰", "perp": "⊥",
    "parallel": "∥", "mid": "∣", "vdash": "⊢", "models": "⊨", "to": "→", "rightarrow": "→",
    "leftarrow": "←", "gets": "←", "leftrightarrow": "↔", "Rightarrow": "⇒", "implies": "⇒",
    "Leftarrow": "⇐", "Leftrightarrow": "⇔", "iff": "⇔", "mapsto": "↦", "longrightarrow": "⟶",
    "uparrow": "↑", "downarrow": "↓", "sum": "∑", "prod": "∏", "int": "∫", "oint": "∮",
    "bigcup": "⋃", "bigcap": "⋂", "bigoplus": "⨁", "langle": "⟨", "rangle": "⟩",
    "lfloor": "⌊", "rfloor": "⌋", "lceil": "⌈", "rceil": "⌉", "lvert": "|", "rvert": "|",
    "vert": "|", "lVert": "‖", "rVert": "‖", "Vert": "‖", "|": "‖", "lbrace": "{",
    "rbrace": "}", "cdots": "⋯", "vdots": "⋮", "ddots": "⋱", "dagger": "†", "ddagger": "‡",
    "colon": ":", "backslash": "\\", "square": "□", "Box": "□", "triangle": "△",
    "checkmark": "✓", "degree": "°",
}  # fmt: skip

FUNCTIONS = frozenset(
    "arccos arcsin arctan arg argmax argmin cos cosh cot coth csc deg det dim exp gcd hom inf ker "
    "lg lim liminf limsup ln log max min mod Pr sec sin sinh sup tan tanh".split()
)

SIZES = frozenset("left right big Big bigg Bigg bigl bigr Bigl Bigr middle".split())

SUPERSCRIPTS = str.maketrans("0123456789+-−=()in", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁱⁿ")
SUBSCRIPTS = str.maketrans("0123456789+-−=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")

_ALPHABETS = {
    "mathbb": ("DOUBLE-STRUCK", "MATHEMATICAL DOUBLE-STRUCK"),
    "mathcal": ("SCRIPT", "MATHEMATICAL SCRIPT"),
    "mathscr": ("SCRIPT", "MATHEMATICAL SCRIPT"),
    "mathfrak": ("BLACK-LETTER", "MATHEMATICAL FRAKTUR"),
}


def alphabet_letter(alphabet: str, letter: str) -> str | None:
    """`letter` in one of mathbb, mathcal, mathscr and mathfrak; None where Unicode has none."""
    if alphabet not in _ALPHABETS or not (letter.isascii() and letter.isalnum()):
        return None
    old, new = _ALPHABETS[alphabet]
    if letter.isdigit():
        names = [f"{new} DIGIT {unicodedata.name(letter).removeprefix('DIGIT ')}"]
    else:
        case = "CAPITAL" if letter.isupper() else "SMALL"
        names = [f"{old} {case} {letter.upper()}", f"{new} {case} {letter.upper()}"]
    for name in names:
        try:
            return unicodedata.lookup(name)
        except KeyError:
            continue
    return None
