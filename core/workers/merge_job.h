// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/adapter_files.h"
#include "core/jobs/job_kind.h"
#include "core/merging/merge.h"
#include "core/support/home.h"
#include "core/workers/job_options.h"

namespace lori::workers {

/// Several adapters become one. result.json: folder, plan, loss, self, seconds, modules, weights, parents; with a base model
/// logits (the proof), with a search its trials. The same merge again gives the same bytes.
class MergeJob final : public jobs::JobKind {
public:
    /// Throws Exception(InvalidArgument) for words that are not known and weights that do not belong together.
    MergeJob(Home home, MergeJobOptions options);
    [[nodiscard]] jobs::JobPlan plan() override;
    [[nodiscard]] jobs::JobResult work(jobs::JobContext& context) override;
    /// What the merge would give, in detail.
    [[nodiscard]] merging::MergePlan mergePlan() const;

private:
    [[nodiscard]] std::vector<formats::AdapterFiles> open() const;
    [[nodiscard]] merging::MergeOptions mergeOptions() const;
    void prove(const std::filesystem::path& folder, jobs::JobResult& result) const;
    Home m_home;
    MergeJobOptions m_options;
};

} // namespace lori::workers
