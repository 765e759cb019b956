// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/job_kind.h"
#include "core/support/home.h"
#include "core/workers/data_options.h"

#include <optional>

namespace lori::workers {

/// Fetches published data sets. What came before a stop is kept and gone on with. result.json: folder, files.
class DownloadJob final : public jobs::JobKind {
public:
    /// Throws Exception(InvalidArgument | NotFound) without a name, or for one that is not known.
    DownloadJob(Home home, DownloadOptions options);
    [[nodiscard]] jobs::JobPlan plan() override;
    [[nodiscard]] jobs::JobResult work(jobs::JobContext& context) override;
    [[nodiscard]] Error endOfStop(const jobs::StopRequest& stop, const jobs::JobFolder& folder) override;

private:
    [[nodiscard]] std::filesystem::path folder() const;
    Home m_home;
    DownloadOptions m_options;
    std::optional<Error> m_stopped; ///< how far the file under way is
};

} // namespace lori::workers
