"""A sender in a process of its own, to be killed: `sender_process.py PORT MINUTES [together]`.

MINUTES moves its clock ahead, so that leases of killed processes have run out. Says "ready" when it could begin.
`together`: begins at a line on its standard input, as others do, and takes one row at a time, so that they meet often.
"""

import os
import sys
from datetime import timedelta

import django

sys.path.insert(0, os.getcwd())
django.setup()

from django.conf import settings  # noqa: E402
from django.utils import timezone  # noqa: E402

from newsletter.services import claims, worker  # noqa: E402

port, minutes = int(sys.argv[1]), int(sys.argv[2])
settings.NEWSLETTER_MESSAGES_PER_MINUTE = 0
settings.MAILERS = {
    "default": {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {"host": "127.0.0.1", "port": port, "timeout": 10},
    }
}
print("ready", flush=True)
if "together" in sys.argv:
    claims.BATCH = 1
    sys.stdin.readline()
print(worker.run(clock=lambda: timezone.now() + timedelta(minutes=minutes), seconds=600), flush=True)
