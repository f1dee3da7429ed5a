"""Logs of a production site: to the console, where systemd or the container's host keeps them."""

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json_lines": {"()": "innerbalance.security.logs.JsonLinesFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json_lines"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        # Wrong addresses are no event; refused requests are, and have loggers of their own (django.security).
        "django.request": {"level": "ERROR"},
        # A database that is away fails requests, which are told; each of the pool's attempts need not be.
        "psycopg.pool": {"level": "ERROR"},
    },
}
