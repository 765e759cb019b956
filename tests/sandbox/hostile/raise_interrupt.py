# SPDX-License-Identifier: Apache-2.0
# Raises what is no ordinary error.
# Verdict: ended
# Test: try: f()
# Test: except: pass
def f():
    raise KeyboardInterrupt
