"""The pages every practice has."""

from innerbalance.pages.models.site_pages import HomePage, StandardPage
from innerbalance.pages.models.team import ClinicianPage, TeamIndexPage

__all__ = ["ClinicianPage", "HomePage", "StandardPage", "TeamIndexPage"]
