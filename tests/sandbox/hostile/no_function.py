# SPDX-License-Identifier: Apache-2.0
# Defines nothing.
# Verdict: failed
# Test: assert f() == 1
pass
