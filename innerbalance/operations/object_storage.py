"""Uploaded files in S3-compatible object storage, which readers never see: they get them from the site's own address.

So no page names another host, and the bucket can be private. Loaded only with STORAGE_URL.
"""

import mimetypes
from typing import Any
from urllib.parse import urljoin

from botocore.config import Config
from django.conf import settings
from django.utils.encoding import filepath_to_uri
from storages.backends.s3 import S3Storage

WAITS = Config(
    connect_timeout=3,
    read_timeout=15,
    retries={"max_attempts": 3},
    # Other makers' servers know no newer checksums.
    request_checksum_calculation="when_required",
    response_checksum_validation="when_required",
)


class ObjectStorage(S3Storage):
    """As the library's, except that a file's address is the site's own, and that nothing is waited for for ever."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        settled: Config = self.client_config  # type: ignore[has-type]
        self.client_config = settled.merge(WAITS)

    def url(self, name: str, parameters=None, expire=None, http_method=None) -> str:
        return urljoin(settings.MEDIA_URL, filepath_to_uri(name).lstrip("/"))

    def stream(self, name: str) -> tuple[Any, str, int, str]:
        """(the content, to be read in chunks; its media type; its size in bytes; its ETag).

        Raises FileNotFoundError, or what the library raises when the storage is away (botocore's ClientError,
        BotoCoreError).
        """
        client = self.connection.meta.client
        try:
            found = client.get_object(Bucket=self.bucket_name, Key=name)
        except (client.exceptions.NoSuchKey, client.exceptions.ClientError) as error:
            if error.response.get("ResponseMetadata", {}).get("HTTPStatusCode") == 404:
                raise FileNotFoundError(name) from None
            raise
        # By its name and not by what was stored: so a web server with a folder would say it, too.
        media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
        return found["Body"], media_type, found["ContentLength"], found["ETag"]
