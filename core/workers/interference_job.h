// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/adapter_files.h"
#include "core/jobs/job_kind.h"
#include "core/support/home.h"
#include "core/workers/job_options.h"

namespace lori::workers {

/// How adapters would meet in a merge, without the base model. result.json: adapters, total, layers, modules, sameProjection,
/// sameSeed (analysis::InterferenceReport).
class InterferenceJob final : public jobs::JobKind {
public:
    InterferenceJob(Home home, InterferenceOptions options) : m_home(std::move(home)), m_options(std::move(options)) {}
    [[nodiscard]] jobs::JobPlan plan() override;
    [[nodiscard]] jobs::JobResult work(jobs::JobContext& context) override;

private:
    [[nodiscard]] std::vector<formats::AdapterFiles> open() const;
    Home m_home;
    InterferenceOptions m_options;
};

} // namespace lori::workers
