"""Backups that open with one key, and the way back to a site from them (docs/backup-and-restore.md)."""
