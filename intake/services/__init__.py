"""What can be done with consultation requests. One subject a file; nothing is re-exported here.

- `form_options`: what the form offers right now
- `receive`: a request arrives
- `records`: somebody at the desk looks at one, or searches; `blind_indexes`: what they are found by
- `transitions`: the next steps, by the table in `intake.rules.status`
- `notes_and_assignment`: notes, assignment, planning, legal hold; `corrections`: an answer put right
- `quarantine`: release or discard what was held; `merging`: two requests of one person
- `erasure`: retention, a person's export and erasure
- `emails`, `digest`: what the office and the reader are sent
- `answer_clock`, `queue_counts`: when an answer is due, and how many requests wait
- `audit`: what is written down about all of it
"""
