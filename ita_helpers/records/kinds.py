"""The kinds of report: one list, read by parameters, commands, copies, index and start page.

A new kind is a line of ``KINDS`` with its notebook in ``notebooks/``, and the name of its copies
(``handing_out.kinds`` in the catalogue). The list lies on a lower floor than all its
readers and loads nothing: what a notebook calls is named here and loaded on use.
"""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Kind:
    """One kind of report. ``name`` is what ``report`` is in its parameter file.

    ``notebook`` makes it; of what is in it ``keys`` are the parameters, and ``offers`` is what it
    gets from ``ita_helpers``, out of the module ``home``. The names of its files end in ``suffix``.
    ``is_asked_for`` by a parameter file; the lesson is made without one. ``has_copy`` that an
    office edits, ``is_indexed`` in the list of all reports. One that follows up a plan speaks of a
    day, by default the last (month, day) of the ``ends`` of its fiscal year. One that
    ``is_of_many`` is made of the reports of many offices, after them.
    """

    name: str
    notebook: str
    home: str
    offers: tuple[str, ...]
    keys: tuple[str, ...]
    suffix: str = ""
    is_asked_for: bool = True
    needs_plan: bool = False
    has_copy: bool = False
    is_indexed: bool = False
    ends: tuple[int, int] | None = None
    is_of_many: bool = False


SCOPE = ("province", "district", "office_type", "offices")
"""The parameters that say which offices are compared."""
_SHARED = ("organisation", "fiscal_year", "numerals")
_FOLLOW_UP = Kind(
    name="follow-up",
    notebook="follow_up.ipynb",
    home="reports.follow_up",
    offers=("FollowUp", "load_follow_up"),
    keys=(*_SHARED, "edition", "report", "as_of"),
    suffix="-follow-up",
    needs_plan=True,
    ends=(9, 30),
)
KINDS = (
    Kind(
        name="analysis",
        notebook="ita_report.ipynb",
        home="reports.report",
        offers=("Report", "load_report"),
        keys=(*_SHARED, "edition", "preset", "parts", "title", "plan_layout", "analysis", "peers"),
        has_copy=True,
        is_indexed=True,
    ),
    _FOLLOW_UP,
    replace(_FOLLOW_UP, name="half-year", suffix="-half-year", ends=(3, 31)),
    Kind(
        name="comparison",
        notebook="compare_organisations.ipynb",
        home="reports.comparison",
        offers=("Comparison", "load_comparison"),
        keys=(*_SHARED, "edition", "report", *SCOPE, "marked", "published"),
        suffix="-comparison",
        is_of_many=True,
    ),
    Kind(
        name="lesson",
        notebook="how_scoring_works.ipynb",
        home="teaching.lesson",
        offers=("Lesson", "load_lesson"),
        keys=(*_SHARED, "papers"),
        is_asked_for=False,
    ),
)


def all_kinds() -> tuple[Kind, ...]:
    """Return the kinds there are."""
    return KINDS


def report_kinds() -> tuple[Kind, ...]:
    """Return the kinds that a parameter file can ask for, the default one first."""
    return tuple(each for each in KINDS if each.is_asked_for)


def kind_named(name: str) -> Kind:
    """Return the kind of a name that is in the list."""
    return next(each for each in KINDS if each.name == name)
