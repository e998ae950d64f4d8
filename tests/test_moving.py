"""A file that another program holds: whatever was being moved, nothing is lost or left half-way."""

from __future__ import annotations

import ast
import errno
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT, assert_helps_the_reader
from sealed_files import put, sealed

from ita_helpers.errors import FileHeld, WriteFailed, write_error
from ita_helpers.files import moving
from ita_helpers.files.change import finish, write_all
from ita_helpers.files.moving import remove, remove_folder, rename, replace
from ita_helpers.files.whole import write_whole
from ita_helpers.run.keeping import clear_abandoned, replace_noted
from ita_helpers.run.manifest import Manifest
from ita_helpers.run.own_folder import noted, replace_folder
from ita_helpers.run.own_folder import sealed as record_of
from ita_helpers.run.sealing import files_of_ours


def write_one(folder: Path, words: str) -> None:
    write_whole(folder / "a.csv", words.encode())


def write_tables(folder: Path, words: str) -> None:
    files = {folder / name: words.encode() for name in ("a.csv", "b.csv", f"only-{words}.csv")}
    write_all(folder, files)


def write_report(folder: Path, words: str) -> None:
    put(folder, "office", sealed(folder, "office", words))


def write_notes(folder: Path, words: str) -> None:
    replace_noted(folder, {"index.html": words.encode(), "failures.csv": words.encode()})


def write_folder(folder: Path, words: str) -> None:
    files = {"page.html": words.encode(), "paper.pdf": words.encode()}

    def fill(new: Path) -> None:
        for name, content in files.items():
            (new / name).write_bytes(content)
        told = {name: noted(content) for name, content in files.items()}
        (new / "record.json").write_bytes(record_of({}, told))

    replace_folder(folder / "site", "site", "record.json", fill, ".making-")


def write_manifest(folder: Path, words: str) -> None:
    (folder / "manifest.sqlite").write_bytes(words.encode())
    Manifest(folder, lambda _: None).close()


WRITERS = [write_one, write_tables, write_report, write_notes, write_folder]


def seen(folder: Path) -> dict[str, bytes]:
    """Return what people see of a folder: all but hidden files and what is noted of others."""
    files = ((path.relative_to(folder), path) for path in folder.rglob("*") if path.is_file())
    return {
        str(name): path.read_bytes()
        for name, path in files
        if not any(part.startswith(".") for part in name.parts) and name.name != "written.json"
    }


class Held:
    """Lets the deed of a number meet a held file, which then stays held."""

    def __init__(self, number: int) -> None:
        self.left, self.path = number, Path()
        self.deed = moving._patiently

    def __call__(self, deed: Callable[[], object], *paths: Path, **how: bool) -> None:
        self.left -= 1
        if self.left == -1:
            self.path = paths[0]
        if self.path in paths:
            raise FileHeld(errno.EACCES, "editing", str(self.path))
        self.deed(deed, *paths, **how)


@pytest.mark.parametrize("write", WRITERS)
def test_whichever_file_is_held_all_is_old_or_new_and_the_next_run_completes_it(
    tmp_path, monkeypatch, write
):
    number, is_over = 0, False
    while not is_over:
        folder, other = tmp_path / str(number), tmp_path / f"{number}-other"
        folder.mkdir()
        other.mkdir()
        write(folder, "old")
        write(other, "new")
        old, new = seen(folder), seen(other)
        held = Held(number)
        with monkeypatch.context() as patch:
            patch.setattr(moving, "_patiently", held)
            try:
                write(folder, "new")
                is_over = held.left >= 0
                assert new.items() <= seen(folder).items(), number
            except (OSError, WriteFailed):
                assert seen(folder) == old, number
        write(folder, "new")
        clear_abandoned(folder, files_of_ours)
        finish(folder)
        assert new.items() <= seen(folder).items(), number
        left = {path for path in folder.rglob(".*") if path.name != ".ita-lock"}
        assert left <= {held.path}, number
        number += 1
    assert number > 1


def refused(times: int) -> Callable[..., Path]:
    """Return a ``Path.replace`` that Windows refuses a number of times."""
    original, left = Path.replace, [times]

    def patched(path: Path, place: Path) -> Path:
        left[0] -= 1
        if left[0] >= 0:
            error = PermissionError(errno.EACCES, "Sharing violation", str(path), None, str(place))
            error.winerror = 32
            raise error
        return original(path, place)

    return patched


def test_a_new_file_that_a_scanner_holds_is_waited_for(tmp_path, monkeypatch):
    monkeypatch.setattr(moving, "PAUSE", 0.001)
    monkeypatch.setattr(moving, "_is_kept_shut", lambda error: error.errno == errno.EACCES)
    monkeypatch.setattr(moving, "how_held", lambda _: "alone")
    original, left = Path.open, [4]

    def held(path: Path, *args, **more):
        left[0] -= path.suffix == ".new"
        if path.suffix == ".new" and left[0] >= 0:
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return original(path, *args, **more)

    monkeypatch.setattr(Path, "open", held)
    write_whole(tmp_path / "a.txt", b"new")
    assert (tmp_path / "a.txt").read_bytes() == b"new"
    assert left[0] < 0


@pytest.fixture
def files(tmp_path, monkeypatch):
    monkeypatch.setattr(moving, "PATIENCE", 0.05)
    monkeypatch.setattr(moving, "PAUSE", 0.001)
    for name in ("a", "b"):
        (tmp_path / name).write_text(name)
    return tmp_path / "a", tmp_path / "b"


def test_a_file_that_is_held_for_a_moment_is_waited_for(files, monkeypatch):
    monkeypatch.setattr(moving, "PATIENCE", 60)
    monkeypatch.setattr(moving, "_how", lambda _: "alone")
    monkeypatch.setattr(Path, "replace", refused(3))
    replace(*files)
    assert files[1].read_text() == "a"


@pytest.mark.parametrize(
    ("how", "told"),
    [
        ("alone", "ไวรัส"),
        ("editing", "Excel"),
        ("viewing", "PDF"),
        ("read_only", "อ่านได้อย่างเดียว"),
    ],
)
def test_a_file_that_stays_held_is_told_with_how_it_is_held(files, monkeypatch, how, told):
    monkeypatch.setattr(moving, "_how", lambda path: how if path == files[1] else "")
    monkeypatch.setattr(Path, "replace", refused(10**6))
    with pytest.raises(FileHeld) as caught:
        replace(*files)
    assert_helps_the_reader(write_error(caught.value, "nothing"), files[1], told)


def test_what_nobody_holds_is_not_waited_for(files, monkeypatch):
    monkeypatch.setattr(moving, "PATIENCE", 60)
    monkeypatch.setattr(Path, "replace", refused(10**6))
    with pytest.raises(PermissionError, match="Sharing"):
        replace(*files)
    with pytest.raises(FileNotFoundError):
        rename(files[0].with_name("none"), files[1])
    remove(files[0])
    remove(files[0])
    remove_folder(files[1].parent)
    assert not files[1].parent.exists()


def test_a_path_that_is_too_long_is_told_where_windows_says_it_is_not_there(monkeypatch):
    monkeypatch.setattr("ita_helpers.errors.LONGEST_PATH", 20)
    error = FileNotFoundError(errno.ENOENT, "No such file", "a" * 21)
    assert_helps_the_reader(write_error(error, "nothing"), "ยาวเกินไป")


MOVES = {"replace": 1, "rename": 1, "renames": 2, "unlink": None, "rmtree": None, "move": None}
"""Calls that move or remove, with how many arguments they have where others are called so too."""
OWN = ("files/moving.py", "faces/fonts/make_fonts.py")
ELSEWHERE = {
    "files/whole.py": {"unlink"},
    "run/keeping.py": {"unlink"},
    "language/kept.py": {"replace", "unlink"},
}
"""Where what is moved is nobody's yet: a name that was taken a moment ago; and where it is made
again if it cannot be moved, so that nobody need wait."""


def test_nothing_is_moved_or_removed_but_in_one_place():
    found = []
    for file in sorted((ROOT / "ita_helpers").rglob("*.py")):
        name = file.relative_to(ROOT / "ita_helpers").as_posix()
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            called, count = node.func.attr, len(node.args)
            is_it = called in MOVES and MOVES[called] in (None, count)
            is_it = is_it or called == "TemporaryDirectory"
            if is_it and name not in OWN and called not in ELSEWHERE.get(name, ()):
                found.append(f"{name}:{node.lineno} {called}")
    assert found == []


def test_a_folder_with_a_file_set_to_be_read_only_is_removed(tmp_path):
    file = tmp_path / "a" / "b" / "version.json"
    file.parent.mkdir(parents=True)
    file.write_text("{}")
    file.chmod(0o444)
    remove_folder(tmp_path / "a")
    assert not (tmp_path / "a").exists()
