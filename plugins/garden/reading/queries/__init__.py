"""The languages of live views, from text to `model.views.queries`: each with a small parser of its own.

No parser library: Dataview's literals depend on where they stand (`date(today)`, `#tag`, `[[link]]`), a lexer
cannot know them, and importing a parser generator costs more than all queries of a vault.
"""
