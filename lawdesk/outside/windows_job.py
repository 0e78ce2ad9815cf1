"""The limits of a reader on Windows: a job object. Not tried on Windows yet."""

from __future__ import annotations

from typing import Any


def impose_job(cpu_seconds: int, memory: int) -> None:
    """Put this process into a job object with its memory (bytes) and processor time limited."""
    import ctypes
    from ctypes import wintypes

    class Basic(ctypes.Structure):
        _fields_ = (
            ("process_time", ctypes.c_int64),
            ("job_time", ctypes.c_int64),
            ("flags", wintypes.DWORD),
            ("least_set", ctypes.c_size_t),
            ("most_set", ctypes.c_size_t),
            ("processes", wintypes.DWORD),
            ("affinity", ctypes.c_size_t),
            ("priority", wintypes.DWORD),
            ("scheduling", wintypes.DWORD),
        )

    class Extended(ctypes.Structure):
        _fields_ = (
            ("basic", Basic),
            ("io", ctypes.c_uint64 * 6),
            ("process_memory", ctypes.c_size_t),
            ("job_memory", ctypes.c_size_t),
            ("peak_process", ctypes.c_size_t),
            ("peak_job", ctypes.c_size_t),
        )

    process_time, process_memory, quiet_death, ends_with_job = 0x2, 0x100, 0x400, 0x2000
    wanted = Extended()
    wanted.basic.flags = process_time | process_memory | quiet_death | ends_with_job
    wanted.basic.process_time = cpu_seconds * 10_000_000  # hundreds of nanoseconds
    wanted.process_memory = memory
    kernel: Any = getattr(ctypes, "WinDLL")("kernel32", use_last_error=True)  # noqa: B009 - Windows only
    kernel.CreateJobObjectW.restype = wintypes.HANDLE
    kernel.GetCurrentProcess.restype = wintypes.HANDLE
    kernel.SetInformationJobObject.argtypes = (wintypes.HANDLE, ctypes.c_int, ctypes.c_void_p, wintypes.DWORD)
    kernel.AssignProcessToJobObject.argtypes = (wintypes.HANDLE, wintypes.HANDLE)
    job = kernel.CreateJobObjectW(None, None)
    if job:
        kernel.SetInformationJobObject(job, 9, ctypes.byref(wanted), ctypes.sizeof(wanted))
        kernel.AssignProcessToJobObject(job, kernel.GetCurrentProcess())
