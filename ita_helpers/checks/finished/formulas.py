"""What a sum or a product written out comes to, exactly."""

from __future__ import annotations

import ast
import operator
from fractions import Fraction

_SIGNS = str.maketrans({"×": "*", "x": "*", "÷": "/", "−": "-"})
_DOES = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


def computed(written: str) -> Fraction | None:
    """Return the value of an expression of numbers, or None if it is none.

    >>> computed("(0.3 × 90) + 2")
    Fraction(29, 1)
    """
    try:
        return _value(ast.parse(written.translate(_SIGNS).strip(), mode="eval").body)
    except (SyntaxError, ValueError, ZeroDivisionError):
        return None


def _value(node: ast.expr) -> Fraction:
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        return Fraction(str(node.value))
    if isinstance(node, ast.BinOp) and type(node.op) in _DOES:
        found: Fraction = _DOES[type(node.op)](_value(node.left), _value(node.right))
        return found
    raise ValueError(node)
