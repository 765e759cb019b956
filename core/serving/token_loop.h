// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/generation/generator.h"
#include "core/model/decoder.h"
#include "core/serving/requests.h"
#include "core/serving/row_mixes.h"
#include "core/serving/text_stream.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <random>
#include <stop_token>
#include <vector>

namespace lori::serving {

/// What a token loop works with; all of it must outlive the loop. Internal to this room.
struct LoopParts {
    const model::Decoder& decoder;
    RowMixes& mixes;
    model::KeyValueCache& cache;
    const tokenizer::Tokenizer& tokenizer;
    const ByteIds& byteIds;
    const ColumnSink& sink; ///< may be empty
};

/// Texts that grow together, a token each at a time. Every row draws from the random stream of a single prompt, so that it is
/// what generation::generate gives for that prompt alone.
class TokenLoop final {
public:
    /// `begun`: when the request came. options.maxNewTokens are at most written, `isCut` when the context allows no more.
    TokenLoop(LoopParts parts, std::size_t rows, generation::GenerateOptions options, bool isCut,
              std::chrono::steady_clock::time_point begun, std::stop_token stop);

    /// `readPrompts` fills the cache and gives the residual stream of each row's last token [B, D]. A request that is cancelled
    /// ends with AnswerEnd::Cancelled. The last token of a text is chosen but not read: the cache ends before it.
    [[nodiscard]] std::vector<Answer> run(const std::function<at::Tensor()>& readPrompts);

private:
    struct Row {
        std::mt19937_64 random;
        TextStream text;
        Answer answer;
    };
    void write(const std::function<at::Tensor()>& readPrompts);
    void takeTokens(const at::Tensor& x_BD, bool isLast);
    void show(std::size_t row, const std::string& piece);
    [[nodiscard]] double secondsSinceBegin() const;

    LoopParts m_parts;
    generation::GenerateOptions m_options;
    bool m_isCut;
    std::chrono::steady_clock::time_point m_begun;
    std::stop_token m_stop;
    std::vector<Row> m_rows;
    std::vector<std::size_t> m_live; ///< which row sits in which line of the cache
    std::vector<std::int64_t> m_next;
};

} // namespace lori::serving
