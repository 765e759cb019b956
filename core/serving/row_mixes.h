// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/model/linear_adapter.h"
#include "core/serving/served_mix.h"

#include <cstdint>
#include <stop_token>
#include <vector>

namespace lori::serving {

/// What a decoder runs on in one request: each row of the batch with a mix of its own. Rows of different mixes share the product
/// with W, which is what decoding waits for, and add their own changes to it. At every site it looks whether the request was
/// cancelled. Internal to this room.
class RowMixes final : public model::LinearAdapter {
public:
    /// One mix a row, at least one; all of the same model(). They must outlive this.
    RowMixes(std::vector<const ServedMix*> rows, std::stop_token stop);

    /// How many tokens each row has in the passes that follow.
    void setTokens(std::vector<std::int64_t> tokensOfRow) { m_tokens = std::move(tokensOfRow); }
    /// Keeps these rows, in this order, with a token each.
    void keepRows(const std::vector<std::int64_t>& rows);

    [[nodiscard]] bool adapts(model::Site /*site*/) const override { return true; }
    /// Throws Stopped.
    [[nodiscard]] at::Tensor forward(model::Site site, const at::Tensor& x_TI, const model::Weight& w_OI,
                                     const model::Matmul& matmul, model::SavedSite* saved) const override;
    /// Throws Internal: nothing is trained here.
    [[nodiscard]] at::Tensor backward(model::Site site, const at::Tensor& g_TO, const model::Weight& w_OI,
                                      const model::Matmul& matmul, const model::SavedSite& saved,
                                      model::InputGradient inputGradient) override;

private:
    [[nodiscard]] bool isUniform() const;

    std::vector<const ServedMix*> m_rows;
    std::vector<std::int64_t> m_tokens;
    std::stop_token m_stop;
};

} // namespace lori::serving
