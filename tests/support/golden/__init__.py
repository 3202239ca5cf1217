"""Golden cases: how they are read, and what can be said of a page, of the output and of every site."""
