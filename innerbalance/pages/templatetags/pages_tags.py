"""The team on other pages."""

from django import template

from innerbalance.pages.models import ClinicianPage, TeamIndexPage

register = template.Library()


@register.simple_tag
def clinicians(limit: int) -> list[ClinicianPage]:
    """The first live clinicians in the order of the page tree, with their portraits."""
    return list(
        ClinicianPage.objects.live()
        .public()
        .select_related("portrait")
        .prefetch_related("portrait__renditions")
        .order_by("path")[:limit]
    )


@register.simple_tag(takes_context=True)
def team_address(context) -> str:
    """The path of the team page, "" when there is none."""
    team = TeamIndexPage.objects.live().public().first()
    return team.get_url(context.get("request")) if team else ""
