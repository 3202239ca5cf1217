"""Formulas: TeX as authors write it becomes MathML Core as browsers draw it (MA-4).

`tokens` cuts TeX, `macros` expands what authors define, `rewrite` says in other words what the converter
does not know, `mathml` converts and makes the result fit for a page without style attributes.
"""
