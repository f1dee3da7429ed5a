"""What backups do: each module one subject."""


class BackupFailed(Exception):
    """No backup was made; `str()` says why in plain words."""


class RestoreRefused(Exception):
    """Nothing was changed; `str()` says why in plain words."""
