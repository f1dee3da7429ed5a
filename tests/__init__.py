"""What the software promises, as tests: rules without a database, one module per user action, browser journeys."""
