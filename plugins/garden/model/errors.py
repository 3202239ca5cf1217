"""What an author can get wrong outside the notes: a setting, a template, a command's arguments.

The text is all that the author needs: programs print it as it is, without a traceback. What is wrong in a
note is a `Diagnostic`.
"""


class AuthorError(Exception):
    """Something that its author must correct before anything can be built; the text says what, where and how."""


class SettingsError(AuthorError):
    """A setting has a name or a value that the plugin does not know; the text says which."""


class TemplateError(AuthorError):
    """A template cannot be rendered; the text says where and why."""
