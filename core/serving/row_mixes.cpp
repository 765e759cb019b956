// SPDX-License-Identifier: Apache-2.0
#include "core/serving/row_mixes.h"

#include <algorithm>
#include <utility>

namespace lori::serving {

RowMixes::RowMixes(std::vector<const ServedMix*> rows, std::stop_token stop) : m_rows(std::move(rows)), m_stop(std::move(stop)) {}

void RowMixes::keepRows(const std::vector<std::int64_t>& rows)
{
    std::vector<const ServedMix*> kept;
    for (const std::int64_t row : rows) {
        kept.push_back(m_rows[static_cast<std::size_t>(row)]);
    }
    m_rows = std::move(kept);
    m_tokens.assign(m_rows.size(), 1);
}

bool RowMixes::isUniform() const
{
    return std::all_of(m_rows.begin(), m_rows.end(), [this](const ServedMix* mix) { return mix == m_rows.front(); });
}

at::Tensor RowMixes::forward(model::Site site, const at::Tensor& x_TI, const model::Weight& w_OI, const model::Matmul& matmul,
                             model::SavedSite* /*saved*/) const
{
    if (m_stop.stop_requested()) {
        throw Exception(ErrorCode::Stopped, "the request was cancelled");
    }
    if (isUniform()) {
        return m_rows.front()->forward(site, x_TI, w_OI, matmul);
    }
    at::Tensor y_TO = matmul.forward(x_TI, w_OI);
    std::int64_t begin = 0;
    for (std::size_t row = 0; row < m_rows.size(); ++row) {
        const std::int64_t tokens = m_tokens[row];
        m_rows[row]->finish(site, x_TI.narrow(0, begin, tokens), w_OI, matmul, y_TO.narrow(0, begin, tokens));
        begin += tokens;
    }
    return y_TO;
}

at::Tensor RowMixes::backward(model::Site /*site*/, const at::Tensor& /*g_TO*/, const model::Weight& /*w_OI*/,
                              const model::Matmul& /*matmul*/, const model::SavedSite& /*saved*/,
                              model::InputGradient /*inputGradient*/)
{
    throw Exception(ErrorCode::Internal, "a session trains nothing");
}

} // namespace lori::serving
