"""Links: of Markdown, of wikis, and bare addresses."""
