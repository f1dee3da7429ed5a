"""Offices. (The pages of offices come with their hours.)"""

from innerbalance.page_base import BasePage


class LocationIndexPage(BasePage):
    parent_page_types = ["pages.HomePage"]


class LocationPage(BasePage):
    parent_page_types = ["locations.LocationIndexPage"]
