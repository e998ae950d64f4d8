"""A bond of Windows (a job object) between a process, all it starts, and the one that holds it.

It keeps the memory of all together within a limit, and ends them with the holder, however that
ends. Windows' own functions are called; pywin32 has them too, in ten megabytes.
"""

from __future__ import annotations

import ctypes
import sys
from ctypes import Structure, c_int64, c_size_t, c_uint32, c_uint64, c_void_p
from typing import Any

ALL_ACCESS = 0x1F0FFF
ENDS_WITH_HOLDER, MEMORY, NO_WINDOW_OF_CRASHES = 0x2000, 0x200, 0x400
EXTENDED_LIMITS = 9
KILLED = 137


class _Basic(Structure):
    _fields_ = (
        ("process_time", c_int64),
        ("job_time", c_int64),
        ("flags", c_uint32),
        ("least_working_set", c_size_t),
        ("most_working_set", c_size_t),
        ("processes", c_uint32),
        ("affinity", c_size_t),
        ("priority", c_uint32),
        ("scheduling", c_uint32),
    )


class _Extended(Structure):
    _fields_ = (
        ("basic", _Basic),
        ("counters", c_uint64 * 6),
        ("process_memory", c_size_t),
        ("job_memory", c_size_t),
        ("most_process_memory", c_size_t),
        ("most_job_memory", c_size_t),
    )


class Bond:
    """Binds a process that has started nothing yet; ``bytes_`` is the limit for it and its family.

    Elsewhere, and where Windows refuses, it does nothing.
    """

    def __init__(self, pid: int, bytes_: int) -> None:
        self._job = _bind(pid, bytes_)

    def end(self) -> None:
        """End all that is bound."""
        if self._job and sys.platform == "win32":
            _kernel().TerminateJobObject(self._job, KILLED)
            _kernel().CloseHandle(self._job)
        self._job = 0


def _bind(pid: int, bytes_: int) -> int:
    if sys.platform != "win32":
        return 0
    kernel = _kernel()
    job = int(kernel.CreateJobObjectW(None, None) or 0)
    limits = _Extended(job_memory=bytes_)
    limits.basic.flags = ENDS_WITH_HOLDER | MEMORY | NO_WINDOW_OF_CRASHES
    size = ctypes.sizeof(limits)
    is_set = kernel.SetInformationJobObject(job, EXTENDED_LIMITS, ctypes.byref(limits), size)
    process = kernel.OpenProcess(ALL_ACCESS, False, pid)
    is_bound = is_set and process and kernel.AssignProcessToJobObject(job, process)
    kernel.CloseHandle(process)
    if is_bound:
        return job
    kernel.CloseHandle(job)
    return 0


def _kernel() -> Any:
    if sys.platform != "win32":
        return None
    kernel = ctypes.WinDLL("kernel32")
    kernel.CreateJobObjectW.restype = kernel.OpenProcess.restype = c_void_p
    kernel.SetInformationJobObject.argtypes = (c_void_p, c_uint32, c_void_p, c_uint32)
    kernel.AssignProcessToJobObject.argtypes = (c_void_p, c_void_p)
    kernel.TerminateJobObject.argtypes = (c_void_p, c_uint32)
    kernel.CloseHandle.argtypes = (c_void_p,)
    return kernel
