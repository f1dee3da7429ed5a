"""Tells systemd how a service is: sd_notify(3), in a few lines. Does nothing where systemd did not start it.

For small programs that stay in memory for good: only what is needed is imported, and where it is needed.
"""

import os

READY, WATCHDOG, STOPPING = "READY=1", "WATCHDOG=1", "STOPPING=1"


def notify(*states: str) -> bool:
    """Send the states in one message; whether there was anybody to tell. Never raises: it is no reason to end."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address:
        return False
    import _socket  # without the classes around it, which are larger than the program

    sender = _socket.socket(_socket.AF_UNIX, _socket.SOCK_DGRAM | _socket.SOCK_CLOEXEC)
    try:
        sender.connect("\0" + address[1:] if address.startswith("@") else address)
        sender.send("\n".join(states).encode())
    except OSError:
        return False
    finally:
        sender.close()
    return True
