"""One module per kind of generated file that is not an HTML page: feeds, sitemap, graph and others.

File names that are not UTF-8 may reach titles; every artifact writes a question mark for what it cannot encode.
"""
