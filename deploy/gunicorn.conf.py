"""gunicorn behind a buffering proxy: `gunicorn --config deploy/gunicorn.conf.py innerbalance.wsgi`.

A proxy that takes a whole request before it passes it on (nginx does so by default) is needed: a client that sends
slowly occupies a thread here, and threads are few. With this file a handful of such clients stop nobody; hundreds do.
"""

import os
import socket
import struct

bind = os.environ.get("BIND", "127.0.0.1:8000")

# Threads, because a page waits for its database; processes, because Python computes with one processor each.
workers = int(os.environ.get("WEB_WORKERS", "3"))
worker_class = "gthread"
threads = int(os.environ.get("WEB_THREADS", "16"))
worker_connections = 200
backlog = 256

# A process that answers nobody for this long is replaced. A request that is being answered has as long at a restart.
timeout = 30
graceful_timeout = 30
keepalive = 5
# Each process is made anew now and then, not all at once: what leaks does not add up.
max_requests = 5000
max_requests_jitter = 500

# What no browser of a reader needs.
limit_request_line = 8190
limit_request_fields = 100
limit_request_field_size = 8190

# No header of a client's becomes SCRIPT_NAME or PATH_INFO, whoever the peer is.
forwarder_headers = ""
# Who may say that the request came by https: a proxy on this machine. A list of addresses for one elsewhere.
forwarded_allow_ips = os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1,::1")

# It lies in the home folder, shared by all instances.
control_socket_disable = True

# The proxy's log has the requests; this one has what went wrong.
accesslog = None
errorlog = "-"
loglevel = "warning"
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108 -- a heartbeat file, never on a slow disk

SILENCE_SECONDS = int(os.environ.get("WEB_SILENCE_SECONDS", "15"))


def when_ready(server):
    """A client that is silent in the middle of its request loses its connection; gunicorn's threads wait for ever."""
    for listener in server.LISTENERS:
        # Linux hands the option on to each connection that is accepted.
        listener.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("ll", SILENCE_SECONDS, 0))
