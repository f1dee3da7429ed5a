"""What can be done with consultation requests. One subject a file; nothing is re-exported here.

- `receiving`: a request arrives
- `reading`: somebody at the desk looks at one, or searches
- `moving`: the next steps, by the table in `intake.status`
- `tending`: notes, assignment, planning, corrections, keep
- `quarantine`: release or discard what was held
- `joining`: two requests of one person
- `erasing`: retention, a person's export and erasure
- `mailing`: what the office and the reader are sent
- `standing`, `digest`: how the requests stand, and the office's daily mail about it
- `audit`: what is written down about all of it
"""
