// SPDX-License-Identifier: Apache-2.0
#include "core/workers/download_job.h"

#include "core/downloads/get_data.h"

namespace lori::workers {

namespace {

std::string lineOf(const downloads::GotFile& file)
{
    if (file.alreadyThere) {
        return file.target + ": already there, left alone\n";
    }
    return file.target + ": " + std::to_string(file.rows) + " rows, " +
           (file.verified ? "hash verified" : "not verified: no hash is known") +
           (file.resumedFrom > 0 ? ", went on after " + std::to_string(file.resumedFrom) + " bytes" : "") + "\n";
}

} // namespace

DownloadJob::DownloadJob(Home home, DownloadOptions options) : m_home(std::move(home)), m_options(std::move(options))
{
    if (m_options.names.empty()) {
        throw Exception(ErrorCode::InvalidArgument, "no data set is named",
                        "name one, a group, or all; lori data get --list shows them");
    }
    static_cast<void>(downloads::findDataSources(m_options.names).value());
}

std::filesystem::path DownloadJob::folder() const
{
    return m_options.folder.empty() ? m_home.root / "data" : std::filesystem::path(m_options.folder);
}

jobs::JobPlan DownloadJob::plan()
{
    jobs::JobPlan plan;
    std::uint64_t bytes = 0;
    std::size_t files = 0;
    bool isKnown = true;
    for (const downloads::DataSource& source : downloads::findDataSources(m_options.names).value()) {
        for (const downloads::SourceFile& file : source.files) {
            if (!std::filesystem::exists(folder() / file.target)) {
                ++files;
                bytes += file.bytes;
                isKnown = isKnown && file.bytes > 0;
                plan.writes.push_back(folder() / file.target);
            }
        }
    }
    plan.what = "fetches " + std::to_string(files) + " files from " + m_options.from;
    plan.diskBytes = isKnown ? static_cast<std::int64_t>(bytes) : -1;
    return plan;
}

jobs::JobResult DownloadJob::work(jobs::JobContext& context)
{
    downloads::GetOptions options;
    options.folder = folder();
    options.host = m_options.from.substr(0, m_options.from.find_last_not_of('/') + 1);
    options.stallSeconds = static_cast<int>(m_options.timeout);
    options.progress = [&](const std::string& target, std::size_t index, std::size_t count,
                           const downloads::DownloadProgress& progress) {
        return context.goOn(target + ", file " + std::to_string(index + 1) + " of " + std::to_string(count),
                            static_cast<std::int64_t>(progress.bytes), static_cast<std::int64_t>(progress.total),
                            progress.secondsLeft);
    };
    const auto got = downloads::getData(downloads::findDataSources(m_options.names).value(), options);
    if (!got && got.error().code == ErrorCode::Stopped) {
        m_stopped = got.error();
    }
    context.rethrow();
    jobs::JobResult result;
    result.json = {{"folder", options.folder.string()}, {"files", nlohmann::ordered_json::array()}};
    for (const downloads::GotFile& file : got.value()) {
        result.json["files"].push_back({{"name", file.name},
                                        {"file", file.target},
                                        {"status", file.alreadyThere ? "already there" : "downloaded"},
                                        {"rows", file.rows},
                                        {"bytes", file.bytes},
                                        {"resumed_from", file.resumedFrom},
                                        {"sha256", file.sha256},
                                        {"verified", file.verified}});
        result.text += lineOf(file);
        if (!file.alreadyThere) {
            context.madeArtifact("dataset", options.folder / file.target, file.sha256, static_cast<std::int64_t>(file.bytes), {});
        }
    }
    result.text += "in " + options.folder.string() + "\n";
    return result;
}

Error DownloadJob::endOfStop(const jobs::StopRequest& stop, const jobs::JobFolder& folder)
{
    return m_stopped && stop.kind != jobs::StopRequest::Kind::Discard ? *m_stopped : JobKind::endOfStop(stop, folder);
}

} // namespace lori::workers
