"""Parses the query languages of live views to `model.views.queries`, each with a small parser of its own.

No parser library is used: Dataview's literals depend on their context (`date(today)`, `#tag`, `[[link]]`), which a
separate lexer does not know, and importing a parser generator takes longer than parsing all queries of a vault.
"""
