"""Opening a file as programs of Windows do, which ``open`` of Python cannot."""

import ctypes
from ctypes import wintypes

READ, WRITE = 0x80000000, 0x40000000
SHARES = {"office": 1, "viewer": 3, "alone": 0}
kernel = ctypes.WinDLL("kernel32", use_last_error=True)
kernel.CreateFileW.argtypes = [wintypes.LPCWSTR, wintypes.DWORD, wintypes.DWORD, wintypes.LPVOID]
kernel.CreateFileW.argtypes += [wintypes.DWORD, wintypes.DWORD, wintypes.HANDLE]
kernel.CreateFileW.restype = wintypes.HANDLE
kernel.CloseHandle.argtypes = [wintypes.HANDLE]


def opened(file: str, how: str) -> int:
    """Open a file and return its handle; 0 where Windows refuses."""
    access = READ | (WRITE if how == "office" else 0)
    handle = kernel.CreateFileW(file, access, SHARES[how], None, 3, 0, None)
    return 0 if handle == wintypes.HANDLE(-1).value else handle
