"""Who may do what: one table, from which groups and permissions follow after each `migrate` (grants.py).

Plain Python. A permission is "app_label.codename", as Django's `has_perm` takes it. An owner may give a group more by
hand; what is given so is never taken away. docs/roles.md prints this table.
"""

from dataclasses import dataclass

EDITORS = "Editors"
REVIEWERS = "Clinical reviewers"
OFFICE = "Office"
OWNERS = "Owners"
ROLES = (EDITORS, REVIEWERS, OFFICE, OWNERS)

EVERYBODY = ROLES
WRITERS = (EDITORS, REVIEWERS, OWNERS)
DESK = (OFFICE, OWNERS)


@dataclass(frozen=True)
class Grant:
    """`roles` may do `action` (words for the docs), by these permissions.

    `on`: "site" for the permissions themselves, "pages" for Wagtail's page permissions on the whole page tree,
    "files" for those on the root collection of pictures and documents.
    """

    action: str
    roles: tuple[str, ...]
    permissions: tuple[str, ...]
    on: str = "site"


def _each(app_label: str, model: str, *actions: str) -> tuple[str, ...]:
    return tuple(f"{app_label}.{action}_{model}" for action in actions)


GRANTS = (
    Grant("Sign in to the admin", EVERYBODY, ("wagtailadmin.access_admin",)),
    # --- Pages, pictures, documents
    Grant("Write pages", WRITERS, _each("wagtailcore", "page", "add", "change"), on="pages"),
    Grant("Publish pages", (EDITORS, OWNERS), _each("wagtailcore", "page", "publish"), on="pages"),
    Grant("Delete whole branches", (OWNERS,), _each("wagtailcore", "page", "bulk_delete"), on="pages"),
    Grant("Lock and unlock pages", (OWNERS,), _each("wagtailcore", "page", "lock", "unlock"), on="pages"),
    Grant("Add and choose pictures", WRITERS, _each("wagtailimages", "image", "add", "choose"), on="files"),
    Grant("Change and delete everybody's pictures", (OWNERS,), _each("wagtailimages", "image", "change"), on="files"),
    Grant("Add and choose documents", WRITERS, _each("wagtaildocs", "document", "add", "choose"), on="files"),
    Grant("Change and delete everybody's documents", (OWNERS,), _each("wagtaildocs", "document", "change"), on="files"),
    # --- Articles
    Grant("See topics", WRITERS, ("blog.view_topic",)),
    Grant("Write topics", (EDITORS, OWNERS), _each("blog", "topic", "add", "change")),
    Grant("Delete topics", (OWNERS,), ("blog.delete_topic",)),
    Grant("Publish a post without clinical review", (OWNERS,), ("blog.publish_without_review",)),
    Grant("Unpublish, move or delete a live post", (REVIEWERS, OWNERS), ("blog.withdraw_post",)),
    Grant("See which clinical reviews are due", WRITERS, ("blog.view_clinicalreview",)),
    # --- Self-assessments
    Grant("Write self-assessments", WRITERS, _each("assessment", "assessment", "add", "change", "view")),
    Grant("See how often self-assessments are taken", WRITERS, ("assessment.view_assessmentday",)),
    Grant("Publish self-assessments", (REVIEWERS, OWNERS), ("assessment.publish_assessment",)),
    Grant("Delete and lock self-assessments", (OWNERS,), _each("assessment", "assessment", "delete", "lock", "unlock")),
    # --- Offices and hours
    Grant(
        "Set hours, close offices, decide on holidays",
        DESK,
        tuple(
            permission
            for model in ("closure", "weeklyslot", "holidaydecision")
            for permission in _each("locations", model, "add", "change", "delete", "view")
        ),
    ),
    # --- Consultation requests
    Grant("Read and answer consultation requests", DESK, _each("intake", "consultationrequest", "view", "change")),
    Grant("Erase consultation requests", DESK, ("intake.delete_consultationrequest",)),
    Grant("Export consultation requests", (OWNERS,), ("intake.export_consultationrequest",)),
    Grant("Set up the consultation form", DESK, ("intake.change_intakesettings",)),
    # --- Newsletter
    Grant("See how issues did", EVERYBODY, ("newsletter.view_campaign", "newsletter.view_newslettertopic")),
    Grant("Send issues", DESK, ("newsletter.send_campaign",)),
    Grant("See what became of each copy", DESK, ("newsletter.view_delivery",)),
    Grant("See and change subscribers", DESK, _each("newsletter", "subscriber", "view", "add", "change", "delete")),
    Grant("Export subscribers", DESK, ("newsletter.export_subscriber",)),
    Grant("Set up newsletter topics", DESK, _each("newsletter", "newslettertopic", "add", "change", "delete")),
    Grant("Suppress addresses, lift suppressions", DESK, _each("newsletter", "suppression", "view", "add", "delete")),
    # --- The practice
    Grant("Change the practice's name, phone and announcement", DESK, ("practice.change_practicesettings",)),
    Grant("See how backups stand, resume email after a restore", (OWNERS,), ("journal.resume_email",)),
    Grant("Manage people", (OWNERS,), _each("auth", "user", "add", "change", "delete")),
    Grant("Manage roles", (OWNERS,), _each("auth", "group", "add", "change", "delete")),
    Grant("Manage redirects", (OWNERS,), _each("wagtailredirects", "redirect", "add", "change", "delete")),
    Grant("Manage workflows", (OWNERS,), _each("wagtailcore", "workflow", "add", "change", "delete")),
    Grant("Manage workflow tasks", (OWNERS,), _each("wagtailcore", "task", "add", "change", "delete")),
    Grant("Manage collections", (OWNERS,), _each("wagtailcore", "collection", "add", "change", "delete")),
    Grant("See what is right and wrong with the installation", (OWNERS,), ("operations.view_installation",)),
)  # fmt: skip


def permissions_of(role: str, *, on: str = "site") -> frozenset[str]:
    """What the table gives `role`."""
    return frozenset(p for grant in GRANTS if role in grant.roles and grant.on == on for p in grant.permissions)


def as_markdown() -> str:
    """The table as docs/roles.md prints it."""
    lines = [f"| Action | {' | '.join(ROLES)} |", f"|---|{'---|' * len(ROLES)}"]
    for grant in GRANTS:
        lines.append(f"| {grant.action} | {' | '.join('yes' if role in grant.roles else '' for role in ROLES)} |")
    return "\n".join(lines) + "\n"
