// SPDX-License-Identifier: Apache-2.0
#include "core/adapters/low_rank_method.h"

#include "core/adapters/adapter_folder.h"
#include "core/adapters/projection_draw.h"
#include "core/experiment/folding.h"
#include "core/support/sha256.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Functions.h>

#include <algorithm>
#include <cmath>

namespace lori::adapters {

using model::Site;

namespace {

bool foldingPays(std::int64_t tokens, std::int64_t out, std::int64_t in)
{
    return experiment::foldingPays(static_cast<double>(tokens), static_cast<double>(out), static_cast<double>(in));
}

/// Rank, alpha, targets and seed of a folder.
experiment::AdapterConfig configOf(const formats::AdapterFiles& files)
{
    experiment::AdapterConfig config;
    config.rank = files.rank;
    config.alpha = files.alpha;
    config.rslora = files.useRslora;
    config.targets = files.targets;
    config.projectionSeed = files.record ? files.record->projectionSeed : 0;
    config.orthogonalBlock = files.record ? files.record->orthogonalBlock : -1;
    return config;
}

} // namespace

LowRankMethod::LowRankMethod(std::shared_ptr<const model::BaseModel> base, experiment::AdapterConfig config)
    : m_base(std::move(base)), m_config(std::move(config)), m_index(*m_base, m_config.targets)
{
    for (const Site site : m_index.sites()) {
        addFactors(site, m_config.rank, m_config.alpha);
    }
}

LowRankMethod::LowRankMethod(std::shared_ptr<const model::BaseModel> base, const formats::AdapterFiles& files)
    : m_base(std::move(base)), m_config(configOf(files)), m_index(*m_base, files)
{
    for (const formats::AdapterModule& module : files.modules) {
        addFactors({module.layer, module.projection}, module.a->shape[0], module.alpha.value_or(files.alpha));
    }
}

void LowRankMethod::addFactors(Site site, std::int64_t rank, double alpha)
{
    const model::Weight& w_OI = weightAt(*m_base, site);
    const auto options = at::TensorOptions(at::kFloat).device(w_OI.device());
    const auto r = static_cast<double>(rank);
    m_factors.push_back({site,
                         at::zeros({rank, w_OI.size(1)}, options),
                         at::zeros({w_OI.size(0), rank}, options),
                         {},
                         false,
                         alpha,
                         alpha / (m_config.rslora ? std::sqrt(r) : r)});
}

std::vector<formats::ModuleToWrite> LowRankMethod::modulesToWrite() const
{
    const bool isEverywhere = m_factors.size() == SiteIndex(*m_base, m_config.targets).sites().size();
    const bool isUniform = std::all_of(m_factors.begin(), m_factors.end(), [&](const Factors& f) {
        return f.a_RI.size(0) == m_config.rank && f.alpha == m_config.alpha;
    });
    std::vector<formats::ModuleToWrite> modules;
    for (const Factors& f : m_factors) {
        if (!isEverywhere || !isUniform) {
            modules.push_back({f.site.layer, f.site.projection, f.a_RI.size(0), f.alpha});
        }
    }
    return modules;
}

void LowRankMethod::drawProjections()
{
    at::Generator generator = at::detail::createCPUGenerator(m_config.projectionSeed);
    for (Factors& f : m_factors) {
        const std::int64_t rank = f.a_RI.size(0);
        const std::int64_t in = f.a_RI.size(1);
        f.a_RI.copy_(m_config.orthogonalBlock < 0 ? randomProjection(rank, in, generator)
                                                  : orthogonalProjection(rank, in, m_config.orthogonalBlock, generator));
    }
}

void LowRankMethod::readFactors(const formats::AdapterFiles& files)
{
    for (std::size_t i = 0; i < m_factors.size(); ++i) {
        m_factors[i].a_RI = readTensor(*files.modules[i].a, *m_base);
        m_factors[i].b_OR = readTensor(*files.modules[i].b, *m_base);
    }
}

void LowRankMethod::resetB()
{
    for (Factors& f : m_factors) {
        f.b_OR.zero_();
        f.isFolded = false;
    }
}

std::string LowRankMethod::projectionHash() const
{
    Sha256 hash;
    for (const Factors& f : m_factors) {
        const at::Tensor a = f.a_RI.to(at::kCPU).contiguous();
        hash.update(std::as_bytes(std::span(a.const_data_ptr<float>(), static_cast<std::size_t>(a.numel()))));
    }
    return hash.hexDigest();
}

std::vector<LowRankChange> LowRankMethod::changes() const
{
    std::vector<LowRankChange> list;
    for (const Factors& f : m_factors) {
        list.push_back({f.site, f.a_RI, f.b_OR, f.scaling});
    }
    return list;
}

void LowRankMethod::fold(Factors& f)
{
    if (f.isFolded) {
        return;
    }
    const model::Weight& w_OI = weightAt(*m_base, f.site);
    if (!f.folded_OI.defined()) {
        f.folded_OI = at::empty_like(w_OI.dense());
    }
    at::addmm_out(f.folded_OI, w_OI.dense(), f.b_OR, f.a_RI, 1, f.scaling);
    f.isFolded = true;
}

void LowRankMethod::beginStep(std::int64_t tokens)
{
    std::int64_t bytes = 0;
    for (const Factors& f : m_factors) {
        bytes += 4 * f.b_OR.size(0) * f.a_RI.size(1);
    }
    for (Factors& f : m_factors) {
        // Narrow weights are there to save memory: a folded copy in f32 would take it back.
        // With bf16 operands W + s·B·A would lose what is smaller than half a step of W.
        const bool isSmall = bytes <= experiment::kLargestFoldedBytes && weightAt(*m_base, f.site).isFloat() &&
                             m_base->matmul().backend() != model::GemmBackend::Bf16;
        if (isSmall && foldingPays(tokens, f.b_OR.size(0), f.a_RI.size(1))) {
            fold(f);
        } else {
            f.isFolded = false;
        }
    }
}

void LowRankMethod::prepareInference()
{
    beginStep(1LL << 30);
}

void LowRankMethod::parametersChanged()
{
    for (Factors& f : m_factors) {
        f.isFolded = false;
    }
}

at::Tensor LowRankMethod::product(const Factors& f, const at::Tensor& x_TI, const model::Weight& w_OI,
                                  const model::Matmul& matmul, at::Tensor* h_TR) const
{
    at::Tensor h;
    if (h_TR != nullptr || !f.isFolded) {
        h = matmul.forward(x_TI, f.a_RI);
    }
    if (h_TR != nullptr) {
        *h_TR = h;
    }
    if (f.isFolded) {
        return matmul.forward(x_TI, f.folded_OI);
    }
    return matmul.forward(x_TI, w_OI).add_(matmul.forward(h, f.b_OR), f.scaling);
}

at::Tensor LowRankMethod::inputGradient(const Factors& f, const at::Tensor& g_TO, const model::Weight& w_OI,
                                        const model::Matmul& matmul, const at::Tensor& gB_TR) const
{
    if (f.isFolded) {
        return matmul.inputGradient(g_TO, f.folded_OI);
    }
    const at::Tensor gB = gB_TR.defined() ? gB_TR : matmul.inputGradient(g_TO, f.b_OR);
    return matmul.inputGradient(g_TO, w_OI).add_(matmul.inputGradient(gB, f.a_RI), f.scaling);
}

void LowRankMethod::writeFolder(const std::filesystem::path& folder, const std::string& baseModel, formats::AdapterRecord record,
                                formats::AdapterKind kind, const std::vector<std::pair<std::string, at::Tensor>>& extra) const
{
    record.method = name();
    record.projectionSeed = m_config.projectionSeed;
    record.orthogonalBlock = m_config.orthogonalBlock;
    record.baseFingerprint = m_base->fingerprint();
    TensorList tensors;
    for (const Factors& f : m_factors) {
        tensors.add(formats::peftKey(f.site.layer, f.site.projection, 'A'), f.a_RI);
        tensors.add(formats::peftKey(f.site.layer, f.site.projection, 'B'), f.b_OR);
    }
    for (const auto& [name, tensor] : extra) {
        tensors.add(name, tensor);
    }
    formats::writeAdapter(folder, {m_config.rank,
                                   m_config.alpha,
                                   baseModel,
                                   m_config.targets,
                                   tensors.toWrite(),
                                   std::move(record),
                                   kind,
                                   m_config.rslora,
                                   {},
                                   modulesToWrite(),
                                   placeOf(*m_base)})
        .value();
}

} // namespace lori::adapters
