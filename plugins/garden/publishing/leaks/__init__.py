"""The leak gate: an independent search of a built site, which does not trust the code that built it.

It answers one question: does the output contain a word, a name, a passage or a file that only unpublished sources have?
Sources and output are reduced to plain words (`words`). Every word, name and passage of a private source is a *needle* and
gets a number (`sources`, `needles`). The needles that a public text or a file of the output contains are its *trace*
(`traces`, `built_files`, `search`), which is remembered for the next search (`memory`). A needle that is in the output and
in no public text is suspected to be a leak; the last step excuses what the program itself has written (`excuses`).

It cannot find a part of a word, words drawn as pixels, or text inside a PDF or an archive that the author publishes. A
private text that is completely in a public note is not a leak, because the author has made it public.
"""
