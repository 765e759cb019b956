// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/wire/messages.h"

#include <cstdint>
#include <string>
#include <vector>

namespace lori::ui {

/// How far an adapter moves its base on some questions.
struct ChatEffect {
    std::int64_t changed = 0; ///< of the probes: those whose likeliest next word is another one than the base's
    std::int64_t probes = 0;
    double meanChange = 0;             ///< of |log p| over every token of the probes but their first ones
    std::vector<std::string> examples; ///< "Yes → No", at most three
    std::string form = "chat";         ///< how the probes were put: chat, or plain for a model without chat template

    /// The numbers of the model are the base's.
    [[nodiscard]] bool isNothing() const { return changed == 0 && meanChange == 0; }
};

/// The sixteen questions that every adapter is measured on: of all kinds that the program trains.
[[nodiscard]] const std::vector<std::string>& effectProbes();
/// The request that measures; its answer lists every token that is among the ten likeliest under either model, or the likeliest
/// one could be missing.
[[nodiscard]] wire::MeasureEffect effectRequest(const std::string& form);
[[nodiscard]] ChatEffect effectOf(const wire::EffectDone& done, const std::string& form);

} // namespace lori::ui
