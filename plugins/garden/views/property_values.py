"""Values of front matter in queries: they have the structure of YAML, but texts in them may be dates, links and the like."""

from collections.abc import Callable

from garden.views.values import Value


def query_value(value: object, text: Callable[[str], Value], link: Callable[[str], Value]) -> Value:
    """Return a value of front matter as a value of a query.

    `text` converts a text. `link` makes a link from what is between `[[` and `]]` if that is not quoted: then it is a list
    in a list in YAML (FM-11).
    """
    match value:
        case str():
            return text(value)
        case [[str() as inner]]:
            return link(inner)
        case list():
            return [query_value(item, text, link) for item in value]
        case dict():
            return {str(key): query_value(item, text, link) for key, item in value.items()}
        case int() if not isinstance(value, bool):
            return script_number(value)
        case _:
            return value


def script_number(value: int) -> float:
    """Return a whole number as JavaScript has it, with the precision of a float."""
    try:
        return value if abs(value) < 2**53 else float(value)
    except OverflowError:
        return float("inf") if value > 0 else float("-inf")
