from django.apps import AppConfig


class OperationsConfig(AppConfig):
    name = "innerbalance.operations"
    label = "operations"

    def ready(self):
        from . import starting

        starting.close_pools_before_forks()
        starting.report_faults()
        starting.watch_housekeeping()
