"""`manage.py doctor` as a process, with a name server of the test's.

CLOCK_AHEAD: by how many seconds its clock is wrong.
"""

import os
import sys
from datetime import timedelta

import django
import dns.resolver
import time_machine

sys.path.insert(0, os.getcwd())
sys.argv = ["manage.py", "doctor", *sys.argv[1:]]
django.setup()

from django.core.management import execute_from_command_line  # noqa: E402

resolver = dns.resolver.Resolver(configure=False)
resolver.nameservers, resolver.port = ["127.0.0.1"], int(os.environ["NAME_SERVER_PORT"])
dns.resolver.default_resolver = resolver
with time_machine.travel(timedelta(seconds=int(os.environ.get("CLOCK_AHEAD", "0"))), tick=True):
    execute_from_command_line(sys.argv)
