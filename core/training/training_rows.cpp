// SPDX-License-Identifier: Apache-2.0
#include "core/training/training_rows.h"

#include "core/support/sha256.h"
#include "core/tasks/data_file.h"

#include <algorithm>
#include <filesystem>
#include <limits>
#include <utility>

namespace lori::training {

namespace {

std::vector<tasks::Row> sourceRows(const experiment::DataSource& source, const tasks::DataFolder& folder,
                                   std::vector<std::string>& notes)
{
    std::vector<tasks::Row> rows;
    if (source.file.empty()) {
        rows = tasks::loadTrainingRows(source.task, folder).value();
    } else {
        tasks::DataFile file = tasks::readDataFile(source.file, source.columns, tasks::BadRows::Refuse).value();
        for (const tasks::DataNote& note : file.notes) {
            notes.push_back(std::filesystem::path(source.file).filename().string() + ": " + note.text);
        }
        rows = std::move(file.rows);
    }
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

/// Adds the place of a row to what went wrong with it.
TokenizedRow tokenized(const tasks::Row& row, std::size_t index, const experiment::DataSource& source,
                       const experiment::DataConfig& config, const tasks::RowEncoder& encoder, TrainingData& data)
{
    try {
        TokenizedRow result =
            tasks::tokenizedRow(row, source.promptTemplate, config.learnedTurns, encoder, &data.rewrittenAnswers);
        const tasks::Cut cut = tasks::truncateRow(result, config, encoder.endId);
        data.truncatedRows += cut ? 1 : 0;
        data.cutPrompts += cut.prompt ? 1 : 0;
        data.cutAnswers += cut.answer ? 1 : 0;
        return result;
    } catch (const Exception& exception) {
        Error error = exception.error();
        error.where = (source.file.empty() ? source.task : source.file) + ", row " + std::to_string(index + 1) +
                      (error.where.empty() ? "" : ", " + error.where);
        throw Exception(error);
    }
}

} // namespace

Result<TrainingData> loadTrainingData(const experiment::DataConfig& config, const tokenizer::Tokenizer& tokenizer,
                                      const chat::ChatForm& chat, std::optional<std::int64_t> bosId, std::int32_t eosId)
{
    return guard([&] {
        const tasks::RowEncoder encoder{tokenizer, chat, config.addBos ? bosId : std::nullopt, eosId};
        TrainingData data;
        std::vector<std::pair<double, TokenizedRow>> aside;
        for (const experiment::DataSource& source : config.sources) {
            const std::vector<tasks::Row> rows = sourceRows(source, {config.folder}, data.readNotes);
            for (std::size_t i = 0; i < rows.size(); ++i) {
                TokenizedRow row = tokenized(rows[i], i, source, config, encoder, data);
                const double share = rowShare(rows[i]);
                if (share < config.heldOutShare) {
                    aside.emplace_back(share, std::move(row));
                } else {
                    data.train.push_back(std::move(row));
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
