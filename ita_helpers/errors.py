"""Everything that can go wrong, as one tree.

ItaError
├── WorkspaceNotFound · Unforeseen
├── InputError                      something a person wrote needs a correction
│   ├── FileMissing
│   ├── UnreadableFile              no YAML, empty, a list, binary
│   ├── UnreadableSheet             broken, locked, too large, no spreadsheet at all
│   ├── UnreadableDocument          the same for a finished report; scanned
│   ├── ParameterError
│   │   ├── UnknownKey · MissingKey · RepeatedKey · BadValue · UnknownChoice · PartsClash
│   │   ├── BadSlug · MisplacedParameters · PublicClash · UnknownParameter
│   │   └── DefaultsForNobody · DefaultsAreNoReport · BadPeers
│   ├── RepeatedReport
│   ├── UnknownOrganisation · NoOrganisations · ReferenceOrganisation
│   ├── NothingToCompare · NotOfOneOffice
│   ├── YearWithoutFramework · NoScores
│   ├── FrameworkError · NotInRules · RulesConfirmed · RulesNotAssumed · BadConfirmation
│   ├── UnreadableNotebook · ForeignNotebook · NewerNotebook · ConflictingSlot · ChangedMeanwhile
│   ├── NoCopy · NoSuchSlot · NotTrusted
│   ├── BadOffice · BadWordTemplate · BadCorrection · BadVersion
│   ├── AlreadyThere · BadCode · CodeInUse · BadName · TwoPlans · ForeignPlan · NoPlan · PlanMissing
│   ├── BadFollowUpDay · TwoPlanHeads · NoEvidence · UnusablePaper · FolderChanged
│   ├── OrganisationExists · SimilarOrganisation · SeveralOrganisations · MisspeltPlace
│   ├── NoSuchName · NotParameters · NoParameters
│   ├── BadImport · TwoHeads · NothingToImport · WrongYear · YearNotSaid · NotPlaced · TwiceInFile
│   ├── SeveralMistakes · OfficeNotSaid · BadReport
│   └── DataError
│       ├── BadColumns · BadScore · RepeatedScore · UnknownCode · UnknownLevel · BadCell
│       └── BadAddress
└── RenderError
    ├── NotebookFailed
    │   └── TooMuchOutput · CellTooSlow · EndedEarly
    ├── InputsChanged
    ├── ExportFailed · LettersLost · LessonIncomplete · TookTooLong · OutOfMemory · WorkerDied
    ├── ForeignLanguage · ClusterMissing · ClusterAway · ClusterDaemons
    └── WriteFailed
        └── DiskFull · WorkspaceBusy

A message says what was found, where, and what to do. Its words are in ``messages.yml`` under the
class name; its facts are attributes, so that a batch can tabulate them.
"""

from __future__ import annotations

import errno
import re
import sys
from collections.abc import Callable, Iterable
from typing import Any

from ita_helpers.language.catalogue import say, section

_LINE_BREAK = re.compile(r"\s*[\r\n]+\s*")


MOST_LETTERS = 1000
"""A message shows at most this much of any one fact: some are read from files."""


MOST_MISTAKES = 30
"""At most this many mistakes of files are listed one by one."""


class ItaError(Exception):
    """Any failure this package foresees; its facts are in ``facts``."""

    def __init__(self, **facts: Any) -> None:
        super().__init__()
        self.facts = facts

    def __str__(self) -> str:
        facts = {name: _bounded(value) for name, value in self.facts.items()}
        said = say(f"messages.{type(self).__name__}", **facts)
        return writable(_LINE_BREAK.sub(" ", said))

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), self.facts)


class WorkspaceNotFound(ItaError):
    """No folder above ``start`` holds ``data/organisations.csv``."""


class Unforeseen(ItaError):
    """An unforeseen exception of ``kind`` at ``place``.

    Its traceback is ``trace``, which is also in the file ``log`` once that is written.
    """


class InputError(ItaError):
    """Something a person wrote needs a correction."""


class FileMissing(InputError):
    """``file`` does not exist."""


class UnreadableFile(InputError):
    """``file`` is not what its place calls for; ``problem`` says why."""


class UnreadableSheet(InputError):
    """``file`` is not a usable spreadsheet; ``problem`` says why.

    ``meant`` is the real file beside an ``owner`` file, ``known`` the endings accepted instead of
    ``ending``, ``limit`` the maximum for ``too_big`` (megabytes) or ``too_many`` (cells, of
    ``sheet``).
    """


class UnreadableDocument(InputError):
    """``file`` is not a finished report that can be read; ``problem`` says why.

    ``known`` are the endings accepted, ``limit`` the maximum for ``too_big`` (megabytes) or
    ``too_many`` (pages).
    """


class ParameterError(InputError):
    """A parameter file that cannot be used."""


class UnknownKey(ParameterError):
    """``key`` in ``file`` at ``line`` is not a parameter; ``nearest`` may be meant."""


class UnknownParameter(ParameterError):
    """papermill was given a ``name`` that the notebook does not know; ``nearest`` may be meant."""


class MissingKey(ParameterError):
    """``file`` lacks ``key``."""


class DefaultsForNobody(ParameterError):
    """``file`` at ``line`` has defaults for a province or type (``scope``) of this ``name``.

    No organisation in ``offices`` is of it; ``nearest`` may be meant.
    """


class DefaultsAreNoReport(ParameterError):
    """``file`` has the defaults of all reports, and is asked for as one."""


class BadPeers(ParameterError):
    """``name`` cannot be among the peers at ``line`` of ``file``, for the ``problem``.

    It is in no row of ``offices`` (``nearest`` may be meant), is the office itself and left out, is
    listed under an ``other`` code too, or has no place or type (``kind``).
    """


class RepeatedKey(ParameterError):
    """``key`` occurs twice in ``file``."""


class BadValue(ParameterError):
    """``value`` of ``key`` in ``file`` at ``line`` is not one of ``expected``."""


class UnknownChoice(ParameterError):
    """``value`` of ``key`` is not one of ``known``; ``nearest`` may be meant."""


class PartsClash(ParameterError):
    """``parts`` are repeated, or are two layouts of the same words."""


class PublicClash(ParameterError):
    """``parts`` of a public edition are internal."""


class BadSlug(ParameterError):
    """``value`` is not an organisation code."""


class MisplacedParameters(ParameterError):
    """``file`` is not at ``expected``, the place its values name.

    ``is_misspelt`` if only its ending differs.
    """


class UnknownOrganisation(InputError):
    """``organisation`` is not in ``file``; ``nearest`` may be meant."""


class NoOrganisations(InputError):
    """No organisation in ``file`` is of ``province`` and ``type``."""


class NothingToCompare(InputError):
    """None of ``count`` offices has a report of a ``year`` (B.E.) in ``folder``."""


class NotOfOneOffice(InputError):
    """A parameter ``file`` asks for a comparison, where the report of one office is needed."""


class ReferenceOrganisation(InputError):
    """``organisation`` is a row to compare with, not an office with a report."""


class YearWithoutFramework(InputError):
    """No rules for ``fiscal_year``; ``known`` lists the years that have some."""


class NoScores(InputError):
    """``file`` holds no score of ``organisation``."""


class FrameworkError(InputError):
    """The rules in ``file`` at ``place`` are broken; ``problem`` says how."""


class NotInRules(InputError):
    """The rules of ``fiscal_year`` know no ``code``; ``nearest`` may be meant."""


class RulesConfirmed(InputError):
    """The rules of ``fiscal_year`` are confirmed in ``file`` already, by ``source``."""


class RulesNotAssumed(InputError):
    """The rules of ``fiscal_year`` need no confirmation; those of the years ``assumed`` do."""


class BadConfirmation(InputError):
    """``value`` of ``key`` (``document page date``) confirms nothing; ``problem`` says why.

    ``most`` is the maximum number of letters, ``meant`` the B.E. year for one given in C.E.
    """


class UnreadableNotebook(InputError):
    """``file`` is not a notebook, or its ``cell`` is not a cell."""


class RepeatedReport(InputError):
    """``file`` and ``first`` are parameter files of one report, ``stem``."""


class ForeignNotebook(InputError):
    """``file`` is the notebook of ``found``, not of ``expected``."""


class NewerNotebook(InputError):
    """``file`` was made by a newer version of this program."""


class ChangedMeanwhile(InputError):
    """``file`` was saved by somebody while it was being renewed."""


class ConflictingSlot(InputError):
    """``cells`` of ``file`` hold different versions of one ``slot``."""


class NoCopy(InputError):
    """There is no ``file``, the copy of ``organisation`` of a fiscal ``year`` (B.E.)."""


class NoSuchSlot(InputError):
    """No slot of ``file`` is called ``name``; ``nearest`` or a ``missing`` one may be meant."""


class BadCorrection(InputError):
    """The Word ``file`` cannot be compared with a report; ``problem`` says why.

    It is that of ``found``, not of ``expected`` (``other_report``); it is none of ours
    (``not_ours``), or does not look like that of ``expected`` (``unlike``); a newer program made it
    (``newer``); or nothing is left to compare it with (``no_basis``).
    """


class BadVersion(InputError):
    """``file``, the record of an issued version, cannot be used; ``problem`` says why.

    It is that of version ``number`` where it is ``misplaced``.
    """


class BadOffice(InputError):
    """``key`` in the office's own ``file`` at ``line`` cannot be used; ``problem`` says why."""


class BadWordTemplate(InputError):
    """``file`` is not a Word file (``reason`` says why), or ``part`` of it may not be used.

    ``found`` is the forbidden field, relation or element, ``picture`` one of an unsupported kind.
    """


class AlreadyThere(InputError):
    """``file`` exists and is not overwritten."""


class BadCode(InputError):
    """``code`` cannot be the code of an organisation; Windows reserves ``reserved`` ones."""


class CodeInUse(InputError):
    """``code``, asked for ``name``, has data in ``file`` but no row in ``organisations``."""


class BadName(InputError):
    """``name`` of ``length`` characters, read at ``place``, is not a name of an organisation."""


class OrganisationExists(InputError):
    """``name`` or its ``code`` is that of the ``known`` organisation in ``file``."""


class SimilarOrganisation(InputError):
    """``name``, read at ``place``, may be the ``known`` organisation, spelt differently."""


class MisspeltPlace(InputError):
    """The place ``value`` of ``name``, read at ``place``, is like the official name ``meant``."""


class SeveralOrganisations(InputError):
    """``name`` may mean each of ``found``."""


class NoSuchName(InputError):
    """No organisation in ``file`` is called ``name``; ``nearest`` may be meant."""


class NotParameters(InputError):
    """``file`` was named as a parameter file and is of another kind."""


class NoParameters(InputError):
    """``name`` has neither a parameter file nor scores of ``fiscal_year`` (0: of any year)."""


class TwoPlans(InputError):
    """``file`` and ``first`` are plans of one report."""


class ForeignPlan(InputError):
    """``file`` is the plan of ``found``, not of ``expected``."""


class PlanMissing(InputError):
    """There is no plan in ``file`` for the report on it of ``organisation``."""


class BadFollowUpDay(InputError):
    """``text`` is not a day a follow-up can report on: ``problem`` is ``none`` or ``outside``.

    It should be from ``first`` to ``last``.
    """


class NoPlan(InputError):
    """``file`` has no table with a heading like ``example``."""


class NoEvidence(InputError):
    """The rules known for ``assessment`` name no item that asks for the result of the year before.

    ``known`` are the years whose do.
    """


class UnusablePaper(InputError):
    """``file`` cannot be shown as evidence: it is missing, changed or outdated (``problem``).

    ``asked`` is what names the report to a command. A follow-up may lack its plan, or the file that
    asks for it, in ``year``.
    """


class FolderChanged(InputError):
    """``folder`` holds ``files`` that somebody changed or added, and is not replaced."""


class TwoPlanHeads(InputError):
    """Two ``cells`` of ``sheet`` in ``file`` may each be the heading of the column ``usual``."""


class BadImport(InputError):
    """``value`` in ``cell`` of ``sheet`` in ``file`` cannot be used; ``problem`` says why."""


class BadReport(InputError):
    """``file`` is a finished report that cannot be imported; ``problem`` says why."""


class TwoHeads(InputError):
    """Rows ``first`` and ``second`` of ``sheet`` in ``file`` may both be the heading."""


class NothingToImport(InputError):
    """``file`` is not a kind that scores are read from, or has none."""


class WrongYear(InputError):
    """``found`` at ``place`` is not the year that was ``expected``."""


class YearNotSaid(InputError):
    """Nothing says which year the scores of ``file`` belong to."""


class OfficeNotSaid(InputError):
    """Nothing says which office the scores of ``file`` belong to."""


class NotPlaced(InputError):
    """``name`` at ``place`` may be any of ``found``: its district or province is needed.

    ``codes`` are theirs if the file is about one office, so that it can be chosen.
    """


class TwiceInFile(InputError):
    """``name`` occurs at ``first`` and at ``place`` with different values of ``what``."""


class SeveralMistakes(InputError):
    """All the ``mistakes`` of files, each with its own message."""

    @property
    def mistakes(self) -> tuple[InputError, ...]:
        """The mistakes in the order in which they were met."""
        return tuple(self.facts["mistakes"])

    def __str__(self) -> str:
        return self.told_by(str)

    def told_by(self, words_of: Callable[[ItaError], str]) -> str:
        """Return a line for each mistake, as worded by the function given."""
        lines = [f"- {words_of(each)}" for each in self.mistakes[:MOST_MISTAKES]]
        facts = {"count": len(self.mistakes), "more": len(self.mistakes) - len(lines)}
        return "\n".join([say("messages.SeveralMistakes", **facts), *lines])


class DataError(InputError):
    """A row of a data file that cannot be used."""


class BadColumns(DataError):
    """``file`` lacks ``missing`` or has ``unknown`` columns."""


class BadScore(DataError):
    """``value`` in ``file`` at ``row`` is no score, nor points out of ``code``'s ``weight``."""


class RepeatedScore(DataError):
    """``code`` of ``organisation`` is in two rows of ``file``."""


class UnknownCode(DataError):
    """``code`` in ``file`` at ``row`` is not one of the year's; ``nearest`` may be meant."""


class UnknownLevel(DataError):
    """``level`` in ``file`` at ``row`` is not one of the year's."""


class BadCell(DataError):
    """``value`` in ``column`` of ``file`` at ``row`` is not ``expected``."""


class BadAddress(DataError):
    """``file``, row ``row``: ``value`` is no address of a page (``problem``).

    One that was typed for ``item`` has no file.
    """


class RenderError(ItaError):
    """A report that could not be made from valid input."""


class NotebookFailed(RenderError):
    """Cell ``cell`` of ``notebook`` stopped with ``reason``."""


class TooMuchOutput(NotebookFailed):
    """Cell ``cell`` of ``notebook`` produced more than ``megabytes`` of output.

    ``what`` says how: it was ``shown`` in the notebook, or written to a ``file``.
    """


class CellTooSlow(NotebookFailed):
    """Cell ``cell`` of ``notebook`` did not finish within ``seconds``."""


class EndedEarly(NotebookFailed):
    """Cell ``cell`` of ``notebook`` ended the run (``sys.exit``, ``exit``) before the last cell."""


class LessonIncomplete(RenderError):
    """``notebook`` has lost the papers ``missing``, or the cell that takes parameters."""


class NotTrusted(InputError):
    """``file`` of ``workspace`` holds code that nobody has trusted."""


class ExportFailed(RenderError):
    """``notebook`` could not be written as ``format``: ``reason``."""


class LettersLost(RenderError):
    """A paper of ``format`` lacks ``letters`` of its document, the first at ``kind`` ``name``.

    ``words`` are the first words at that place.
    """


class WriteFailed(RenderError):
    """``file`` could not be written: ``reason``."""


class DiskFull(WriteFailed):
    """There was no room for ``file``."""


class WorkspaceBusy(WriteFailed):
    """The lock ``file`` was held too long by ``process`` of ``host``; quiet for ``age`` seconds."""


class FileHeld(PermissionError):
    """Another program holds a file; ``strerror`` says how (``files/moving.py``)."""


LONGEST_PATH = 259 if sys.platform == "win32" else 4095
"""Letters of the longest path; Windows says of a longer one that it is not there."""
FULL = {getattr(errno, name, None) for name in ("ENOSPC", "EDQUOT", "EFBIG")} - {None}


def write_error(error: Exception, file: object) -> WriteFailed:
    """Return the error for a file that could not be written; ``error`` may know its name."""
    if isinstance(error, OSError):
        file = error.filename2 or error.filename or file
        if error.errno in FULL:
            return DiskFull(file=str(file))
    if "disk is full" in str(error):
        return DiskFull(file=str(file))
    return WriteFailed(file=str(file), reason=_reason(error))


def _reason(error: Exception) -> str:
    """Return in Thai why a file could not be written; an unforeseen reason by its name."""
    known = section("messages.write_reasons")
    if isinstance(error, FileHeld):
        return str(known[f"held_{error.strerror}"])
    if isinstance(error, OSError):
        name = errno.errorcode.get(error.errno or 0, "").removeprefix("WSA")
        if name == "ENOENT" and len(str(error.filename2 or error.filename or "")) > LONGEST_PATH:
            name = "ENAMETOOLONG"
        return str(known.get(name) or say("messages.write_refused", code=name or repr(error)))
    text = str(error)
    return str(next((known[each] for each in known if each in text), text))


class InputsChanged(RenderError):
    """The inputs of ``stem`` kept changing while it was made."""


class TookTooLong(RenderError):
    """A report was not done within ``seconds``."""


class OutOfMemory(RenderError):
    """A report needed more than ``megabytes``."""


class WorkerDied(RenderError):
    """The process that made a report ended silently; ``reason`` is its exit status.

    Native code aborts where it is given no memory, and the system kills where it has none left.
    """


class ForeignLanguage(RenderError):
    """The engine ``ita`` cannot run a notebook in ``language``."""


class ClusterMissing(RenderError):
    """The library for clusters is not installed."""


class ClusterAway(RenderError):
    """No cluster with a worker answers at ``address``: ``reason``."""


class ClusterDaemons(RenderError):
    """The workers of the cluster may not start processes."""


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the known word most like ``word``, ignoring case, or an empty string."""
    by_folded = {each.lower(): each for each in known}
    from difflib import get_close_matches

    matches = get_close_matches(word.lower(), list(by_folded), n=1, cutoff=0.5)
    return by_folded[matches[0]] if matches else ""


def writable(text: str) -> str:
    """Return a text that any file can hold, with unencodable characters as numbers."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _bounded(value: Any) -> Any:
    is_long = isinstance(value, str) and len(value) > MOST_LETTERS
    return f"{value[:MOST_LETTERS]}…" if is_long else value


def _rebuild(kind: type[ItaError], facts: dict[str, Any]) -> ItaError:
    return kind(**facts)
