"""One module per kind of generated file that is not an HTML page: feeds, sitemap, graph and others.

Titles may come from file names that are not UTF-8; every file has a question mark for a character that cannot be
encoded.
"""
