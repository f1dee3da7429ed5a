"""What the security mechanisms must remember."""

from .rate_limit_models import RateLimitHit

__all__ = ["RateLimitHit"]
