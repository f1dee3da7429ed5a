"""Objects that workers share after a fork, made immortal, so that reading them does not copy their memory.

CPython counts references inside each object: a worker that only looks at a shared one writes to its page, and the
kernel then gives the worker a copy. Objects that live for good need no count. PEP 683 gave the interpreter such
immortal objects, for this use among others, but up to Python 3.14 no call that makes one. So their count is set here to
that of `None`, which is immortal. What is loaded once for all workers never goes away anyway.
"""

import ctypes
import gc
import sys
import sysconfig
from types import CodeType


def keep_for_good() -> int:
    """Make all that is alive immortal; how many objects. 0 where the interpreter is not one that this is known of."""
    if not is_known():
        return 0
    for each in (containers := gc.get_objects()):
        _mark(each)
        for other in gc.get_referents(each):
            _mark(other)
    return len(containers)


def is_known() -> bool:
    """Whether the interpreter is laid out as expected: the version, and a trial with one object."""
    if sys.implementation.name != "cpython" or not (3, 12) <= sys.version_info[:2] <= (3, 14):
        return False
    if sys.byteorder != "little" or sys.maxsize < 2**32 or sysconfig.get_config_var("Py_GIL_DISABLED"):
        return False
    trial = object()
    count = _count(trial)
    several = [trial] * 7
    counted = _count(trial) - count
    del several
    if counted != 7 or _count(None) != (_count(None), [None] * 7)[0]:
        return False
    _mark(trial)
    several = [trial] * 7
    return _count(trial) == _count(None) and len(several) == 7


def _count(each: object) -> int:
    return ctypes.c_uint32.from_address(id(each)).value


def _mark(each: object, immortal: int = _count(None)) -> None:
    count = ctypes.c_uint32.from_address(id(each))
    if count.value == immortal:
        return
    count.value = immortal
    # The collector knows nothing of what these hold.
    if type(each) is CodeType:
        for held in (each.co_consts, each.co_names, each.co_name, each.co_qualname, each.co_filename):
            _mark(held)
    elif type(each) in (tuple, frozenset):
        for held in each:  # type: ignore[attr-defined]
            _mark(held)
