// SPDX-License-Identifier: Apache-2.0
#include "core/workers/kinds.h"
#include "core/support/home.h"

#include "core/workers/compare_masks_job.h"
#include "core/workers/evaluate_job.h"
#include "core/workers/export_job.h"
#include "core/workers/interference_job.h"
#include "core/workers/merge_job.h"

#include <array>

namespace lori::workers {

namespace {

using Make = std::unique_ptr<jobs::JobKind> (*)(const Home&, const nlohmann::json&);

template <typename Job, typename Options>
std::unique_ptr<jobs::JobKind> make(const Home& home, const nlohmann::json& options)
{
    return std::make_unique<Job>(home, events::requestOf<Options>(options).value());
}

struct Row {
    const char* name;
    Make make;
};

constexpr std::array kKinds{
    Row{"evaluate", &make<EvaluateJob, EvaluateOptions>},
    Row{"merge", &make<MergeJob, MergeJobOptions>},
    Row{"interference", &make<InterferenceJob, InterferenceOptions>},
    Row{"compare-masks", &make<CompareMasksJob, CompareMasksOptions>},
    Row{"export", &make<ExportJob, ExportOptions>},
};

} // namespace

std::vector<std::string> kindNames()
{
    std::vector<std::string> names;
    for (const Row& row : kKinds) {
        names.emplace_back(row.name);
    }
    return names;
}

Result<std::unique_ptr<jobs::JobKind>> makeKind(const Home& home, const jobs::JobRecord& record)
{
    return guard([&]() -> std::unique_ptr<jobs::JobKind> {
        for (const Row& row : kKinds) {
            if (record.kind == row.name) {
                return row.make(home, record.options);
            }
        }
        throw Exception(ErrorCode::Unsupported, "this program does no jobs of the kind '" + record.kind + "'",
                        "use a newer program", "kind");
    });
}

} // namespace lori::workers
