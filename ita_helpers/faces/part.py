"""A part of a page: a function of the data as a method that a notebook calls.

A page names its parts, a line each (``overall = part(tabulate_overall)``); ``help`` shows the
function's own words. Digits are put in here and nowhere before.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from inspect import Parameter, signature
from types import FunctionType
from typing import Concatenate, Generic, ParamSpec, Protocol, TypeVar

from ita_helpers.faces.prose import Face
from ita_helpers.faces.web_fonts import set_up_notebook
from ita_helpers.language.thai import Numerals


class _Data(Protocol):
    @property
    def numerals(self) -> Numerals: ...


D = TypeVar("D", bound=_Data)
Shown = TypeVar("Shown", bound=Face)
Given = ParamSpec("Given")


class Parts(Generic[D]):
    """What a notebook shows part by part: each is a method made of a function by ``part``."""

    data: D

    def __init_subclass__(cls) -> None:
        for name, each in vars(cls).items():
            if isinstance(each, FunctionType) and hasattr(each, "__wrapped__"):
                each.__name__, each.__qualname__ = name, f"{cls.__qualname__}.{name}"

    def _repr_html_(self) -> str:
        """Say whose page it is, and put the report's font and style on the notebook's page."""
        return set_up_notebook(repr(self))


def part(
    make: Callable[Concatenate[D, Given], Shown],
) -> Callable[Concatenate[Parts[D], Given], Shown]:
    """Return a method that shows the result of a function of the data, in the data's digits.

    Its words and parameters are the function's, the page standing in place of the data.
    """

    @wraps(make)
    def method(self: Parts[D], /, *given: Given.args, **named: Given.kwargs) -> Shown:
        return make(self.data, *given, **named).in_numerals(self.data.numerals)

    told = signature(make)
    data, *rest = told.parameters.values()
    own = data.replace(name="self", annotation=Parameter.empty)
    method.__dict__["__signature__"] = told.replace(parameters=[own, *rest])
    return method
