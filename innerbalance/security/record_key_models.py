"""The table of the records' own keys."""

from django.db import models


class RecordKey(models.Model):
    """The wrapped data key of one sealed record, in a table that ordinary backups leave out.

    `record` is the sealed record's uid; there is no foreign key on purpose: a copy of the other tables
    restores without this one, and destroying a row here needs nothing from there.
    """

    record = models.UUIDField(primary_key=True, editable=False)
    key_name = models.CharField(max_length=16, db_index=True)
    wrapped = models.BinaryField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"key of {self.record}"
