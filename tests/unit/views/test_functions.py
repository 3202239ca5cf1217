"""The functions that reading knows are those that evaluation has."""

from garden.reading.queries.dataview_expressions import FUNCTIONS
from garden.views.dataview import list_functions, text_functions
from garden.views.dataview.functions import Functions


def test_every_function_that_can_be_written_can_be_called() -> None:
    """Nothing is promised that is not there, and nothing is there that cannot be asked for."""
    own = {name.removeprefix("_do_") for name in dir(Functions) if name.startswith("_do_")}
    known = own | set(list_functions.NAMES) | set(text_functions.FUNCTIONS) | {"typeof", "array"}
    assert known == FUNCTIONS
