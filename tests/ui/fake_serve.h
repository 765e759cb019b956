// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

/// Test equipment: `serve --model NAME` like lori does, with no model. Answers are words that tell what was asked: "base says:
/// PROMPT", for an adapter "NAME says: PROMPT" ("NAME less N says: PROMPT" with N sites off), for later turns with the number of
/// messages. FAKE_LOAD_MS passes before it is ready (20), FAKE_TOKEN_MS between two words (2). The model "no-such-model" is
/// refused; the prompt "die" ends the process at once; "endless" is answered until it is cancelled. Adapters by folder name:
/// "other-base" is refused, "nothing" has no effect.
int fakeServe(const std::vector<std::string>& words);
