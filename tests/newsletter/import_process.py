"""A worker in a process of its own, to be killed: `import_process.py IMPORT`."""

import os
import sys

import django

sys.path.insert(0, os.getcwd())
django.setup()

from django.utils import timezone  # noqa: E402

from newsletter.services import importing  # noqa: E402


def told(bring_in):
    def tell(*args, **kwargs):
        numbers = bring_in(*args, **kwargs)
        print("in a chunk", flush=True)
        return numbers

    return tell


importing.put_on_list = told(importing.put_on_list)
importing.ask_to_confirm = told(importing.ask_to_confirm)
importing.work(import_id=int(sys.argv[1]), seconds=600, now=timezone.now())
