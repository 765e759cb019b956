# SPDX-License-Identifier: Apache-2.0
# Raises an error when it is loaded.
# Verdict: failed
# Test: assert f() == 1
raise ValueError("no")
