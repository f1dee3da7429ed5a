"""Public pages as finished bytes on the disk, for the web server to serve without asking the application.

Nothing here needs Django or a database: the companion process (`companion`) and the door in front of the
application use it as it is. `docs/decisions/0100-finished-pages-on-disk.md` says why it is safe.
"""

CHANNEL = "innerbalance_kept_pages"
"""Of PostgreSQL's NOTIFY; the companion on every machine listens. The message is the version's number."""

WARMING = "X-Kept-Pages-Again"
"""Header of the companion's own requests: no reader asked."""

ENCODINGS = {"br": ".br", "gzip": ".gz", "": ""}
"""Content-Encoding -> ending of the file's name; in the order of preference."""
