# SPDX-License-Identifier: Apache-2.0
# sys.exit(0) before anything was tested.
# Verdict: ended
# Test: assert f() == 1
import sys

sys.exit(0)
