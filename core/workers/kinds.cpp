// SPDX-License-Identifier: Apache-2.0
#include "core/workers/kinds.h"

#include "core/experiment/sequence.h"
#include "core/runs/run_job.h"
#include "core/runs/sequence_report.h"
#include "core/workers/compare_masks_job.h"
#include "core/workers/download_job.h"
#include "core/workers/evaluate_job.h"
#include "core/workers/export_job.h"
#include "core/workers/import_job.h"
#include "core/workers/interference_job.h"
#include "core/workers/measure_job.h"
#include "core/workers/merge_job.h"
#include "core/workers/recipe_job.h"
#include "core/workers/sweep_job.h"

#include <array>

namespace lori::workers {

namespace {

/// A kind from its options.
using Make = std::unique_ptr<jobs::JobKind> (*)(const Home&, const nlohmann::json&);

template <typename Job, typename Options>
std::unique_ptr<jobs::JobKind> make(const Home& home, const nlohmann::json& options)
{
    return std::make_unique<Job>(home, events::requestOf<Options>(options).value());
}

std::unique_ptr<jobs::JobKind> makeTrain(const Home& home, const nlohmann::json& options)
{
    return std::make_unique<runs::RunJob>(home, experiment::runConfigFromJson(options).value());
}

std::unique_ptr<jobs::JobKind> makeSequence(const Home& home, const nlohmann::json& options)
{
    const experiment::SequenceConfig sequence = experiment::sequenceFromJson(options).value();
    return std::make_unique<runs::RunJob>(home, experiment::expandSequence(sequence).value());
}

/// Where a job of a kind lives.
using Create = jobs::JobFolder (*)(const Home&, const jobs::JobRecord&);

jobs::JobFolder createJob(const Home& home, const jobs::JobRecord& record)
{
    return jobs::JobFolder::create(home, record).value();
}

jobs::JobFolder createTrain(const Home& home, const jobs::JobRecord& record)
{
    experiment::RunConfig config = experiment::runConfigFromJson(record.options).value();
    config.name = record.name.empty() ? config.name : record.name;
    return jobs::RunFolder::create(home, config).value();
}

jobs::JobFolder createSequence(const Home& home, const jobs::JobRecord& record)
{
    experiment::SequenceConfig sequence = experiment::sequenceFromJson(record.options).value();
    sequence.run.name = record.name.empty() ? sequence.run.name : record.name;
    return runs::createSequenceRun(home, sequence).value();
}

/// The options in their one form: every field, without what is only for people or says where the result goes.
using Canonical = nlohmann::json (*)(const nlohmann::json&);

template <typename Options>
nlohmann::json canonical(const nlohmann::json& options)
{
    return events::fieldsOf(events::requestOf<Options>(options).value());
}

nlohmann::json withoutNames(nlohmann::json run)
{
    for (const char* field : {"name", "purpose", "preset", "parentRun"}) {
        run.erase(field);
    }
    return run;
}

nlohmann::json canonicalTrain(const nlohmann::json& options)
{
    return withoutNames(experiment::toJson(experiment::runConfigFromJson(options).value()));
}

nlohmann::json canonicalSequence(const nlohmann::json& options)
{
    nlohmann::json object = experiment::toJson(experiment::sequenceFromJson(options).value());
    object["run"] = withoutNames(object["run"]);
    return object;
}

nlohmann::json canonicalMerge(const nlohmann::json& options)
{
    nlohmann::json object = canonical<MergeJobOptions>(options);
    object.erase("out");
    return object;
}

nlohmann::json canonicalMeasure(const nlohmann::json& options)
{
    return experiment::toJson(experiment::measureFromJson(options).value());
}

nlohmann::json canonicalSweep(const nlohmann::json& options)
{
    nlohmann::json object = canonical<SweepOptions>(options);
    object["config"] = canonicalTrain(object["config"]);
    return object;
}

std::unique_ptr<jobs::JobKind> makeMeasure(const Home& home, const nlohmann::json& options)
{
    return std::make_unique<MeasureJob>(home, experiment::measureFromJson(options).value());
}

struct Row {
    const char* name;
    Make make;
    Canonical canonical;
    Create create = &createJob;
};

constexpr std::array kKinds{
    Row{"train", &makeTrain, &canonicalTrain, &createTrain},
    Row{"sequence", &makeSequence, &canonicalSequence, &createSequence},
    Row{"recipe", &make<RecipeJob, RecipeJobOptions>, &canonical<RecipeJobOptions>},
    Row{"sweep", &make<SweepJob, SweepOptions>, &canonicalSweep},
    Row{"import", &make<ImportJob, ImportOptions>, &canonical<ImportOptions>},
    Row{"download", &make<DownloadJob, DownloadOptions>, &canonical<DownloadOptions>},
    Row{"measure", &makeMeasure, &canonicalMeasure},
    Row{"evaluate", &make<EvaluateJob, EvaluateOptions>, &canonical<EvaluateOptions>},
    Row{"merge", &make<MergeJob, MergeJobOptions>, &canonicalMerge},
    Row{"interference", &make<InterferenceJob, InterferenceOptions>, &canonical<InterferenceOptions>},
    Row{"compare-masks", &make<CompareMasksJob, CompareMasksOptions>, &canonical<CompareMasksOptions>},
    Row{"export", &make<ExportJob, ExportOptions>, &canonical<ExportOptions>},
};

const Row& rowOf(const std::string& kind)
{
    for (const Row& row : kKinds) {
        if (kind == row.name) {
            return row;
        }
    }
    throw Exception(ErrorCode::Unsupported, "this program does no jobs of the kind '" + kind + "'", "use a newer program",
                    "kind");
}

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
    return guard([&] { return rowOf(record.kind).make(home, record.options); });
}

Result<nlohmann::json> canonicalOptions(const std::string& kind, const nlohmann::json& options)
{
    return guard([&] { return rowOf(kind).canonical(options); });
}

Result<jobs::JobFolder> createFolder(const Home& home, const jobs::JobRecord& record)
{
    return guard([&] { return rowOf(record.kind).create(home, record); });
}

} // namespace lori::workers
