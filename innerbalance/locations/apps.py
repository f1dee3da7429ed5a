from django.apps import AppConfig


class LocationsConfig(AppConfig):
    name = "innerbalance.locations"
    label = "locations"
