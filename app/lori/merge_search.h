// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/lori/opened_model.h"
#include "core/merging/merge.h"

#include <atomic>
#include <string>
#include <vector>

namespace lori::app {

/// How `lori merge --search-weights` scores: the loss of held-out rows with the base model.
struct SearchArguments {
    bool wanted = false;
    std::vector<std::string> tasks;
    std::vector<std::string> files;
    std::int64_t rows = 32;
    void addTo(CLI::App& command);
};

/// The weights with the lowest mean loss over the sources; puts all trials into the answer.
[[nodiscard]] std::vector<double> searchWeights(const Context& context, ModelOptions model, const SearchArguments& search,
                                                const std::vector<formats::AdapterFiles>& adapters,
                                                const merging::MergeOptions& options, const std::atomic<bool>& stop,
                                                Answer& answer);

} // namespace lori::app
