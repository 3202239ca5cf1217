"""Converts formulas from TeX to MathML Core (MA-4).

`tokens` splits TeX into tokens, `macros` expands the author's definitions, `rewrite` replaces commands that the
converter does not know by others, `mathml` converts the result and adapts it to a page without style attributes.
"""
