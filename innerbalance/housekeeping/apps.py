from django.apps import AppConfig


class HousekeepingConfig(AppConfig):
    name = "innerbalance.housekeeping"
    label = "housekeeping"
