"""How many consultation requests a second the form takes: python -m bench.intake_posts [count] (a database of its own).

Posts go through the whole of Django (middleware, form, sealing, one transaction) in this process, one after another.
"""

import os
import sys
import tempfile
import time
from datetime import timedelta

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "innerbalance.settings.test")
os.environ.setdefault("DATABASE_URL", f"sqlite:///{tempfile.mkdtemp()}/bench.sqlite3")


def main() -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.test import Client
    from django.utils import timezone

    from innerbalance.security.public_forms import FormStamp
    from intake.models import ConsultationRequest
    from intake.views import PURPOSE

    count = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    call_command("migrate", verbosity=0)
    client = Client()
    made = FormStamp.issue(PURPOSE, timezone.now() - timedelta(minutes=5))
    times = []
    for number in range(count):
        fields = {
            "name": f"Person {number}",
            "phone": f"480 555 {number % 10000:04d}",
            "voicemail_safe": "no",
            "text_safe": "no",
            "practice_named": "no",
            "who_for": "me",
            "note": f"benchmark {number}",
            "made": made,
        }
        start = time.perf_counter()
        response = client.post("/request-a-consultation/", fields, headers={"Sec-Fetch-Site": "same-origin"})
        times.append(time.perf_counter() - start)
        if response.status_code != 303:
            sys.exit(f"post {number} answered {response.status_code}")
    times.sort()
    kept = ConsultationRequest.objects.count()
    print(
        f"{kept} kept, {count / sum(times):.0f} a second; "
        f"median {times[count // 2] * 1000:.1f} ms, 99th percentile {times[int(count * 0.99)] * 1000:.1f} ms"
    )


if __name__ == "__main__":
    main()
