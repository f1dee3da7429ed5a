"""What the office and the owners learn from many requests at once: numbers, lists to take away, who looked at what."""
