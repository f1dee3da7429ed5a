"""What the security mechanisms must remember."""

from .rate_limit_models import RateLimitHit
from .record_key_models import RecordKey

__all__ = ["RateLimitHit", "RecordKey"]
