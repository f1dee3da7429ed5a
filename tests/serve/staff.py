"""`python -m tests.serve.staff`: reads pieces of code, one JSON object a line, runs them on the site, answers likewise.

It is a process beside the application, as a shell or a command on the same machine is.
"""

import json
import sys
import traceback

import django


def main() -> None:
    django.setup()
    from django.db import close_old_connections

    answers, sys.stdout = sys.stdout, sys.stderr
    for line in sys.stdin:
        asked = json.loads(line)
        names = {**asked["names"], "result": None}
        close_old_connections()
        try:
            exec(asked["code"], names)
            answer = {"result": names["result"]}
        except Exception:
            answer = {"error": traceback.format_exc()}
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
