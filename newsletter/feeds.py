"""Where the posts of the "latest posts" block come from: the composition root hands the source over."""

from collections.abc import Callable
from datetime import datetime

Post = dict[str, str]
"""title, url (absolute), summary, published (ISO date)."""
Source = Callable[[datetime | None], list[Post]]
"""Given a moment: what readers can open and was first published after it, newest first, at most 20."""

_sources: list[Source] = []


def provide(source: Source) -> None:
    """Say, at the composition root, where posts come from; the last one counts."""
    _sources[:] = [source]


def latest_posts(*, since: datetime | None) -> list[Post]:
    """The posts first published after `since`, newest first; none where nobody provides any."""
    return [post for source in _sources for post in source(since)]
