"""One report of the program's own code is made in a process forked from the command itself."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import write
from copies import fresh, write_copy
from made_up import shorten

from ita_helpers.store.trust import has_own_code

SCRIPT = """
import json, logging, os, threading, time
from ita_helpers.surroundings import settle
settle()
from ita_helpers.run.batch import run_all
from ita_helpers.run.limits import Limits
from ita_helpers.run.processes import forking_here, forks_here

def do(task):
    if task == "dies":
        os._exit(3)
    if task == "takes too long":
        time.sleep(60)
    held = bytearray(10**9 if task == "is too large" else 1)
    fds = [f"/proc/self/fd/{each}" for each in os.listdir("/proc/self/fd")]
    links = [os.readlink(each) for each in fds if os.path.lexists(each)]
    return {
        "is ours": os.getppid() == pid,
        "pipes": sum(each.startswith("socket") for each in links),
        "path": os.environ.get("PYTHONSAFEPATH"),
        "session": os.getsid(0) == os.getpid(),
        "tells all": logging.getLogger("ita_helpers").isEnabledFor(logging.INFO),
    }

logging.getLogger("ita_helpers").setLevel(logging.INFO)
pid, done, before = os.getpid(), {}, dict(os.environ)
with forking_here():
    for task in ("works", "dies", "takes too long", "is too large", "works again"):
        limits = Limits(seconds=1 if task == "takes too long" else 30, megabytes=700)
        (each,) = run_all([task], do, 1, limits)
        done[task] = each.result or type(each.error).__name__
    threading.Thread(target=time.sleep, args=[1]).start()
    done["beside a thread"] = forks_here()
done["afterwards"] = forks_here()
done["as it was"] = dict(os.environ) == before
print(json.dumps(done))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only there it is known to be safe")
@pytest.mark.processes
def test_a_process_forked_here_is_as_one_of_the_fork_server_and_kept_within_its_limits():
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, check=True)
    works = {"is ours": True, "pipes": 1, "path": None, "session": True, "tells all": False}
    assert json.loads(done.stdout) == {
        "works": works,
        "dies": "WorkerDied",
        "takes too long": "TookTooLong",
        "is too large": "OutOfMemory",
        "works again": works,
        "beside a thread": False,
        "afterwards": False,
        "as it was": True,
    }


NAME = "ita_report.ipynb"


def test_code_of_an_office_its_template_or_beside_them_is_seen(small_workspace):
    copy = small_workspace.edited(Path("2568/ban-rai"))

    def is_seen():
        return has_own_code(small_workspace, NAME, [small_workspace.template(NAME), copy])

    assert not is_seen()
    write_copy(small_workspace, "ban-rai", 2568, "ours = 1")
    assert not is_seen()
    write_copy(small_workspace, "ban-rai", 2568, "print(1)")
    assert is_seen()
    copy.unlink()
    shorten(small_workspace)
    assert not is_seen()
    write(small_workspace, "notebooks/random.py", "")
    assert is_seen()
    write(small_workspace, "notebooks/random.py", "").unlink()
    (small_workspace.root / "notebooks/xml").mkdir()
    assert not is_seen()
    write(small_workspace, "notebooks/xml/__init__.py", "")
    assert is_seen()
    write(small_workspace, "notebooks/xml/__init__.py", "").unlink()
    template = write(small_workspace, f"notebooks/{NAME}", json.dumps(fresh()))
    assert not is_seen()
    template.write_text(template.read_text("utf-8").replace("report.", "report .", 1), "utf-8")
    assert is_seen()
