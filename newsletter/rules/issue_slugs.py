"""Slugs that no issue may have: the site's own pages stand at these addresses below `/newsletter/`."""

# The first parts of newsletter/urls.py; a test compares them.
TAKEN = frozenset(
    {
        "back",
        "come-back",
        "confirm",
        "deleted",
        "preferences",
        "provider",
        "sign-up",
        "test-mail",
        "unsubscribe",
    }
)
