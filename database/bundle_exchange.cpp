// SPDX-License-Identifier: Apache-2.0
#include "database/bundle_exchange.h"

#include "database/annotations.h"
#include "database/job_ingest.h"
#include "database/job_repository.h"
#include "database/run_repository.h"

#include <algorithm>

namespace lori::database {

namespace {

/// The folder and the words of a run, else of a job.
bundles::Packed packedOf(const History& history, const std::string& text)
{
    const RunRepository runs(history);
    if (const auto id = runs.resolve(text)) {
        const RunSummary run = runs.find(*id).value().summary;
        return {run.folder, true, {run.name, run.note, run.tags}};
    } else if (id.error().code != ErrorCode::NotFound) {
        throw Exception(id.error());
    }
    const JobRepository jobs(history);
    const auto id = jobs.resolve(text);
    if (!id) {
        throw Exception(id.error().code == ErrorCode::NotFound ? runs.resolve(text).error() : id.error());
    }
    const JobSummary job = jobs.find(*id).value().summary;
    return {job.folder, false, {job.name, {}, {}}};
}

/// Puts a person's words on a run that is new here. What the history remembered of it (annotations.json) gives way to what came.
void annotate(const History& history, const Home& home, const bundles::Arrival& arrival)
{
    const Annotations annotations(history, home);
    const std::string run = arrival.idHere();
    if (RunRepository(history).find(run).value().summary.name != arrival.words.name) {
        annotations.rename(run, arrival.words.name).value();
    }
    if (!arrival.words.note.empty()) {
        annotations.setNote(run, arrival.words.note).value();
    }
    if (!arrival.words.tags.empty()) {
        annotations.setTags(run, arrival.words.tags).value();
    }
}

void takeIn(const History& history, const Home& home, const bundles::Arrival& arrival)
{
    if (!arrival.isRun) {
        (void)ingestJob(history, arrival.folder).value();
        return;
    }
    (void)ingestFolder(history, arrival.folder).value();
    annotate(history, home, arrival);
}

} // namespace

Result<bundles::Written> exportBundle(const History& history, const std::filesystem::path& file,
                                      const std::vector<std::string>& ids, const bundles::WriteOptions& options,
                                      const bundles::Progress& progress)
{
    return guard([&] {
        std::vector<bundles::Packed> packed;
        packed.reserve(ids.size());
        for (const std::string& id : ids) {
            packed.push_back(packedOf(history, id));
        }
        return bundles::writeBundle(file, packed, options, progress).value();
    });
}

Result<BundleImported> importBundle(const History& history, const Home& home, const std::filesystem::path& file,
                                    const bundles::Progress& progress, const bundles::Limits& limits)
{
    return guard([&] {
        BundleImported imported{bundles::readBundle(home, file, progress, limits).value(), {}};
        for (const bundles::Arrival& arrival : imported.arrivals) {
            if (arrival.outcome == bundles::Outcome::AlreadyThere) {
                continue;
            }
            if (const auto taken = guard([&] { takeIn(history, home, arrival); }); !taken) {
                imported.problems.push_back({arrival.folder, taken.error()});
            }
        }
        return imported;
    });
}

} // namespace lori::database
