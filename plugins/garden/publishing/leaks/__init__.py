"""The leak gate: an independent search of a finished output that knows only the sources.

It answers one question: is there a word, a name, a passage or a file in the output that only unpublished sources have? It
does not trust the code that made the output. Both sides are reduced to plain words (`words`). Everything that private
sources say is numbered (`sources`, `needles`). For each public text and each file of the output the gate finds out once
which of these numbers it contains (`traces`, `built_files`, `search`), and remembers that (`memory`). At the end it excuses
what the program itself has written (`excuses`).

It cannot find a part of a word, words drawn as pixels, or text inside a PDF or a packed file that the author publishes. A
private text that stands as a whole in a public note is not a leak: the author has made it public.
"""
