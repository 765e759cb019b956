# SPDX-License-Identifier: Apache-2.0
# Is no Python at all.
# Verdict: any
# Test: assert f() == 1
this is no program )(
