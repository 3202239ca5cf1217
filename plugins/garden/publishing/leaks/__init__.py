"""The leak gate: an independent pass over a finished output that knows only the sources.

It asks one question: is there a word, a name, a passage or a file in the output that only unpublished sources have? It
does not trust what made the output. Both sides become plain words (`words`); what private sources say is numbered
(`sources`, `needles`), and of each public text and each file of the output it is found out once which of these
numbers it has (`traces`, `built_files`, `search`), which is remembered (`memory`). What the program writes by itself
is told from a leak at the end (`excuses`).

It cannot see a private text that as a whole stands in a public note, which is no leak; a part of a word; words drawn as pixels;
text inside a PDF or a packed file that the author publishes; and what authors have made public themselves by typing it
into a public note.
"""
