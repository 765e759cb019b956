// SPDX-License-Identifier: Apache-2.0
#include "core/merging/module_runner.h"

#include "core/formats/adapter_sets.h"
#include "core/support/fast_hash.h"

#include <ATen/Functions.h>
#include <ATen/Parallel.h>
#include <c10/core/InferenceMode.h>

#include <algorithm>

namespace lori::merging {

using formats::AdapterFiles;

namespace {

std::string nameOf(const ModulePlace& place)
{
    return "layer " + std::to_string(place.layer) + " " + std::string(projectionName(place.projection));
}

at::Tensor readMatrix(const formats::TensorView& view, const ModulePlace& place, const AdapterFiles& adapter)
{
    at::Tensor tensor = at::empty(view.shape, at::kFloat);
    formats::toFloat(view, {tensor.mutable_data_ptr<float>(), static_cast<std::size_t>(tensor.numel())}).value();
    formats::releasePages(view);
    if (!at::isfinite(tensor.sum()).item<bool>() && !at::isfinite(tensor).all().item<bool>()) {
        throw Exception(ErrorCode::NonFinite, nameOf(place) + " holds a NaN or infinity",
                        "train again with a smaller learning rate", adapter.folder.string());
    }
    return tensor;
}

/// A module may have fewer adapters, or smaller ranks, than others: rows and columns of zeros make it as large as them.
LowRank filledUp(LowRank factors, std::int64_t rank)
{
    const std::int64_t found = factors.a_RI.size(0);
    if (found >= rank) {
        return factors;
    }
    LowRank whole{at::zeros({rank, factors.a_RI.size(1)}, at::kFloat), at::zeros({factors.b_OR.size(0), rank}, at::kFloat)};
    whole.a_RI.narrow(0, 0, found).copy_(factors.a_RI);
    whole.b_OR.narrow(1, 0, found).copy_(factors.b_OR);
    return whole;
}

std::span<const std::byte> bytesOf(const at::Tensor& tensor)
{
    return std::as_bytes(std::span(tensor.const_data_ptr<float>(), static_cast<std::size_t>(tensor.numel())));
}

} // namespace

std::vector<ModulePlace> placesOf(const std::vector<AdapterFiles>& adapters)
{
    std::vector<ModulePlace> places;
    for (formats::SharedModule& shared : formats::modulesByPlace(adapters)) {
        const auto found =
            std::find_if(shared.parts.begin(), shared.parts.end(), [](const auto* part) { return part != nullptr; });
        places.push_back(
            {shared.layer, shared.projection, (*found)->a->shape[1], (*found)->b->shape[0], std::move(shared.parts)});
    }
    return places;
}

ModuleRunner::ModuleRunner(const std::vector<AdapterFiles>& adapters, const MergePlan& plan,
                           const std::vector<ModulePlace>& places, const MaskSource& masks, const MergeProgress& progress)
    : m_adapters(adapters), m_plan(plan), m_places(places), m_masks(masks), m_progress(progress)
{
}

void ModuleRunner::run(const ByteSink& sink)
{
    m_sink = &sink;
    // Full matrices are as large as a layer: one at a time, with all threads inside it.
    const std::int64_t threads = m_plan.options.threads > 0 ? m_plan.options.threads : at::get_num_threads();
    if (m_plan.needsFullMatrices || threads == 1) {
        work();
    } else {
        // Inside a parallel region LibTorch and its BLAS use one thread each, so that the modules share the cores.
        at::parallel_for(0, threads, 1, [&](std::int64_t, std::int64_t) { work(); });
    }
    if (m_failure) {
        std::rethrow_exception(m_failure);
    }
}

void ModuleRunner::work()
{
    const c10::InferenceMode noGraph;
    while (true) {
        std::size_t index = 0;
        {
            const std::lock_guard lock(m_mutex);
            if (m_failure || m_next == m_places.size()) {
                return;
            }
            index = m_next++;
        }
        try {
            workOne(index);
        } catch (...) {
            const std::lock_guard lock(m_mutex);
            m_failure = m_failure ? m_failure : std::current_exception();
            m_turnChanged.notify_all();
        }
    }
}

void ModuleRunner::workOne(std::size_t index)
{
    const Done done = merge(index);
    std::unique_lock lock(m_mutex);
    m_turnChanged.wait(lock, [&] { return m_turn == index || m_failure; });
    if (!m_failure) {
        deliver(index, done);
        m_turn = index + 1;
        m_turnChanged.notify_all();
    }
}

ModuleParts ModuleRunner::read(const ModulePlace& place) const
{
    ModuleParts module{place.layer, place.projection, place.in, place.out, {}};
    for (std::size_t i = 0; i < place.parts.size(); ++i) {
        if (place.parts[i] != nullptr) {
            module.parts.push_back({i, m_plan.options.weights[i], m_adapters[i].scaling(*place.parts[i]),
                                    readMatrix(*place.parts[i]->a, place, m_adapters[i]),
                                    readMatrix(*place.parts[i]->b, place, m_adapters[i])});
        }
    }
    return module;
}

ModuleRunner::Done ModuleRunner::merge(std::size_t index) const
{
    const ModulePlace& place = m_places[index];
    ModuleParts module = read(place);
    FactoredSum sum = exactSum(module, m_plan);
    Done done{filledUp(mergeModule(module, m_plan, m_masks, sum), m_plan.rank), {}, {}};
    const auto measured = [&](FactoredSum& wanted, const LowRank& found) {
        const Distance distance = wanted.distanceTo(found);
        return MergedModule{place.layer, place.projection, distance.norm, distance.error};
    };
    done.merged = measured(sum, done.factors);
    if (!std::isfinite(done.merged.error)) {
        throw Exception(ErrorCode::NonFinite, nameOf(place) + " of the merge is not finite", "choose smaller weights");
    }
    if (checksSelf(index)) {
        module.parts.resize(1);
        module.parts.front().weight = 1;
        FactoredSum alone = exactSum(module, m_plan);
        done.self = measured(alone, mergeModule(module, m_plan, m_masks, alone));
    }
    return done;
}

void ModuleRunner::deliver(std::size_t index, const Done& done)
{
    for (const at::Tensor* tensor : {&done.factors.a_RI, &done.factors.b_OR}) {
        const at::Tensor whole = tensor->contiguous();
        (*m_sink)(bytesOf(whole));
        m_hashes.push_back(fastHash(bytesOf(whole)));
    }
    m_merged.push_back(done.merged);
    if (checksSelf(index)) {
        m_self.push_back(done.self);
    }
    if (m_progress &&
        !m_progress(static_cast<std::int64_t>(index) + 1, static_cast<std::int64_t>(m_places.size()), done.merged)) {
        throw Exception(ErrorCode::Stopped, "the merge was stopped", "", "");
    }
}

} // namespace lori::merging
