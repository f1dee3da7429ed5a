"""Where uploaded files are: a folder by default, S3-compatible object storage by STORAGE_URL (`docs/growing.md`)."""

from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

FOLDER = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
SCHEMES = {"s3": "https", "s3+http": "http"}
FORM = "s3://KEY:SECRET@HOST/BUCKET?region=REGION"


def media_storage(url: str) -> dict:
    """The entry "default" of STORAGES. Raises ImproperlyConfigured, without the URL: it holds a secret."""
    if not url:
        return FOLDER
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise ImproperlyConfigured(f"STORAGE_URL can't be read; its form is {FORM}") from None
    bucket = parts.path.strip("/")
    if parts.scheme not in SCHEMES or not (host and bucket and parts.username and parts.password) or "/" in bucket:
        raise ImproperlyConfigured(f"STORAGE_URL is incomplete; its form is {FORM}")
    query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    return {
        "BACKEND": "innerbalance.operations.object_storage.ObjectStorage",
        "OPTIONS": {
            "endpoint_url": f"{SCHEMES[parts.scheme]}://{host}{f':{port}' if port else ''}",
            "access_key": unquote(parts.username),
            "secret_key": unquote(parts.password),
            "bucket_name": bucket,
            "region_name": query.get("region", "us-east-1"),
            # Names in the address and not in front of it: other makers' servers know no other way.
            "addressing_style": query.get("addressing", "path"),
            "signature_version": "s3v4",
            "default_acl": None,
            "file_overwrite": False,
        },
    }
