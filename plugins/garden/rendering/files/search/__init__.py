"""The index of the search, `search/*.json`: making it, keeping its words, and changing it in place."""
