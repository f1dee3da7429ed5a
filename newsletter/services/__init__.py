"""What the newsletter does: each module one subject."""

from typing import Any

Actor = Any
"""Who did it, for the logs: a user, or None where nobody in particular did."""
