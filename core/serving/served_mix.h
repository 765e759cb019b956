// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/model/base_model.h"
#include "core/model/linear_adapter.h"
#include "core/serving/shelved_adapter.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

namespace lori::serving {

/// Place of a site in lists over all layers and projections.
[[nodiscard]] std::size_t slotOf(model::Site site);

/// W + Σ wᵢ·sᵢ·Bᵢ·Aᵢ of every adapted site, as one matrix each; undefined elsewhere.
struct FoldedWeights {
    std::string key;              ///< of the mix, see ServedMix::key()
    std::vector<at::Tensor> w_OI; ///< by slotOf()
    [[nodiscard]] std::int64_t bytes() const;
};

/// A base model with its BaseModel::weightsHash(), which takes a pass over all of it.
struct ServedBase {
    std::shared_ptr<const model::BaseModel> model;
    std::string hash;
};

/// Adapters that act together on a base, some sites switched off. Making one costs microseconds, whatever the adapters' size:
/// nothing is added up until weights are folded. Immutable but for its folded weights. Internal to this room.
///
///   y = W·x + Σ wᵢ·sᵢ·Bᵢ·(Aᵢ·x),  or  y = (W + Σ wᵢ·sᵢ·Bᵢ·Aᵢ)·x  once folded
///
/// The order of the parts does not matter: they are sorted by content.
class ServedMix final {
public:
    struct Part {
        std::shared_ptr<ShelvedAdapter> adapter;
        double weight = 1;
    };
    /// Throws InvalidArgument (a weight that is no number) and Unsupported (a kind beside others, with a weight, or with sites
    /// off, that does not go with it).
    ServedMix(ServedBase base, std::vector<Part> parts, const std::vector<model::Site>& sitesOff);

    /// The weights that the decoder runs on: the base's, or those of a full fine-tuning.
    [[nodiscard]] std::shared_ptr<const model::BaseModel> model() const;
    /// Equal for mixes of the same adapters and weights, whatever sites are off; "" for the base alone.
    [[nodiscard]] const std::string& key() const { return m_key; }
    /// 64 hex digits over the weights that act: base, parts, and the sites off where a part sits. A mix of which nothing acts has
    /// the base's.
    [[nodiscard]] const std::string& weightsHash() const { return m_hash; }

    /// y [T, O] of a site, without bias.
    [[nodiscard]] at::Tensor forward(model::Site site, const at::Tensor& x_TI, const model::Weight& w_OI,
                                     const model::Matmul& matmul) const;
    /// The same for some rows of a larger product that is done already: y_TO holds W·x and becomes the site's y.
    void finish(model::Site site, const at::Tensor& x_TI, const model::Weight& w_OI, const model::Matmul& matmul,
                const at::Tensor& y_TO) const;

    /// Memory of the folded weights; 0 when they are not worth it: nothing to fold, 16-bit weights (which are there to save
    /// memory), or more than experiment::kLargestFoldedBytes. As adapters fold for inference, so that bits are the same.
    [[nodiscard]] std::int64_t foldedBytes() const;
    /// Folds into `scratch`, whose tensors are used where they fit. Throws Stopped between two sites.
    [[nodiscard]] std::shared_ptr<const FoldedWeights> fold(FoldedWeights scratch, const std::stop_token& stop) const;
    void useFolded(std::shared_ptr<const FoldedWeights> folded) { m_folded = std::move(folded); }
    /// What a kind that is no sum prepares for itself.
    void prepareMethod() const;

private:
    struct Piece {
        at::Tensor a_RI;
        at::Tensor b_OR;
        double factor = 0; ///< wᵢ·sᵢ
    };
    void checkParts(const std::vector<model::Site>& sitesOff) const;
    void computeHash(const std::string& baseHash);
    [[nodiscard]] const adapters::Method* method() const;

    std::shared_ptr<const model::BaseModel> m_base;
    std::vector<Part> m_parts;
    std::vector<std::vector<Piece>> m_pieces; ///< by slotOf()
    std::vector<bool> m_off;                  ///< by slotOf()
    std::string m_key, m_hash;
    std::shared_ptr<const FoldedWeights> m_folded;
};

} // namespace lori::serving
