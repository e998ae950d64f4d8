"""Several files change together or not at all, whatever stops the program on the way."""

from __future__ import annotations

import json
import logging
import os
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from ita_helpers.errors import BadCode, ChangedMeanwhile, ItaError, WriteFailed
from ita_helpers.files import change
from ita_helpers.files.change import finish, undisturbed, write_all, writing
from ita_helpers.files.lock import NAME as LOCK
from ita_helpers.files.workspace import JOURNAL

OLD = {"data/a.csv": b"old a", "data/b.csv": b"old b"}
NEW = {"data/a.csv": b"new a", "data/b.csv": b"new b", "params/2568/c.yml": b"new c"}
MOVES = 1 + len(NEW)
"""Of the journal and of each file."""


class Killed(BaseException):
    """Stands for the end of the program: no handler of an error may see it."""


@pytest.fixture
def root(tmp_path):
    folder = tmp_path / "งาน ITA ๒๕๖๘"
    for name, content in OLD.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def contents(root):
    """Return all files of a workspace, hidden ones too."""
    files = (path for path in root.rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


def write(root, new=NEW):
    write_all(root, {root / name: content for name, content in new.items()})


def stop_at(monkeypatch, name, number, error):
    """Let the given call of a method of paths, by its number from 0, end with an error."""
    original, calls = getattr(Path, name), []

    def patched(path, *arguments, **options):
        nonlocal calls
        calls += [path] if path.name != LOCK else []
        if len(calls) == number + 1 and path.name != LOCK:
            raise error
        return original(path, *arguments, **options)

    monkeypatch.setattr(Path, name, patched)
    return calls


def leave_half_made(root, monkeypatch, number):
    """Stop a change before the move of a number, as a kill does: nothing is tidied up."""
    with monkeypatch.context() as patched:
        patched.setattr(change, "_clear", lambda *_: None)
        stop_at(patched, "replace", number, Killed())
        with pytest.raises(Killed):
            write(root)


@pytest.mark.parametrize("number", range(MOVES))
def test_a_change_that_was_killed_is_completed_by_whoever_comes_next(
    root, monkeypatch, caplog, number
):
    leave_half_made(root, monkeypatch, number)
    before_the_journal = number == 0
    with caplog.at_level(logging.WARNING):
        finish(root)
    seen = {name: content for name, content in contents(root).items() if name in NEW}
    assert seen == (OLD if before_the_journal else NEW)
    assert ("a.csv" in caplog.text) is not before_the_journal
    write(root)
    assert contents(root) == NEW


@pytest.mark.parametrize("number", range(1, MOVES))
def test_a_change_some_of_which_is_lost_is_taken_back(root, monkeypatch, caplog, number):
    leave_half_made(root, monkeypatch, number)
    (waiting,) = (root / "params/2568").glob("*.next")
    waiting.write_bytes(b"new")
    with caplog.at_level(logging.WARNING):
        finish(root)
    assert contents(root) == OLD
    assert "a.csv" in caplog.text


@pytest.mark.parametrize("step", ["replace", "unlink"])
@pytest.mark.parametrize("is_whole", [True, False])
def test_who_finishes_a_change_may_be_killed_too(root, monkeypatch, step, is_whole):
    for second in range(10):
        write(root, OLD)
        (root / "params/2568/c.yml").unlink(missing_ok=True)
        leave_half_made(root, monkeypatch, 2)
        if not is_whole:
            (waiting,) = (root / "params/2568").glob("*.next")
            waiting.unlink()
        with monkeypatch.context() as patched:
            calls = stop_at(patched, step, second, Killed())
            with suppress(Killed):
                finish(root)
        finish(root)
        assert contents(root) == (NEW if is_whole else OLD)
    assert len(calls) < second


def test_what_cannot_be_taken_back_is_named(root, monkeypatch, caplog):
    leave_half_made(root, monkeypatch, 3)
    for name in ("data/*.last", "params/2568/*.next"):
        for file in root.glob(name):
            file.unlink()
    with caplog.at_level(logging.WARNING):
        finish(root)
    assert "a.csv" in caplog.text and "b.csv" in caplog.text and "c.yml" not in caplog.text
    assert contents(root) == {name: NEW[name] for name in OLD}


def test_a_file_that_somebody_saved_after_the_kill_stays_as_it_is(root, monkeypatch):
    leave_half_made(root, monkeypatch, 2)
    (root / "data/b.csv").write_bytes(b"by hand")
    finish(root)
    assert contents(root) == {**OLD, "data/b.csv": b"by hand"}
    leave_half_made(root, monkeypatch, 2)
    (root / "data/a.csv").write_bytes(b"by hand")
    finish(root)
    assert contents(root) == {**NEW, "data/a.csv": b"by hand"}


@pytest.mark.parametrize("number", range(MOVES))
def test_a_file_that_cannot_be_replaced_leaves_all_as_it_was(root, monkeypatch, number):
    (root / "data/a.csv").chmod(0o600)
    mode = (root / "data/a.csv").stat().st_mode
    with monkeypatch.context() as patched:
        calls = stop_at(patched, "replace", number, PermissionError(13, "open in Excel"))
        with pytest.raises(WriteFailed) as caught:
            write(root)
    named = JOURNAL if number == 0 else list(NEW)[number - 1]
    assert caught.value.facts["file"] == named
    assert len(calls) > number
    assert contents(root) == OLD
    assert (root / "data/a.csv").stat().st_mode == mode


@pytest.mark.parametrize("name", ["write_bytes", "unlink", "chmod"])
def test_no_room_or_no_right_at_any_step_leaves_all_as_it_was(root, monkeypatch, name):
    for number in range(20):
        with monkeypatch.context() as patched:
            calls = stop_at(patched, name, number, OSError(28, "No space left on device"))
            try:
                write(root)
            except WriteFailed:
                assert {n: c for n, c in contents(root).items() if n in NEW} == OLD
                continue
        assert {n: c for n, c in contents(root).items() if n in NEW} == NEW
        if len(calls) <= number:
            break
        write(root, OLD)
        (root / "params/2568/c.yml").unlink()
    assert number > 1 or (sys.platform == "win32" and name == "chmod")
    assert set(contents(root)) == set(NEW)


def test_what_could_not_go_back_goes_back_later(root, monkeypatch, caplog):
    original, stuck = Path.replace, [root / "data/b.csv"]

    def replace(path, target):
        if target in stuck:
            stuck.append(root / "data/a.csv")
            raise PermissionError(13, "open in Excel", str(path), None, str(target))
        return original(path, target)

    with monkeypatch.context() as patched, caplog.at_level(logging.WARNING):
        patched.setattr(Path, "replace", replace)
        with pytest.raises(WriteFailed):
            write(root)
        with pytest.raises(WriteFailed, match=r"a\.csv"):
            finish(root)
    assert "a.csv" in caplog.text
    finish(root)
    assert contents(root) == OLD


def test_a_file_saved_while_a_change_is_prepared_is_not_overwritten(root, monkeypatch):
    sync = change.sync

    def save(path):
        (root / "data/b.csv").write_bytes(b"by hand")
        sync(path)

    monkeypatch.setattr(change, "sync", save)
    with pytest.raises(ChangedMeanwhile, match=r"data/b\.csv"):
        write(root)
    assert contents(root) == {**OLD, "data/b.csv": b"by hand"}


HARMFUL = [
    b"",
    b"{",
    b"[" * 100_000,
    b'{"a": 1}',
    b'[{"place": "data/a.csv"}]',
    *(
        json.dumps([{"place": p, "next": n, "last": "", "becomes": "x", "was": ""}]).encode()
        for p, n in (
            ("/etc/passwd", ".0123456789abcdef.next"),
            ("../x", ".0123456789abcdef.next"),
            ("C:\\x", ".0123456789abcdef.next"),
            ("data/a.csv", "b.csv"),
            ("data/a.csv", "../.0123456789abcdef.next"),
            (1, ".0123456789abcdef.next"),
        )
    ),
]


@pytest.mark.parametrize("content", HARMFUL, ids=lambda each: repr(each)[:40])
def test_a_journal_that_is_none_of_ours_is_put_aside_and_told(root, caplog, content):
    (root / JOURNAL).write_bytes(content)
    with caplog.at_level(logging.WARNING):
        finish(root)
    assert contents(root) == {**OLD, f"{JOURNAL}.unreadable-1": content}
    assert f"{JOURNAL}.unreadable-1" in caplog.text
    write(root)


def test_what_is_read_is_never_half_a_change(root):
    """A change that begins and ends while one reads, is seen, whatever was met in between."""
    both = ("data/a.csv", "data/b.csv")
    seen: list[list[bytes]] = []

    def read():
        first = (root / both[0]).read_bytes()
        if not seen:
            write(root)
        seen.append([first, (root / both[1]).read_bytes()])
        if len(seen) == 1:
            raise BadCode(code="half")
        return seen[-1]

    assert undisturbed(root, read) == [NEW[name] for name in both]
    assert seen[0] == [OLD[both[0]], NEW[both[1]]]


def test_what_goes_wrong_while_nobody_writes_is_told(root):
    def read():
        raise BadCode(code="x")

    with pytest.raises(BadCode):
        undisturbed(root, read)


def test_a_folder_that_always_changes_is_read_while_the_writers_wait(root, monkeypatch):
    reads = []

    def read():
        reads.append((root / LOCK).exists())
        (root / f"{len(reads)}.txt").touch()
        os.utime(root, ns=(len(reads), len(reads)))
        return len(reads)

    assert undisturbed(root, read) == change.LOOKS + 1
    assert reads[-1] and not any(reads[:-1])


def test_what_is_written_again_with_the_same_content_is_left_alone(root):
    before = (root / "data/a.csv").stat()
    write(root, {"data/a.csv": b"old a"})
    assert (root / "data/a.csv").stat() == before


def test_what_a_killed_program_left_is_swept_and_nothing_else(root):
    kept = [".hidden", ".0123456789abcdef.new", ".0123456789ABCDEF.next", "x.next"]
    for name in [*kept, ".0123456789abcdef.next", ".0123456789abcdef.last"]:
        (root / "data" / name).touch()
    write(root, {"data/a.csv": b"new a"})
    assert {path.name for path in (root / "data").iterdir()} == {"a.csv", "b.csv", *kept}


def test_many_files_are_one_change_too(root):
    many = {f"params/2568/{number}.yml": b"x" for number in range(change.MANY + 1)}
    write(root, many)
    assert contents(root) == OLD | many


def test_a_writer_finishes_what_another_began_before_it_reads(root, monkeypatch):
    (root / "data/b.csv").chmod(0o600)
    mode = (root / "data/b.csv").stat().st_mode
    leave_half_made(root, monkeypatch, 2)
    with writing(root):
        assert {name: (root / name).read_bytes() for name in NEW} == NEW
    assert (root / "data/b.csv").stat().st_mode == mode


def test_errors_are_errors_of_ours(root):
    (root / "data/a.csv").unlink()
    (root / "data/a.csv").mkdir()
    with pytest.raises(ItaError, match=r"data/a\.csv"):
        write(root)
