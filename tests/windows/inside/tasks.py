"""What the tasks of ``limits.py`` do; imported in the processes they run in."""

import os
import subprocess
import sys
import time

BEHIND = "97531"
"""How long (seconds) what they leave behind sleeps: by this it is found."""
SLEEPS = [sys.executable, "-c", f"import time; time.sleep({BEHIND})"]
STARTS = [sys.executable, "-c", f"import subprocess; subprocess.Popen({SLEEPS!r})"]


def do(task):
    """Do what is named, or well."""
    if task == "endless":
        subprocess.Popen(SLEEPS)
        time.sleep(300)
    elif task == "large":
        held = [bytes([1]) * 10_000_000 for _ in range(120)]
        time.sleep(len(held))
    elif task == "large in a child":
        code = "import time; held = [bytes([1]) * 10_000_000 for _ in range(120)]; time.sleep(99)"
        subprocess.run([sys.executable, "-c", code], check=True)
    elif task == "dies":
        subprocess.Popen(SLEEPS)
        os._exit(3)
    elif task == "leaves a grandchild":
        subprocess.run(STARTS, check=True)
    return f"{task} done"
