"""The leak gate: an independent pass over a finished output that knows only the sources.

It asks one question: is there a word, a phrase, a name or a file in the output that only unpublished sources
have? It does not trust what made the output. Both sides become plain words (`words`), those of public sources are
taken from those of private ones (`sources`, `needles`), and every file of the output is searched for what is left
(`built_files`, `search`). What the program writes by itself is told from a leak at the end (`public_words`).

It cannot see a private text whose every telling word, and every four words in a row, some public note has too,
which is no leak; a part of a word; words drawn as pixels; text inside a PDF or a packed file that the author
publishes; and what authors have made public themselves by typing it into a public note.
"""
