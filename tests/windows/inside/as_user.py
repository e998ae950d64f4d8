"""Run a command as a user with a Thai name; ``VARIABLE=VALUE`` may stand before it."""

import os
import subprocess
import sys
from pathlib import Path

home, given = r"C:\users\สมชาย ใจดี", sys.argv[1:]
variables = {
    **os.environ,
    "USERPROFILE": home,
    "HOMEDRIVE": home[:2],
    "HOMEPATH": home[2:],
    "USERNAME": "สมชาย ใจดี",
    "LOCALAPPDATA": home + r"\AppData\Local",
    "APPDATA": home + r"\AppData\Roaming",
    "TEMP": home + r"\AppData\Local\Temp",
    "TMP": home + r"\AppData\Local\Temp",
}
for folder in (*map(variables.get, ("LOCALAPPDATA", "APPDATA", "TEMP")), home + r"\Documents"):
    Path(folder).mkdir(parents=True, exist_ok=True)
while given and "=" in given[0]:
    name, _, value = given.pop(0).partition("=")
    variables[name] = value
sys.exit(subprocess.call(given, env=variables))
