// SPDX-License-Identifier: Apache-2.0
#include "core/training/training_rows.h"

#include "core/tasks/data_file.h"
#include "core/tasks/held_out.h"

#include <algorithm>
#include <cmath>
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

/// A source's rows that are trained on, with the place of each in [0, 1) by its hash.
using PlacedRows = std::vector<std::pair<double, TokenizedRow>>;

/// Adds the rows as often as the source's weight says: the whole part of it in turn, then the share that remains, taken from the
/// lowest places, so that it is exact and does not depend on where a row stands in its file.
void addWeighted(PlacedRows rows, double weight, std::vector<TokenizedRow>& train)
{
    const auto whole = static_cast<std::size_t>(weight);
    const double rest = weight - static_cast<double>(whole);
    auto more = static_cast<std::size_t>(std::llround(rest * static_cast<double>(rows.size())));
    if (whole == 0 && !rows.empty()) {
        more = std::max<std::size_t>(more, 1); // no source goes without a word
    }
    std::vector<double> places(rows.size());
    std::transform(rows.begin(), rows.end(), places.begin(), [](const auto& row) { return row.first; });
    std::sort(places.begin(), places.end());
    // Equal rows share a place, and then more of them than asked would come: they are counted.
    const double limit = more > 0 ? places[more - 1] : -1;
    std::size_t taken = 0;
    for (std::size_t copy = 0; copy < whole; ++copy) {
        for (auto& [place, row] : rows) {
            train.push_back(copy + 1 == whole && more == 0 ? std::move(row) : row);
        }
    }
    for (auto& [place, row] : rows) {
        if (place <= limit && taken < more) {
            train.push_back(std::move(row));
            ++taken;
        }
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
            PlacedRows learned;
            for (std::size_t i = 0; i < rows.size(); ++i) {
                TokenizedRow row = tokenized(rows[i], i, source, config, encoder, data);
                const double share = tasks::heldOutPlace(rows[i]);
                if (share < config.heldOutShare) {
                    aside.emplace_back(share, std::move(row));
                } else {
                    learned.emplace_back(share, std::move(row));
                }
            }
            addWeighted(std::move(learned), source.weight, data.train);
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
