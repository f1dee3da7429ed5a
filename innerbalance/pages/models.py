"""The pages every practice has, and the practice's own data."""

from .practice_settings import PracticeSettings
from .site_pages import HomePage, StandardPage
from .team import ClinicianPage, TeamIndexPage

__all__ = ["ClinicianPage", "HomePage", "PracticeSettings", "StandardPage", "TeamIndexPage"]
