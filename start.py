"""Start the workbook: make its environment for this user if there is none, then run ``ita``.

Runs by any Python from 3.8 on with nothing installed; ``start.bat`` and ``start.sh`` find one.
The environment lies in a folder of its user, named by what is installed in it, so that newer pins
make a new one beside it and the former goes only when the new one has run.
"""

from __future__ import annotations

import ast
import configparser
import contextlib
import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import IO, Callable, Iterator, List

ROOT = Path(__file__).resolve().parent
CATALOGUE = Path("ita_helpers/language/th/program")
LOCK = Path("requirements-run.lock")
WINDOWS = sys.platform == "win32"
OLDEST, NEWEST = (3, 11), (3, 14)
"""The Pythons that every pin has a ready-made package for."""
DOWNLOAD_MB, INSTALLED_MB, NEEDED_MB, MINUTES = 230, 900, 1450, 2
"""Measured on Linux; needed are the packages, their downloads and a copy of these."""
FIT = (
    "import sys, sysconfig, venv, ensurepip; sys.exit(not ("
    f"{OLDEST} <= sys.version_info[:2] <= {NEWEST} and sys.maxsize > 2**32 "
    "and sysconfig.get_platform() != 'win-arm64'))"
)
REFUSALS = {
    "disk_full": r"No space left on device|\[WinError 112\]|\[Errno 28\]",
    "altered": r"DO NOT MATCH THE HASHES",
    "offline": r"Retry\(total=|Connection|Timeout|ProxyError|SSLError|No matching distribution",
}
"""What the log says when packages cannot be had, the likeliest reason last."""
NAMINGS = (
    r"^ERROR: No matching distribution found for (\S+)",
    r"^    (\S+==\S+) from ",
    r"^(?:Collecting|Processing) (\S+)",
)
"""Where the log names the package it stopped at, the surest place first."""
STEPS = ("python", "room", "packages", "program", "check")

Command = List[str]


class Stop(Exception):
    """What keeps the workbook from starting, as a sentence for its user."""

    def __init__(self, name: str, /, **facts: object) -> None:
        super().__init__(sentence("stop", name, **facts))


class Environment:
    """A folder with the program and all it needs, known by the marks of what is finished."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.installed = folder / "installed"
        self.program = folder / "program"
        self.log = folder / "install.log"
        self.python = folder / ("Scripts/python.exe" if WINDOWS else "bin/python")

    def is_made(self) -> bool:
        """Whether the packages are all there and the Python they were made for still is."""
        return self.installed.exists() and self.python.exists() and self._home().is_dir()

    def is_ready(self, digest: str) -> bool:
        """Whether the program is installed too, as it lies beside this file."""
        return self.is_made() and self.program.exists() and _read(self.program) == digest

    def packages(self) -> int:
        """Count the packages installed by now."""
        folder = "Lib" if WINDOWS else "lib/python*"
        return len(list(self.folder.glob(f"{folder}/site-packages/*.dist-info")))

    def _home(self) -> Path:
        lines = _read(self.folder / "pyvenv.cfg")
        found = re.search(r"^home *= *(.+)$", lines, re.MULTILINE)
        return Path(found.group(1).strip()) if found else self.folder / "nowhere"


def main(arguments: Command) -> int:
    """Make what is missing and run ``ita`` with the arguments, ``start`` where there are none."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    try:
        environment = ready_environment()
        return run(environment, arguments or ["start"])
    except Stop as stop:
        return _tell(str(stop))
    except KeyboardInterrupt:
        return _tell(sentence("stop", "interrupted"))


def _tell(message: str) -> int:
    """Say why nothing starts; a console without Thai letters is not the only place."""
    print(f"\n{message}", file=sys.stderr)
    if WINDOWS and sys.stdin is not None and sys.stdin.isatty():
        place = base_folder() / "message.txt"
        with contextlib.suppress(OSError):
            place.write_text(message, encoding="utf-8-sig")
            subprocess.Popen(["notepad", str(place)])
    return 1


def sentence(section: str, name: str, /, **facts: object) -> str:
    """Return a sentence of the catalogue with its facts."""
    words = configparser.ConfigParser(interpolation=None)
    words.read(ROOT / CATALOGUE / "launcher.ini", encoding="utf-8")
    return words.get(section, name).strip().format(**facts)


def say(name: str, /, **facts: object) -> None:
    """Print a sentence at once."""
    print(sentence("say", name, **facts), flush=True)


def run(environment: Environment, arguments: Command) -> int:
    """Run ``ita`` to its end; Ctrl-C is its own affair."""
    with contextlib.ExitStack() as stack:
        lock(stack.enter_context(environment.installed.open()), shared=True)
        signal.signal(signal.SIGINT, lambda *_: None)
        command = [str(environment.python), "-P", "-m", "ita_helpers", *arguments]
        variables = {**clean_variables(), "ITA_PROGRAM": str(ROOT)}
        return subprocess.Popen(command, env=variables).wait()


def clean_variables() -> dict[str, str]:
    """Return the variables without those that lead a Python or pip elsewhere."""
    astray = {"PYTHONPATH", "PYTHONHOME", "PIP_USER", "PIP_TARGET", "PIP_PREFIX"}
    return {name: value for name, value in os.environ.items() if name.upper() not in astray}


def base_folder() -> Path:
    """Return the folder of all environments of this user.

    A Python of the Microsoft Store sees a private copy of the usual one, under a path too long.
    """
    home = Path.home()
    if WINDOWS:
        from_store = "WindowsApps" in sys.base_prefix
        local = home if from_store else Path(os.environ.get("LOCALAPPDATA", home))
        return local / "ita-workbook"
    if sys.platform == "darwin":
        return home / "Library/Application Support/ita-workbook"
    return Path(os.environ.get("XDG_DATA_HOME") or home / ".local/share") / "ita-workbook"


def version_of(root: Path) -> str:
    """Return a short digest of the pins and the version of a program folder."""
    version = re.findall(r'^version = "(.+)"', _part(root, "pyproject.toml"), re.MULTILINE)
    return _digest([_part(root, str(LOCK)), *version])[:12]


def digest_of_program(root: Path) -> str:
    """Return a digest of all that is installed of a program folder."""
    project = _part(root, "pyproject.toml")
    listed = re.findall(r"^only-include = (\[.*?\])", project, re.MULTILINE | re.DOTALL)
    places = [root / each for names in listed for each in ast.literal_eval(names)]
    files = [file for place in places for file in (place, *place.rglob("*")) if file.is_file()]
    made = {file.relative_to(root).as_posix(): file for file in files if file.suffix != ".pyc"}
    digests = (hashlib.sha256(made[name].read_bytes()).hexdigest() for name in sorted(made))
    return _digest([project, *sorted(made), *digests])


def _digest(lines: Command) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _part(root: Path, name: str) -> str:
    try:
        return _read(root / name)
    except OSError as error:
        raise Stop("incomplete", file=name) from error


def _read(file: Path) -> str:
    return file.read_text(encoding="utf-8", errors="replace")


def ready_environment() -> Environment:
    """Return the environment of this program, made or brought up to date where it is not."""
    base, digest = base_folder(), digest_of_program(ROOT)
    environment = Environment(base / version_of(ROOT))
    if environment.is_ready(digest):
        return environment
    try:
        base.mkdir(parents=True, exist_ok=True)
        with alone(base / "lock"):
            if not environment.is_ready(digest):
                make(environment, digest)
                remove_former(base, environment)
    except OSError as error:
        raise Stop("no_folder", folder=base, reason=error) from error
    return environment


@contextlib.contextmanager
def alone(file: Path) -> Iterator[None]:
    """Wait until no other start makes an environment; the system frees the lock of a dead one."""
    with file.open("a+") as opened:
        if not lock(opened):
            say("waiting")
            while not lock(opened):
                time.sleep(0.5)
        yield


def lock(file: IO[str], *, shared: bool = False) -> bool:
    """Try to lock an open file; Windows keeps files in use by itself, so it shares nothing."""
    try:
        if sys.platform != "win32":
            import fcntl

            fcntl.flock(file, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        elif not shared:
            import msvcrt

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    except OSError:
        return False
    return True


def make(environment: Environment, digest: str) -> None:
    """Install what is missing, a step after the other, each known when it is finished."""
    began = time.monotonic()
    if environment.is_made():
        say("renewal")
    else:
        make_packages(environment)
    environment.program.unlink(missing_ok=True)
    say_step("program")
    install_program(environment)
    say_step("check")
    see_it_run(environment)
    environment.program.write_text(digest, encoding="utf-8")
    say("ready", seconds=round(time.monotonic() - began))


def see_it_run(environment: Environment) -> None:
    """Stop where the program does not even run; then the next start makes everything anew."""
    check = [str(environment.python), "-P", "-m", "ita_helpers", "--version"]
    try:
        carry_out(environment, check, "check")
    except Stop:
        environment.installed.unlink()
        raise


def make_packages(environment: Environment) -> None:
    """Make the environment with all packages of the lock; nothing half-made is used again."""
    folder = environment.folder
    size = {"download": DOWNLOAD_MB, "installed": INSTALLED_MB, "minutes": MINUTES}
    say("first", folder=folder, **size)
    say_step("python")
    python = find_python()
    say_step("room")
    if folder.exists():
        shutil.rmtree(folder)
    require_room(folder.parent)
    folder.mkdir()
    carry_out(environment, [*python, "-m", "venv", str(folder)], "room")
    say_step("packages")
    install_packages(environment)
    environment.installed.touch()
    shutil.rmtree(folder.parent / "cache", ignore_errors=True)


def say_step(name: str) -> None:
    """Say which step begins."""
    number = STEPS.index(name) + 1
    say("step", number=number, count=len(STEPS), name=sentence("say", f"step_{name}"))


def find_python() -> Command:
    """Return how to call a Python that fits: this one, another one here, or one that uv brings."""
    for command in candidates():
        if command[0] == "uv":
            say("fetching_python")
        if is_fit(command):
            return command
    found = "{}.{}".format(*sys.version_info)
    limits = {"oldest": "{}.{}".format(*OLDEST), "newest": "{}.{}".format(*NEWEST)}
    remedy = _part(ROOT, f"{CATALOGUE.as_posix()}/no_python.txt")
    raise Stop("no_python", too_old=sentence("stop", "too_old", found=found, **limits), text=remedy)


def candidates() -> Iterator[Command]:
    """Give the Pythons to try, in order."""
    yield [sys.executable]
    for minor in (13, 12, 14, 11):
        command = ["py", f"-3.{minor}"] if WINDOWS else [f"python3.{minor}"]
        if shutil.which(command[0]):
            yield command
    if shutil.which("uv"):
        yield ["uv", "run", "--no-project", "--python", "3.12", "python"]


def is_fit(command: Command) -> bool:
    """Whether a Python is one that every pin has a package for, and can make environments."""
    try:
        tried = subprocess.run(
            [*command, "-c", FIT], env=clean_variables(), capture_output=True, check=False
        )
    except OSError:
        return False
    return tried.returncode == 0


def require_room(folder: Path) -> None:
    """Stop where the disk is too small, before anything is fetched."""
    free = shutil.disk_usage(folder).free // 10**6
    if free < NEEDED_MB:
        raise Stop("disk_small", folder=folder, free=free, needed=NEEDED_MB)


def install_packages(environment: Environment) -> None:
    """Install the lock, each file with its digest; what was fetched is kept for the next try."""
    count = len(re.findall(r"^\w\S*==", _part(ROOT, str(LOCK)), re.MULTILINE))
    command = [*pip(environment), "--retries", "2", "--timeout", "30", "--only-binary", ":all:"]
    command += ["--cache-dir", str(environment.folder.parent / "cache")]
    command += ["--require-hashes", "-r", str(ROOT / LOCK)]
    carry_out(environment, command, "packages", Progress(environment, count).tell)


def install_program(environment: Environment) -> None:
    """Install the program of this folder, without the network."""
    command = [*pip(environment), "--no-index", "--no-deps", "--no-build-isolation"]
    carry_out(environment, [*command, "--force-reinstall", str(ROOT)], "program")


def pip(environment: Environment) -> Command:
    """Return the beginning of an installation."""
    return [str(environment.python), "-m", "pip", "--disable-pip-version-check", "install"]


class Progress:
    """A line for every ten packages fetched or installed."""

    def __init__(self, environment: Environment, count: int) -> None:
        self.environment = environment
        self.count = count
        self.said = {"fetched": 0, "installed": 0}
        self.began = time.monotonic()

    def tell(self) -> None:
        """Say how far it is, where it is ten further than before."""
        text = _read(self.environment.log)
        count = self.count - len(re.findall(r"^Ignoring ", text, re.MULTILINE))
        fetched = len(re.findall(r"^(?:Collecting|Processing) ", text, re.MULTILINE))
        for name, done in (("fetched", fetched), ("installed", self.environment.packages())):
            if done >= self.said[name] + 10:
                self.said[name] = done
                seconds = round(time.monotonic() - self.began)
                say(name, done=min(done, count), count=count, seconds=seconds)


def carry_out(
    environment: Environment, command: Command, step: str, tell: Callable[[], None] = lambda: None
) -> None:
    """Run a command, its words going to the log; tell how far it is; stop where it fails."""
    variables = {**clean_variables(), "PYTHONIOENCODING": "utf-8", "PYTHONUNBUFFERED": "1"}
    with environment.log.open("ab") as log:
        begin = log.tell()
        with subprocess.Popen(command, stdout=log, stderr=log, env=variables) as process:
            while process.poll() is None:
                time.sleep(0.2)
                tell()
    if process.returncode:
        said = environment.log.read_bytes()[begin:].decode("utf-8", "replace")
        raise refusal(step, said, environment.log)


def refusal(step: str, said: str, log: Path) -> Stop:
    """Return what a failed command said as one sentence."""
    kind = next((kind for kind, sign in REFUSALS.items() if re.search(sign, said)), "failed")
    named = next(filter(None, (re.findall(each, said, re.MULTILINE) for each in NAMINGS)), [""])
    package = re.split(r"==|-\d", Path(named[-1]).name)[0]
    words = sentence("say", f"step_{step}")
    return Stop(kind, package=package or words, step=words, log=log, needed=NEEDED_MB)


def remove_former(base: Path, current: Environment) -> None:
    """Remove the environments of other versions, except one that is in use."""
    for folder in base.iterdir():
        if re.fullmatch(r"[0-9a-f]{12}(-former)?", folder.name) and folder != current.folder:
            with contextlib.suppress(OSError):
                shutil.rmtree(folder if is_moved(folder) else move_away(folder))


def is_moved(folder: Path) -> bool:
    """Whether a former removal began with a folder."""
    return folder.name.endswith("-former")


def move_away(folder: Path) -> Path:
    """Rename a folder nobody uses; raises ``OSError`` for one that is in use."""
    mark = folder / "installed"
    if mark.exists():
        with mark.open("a+") as opened:
            if not WINDOWS and not lock(opened):
                raise OSError("in use")
    return folder.rename(folder.with_name(f"{folder.name}-former"))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
