// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chat/chat_form.h"
#include "core/experiment/data_config.h"
#include "core/support/home.h"
#include "core/support/result.h"
#include "core/tasks/row_tokens.h"
#include "core/tokenizer/tokenizer.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace lori::ui {

/// What turns text into a model's ids, without its weights. Never changed once made, so threads may share it.
struct ModelText {
    std::string stamp; ///< changes when the model's files do
    std::unique_ptr<tokenizer::Tokenizer> tokenizer;
    chat::ChatForm chat;
    std::optional<std::int64_t> startId;
    std::int32_t endId = 0;

    /// Refers to this object.
    [[nodiscard]] tasks::RowEncoder encoder(const experiment::DataConfig& config) const
    {
        return {*tokenizer, chat, config.addBos ? startId : std::nullopt, endId};
    }
};

/// Opens a model by name or path; gives `known` back when it is this model, unchanged. Not for the window's thread: large
/// tokenizers take a second. Errors: NotFound, BadFile, Unsupported (no end token, an unknown family).
[[nodiscard]] Result<std::shared_ptr<const ModelText>> openModelText(const Home& home, const std::string& model,
                                                                     std::shared_ptr<const ModelText> known = nullptr);

} // namespace lori::ui
