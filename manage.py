#!/usr/bin/env python
"""Django's command line, with the settings that DJANGO_SETTINGS_MODULE or `.env` names; else those for development."""

import sys

from innerbalance.settings.choice import use_chosen_settings

if __name__ == "__main__":
    use_chosen_settings()
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
