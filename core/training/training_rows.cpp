// SPDX-License-Identifier: Apache-2.0
#include "core/training/training_rows.h"

#include "core/support/sha256.h"
#include "core/tasks/data_file.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace lori::training {

namespace {

std::vector<tasks::Row> sourceRows(const experiment::DataSource& source, const tasks::DataFolder& folder)
{
    std::vector<tasks::Row> rows = source.file.empty()
                                       ? tasks::loadTrainingRows(source.task, folder).value()
                                       : tasks::readDataFile(source.file, source.columns, tasks::BadRows::Refuse).value().rows;
    if (source.maxRows > 0 && static_cast<std::int64_t>(rows.size()) > source.maxRows) {
        rows.resize(static_cast<std::size_t>(source.maxRows));
    }
    return rows;
}

/// A stable number in [0, 1) from a row's text, so that the same rows are set aside whatever else is in the data.
double rowShare(const tasks::Row& row)
{
    Sha256 hash;
    for (const std::string* part : {&row.instruction, &row.input, &row.output}) {
        hash.update(*part);
        hash.update(std::string_view("\0", 1));
    }
    std::uint64_t value = 0;
    const Sha256::Digest digest = hash.digest();
    for (int i = 0; i < 8; ++i) {
        value = (value << 8U) | digest[static_cast<std::size_t>(i)];
    }
    return static_cast<double>(value >> 11U) * 0x1.0p-53;
}

} // namespace

TokenizedRow tokenizeRow(const std::string& prompt, const std::string& response, const tokenizer::Tokenizer& tokenizer,
                         std::int32_t eosId)
{
    TokenizedRow row{tokenizer.encode(prompt), tokenizer.encode(response)};
    row.response.push_back(eosId);
    return row;
}

bool truncateRow(TokenizedRow& row, const experiment::DataConfig& config, std::int32_t eosId)
{
    const auto limit = static_cast<std::size_t>(config.maxTokens);
    if (row.prompt.size() + row.response.size() <= limit) {
        return false;
    }
    if (config.truncation == experiment::Truncation::Reference) {
        const auto promptLimit = static_cast<std::size_t>(config.maxPromptTokens);
        row.prompt.resize(std::min(row.prompt.size(), promptLimit));
        if (row.prompt.size() + row.response.size() > limit) {
            row.response.resize(std::min(row.response.size(), limit - promptLimit));
        }
        return true;
    }
    // A quarter of the room is the prompt's in any case; the response ends with EOS whatever is cut.
    const std::size_t promptShare = std::min(row.prompt.size(), limit / 4);
    if (row.response.size() > limit - promptShare) {
        row.response.resize(limit - promptShare);
        row.response.back() = eosId;
    }
    const std::size_t room = limit - row.response.size();
    if (row.prompt.size() > room) {
        const std::size_t head = room / 2;
        const std::size_t tail = room - head;
        row.prompt.erase(row.prompt.begin() + static_cast<std::ptrdiff_t>(head),
                         row.prompt.end() - static_cast<std::ptrdiff_t>(tail));
    }
    return true;
}

Result<TrainingData> loadTrainingData(const experiment::DataConfig& config, const tokenizer::Tokenizer& tokenizer,
                                      std::optional<std::int64_t> bosId, std::int32_t eosId)
{
    return guard([&] {
        const tasks::ChatFormatter chat = [&](const std::string& text) {
            return tokenizer.applyChatTemplate({{"user", text}}, true).value();
        };
        TrainingData data;
        std::vector<std::pair<double, TokenizedRow>> aside;
        for (const experiment::DataSource& source : config.sources) {
            for (const tasks::Row& row : sourceRows(source, {config.folder})) {
                TokenizedRow tokenized = tokenizeRow(tasks::renderPrompt(row, source.promptTemplate, chat),
                                                     tasks::renderResponse(row, source.promptTemplate), tokenizer, eosId);
                if (config.addBos && bosId) {
                    tokenized.prompt.insert(tokenized.prompt.begin(), static_cast<std::int32_t>(*bosId));
                }
                data.truncatedRows += truncateRow(tokenized, config, eosId) ? 1 : 0;
                const double share = rowShare(row);
                if (share < config.heldOutShare) {
                    aside.emplace_back(share, std::move(tokenized));
                } else {
                    data.train.push_back(std::move(tokenized));
                }
            }
        }
        if (data.train.empty()) {
            throw Exception(ErrorCode::InvalidArgument, "no row is left to train on", "add rows or lower data.heldOutShare",
                            "data.sources");
        }
        std::sort(aside.begin(), aside.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
        data.heldOutTotal = static_cast<std::int64_t>(aside.size());
        for (auto& [share, row] : aside) {
            if (static_cast<std::int64_t>(data.heldOut.size()) < config.heldOutMaxRows) {
                data.heldOut.push_back(std::move(row));
            }
        }
        return data;
    });
}

} // namespace lori::training
