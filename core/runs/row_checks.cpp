// SPDX-License-Identifier: Apache-2.0
#include "core/runs/row_checks.h"

#include "core/support/error.h"

namespace lori::runs {

namespace {

void requireRows(const std::vector<std::int32_t>& ids, const tokenizer::Tokenizer& tokenizer, const model::BaseModel& base)
{
    const std::int64_t count = base.config().shape.vocabulary;
    for (const std::int32_t id : ids) {
        if (id >= count) {
            throw Exception(ErrorCode::Mismatch,
                            "a row of the data holds the token '" + tokenizer.decode({id}, tokenizer::SpecialTokens::Keep) +
                                "' (" + std::to_string(id) + "), but the model has only the rows 0 to " +
                                std::to_string(count - 1) + ": its tokenizer was extended without it",
                            "take the token out of the data, or resize the model's embeddings to its tokenizer",
                            base.files().path.string());
        }
    }
}

} // namespace

std::int64_t checkRows(const training::TrainingData& data, const tokenizer::Tokenizer& tokenizer, const model::BaseModel& base)
{
    std::int64_t beyond = 0;
    for (const auto* rows : {&data.train, &data.heldOut}) {
        for (const training::TokenizedRow& row : *rows) {
            requireRows(row.prompt, tokenizer, base);
            requireRows(row.response, tokenizer, base);
            beyond += row.tokens() > base.config().contextLength ? 1 : 0;
        }
    }
    return beyond;
}

} // namespace lori::runs
