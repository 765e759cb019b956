// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/lori/command.h"
#include "core/experiment/run_config.h"
#include "core/tasks/task.h"

#include <string>
#include <vector>

namespace lori::app {

/// How `lori data preview --rendered` shows rows.
struct RenderedOptions {
    bool isOn = false;
    std::string form = "chat";
    std::string learned = "all";
    bool addBos = false;
    bool endAfterCut = false;
    std::int64_t maxTokens = 512;
    void addTo(CLI::App& command);
};

/// Adds the first `limit` rows as the model sees them: text, special tokens, what is learned, what is cut. In JSON "rendered":
/// [{"parts": [{"text", "tokens", "learned"}], "cut_prompt", "cut_answer", "rewritten_answers"}]. Throws what is wrong with the
/// model or a row.
void addRenderedRows(Answer& answer, const Context& context, const std::string& model, const std::vector<tasks::Row>& rows,
                     std::size_t limit, const RenderedOptions& options);

} // namespace lori::app
