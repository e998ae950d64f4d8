"""Keep files open until it is ended, as a program of Windows does: ``hold.py HOW FILE …``.

``office`` lets others read (Excel, Word), ``viewer`` lets them read and write (a viewer of PDF),
``alone`` lets them do nothing (a scanner, a program that copies to a cloud).
"""

import os
import sys
import time

sys.path.append(os.path.dirname(__file__))  # noqa: PTH120

from opening import opened

print(os.getpid(), flush=True)
how, *files = sys.argv[1:]
handles = [opened(file, how) for file in files]
for handle in handles:
    print("held" if handle else "error", flush=True)
time.sleep(3600)
