// SPDX-License-Identifier: Apache-2.0
#pragma once

// Works through the modules of a merge with several threads and hands the results over in order. Internal to this room.

#include "core/merging/merge.h"
#include "core/merging/module_merge.h"

#include <condition_variable>
#include <cstdint>
#include <exception>
#include <mutex>
#include <span>
#include <vector>

namespace lori::merging {

/// A module that at least one adapter has.
struct ModulePlace {
    std::int64_t layer = 0;
    Projection projection = Projection::Q;
    std::int64_t in = 0;
    std::int64_t out = 0;
    std::vector<const formats::AdapterModule*> parts; ///< by adapter; nullptr where one lacks the module
};
/// By layer, then projection.
[[nodiscard]] std::vector<ModulePlace> placesOf(const std::vector<formats::AdapterFiles>& adapters);

class ModuleRunner final {
public:
    /// Keeps references to all arguments.
    ModuleRunner(const std::vector<formats::AdapterFiles>& adapters, const MergePlan& plan,
                 const std::vector<ModulePlace>& places, const MaskSource& masks, const MergeProgress& progress);

    /// Merges every module and gives A and B of each, in order, to `sink`. Throws what merging, the sink or a stop throws.
    void run(const ByteSink& sink);

    [[nodiscard]] const std::vector<MergedModule>& merged() const { return m_merged; }
    [[nodiscard]] const std::vector<MergedModule>& self() const { return m_self; }
    [[nodiscard]] const std::vector<std::uint64_t>& hashes() const { return m_hashes; } ///< fastHash of A and B of each module

private:
    struct Done {
        LowRank factors;
        MergedModule merged;
        MergedModule self;
    };
    void work();
    void workOne(std::size_t index);
    [[nodiscard]] ModuleParts read(const ModulePlace& place) const;
    [[nodiscard]] Done merge(std::size_t index) const;
    void deliver(std::size_t index, const Done& done);
    [[nodiscard]] bool checksSelf(std::size_t index) const { return !m_plan.needsFullMatrices || index == 0; }

    const std::vector<formats::AdapterFiles>& m_adapters;
    const MergePlan& m_plan;
    const std::vector<ModulePlace>& m_places;
    const MaskSource& m_masks;
    const MergeProgress& m_progress;
    const ByteSink* m_sink = nullptr;

    std::mutex m_mutex; ///< guards what follows
    std::condition_variable m_turnChanged;
    std::size_t m_next = 0; ///< module to be taken up
    std::size_t m_turn = 0; ///< module to be delivered
    std::exception_ptr m_failure;
    std::vector<MergedModule> m_merged;
    std::vector<MergedModule> m_self;
    std::vector<std::uint64_t> m_hashes;
};

} // namespace lori::merging
