"""Formulas as MathML Core: what is drawn, and what is shown as its source (MA-4).

Each row is one construct of TeX as MathJax knows it, with what must stand in the MathML.
"""

import re
from pathlib import Path

import pytest

from garden.reading import isolation
from garden.reading.isolation import LibraryError
from garden.reading.tex import mathml as module
from garden.reading.tex.macros import expand, macros_from, preamble
from garden.reading.tex.mathml import mathml, with_breaks
from garden.reading.tex.rewrite import tags_of
from garden.reading.tex.tokens import TexError, tokenize
from tests.support.patience import PATIENCE


def drawn(tex: str, *, display: bool = True, macros=None, labels=None) -> str:
    """The MathML of a formula."""
    return mathml(expand(tokenize(tex), macros or {}), display=display, labels=labels or {})


def shown(markup: str) -> str:
    """What a reader sees of MathML, without its layout."""
    text = re.sub(r"<[^>]*>", "", markup).replace("\u2063", "").replace("\u2061", "")
    return re.sub(r"[\s\ufe00\ufe01]+", "", text).replace("&lt;", "<").replace("&gt;", ">")


ROWS_OF_ONE_TABLE = [
    r"\begin{aligned} a &= b + c \\ &= d \end{aligned}",
    r"\begin{align} a &= b \\ c &= d \end{align}",
    r"\begin{align*} a &= b \\ c &= d \end{align*}",
    r"\begin{split} a &= b \\ c &= d \end{split}",
    r"\begin{alignedat}{2} a &= b \\ c &= d \end{alignedat}",
    r"\begin{alignat}{2} a &= b & c &= d \\ e &= f & g &= h \end{alignat}",
    r"\begin{eqnarray} a &=& b \\ c &=& d \end{eqnarray}",
    r"\begin{flalign} a &= b \\ c &= d \end{flalign}",
    r"\begin{gather} a \\ b \end{gather}",
    r"\begin{multline} a \\ b \end{multline}",
    r"\begin{cases} 1 & x \\[6pt] 0 & y \end{cases}",
    r"\begin{dcases} a & x \\ b & y \end{dcases}",
    r"\begin{drcases} a \\ b \end{drcases}",
    r"\begin{pmatrix} 1 & 2 \\[4pt] 3 & 4 \end{pmatrix}",
    r"\begin{bmatrix*}[r] 1 & 2 \\ 3 & 4 \end{bmatrix*}",
    r"\begin{smallmatrix} a \\ b \end{smallmatrix}",
    r"\begin{array}{c|c} a & b \\ \hline c & d \end{array}",
    r"\begin{array}{@{}l@{\quad}r@{}} a & b \\* c & d \end{array}",
    r"\begin{array}{*{2}{c}} a & b \\ c & d \end{array}",
]


@pytest.mark.parametrize("tex", ROWS_OF_ONE_TABLE)
def test_an_environment_has_its_rows(tex):
    """Rows are rows, no mark of the source and no number that nobody asked for is seen."""
    markup = drawn(tex)
    assert markup.count("<mtr>") == 2
    assert not set(shown(markup)) & set("&\\[]()*") or "matrix" in tex
    assert "pt" not in shown(markup)
    assert "(1)" not in shown(markup)


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"\mathscr{A}\mathsf{B}\bm{x}\boldsymbol{\alpha}\mathbb{1}", "𝒜𝖡𝒙𝜶𝟙"),
        (r"\operatorname*{arg\,max}_{\theta} p", "argmaxθp"),
        (r"\operatorname*{\arg\min}_x f", "argminxf"),
        (r"\operatorname{\mathbf{x}} y", "𝐱y"),
        (r"\text{if $x > 0$ or $y$}", "if\xa0x>0\xa0or\xa0y"),
        (r"\mbox{a $b$}", "a\xa0b"),
        (r"\sum_{\substack{i<n \\ j<m}} x", "∑i<nj<mx"),
        (r"\boxed{x} \cancel{y}", "xy"),
        (r"\xrightarrow{f}", "→f"),
        (r"a = b \label{eq:1}", "a=b"),
        (r"\require{cancel} \cancel{x}", "x"),
        (r"x \tag{3}", "x(3)"),
        (r"x \tag*{A'}", "xA'"),
        (r"\begin{align} a &= b \tag{1} \\ c &= d \end{align}", "a=b(1)c=d"),
        (r"\eqref{eq:1}", "(7)"),
        (r"\ref{eq:1}", "7"),
        (r"\eqref{other}", "(???)"),
        (r"\renewcommand{\vec}[1]{\mathbf{#1}} \vec{x}", "𝐱"),
        (r"\newcommand{\pair}[2][a]{#1#2} \pair{x}\pair[b]{y}", "axby"),
        (r"\def\foo#1#2{#2#1} \foo xy", "yx"),
        (r"\DeclareMathOperator{\tr}{tr} \tr A", "trA"),
        (r"\let\foo=\alpha \foo", "α"),
        (r"\left< x \right>", "⟨x⟩"),
        (r"\root 3 \of x", "x3"),
        (r"\textcolor{steelblue}{x} \color{#f00} y", "xy"),
        (r"\unicode{x263a}", "☺"),
        (r"\href{https://example.org}{x} \class{a}{y} \style{color:red}{z}", "xyz"),
        ("a % a comment\n b", "ab"),
        (r"[0, 1) \\ [a, b]", "[0,1)[a,b]"),
        (r"\text{a_b 日本}", "a_b\xa0日本"),
        ("日本", "日本"),
    ],
)
def test_a_construct_is_drawn(tex, text):
    """What MathJax shows is what readers see."""
    assert shown(drawn(tex, labels={"eq:1": "7"})).replace("\xa0", "") == text.replace("\xa0", "")


@pytest.mark.parametrize(
    ("tex", "culprit"),
    [
        (r"\ce{2H2 + O2 -> 2H2O}", r"\ce"),
        (r"\SI{3}{m}", r"\SI"),
        (r"\begin{CD} A @>>> B \end{CD}", r"\begin{CD}"),
        (r"\nosuch{x}", r"\nosuch"),
        (r"\newcommand{\foo}{\nosuch} \foo", r"\nosuch"),
        (r"\begin{array}{c} a \\ \cline{1-1} b \end{array}", r"\cline"),
        ("x & y", ""),
        (r"\frac{1}", ""),
        ("{x", ""),
        ("x}", ""),
        (r"\left( x", ""),
        (r"\begin{matrix} a", ""),
        (r"\text{a $b}", r"\text"),
        (r"\newcommand{\foo}{\foo\foo} \foo", r"\foo"),
        (r"\def\a#1.{x} \a b.", r"\def"),
        ("\\tag{\\frac{1}{2}} x", r"\tag"),
    ],
)
def test_nope_what_is_not_understood_is_not_drawn(tex, culprit):
    """Never half a formula: an unknown command, a missing part, a macro without end."""
    with pytest.raises(TexError) as error:
        drawn(tex)
    assert error.value.command == culprit


def test_a_page_needs_no_style_attribute():
    """A strict Content-Security-Policy forbids them: rules, columns and colours are classes and attributes."""
    markup = drawn(
        r"\begin{array}{|l|r|} \hline \textcolor{red}{a} & b \\ \hline c & \boxed{d} \\ \hline \end{array}"
    )
    assert " style=" not in markup
    assert "menclose" not in markup
    assert markup.count("<mtr>") == 2
    for name in ("math-left", "math-right", "math-line-top", "math-line-end", "math-line-bottom", "math-box"):
        assert name in markup
    assert 'mathcolor="#FF0000"' in markup


def test_every_class_has_its_style():
    """What the converter leaves to the style sheet is there."""
    styles = (Path(__file__).resolve().parents[4] / "theme/static/css/content/math.css").read_text(
        encoding="utf-8"
    )
    names = {*filter(None, module._CLASSES.values()), *module._ENCLOSED.values(), "math-stack"}
    names |= {f"math-line-{side}{kind}" for side in module._LINES.values() for kind in ("", "-dashed")}
    assert {name for name in names if f".{name} " not in styles} == set()


@pytest.mark.parametrize(
    ("tex", "table"),
    [
        (r"\begin{drcases} a \end{drcases}", '<mtable displaystyle="true"'),
        (r"\begin{eqnarray} a \end{eqnarray}", '<mtable displaystyle="true"'),
        (r"\begin{smallmatrix} a \end{smallmatrix}", '<mtable displaystyle="false" scriptlevel="1"'),
        (r"x_{\substack{a \\ b}}", '<mtable class="math-stack">'),
    ],
)
def test_a_table_has_the_size_of_its_kind(tex, table):
    """The mark that says so is not seen."""
    markup = drawn(tex)
    assert table in markup
    assert not re.search("[\ue000-\uf8ff]", markup)


def test_macros_of_settings_and_preamble():
    """Both are known in every formula; what else a preamble holds is passed over."""
    found = preamble(
        "% mine\n\\usepackage{x}\n\\newcommand{\\bvec}[1]{\\mathbf{#1}}\n\\DeclareMathOperator{\\tr}{tr}\n"
    )
    found |= macros_from((("R", r"\mathbb{R}"), (r"\norm", r"\lVert #1 \rVert")))
    assert shown(drawn(r"\tr\bvec{x} \in \R, \norm{y}", macros=found)) == "tr𝐱∈ℝ,‖y‖"


def test_labels_have_the_tag_of_their_row():
    """`\\eqref` shows the tag beside the label."""
    assert tags_of(r"a \tag{1}\label{x} \\ b \label{y} \\ c \label{z} \tag*{Z}") == {"x": "1", "z": "Z"}


def test_a_long_formula_of_a_line_may_break():
    """Behind relations and operators that stand in no bracket; a piece that is too wide says so."""
    markup, wide = with_breaks(drawn("x = " + "a" * 12 + " + " + "b" * 12 + " + " + "c" * 12, display=False))
    assert markup.count("<wbr>") == 3
    assert not wide
    assert with_breaks(drawn(r"\frac{" + "a" * 40 + "}{b}", display=False))[1]
    assert with_breaks(drawn("a = b", display=False)) == (drawn("a = b", display=False), False)


@pytest.mark.parametrize(
    "tex",
    ["{" * 50_000, r"\frac{" * 5_000, r"\left(" * 5_000, r"\begin{matrix}" * 3_000, "x" * 100_000, "$" * 5_000,
     r"\def\a{\a\a}\a", r"\newcommand{\b}[1]{#1#1#1}" + r"\b{" * 40 + "x" + "}" * 40, "\\" * 9_999, "#1" * 9_000,
     "(" * 40, "(x)" * 40 + "[" * 40, r"\langle " * 40, "{(}" * 40, r"\{" * 40, r"\left( x" * 40, "(" * 40 + "{" + ")" * 40 + "}"],
)  # fmt: skip
def test_a_hostile_formula_ends(tex, monkeypatch):
    """HC-10: whatever it says, it is drawn or refused, and soon."""
    monkeypatch.setattr(isolation, "LONGEST", PATIENCE)
    refused = ""
    try:
        assert drawn(tex).startswith("<math")
    except TexError as error:
        refused = error.reason
    assert "takes longer" not in refused


@pytest.mark.parametrize(
    "tex", ["[0, 1)" * 60, "]0, 1[" * 60, r"\left( x \right)" * 60, "((x))" * 60, "(" * 12, r"\{x\}" * 60]
)
def test_brackets_that_end_are_drawn(tex):
    """Any bracket ends any other, as half-open intervals do; a few may stay open."""
    assert drawn(tex).count("</mo>") >= 12


def test_one_formula_that_ends_the_library_costs_itself_alone(monkeypatch):
    """The formulas of a note go there together; then it is found out which one it was."""

    def fragile(function, formulas):
        if any("bad" in tex for tex, _ in formulas):
            raise LibraryError("it has crashed")
        return function(formulas)

    monkeypatch.setattr(module, "isolated", fragile)
    monkeypatch.setattr(module, "_known", {})
    typeset = module.typeset_all([(module.Rewritten(tex, ()), False) for tex in ("a", "bad", "c", "a")])
    assert [isinstance(markup, str) for markup in typeset] == [True, False, True, True]
    assert typeset[1].reason == "it has crashed"
