"""Keeps None, True and False alive on Python 3.11, where PySide6 6.12 lets them die.

PySide6 6.12 gives back references to these three that it never took: one of True for each
signal, one of None for each `data()` that returns it. From Python 3.12 on they are immortal
(PEP 683) and nothing happens; on 3.11 the interpreter aborts with "deallocating None" after
some thousands of signals. PySide6 6.11 counts them rightly.
"""

import ctypes
import sys


def keep_alive() -> None:
    """Give the three more references than any session can use up. To be called once."""
    if sys.version_info < (3, 12) and sys.implementation.name == "cpython":
        for singleton in (None, True, False):
            # CPython's object starts with its count of references (Include/object.h of 3.11).
            ctypes.c_ssize_t.from_address(id(singleton)).value += sys.maxsize // 4
