"""What ``start.bat`` meets: no Python, a stub, no network, odd names, a closed window."""

from __future__ import annotations

import shutil
import subprocess
from contextlib import suppress
from pathlib import Path

import psutil
from machine import SYSTEM, Machine, on_windows, readable
from trying import documents, expect, step

REFUSES = "@exit /b 9009\r\n"
"""What the stub of the Store does when it cannot open a shop."""
LEADS = '@"{python}" %*\r\n'
AS_PY = '@if not "%~1"=="-3" exit /b 1\r\n@"{python}" %2 %3 %4 %5 %6\r\n'
CLOSED = "ปิดกลางคัน"
AS_UV = (
    '@if "%~1"=="--version" exit /b 0\r\n'
    '@if "%~5"=="python" ("{python}" %6 %7) else ("{python}" %5 %6 %7)\r\n'
)


def _programs(machine: Machine, **scripts: str) -> str:
    """Return a folder of the search path that holds programs of these names and no other."""
    folder = machine.home / "programs"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, script in scripts.items():
        text = script.format(python=on_windows(machine.python))
        (folder / f"{name}.bat").write_text(text, encoding="ascii", newline="")
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
        "python3": {"python": REFUSES, "python3": LEADS},
        "uv": {"python": REFUSES, "uv": AS_UV},
    }
    for scripts in ways.values():
        expect(machine.bat("--version", path=_programs(machine, **scripts)), "รุ่น")
    return ", ".join(ways)


@step
def folders_with_letters_that_batch_files_stumble_over(machine: Machine) -> str:
    """Start from each, and hand on words of the same kind."""
    names = ("ก & ข", "ลด 100% (1)", "ดี! มาก", "a^b'c,d;e=f", "[1] {2} ~$#@")
    for name in names:
        folder = documents(machine, "แตกแฟ้ม") / name
        shutil.copytree(machine.program, folder, ignore=shutil.ignore_patterns("rendered"))
        expect(machine.bat("--version", folder=folder), "รุ่น")
        run = machine.bat("render", f"ไม่มี {name}", folder=folder)
        expect(run, "ไม่มี", status=1)
    return " ".join(names)


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
        expect(run, "HTTPS_PROXY", "install.log", status=1)
    shutil.rmtree(machine.home / "ไม่มีเน็ต")


@step
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
