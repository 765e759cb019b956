// SPDX-License-Identifier: Apache-2.0
#include "core/serving/served_mix.h"

#include "core/adapters/site_index.h"
#include "core/experiment/folding.h"
#include "core/support/sha256.h"

#include <ATen/Functions.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <tuple>

namespace lori::serving {

using model::Site;

std::size_t slotOf(Site site)
{
    return static_cast<std::size_t>(site.layer) * kAllProjections.size() + static_cast<std::size_t>(site.projection);
}

std::int64_t FoldedWeights::bytes() const
{
    std::int64_t total = 0;
    for (const at::Tensor& w : w_OI) {
        total += w.defined() ? static_cast<std::int64_t>(w.nbytes()) : 0;
    }
    return total;
}

ServedMix::ServedMix(ServedBase base, std::vector<Part> parts, const std::vector<Site>& sitesOff)
    : m_base(std::move(base.model)), m_parts(std::move(parts))
{
    for (const Part& part : m_parts) {
        if (!std::isfinite(part.weight)) {
            throw Exception(ErrorCode::InvalidArgument, "an adapter's weight must be a number, is not finite",
                            "use a number such as 0.5", "weight");
        }
    }
    std::erase_if(m_parts, [](const Part& part) { return part.weight == 0; });
    std::stable_sort(m_parts.begin(), m_parts.end(), [](const Part& a, const Part& b) {
        return std::tie(a.adapter->info.contentHash, a.weight) < std::tie(b.adapter->info.contentHash, b.weight);
    });
    checkParts(sitesOff);
    const std::size_t slots = m_base->layers().size() * kAllProjections.size();
    m_pieces.resize(slots);
    m_off.assign(slots, false);
    for (const Part& part : m_parts) {
        for (const adapters::LowRankChange& c : part.adapter->changes) {
            m_pieces[slotOf(c.site)].push_back({c.a_RI, c.b_OR, part.weight * c.scaling});
        }
    }
    for (const Site site : sitesOff) {
        m_off[slotOf(site)] = true;
    }
    computeHash(base.hash);
}

void ServedMix::checkParts(const std::vector<Site>& sitesOff) const
{
    for (const Part& part : m_parts) {
        const AdapterInfo& info = part.adapter->info;
        if (!info.mixes && (m_parts.size() > 1 || part.weight != 1)) {
            throw Exception(ErrorCode::Unsupported,
                            "an adapter of the kind " + info.kind + " acts alone and with weight 1 only: it is no sum of changes",
                            "choose it alone, or mix LoRA and LoRI adapters", info.path.string());
        }
        if (info.kind == "full" && !sitesOff.empty()) {
            throw Exception(ErrorCode::Unsupported, "the sites of a fully fine-tuned model cannot be switched off",
                            "switch all sites on, or choose an adapter", info.path.string());
        }
    }
}

void ServedMix::computeHash(const std::string& baseHash)
{
    for (const Part& part : m_parts) {
        char weight[40];
        std::snprintf(weight, sizeof weight, " %a\n", part.weight);
        m_key += part.adapter->info.contentHash + weight;
    }
    std::vector<bool> sat(m_off.size(), false);
    for (const Part& part : m_parts) {
        for (const Site site : part.adapter->info.sites) {
            sat[slotOf(site)] = true;
        }
    }
    std::string text = m_key;
    bool acts = false;
    for (std::size_t slot = 0; slot < sat.size(); ++slot) {
        acts = acts || (sat[slot] && !m_off[slot]);
        text += sat[slot] && m_off[slot] ? "off " + std::to_string(slot) + "\n" : "";
    }
    m_hash = sha256Hex("base " + baseHash + "\n" + (acts ? text : ""));
}

const adapters::Method* ServedMix::method() const
{
    return m_parts.empty() ? nullptr : m_parts.front().adapter->method.get();
}

std::shared_ptr<const model::BaseModel> ServedMix::model() const
{
    return method() != nullptr ? method()->model() : m_base;
}

void ServedMix::finish(Site site, const at::Tensor& x_TI, const model::Weight& w_OI, const model::Matmul& matmul,
                       const at::Tensor& y_TO) const
{
    const std::size_t slot = slotOf(site);
    if (m_off[slot]) {
        return;
    }
    if (method() != nullptr && method()->adapts(site)) {
        y_TO.copy_(method()->forward(site, x_TI, w_OI, matmul, nullptr));
        return;
    }
    for (const Piece& piece : m_pieces[slot]) {
        y_TO.add_(matmul.forward(matmul.forward(x_TI, piece.a_RI), piece.b_OR), piece.factor);
    }
}

at::Tensor ServedMix::forward(Site site, const at::Tensor& x_TI, const model::Weight& w_OI, const model::Matmul& matmul) const
{
    const std::size_t slot = slotOf(site);
    if (!m_off[slot]) {
        if (m_folded && m_folded->w_OI[slot].defined()) {
            return matmul.forward(x_TI, m_folded->w_OI[slot]);
        }
        if (method() != nullptr && method()->adapts(site)) {
            return method()->forward(site, x_TI, w_OI, matmul, nullptr);
        }
    }
    at::Tensor y_TO = matmul.forward(x_TI, w_OI);
    finish(site, x_TI, w_OI, matmul, y_TO);
    return y_TO;
}

std::int64_t ServedMix::foldedBytes() const
{
    std::int64_t bytes = 0;
    for (std::size_t slot = 0; slot < m_pieces.size(); ++slot) {
        if (!m_pieces[slot].empty()) {
            bytes += 4 * m_pieces[slot].front().b_OR.size(0) * m_pieces[slot].front().a_RI.size(1);
        }
    }
    const bool isWorthIt = m_base->weightType() == WeightType::F32 && bytes <= experiment::kLargestFoldedBytes;
    return isWorthIt ? bytes : 0;
}

std::shared_ptr<const FoldedWeights> ServedMix::fold(FoldedWeights scratch, const std::stop_token& stop) const
{
    auto folded = std::make_shared<FoldedWeights>(std::move(scratch));
    folded->key = m_key;
    folded->w_OI.resize(m_pieces.size());
    for (std::int64_t layer = 0; layer < static_cast<std::int64_t>(m_base->layers().size()); ++layer) {
        for (const Projection p : kAllProjections) {
            const std::size_t slot = slotOf({layer, p});
            at::Tensor& sum_OI = folded->w_OI[slot];
            if (m_pieces[slot].empty()) {
                sum_OI = at::Tensor();
                continue;
            }
            if (stop.stop_requested()) {
                throw Exception(ErrorCode::Stopped, "the request was cancelled");
            }
            const at::Tensor& w_OI = adapters::weightAt(*m_base, {layer, p}).dense();
            if (!sum_OI.defined()) {
                sum_OI = at::empty_like(w_OI);
            }
            const at::Tensor* from = &w_OI;
            for (const Piece& piece : m_pieces[slot]) {
                at::addmm_out(sum_OI, *from, piece.b_OR, piece.a_RI, 1, piece.factor);
                from = &sum_OI;
            }
        }
    }
    return folded;
}

void ServedMix::prepareMethod() const
{
    if (method() != nullptr && !m_parts.front().adapter->isPrepared && m_base->weightType() == WeightType::F32) {
        m_parts.front().adapter->method->prepareInference();
        m_parts.front().adapter->isPrepared = true;
    }
}

} // namespace lori::serving
