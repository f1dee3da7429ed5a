"""What the rules find, in words for people. One subject a file.

- `questions`: the consultation form's questions and answers
- `labels`: statuses, steps, outcomes, and why a request was held
- `safety`: how the person may be reached, and how not
- `moments`: when, as a front office says it
"""
