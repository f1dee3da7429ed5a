"""The journal of promises: what was promised to people, written down outside the database (docs/decisions/0110)."""
