"""A destroyed record key stands nowhere in the database any more."""

import uuid

from django.db import connection

from innerbalance.security.models import RecordKey

WRAPPED = b"a wrapped key that has to go " * 2


def test_the_database_s_statistics_hold_no_key(transactional_db):
    """PostgreSQL samples columns into pg_stats; a sample there would outlive the row (until the next ANALYZE)."""
    RecordKey.objects.bulk_create(RecordKey(record=uuid.uuid4(), key_name="k", wrapped=WRAPPED) for _ in range(50))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        if connection.vendor == "postgresql":
            cursor.execute("SELECT coalesce(string_agg(most_common_vals::text, ' '), '') FROM pg_stats"
                           " WHERE tablename = 'security_recordkey'")  # fmt: skip
        else:
            cursor.execute("SELECT coalesce(group_concat(stat, ' '), '') FROM sqlite_stat1")
        statistics = cursor.fetchone()[0]
    assert WRAPPED.hex() not in statistics
    assert "a wrapped key" not in statistics
