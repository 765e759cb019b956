// SPDX-License-Identifier: Apache-2.0
#include "core/adapters/lori_adapter.h"

#include "core/support/sha256.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Functions.h>

#include <algorithm>
#include <cmath>

namespace lori::adapters {

using experiment::Projection;
using model::Site;

namespace {

/// Folding costs one [O,R]·[R,I] product and a pass over W; it pays when a batch has clearly more tokens than this.
bool foldingPays(std::int64_t tokens, std::int64_t out, std::int64_t in)
{
    return tokens * (in + out) > 2 * in * out;
}

/// Scratch copies of all adapted W are kept only while they stay small beside today's memories.
constexpr std::int64_t kLargestFoldedBytes = 2LL << 30;

std::size_t slot(Site site)
{
    return static_cast<std::size_t>(site.layer) * experiment::kAllProjections.size() + static_cast<std::size_t>(site.projection);
}

} // namespace

LoriAdapter::LoriAdapter(std::shared_ptr<const model::BaseModel> base, experiment::AdapterConfig config)
    : m_base(std::move(base)), m_config(std::move(config))
{
    m_siteIndex.assign(m_base->layers().size() * experiment::kAllProjections.size(), -1);
    for (std::int64_t layer = 0; layer < static_cast<std::int64_t>(m_base->layers().size()); ++layer) {
        for (const Projection p : experiment::kAllProjections) {
            if (std::find(m_config.targets.begin(), m_config.targets.end(), p) == m_config.targets.end()) {
                continue;
            }
            m_siteIndex[slot({layer, p})] = static_cast<std::int64_t>(m_sites.size());
            const at::Tensor& w_OI = m_base->layers()[static_cast<std::size_t>(layer)].w_OI[static_cast<std::size_t>(p)];
            SiteState state;
            state.site = {layer, p};
            state.b_OR = at::zeros({w_OI.size(0), m_config.rank}, w_OI.options().dtype(at::kFloat));
            m_sites.push_back(std::move(state));
        }
    }
}

Result<std::unique_ptr<LoriAdapter>> LoriAdapter::create(std::shared_ptr<const model::BaseModel> base,
                                                         const experiment::AdapterConfig& config)
{
    return guard([&] {
        std::unique_ptr<LoriAdapter> adapter(new LoriAdapter(std::move(base), config)); // NOLINT: private constructor
        adapter->drawProjections();
        adapter->rebuildParameters();
        return adapter;
    });
}

Result<std::unique_ptr<LoriAdapter>> LoriAdapter::load(std::shared_ptr<const model::BaseModel> base,
                                                       const std::filesystem::path& folder)
{
    return guard([&] {
        const formats::AdapterFiles files = formats::openAdapter(folder).value();
        if (files.record && !files.record->baseFingerprint.empty() && files.record->baseFingerprint != base->fingerprint()) {
            throw Exception(ErrorCode::Mismatch, "this adapter was trained on another base model (" + files.baseModel + ")",
                            "open it with the model it was trained on", folder.string());
        }
        experiment::AdapterConfig config;
        config.rank = files.rank;
        config.alpha = files.alpha;
        config.targets = files.targets;
        config.projectionSeed = files.record ? files.record->projectionSeed : 0;
        std::unique_ptr<LoriAdapter> adapter(new LoriAdapter(base, config)); // NOLINT: private constructor
        adapter->m_useRslora = files.useRslora;
        if (files.modules.size() != adapter->m_sites.size()) {
            throw Exception(ErrorCode::Mismatch,
                            "the adapter has " + std::to_string(files.modules.size()) +
                                " modules, the base model's layers need " + std::to_string(adapter->m_sites.size()),
                            "choose an adapter of this base model", folder.string());
        }
        for (std::size_t i = 0; i < files.modules.size(); ++i) {
            const formats::AdapterModule& module = files.modules[i];
            SiteState& state = adapter->m_sites[i];
            const at::Tensor& w_OI =
                base->layers()[static_cast<std::size_t>(state.site.layer)].w_OI[static_cast<std::size_t>(state.site.projection)];
            const std::vector<std::int64_t> wantA{files.rank, w_OI.size(1)};
            const std::vector<std::int64_t> wantB{w_OI.size(0), files.rank};
            if (module.layer != state.site.layer || module.projection != state.site.projection || module.a->shape != wantA ||
                module.b->shape != wantB) {
                throw Exception(ErrorCode::Mismatch, "the shapes of '" + module.b->name + "' do not fit the base model",
                                "choose an adapter of this base model", folder.string());
            }
            const auto read = [](const formats::TensorView& view) {
                at::Tensor tensor = at::empty(view.shape, at::kFloat);
                formats::toFloat(view, {tensor.mutable_data_ptr<float>(), static_cast<std::size_t>(tensor.numel())}).value();
                return tensor;
            };
            state.a_RI = read(*module.a).to(base->device());
            state.b_OR = read(*module.b).to(base->device());
        }
        adapter->rebuildParameters();
        return adapter;
    });
}

void LoriAdapter::drawProjections()
{
    at::Generator generator = at::detail::createCPUGenerator(m_config.projectionSeed);
    for (SiteState& state : m_sites) {
        const auto projection = static_cast<std::size_t>(state.site.projection);
        const std::int64_t in = m_base->layers()[static_cast<std::size_t>(state.site.layer)].w_OI[projection].size(1);
        const double bound = 1.0 / std::sqrt(static_cast<double>(in)); // kaiming_uniform_(a = √5), method.md §1.1
        state.a_RI = at::empty({m_config.rank, in}, at::kFloat).uniform_(-bound, bound, generator).to(m_base->device());
    }
}

void LoriAdapter::rebuildParameters()
{
    m_parameters.clear();
    for (SiteState& state : m_sites) {
        const at::Tensor flat = state.b_OR.view({-1});
        const at::Tensor value = state.kept_N.defined() ? flat.index_select(0, state.kept_N) : flat;
        m_parameters.push_back({formats::peftKey(state.site.layer, state.site.projection, 'B'), value, at::zeros_like(value)});
        state.folded = false;
    }
}

Result<void> LoriAdapter::applyMask(const formats::Mask& mask)
{
    return guard([&] {
        if (mask.modules.size() != m_sites.size()) {
            throw Exception(ErrorCode::Mismatch,
                            "the mask has " + std::to_string(mask.modules.size()) + " modules, the adapter " +
                                std::to_string(m_sites.size()),
                            "use the mask that was extracted from this adapter");
        }
        for (std::size_t i = 0; i < m_sites.size(); ++i) {
            const formats::ModuleMask& module = mask.modules[i];
            SiteState& state = m_sites[i];
            if (module.layer != state.site.layer || module.projection != state.site.projection ||
                module.out != state.b_OR.size(0) || module.rank != state.b_OR.size(1)) {
                throw Exception(ErrorCode::Mismatch,
                                "the mask's module " + std::to_string(i) + " has shape [" + std::to_string(module.out) + ", " +
                                    std::to_string(module.rank) + "], the adapter's B [" + std::to_string(state.b_OR.size(0)) +
                                    ", " + std::to_string(state.b_OR.size(1)) + "]",
                                "use the mask that was extracted from this adapter");
            }
        }
        for (std::size_t i = 0; i < m_sites.size(); ++i) {
            std::vector<std::int64_t> kept;
            for (std::int64_t j = 0; j < m_sites[i].b_OR.numel(); ++j) {
                if (mask.modules[i].test(j)) {
                    kept.push_back(j);
                }
            }
            m_sites[i].kept_N = at::tensor(kept, at::kLong).to(m_base->device());
            m_sites[i].start_OR = m_sites[i].b_OR.clone();
        }
        m_mask = mask;
        rebuildParameters();
    });
}

void LoriAdapter::resetB()
{
    for (SiteState& state : m_sites) {
        state.b_OR.zero_();
        if (state.start_OR.defined()) {
            state.start_OR.zero_();
        }
    }
    rebuildParameters();
}

void LoriAdapter::fold(SiteState& state)
{
    if (state.folded) {
        return;
    }
    const at::Tensor& w_OI =
        m_base->layers()[static_cast<std::size_t>(state.site.layer)].w_OI[static_cast<std::size_t>(state.site.projection)];
    if (!state.folded_OI.defined()) {
        state.folded_OI = at::empty_like(w_OI);
    }
    at::addmm_out(state.folded_OI, w_OI, state.b_OR, state.a_RI, 1, scaling());
    state.folded = true;
}

void LoriAdapter::beginStep(std::int64_t tokens)
{
    std::int64_t bytes = 0;
    for (const SiteState& state : m_sites) {
        bytes += 4 * state.b_OR.size(0) * state.a_RI.size(1);
    }
    for (SiteState& state : m_sites) {
        if (bytes <= kLargestFoldedBytes && foldingPays(tokens, state.b_OR.size(0), state.a_RI.size(1))) {
            fold(state);
        } else {
            state.folded = false;
        }
    }
}

void LoriAdapter::prepareInference()
{
    beginStep(1LL << 30);
}

void LoriAdapter::parametersChanged()
{
    for (std::size_t i = 0; i < m_sites.size(); ++i) {
        if (m_sites[i].kept_N.defined()) {
            m_sites[i].b_OR.view({-1}).index_copy_(0, m_sites[i].kept_N, m_parameters[i].value);
        }
        m_sites[i].folded = false;
    }
}

double LoriAdapter::scaling() const
{
    const auto rank = static_cast<double>(m_config.rank);
    return m_config.alpha / (m_useRslora ? std::sqrt(rank) : rank);
}

const LoriAdapter::SiteState& LoriAdapter::stateOf(Site site) const
{
    return m_sites[static_cast<std::size_t>(m_siteIndex[slot(site)])];
}

LoriAdapter::SiteState& LoriAdapter::stateOf(Site site)
{
    return m_sites[static_cast<std::size_t>(m_siteIndex[slot(site)])];
}

bool LoriAdapter::adapts(Site site) const
{
    return m_siteIndex[slot(site)] >= 0;
}

at::Tensor LoriAdapter::forward(Site site, const at::Tensor& x_TI, const at::Tensor& w_OI, const model::Matmul& matmul,
                                model::SavedSite* saved) const
{
    const SiteState& state = stateOf(site);
    at::Tensor h_TR;
    if (saved != nullptr || !state.folded) {
        h_TR = matmul.forward(x_TI, state.a_RI);
    }
    if (saved != nullptr) {
        *saved = {h_TR};
    }
    if (state.folded) {
        return matmul.forward(x_TI, state.folded_OI);
    }
    return matmul.forward(x_TI, w_OI).add_(matmul.forward(h_TR, state.b_OR), scaling());
}

at::Tensor LoriAdapter::backward(Site site, const at::Tensor& g_TO, const at::Tensor& w_OI, const model::Matmul& matmul,
                                 const model::SavedSite& saved, model::InputGradient inputGradient)
{
    const SiteState& state = stateOf(site);
    const at::Tensor dB_N = matmul.weightGradient(g_TO, saved.front()).view({-1});
    at::Tensor& gradient = m_parameters[static_cast<std::size_t>(m_siteIndex[slot(site)])].gradient;
    gradient.add_(state.kept_N.defined() ? dB_N.index_select(0, state.kept_N) : dB_N, scaling());
    if (inputGradient == model::InputGradient::NotNeeded) {
        return {};
    }
    if (state.folded) {
        return matmul.inputGradient(g_TO, state.folded_OI);
    }
    return matmul.inputGradient(g_TO, w_OI)
        .add_(matmul.inputGradient(matmul.inputGradient(g_TO, state.b_OR), state.a_RI), scaling());
}

std::string LoriAdapter::projectionHash() const
{
    Sha256 hash;
    for (const SiteState& state : m_sites) {
        const at::Tensor a = state.a_RI.to(at::kCPU).contiguous();
        hash.update(std::as_bytes(std::span(a.const_data_ptr<float>(), static_cast<std::size_t>(a.numel()))));
    }
    return hash.hexDigest();
}

FrozenCheck LoriAdapter::frozenCheck() const
{
    FrozenCheck check{projectionHash(), 0};
    for (const SiteState& state : m_sites) {
        if (state.kept_N.defined()) {
            const at::Tensor moved = state.b_OR.ne(state.start_OR).view({-1});
            check.nonZeroOutsideMask +=
                moved.sum().item<std::int64_t>() - moved.index_select(0, state.kept_N).sum().item<std::int64_t>();
        }
    }
    return check;
}

Result<void> LoriAdapter::save(const std::filesystem::path& folder, const std::string& baseModel,
                               formats::AdapterRecord record) const
{
    return guard([&] {
        record.method = name();
        record.projectionSeed = m_config.projectionSeed;
        record.projectionHash = projectionHash();
        record.sparsity = m_mask ? m_mask->sparsity : 0;
        record.maskScope = m_mask ? m_mask->scope : "";
        record.baseFingerprint = m_base->fingerprint();
        std::vector<at::Tensor> alive;
        formats::AdapterToWrite out{m_config.rank, m_config.alpha, baseModel, m_config.targets, {}, std::move(record)};
        const auto add = [&](const SiteState& state, char matrix, const at::Tensor& tensor) {
            alive.push_back(tensor.to(at::kCPU).contiguous());
            const at::Tensor& t = alive.back();
            out.tensors.push_back({formats::peftKey(state.site.layer, state.site.projection, matrix), formats::DType::F32,
                                   t.sizes().vec(),
                                   std::as_bytes(std::span(t.const_data_ptr<float>(), static_cast<std::size_t>(t.numel())))});
        };
        alive.reserve(2 * m_sites.size());
        for (const SiteState& state : m_sites) {
            add(state, 'A', state.a_RI);
            add(state, 'B', state.b_OR);
        }
        formats::writeAdapter(folder, out).value();
    });
}

} // namespace lori::adapters
