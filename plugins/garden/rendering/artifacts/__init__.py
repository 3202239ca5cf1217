"""One module per kind of generated file that is no HTML page: feeds, sitemap, graph and others."""
