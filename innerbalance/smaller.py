"""Our stylesheets and scripts without what is for their authors alone: comments, indentation, empty lines.

Nothing is renamed or rewritten: what a reader's developer tools show is our code, line by line.
"""

import re

_STRING_OR_COMMENT = re.compile(r"""("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|/\*.*?\*/""", re.DOTALL)


def smaller_css(text: str) -> str:
    """The stylesheet without comments and indentation."""
    return _lines(_STRING_OR_COMMENT.sub(lambda found: found[1] or "", text))


def smaller_js(text: str) -> str:
    """The script without indentation and without comments that stand on lines of their own.

    A script with a template string over several lines is left as it is: there, spaces are content.
    """
    kept, comment = [], False
    for line in text.splitlines():
        bare = line.strip()
        if line.replace("\\`", "").count("`") % 2:
            return text
        if comment or bare.startswith("/*"):
            comment = "*/" not in bare
            if not comment and not bare.endswith("*/"):
                return text
        elif not bare.startswith("//"):
            kept.append(bare)
    return _lines("\n".join(kept))


def _lines(text: str) -> str:
    return "".join(f"{line.strip()}\n" for line in text.splitlines() if line.strip())
