"""What a task may cost, and what runs its notebook: all that a command's help says of both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Engine = Literal["ita", "nbclient"]
ENGINES: tuple[Engine, ...] = get_args(Engine)
"""``nbclient``, a separate kernel, is the reference that the other is compared with."""


@dataclass(frozen=True)
class Limits:
    """The limits of one task; ``megabytes`` covers its process and everything it starts."""

    seconds: float = 300
    megabytes: int = 4096
