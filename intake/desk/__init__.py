"""The office's side, in the Wagtail admin. One subject a file; `urls` knows the addresses."""
