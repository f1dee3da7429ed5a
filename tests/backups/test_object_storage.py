"""Backups in object storage that speaks S3, tried on moto's server."""

import boto3
import pytest
from django.utils import timezone
from moto.server import ThreadedMotoServer

from innerbalance.backups.services import BackupFailed, archive, making
from innerbalance.backups.services.status import last_backup
from tests.backups.helpers import backup

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def bucket(settings, monkeypatch):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "name")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "key")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    try:
        host, port = server.get_host_and_port()
        endpoint = f"http://{host}:{port}"
        client = boto3.client("s3", endpoint_url=endpoint)
        client.create_bucket(Bucket="backups")
        settings.BACKUP_URL = f"s3://backups/practice?endpoint={endpoint}"
        yield client
        client.close()
    finally:
        server.stop()


def test_both_archives_go_there_and_nothing_stays_here(bucket, identity, tmp_path, settings):
    made = making.make(now=timezone.now())
    stored = [each["Key"] for each in bucket.list_objects_v2(Bucket="backups")["Contents"]]
    assert sorted(stored) == sorted([f"practice/{made.name}", f"practice/{made.keys_name}"])
    assert made.where == "s3://backups/practice"
    fetched = tmp_path / made.name
    bucket.download_file("backups", f"practice/{made.name}", str(fetched))
    assert archive.verify(fetched, archive.read_identity(identity), kind="site")["files"] == made.files
    assert [path.name for path in (tmp_path / "backup_dir").iterdir()] == [".lock"]


def test_a_bucket_that_is_not_there_is_said(bucket, identity, settings):
    settings.BACKUP_URL = settings.BACKUP_URL.replace("s3://backups", "s3://elsewhere")
    with pytest.raises(BackupFailed, match="did not take the backup"):
        backup()
    assert last_backup().made_at is None
