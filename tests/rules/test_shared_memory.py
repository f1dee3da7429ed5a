"""Objects made immortal before the fork: their count stands still, and the interpreter goes on as ever."""

import subprocess
import sys

from tests.serve.stack import ROOT

# In a process of its own: what is made immortal here would stay so for all other tests.
TRIAL = """
import gc, sys
sys.path.insert(0, "deploy")
import shared_memory

class Thing: pass
thing, words = Thing(), ["a word made here %d" % number for number in range(100)]
assert shared_memory.keep_for_good() > 0
gc.freeze()
before = sys.getrefcount(thing), sys.getrefcount(words[7])
many = [thing, words[7]] * 1000
assert (sys.getrefcount(thing), sys.getrefcount(words[7])) == before
del many, words, thing
for _ in range(20):
    exec("def later(n): return [str(n), {n: 'x' * n}]")
    assert later(3) == ["3", {3: "xxx"}]
gc.collect()
new = Thing()
assert sys.getrefcount(new) == 2
print("well")
"""


def test_a_count_stands_still_and_new_objects_are_counted():
    done = subprocess.run([sys.executable, "-c", TRIAL], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.stderr) == ("well", "")
