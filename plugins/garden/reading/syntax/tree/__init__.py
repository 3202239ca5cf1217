"""The last steps of parsing a note: the finished tree, and its lists as an outline."""
