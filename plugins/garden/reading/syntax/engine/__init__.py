"""The frame that the constructs plug into: source-mapped text, block parser, inline scan, serializer.

It knows the results of constructs (elements, references, headings, tags), but not the constructs themselves: none of their
markers or tags is named here. The rules are two ordered tuples (`syntax/__init__`). It does not know Python-Markdown
either, whose object runs it (`syntax/markdown_adapter`).
"""
