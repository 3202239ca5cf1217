"""Golden cases: how they are read, and what they can state about a page, the output and every site."""
