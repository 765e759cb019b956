// SPDX-License-Identifier: Apache-2.0
#include "core/training/training_rows.h"

#include "core/tasks/data_file.h"
#include "core/tasks/held_out.h"

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
                const double share = tasks::heldOutPlace(rows[i]);
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
