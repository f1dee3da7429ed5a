"""What an import of addresses can be."""

from enum import StrEnum


class ImportState(StrEnum):
    CHECKED = "checked"  # the dry run is done, nobody has said yes
    RUNNING = "running"
    FINISHED = "finished"
    STOPPED = "stopped"  # the waiting addresses can't be read any more
