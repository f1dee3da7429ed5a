"""Tells systemd how a service is: sd_notify(3), in a few lines. Does nothing where systemd did not start it."""

import contextlib
import os
import socket

READY, WATCHDOG, STOPPING = "READY=1", "WATCHDOG=1", "STOPPING=1"


def notify(*states: str) -> bool:
    """Send the states in one message; whether there was anybody to tell. Never raises: it is no reason to end."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address:
        return False
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as sender:
        sender.connect("\0" + address[1:] if address.startswith("@") else address)
        sender.sendall("\n".join(states).encode())
        return True
    return False
