// SPDX-License-Identifier: Apache-2.0
#include "core/serving/shelved_adapter.h"

#include "core/adapters/low_rank_method.h"
#include "core/adapters/method_choice.h"
#include "core/model/weight_tensors.h"
#include "core/serving/run_method.h"
#include "core/support/sha256.h"

#include <algorithm>
#include <cstdio>

namespace lori::serving {

namespace {

std::string hexOf(std::uint64_t value)
{
    char text[17];
    std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(value));
    return text;
}

/// Everything that decides what the adapter does: kind, places, scalings, values.
std::string contentHash(const ShelvedAdapter& adapter)
{
    Sha256 hash;
    const auto add = [&](const std::string& text) {
        hash.update(text + "\n");
    };
    const auto addChanges = [&](const std::vector<adapters::LowRankChange>& changes) {
        for (const adapters::LowRankChange& c : changes) {
            char scaling[40];
            std::snprintf(scaling, sizeof scaling, " %a ", c.scaling);
            add(std::to_string(c.site.layer) + " " + std::string(projectionName(c.site.projection)) + scaling +
                hexOf(model::tensorHash(c.a_RI)) + hexOf(model::tensorHash(c.b_OR)));
        }
    };
    if (!adapter.method) {
        addChanges(adapter.changes);
        return hash.hexDigest();
    }
    add(adapter.method->name());
    if (const auto* lowRank = dynamic_cast<const adapters::LowRankMethod*>(adapter.method.get())) {
        addChanges(lowRank->changes()); // of DoRA, whose scalings are no parameters
    }
    for (const adapters::Parameter& parameter : adapter.method->parameters()) {
        add(parameter.name + " " + hexOf(model::tensorHash(parameter.value)));
    }
    return hash.hexDigest();
}

void describe(ShelvedAdapter& adapter, const model::BaseModel& base)
{
    for (const adapters::LowRankChange& c : adapter.changes) {
        adapter.info.sites.push_back(c.site);
        adapter.info.rank = std::max(adapter.info.rank, c.a_RI.size(0));
    }
    if (adapter.method) {
        if (const auto* lowRank = dynamic_cast<const adapters::LowRankMethod*>(adapter.method.get())) {
            for (const adapters::LowRankChange& c : lowRank->changes()) {
                adapter.info.rank = std::max(adapter.info.rank, c.a_RI.size(0));
            }
        }
        for (std::int64_t layer = 0; layer < static_cast<std::int64_t>(base.layers().size()); ++layer) {
            for (const Projection p : kAllProjections) {
                if (adapter.method->adapts({layer, p})) {
                    adapter.info.sites.push_back({layer, p});
                }
            }
        }
    }
    adapter.info.mixes = adapter.method == nullptr;
    adapter.info.contentHash = contentHash(adapter);
}

bool isFullModel(const std::filesystem::path& folder)
{
    return !std::filesystem::exists(folder / "adapter_config.json") && std::filesystem::exists(folder / "model.safetensors");
}

} // namespace

std::shared_ptr<ShelvedAdapter> openAdapterFolder(const std::shared_ptr<const model::BaseModel>& base,
                                                  const std::filesystem::path& folder)
{
    auto adapter = std::make_shared<ShelvedAdapter>();
    adapter->info.path = folder;
    std::optional<adapters::LowRankChanges> read;
    if (!isFullModel(folder)) {
        read = adapters::readLowRankChanges(*base, folder).value();
    }
    if (read) {
        adapter->info.kind = read->method;
        adapter->changes = std::move(read->changes);
    } else {
        adapter->method = adapters::openTrained(base, folder).value();
        adapter->info.kind = adapter->method->name();
    }
    describe(*adapter, *base);
    return adapter;
}

std::shared_ptr<ShelvedAdapter> openRunCheckpoint(const std::shared_ptr<const model::BaseModel>& base,
                                                  const std::filesystem::path& runFolder)
{
    RunMethod run = methodOfRun(base, runFolder);
    auto adapter = std::make_shared<ShelvedAdapter>();
    adapter->info.path = runFolder;
    adapter->info.stage = run.stage;
    adapter->info.step = run.step;
    adapter->info.kind = run.method->name();
    const auto* lowRank = dynamic_cast<const adapters::LowRankMethod*>(run.method.get());
    if (lowRank != nullptr && experiment::traitsOf(run.method->kind()).writes == AdapterKind::LowRank) {
        adapter->changes = lowRank->changes();
    } else {
        adapter->method = std::move(run.method);
    }
    describe(*adapter, *base);
    return adapter;
}

} // namespace lori::serving
