"""What ``start.bat`` meets: no Python, a stub, no network, odd names, a closed window."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from contextlib import suppress
from pathlib import Path
from tempfile import mkdtemp

import psutil
from machine import SYSTEM, Machine, on_windows, readable
from pip._vendor import distlib
from trying import alone, documents, expect, step

CLOSED = "ปิดกลางคัน"
LEAD = "import subprocess, sys; given = sys.argv[1:]; python = {python!r}\n"
REFUSES = "import sys; sys.exit(9009)"
"""What the stub of the Store does when it cannot open a shop."""
AS_PYTHON = f"{LEAD}sys.exit(subprocess.call([python, *given]))"
AS_PY = f"{LEAD}sys.exit(subprocess.call([python, *given[1:]]) if given[0] == '-3' else 1)"
AS_UV = f"{LEAD}given = given[4 + (given[4:5] == ['python']):]\n" + (
    "sys.exit(subprocess.call([python, *given]) if given else 0)"
)
"""It is asked for its version, or for ``run --no-project --python 3.12 [python]`` and the rest."""


def _programs(machine: Machine, **scripts: str) -> str:
    """Return a folder of the search path that holds programs of these names and no other."""
    folder = Path(mkdtemp(prefix="programs-", dir=machine.home))
    launcher = (Path(distlib.__file__).parent / "t64.exe").read_bytes()
    python = on_windows(machine.python)
    for name, script in scripts.items():
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as files:
            files.writestr("__main__.py", script.replace("{python!r}", repr(python)))
        line = f'#!"{python}" -I -S\n'.encode()
        (folder / f"{name}.exe").write_bytes(launcher + line + packed.getvalue())
    return on_windows(folder)


@step
def no_python_at_all(machine: Machine) -> None:
    """Say how to get one, in Thai, and fail."""
    expect(machine.bat("--version", path=_programs(machine)), "ไม่พบ Python", status=1)


@step
def a_python_that_is_a_stub_of_the_store(machine: Machine) -> None:
    """Pass it over: there is no other."""
    path = _programs(machine, python=REFUSES, python3=REFUSES)
    expect(machine.bat("--version", path=path), "ไม่พบ Python", status=1)


@step
def each_way_to_a_python(machine: Machine) -> str:
    """Start by the launcher, by python3 behind a stub, and by uv."""
    ways = {
        "py": {"py": AS_PY},
        "python3": {"python": REFUSES, "python3": AS_PYTHON},
        "uv": {"python": REFUSES, "uv": AS_UV},
    }
    for scripts in ways.values():
        expect(machine.bat("--version", path=_programs(machine, **scripts)), "รุ่น")
    return ", ".join(ways)


@step
def folders_with_letters_that_batch_files_stumble_over(machine: Machine) -> str:
    """Start from each, and hand on its name."""
    names = ("ก & ข (1)", "ดี! มาก", "a^b'c,d;e=f", "[1] {2} ~$#@")
    for name in names:
        folder = _unpacked(machine, name)
        expect(machine.bat("--version", folder=folder), "รุ่น")
        expect(machine.bat("render", f"ไม่มี {name}", folder=folder), f"ไม่มี {name}", status=1)
    return " ".join(names)


@step
def a_folder_and_words_with_a_sign_for_per_cent(machine: Machine) -> None:
    """Start from it, and hand it on."""
    folder = _unpacked(machine, "ลด 100% (1)")
    expect(machine.bat("--version", folder=folder), "รุ่น")
    expect(machine.bat("render", "ไม่มี 100%", folder=folder), "ไม่มี 100%", status=1)


def _unpacked(machine: Machine, name: str) -> Path:
    """Unpack the program a second time, into a folder of a name."""
    folder = documents(machine, f"แตกแฟ้ม {name}") / name
    left_out = shutil.ignore_patterns("rendered", "tests", "__pycache__")
    shutil.copytree(machine.program, folder, ignore=left_out)
    return folder


@step
def a_zip_that_was_not_unpacked(machine: Machine) -> None:
    """Say so where only start.bat lies in the folder."""
    folder = documents(machine, "ในซิป")
    shutil.copy(machine.program / "start.bat", folder)
    status, said = machine.bat(folder=folder)
    assert status == 1
    assert "unpack" in said, said


@step
def no_network_and_a_proxy_that_is_away(machine: Machine) -> None:
    """Name the package that cannot be fetched, the proxy as a remedy, and the log."""
    elsewhere = on_windows(machine.home / "ไม่มีเน็ต")
    shutil.rmtree(machine.home / "ไม่มีเน็ต", ignore_errors=True)
    for around in (
        {"PIP_FIND_LINKS": ""},
        {"PIP_NO_INDEX": "", "PIP_FIND_LINKS": "", "HTTPS_PROXY": "http://127.0.0.1:9"},
    ):
        run = machine.bat("--version", LOCALAPPDATA=elsewhere, **around)
        said = expect(run, "HTTPS_PROXY", "install.log", status=1)
        assert re.search(r"^\s*ดาวน์โหลด [\w.=-]+ ไม่ได้ .*install\.log$", said, re.MULTILINE), said
    shutil.rmtree(machine.home / "ไม่มีเน็ต")


@alone
def a_window_closed_in_the_middle(machine: Machine) -> None:
    """Let a second window wait for the first, and begin anew where the first was closed."""
    base = machine.home / CLOSED
    shutil.rmtree(base, ignore_errors=True)
    first = _begin(machine, base)
    _hears(first, "ขั้นที่ 3")
    second = _begin(machine, base)
    _hears(second, "หน้าต่างอื่น")
    _close(machine, first, second)
    third = _begin(machine, base)
    _hears(third, "ขั้นที่ 3")
    _close(machine, third)
    shutil.rmtree(base)


def _begin(machine: Machine, base: Path) -> subprocess.Popen[bytes]:
    return machine.start(
        *(on_windows(machine.cmd), "/c", r".\start.bat", "--version"),
        PATH=f"{on_windows(machine.python.parent)};{SYSTEM}",
        LOCALAPPDATA=on_windows(base),
        PIP_NO_INDEX="1",
        PIP_FIND_LINKS=on_windows(machine.wheels),
    )


def _hears(process: subprocess.Popen[bytes], words: str) -> None:
    assert process.stdout
    said = b""
    for line in process.stdout:
        said += line
        if words in readable(line):
            return
    raise AssertionError(f"{words} not in\n{readable(said)}")


def _close(machine: Machine, *windows: subprocess.Popen[bytes]) -> None:
    """End all that runs in the windows, as Windows does when they are closed."""
    for words in ("start.py", CLOSED):
        for process in machine.processes(words):
            with suppress(psutil.Error):
                process.kill()
    for each in windows:
        each.wait(60)
