// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/job_kind.h"
#include "core/support/home.h"
#include "core/workers/job_options.h"

namespace lori::workers {

/// Writes a model with an adapter in its weights, or the adapter for llama.cpp. result.json: folder, files, tensors,
/// adaptedModules, bytes, dtype; for gguf-lora file, tensors, bytes.
class ExportJob final : public jobs::JobKind {
public:
    /// Throws Exception(InvalidArgument) for words that are not known and without `out`.
    ExportJob(Home home, ExportOptions options);
    [[nodiscard]] jobs::JobPlan plan() override;
    [[nodiscard]] jobs::JobResult work(jobs::JobContext& context) override;

private:
    [[nodiscard]] jobs::JobResult adapterAlone(jobs::JobContext& context) const;
    Home m_home;
    ExportOptions m_options;
};

} // namespace lori::workers
