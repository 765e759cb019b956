// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/merge/merge_results.h"

#include "core/jobs/job_lock.h"
#include "core/support/files.h"

#include <nlohmann/json.hpp>

#include <QLocale>

#include <algorithm>

namespace lori::ui {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kLargestResult = 64ULL << 20U; ///< bytes; a line for each module

MergeResult resultOf(const jobs::JobFolder& folder, const jobs::JobRecord& record, const nlohmann::json& parsed)
{
    MergeResult result;
    result.jobId = QString::fromStdString(folder.id());
    result.name = QString::fromStdString(record.name);
    result.createdMs = record.createdMs;
    for (const auto& adapter : record.options.at("adapters")) {
        result.adapters.emplace_back(adapter.at("folder").get<std::string>());
    }
    const nlohmann::json& plan = parsed.at("plan");
    result.method = plan.at("method").get<std::string>();
    result.rank = plan.at("rank").get<std::int64_t>();
    result.fileBytes = plan.at("fileBytes").get<double>();
    result.weights = parsed.at("weights").get<std::vector<double>>();
    result.folder = parsed.at("folder").get<std::string>();
    result.loss = parsed.at("loss").at("total").get<double>();
    result.worstLoss = parsed.at("loss").at("worst").get<double>();
    result.selfCheck = parsed.at("self").at("total").get<double>();
    result.seconds = parsed.at("seconds").get<double>();
    return result;
}

} // namespace

QString MergeResult::weightsText() const
{
    QStringList texts;
    for (const double weight : weights) {
        texts.append(QLocale().toString(weight, 'g', 3));
    }
    return texts.join(QStringLiteral(" / "));
}

Result<MergeResult> readMerge(const jobs::JobFolder& folder)
{
    return guard([&] {
        const jobs::JobRecord record = folder.record().value();
        if (record.kind != "merge") {
            throw Exception(ErrorCode::BadFile, "this job is no merge", "choose another", folder.id());
        }
        const std::string text = readTextFile(folder.resultFile(), kLargestResult).value();
        try {
            return resultOf(folder, record, nlohmann::json::parse(text));
        } catch (const nlohmann::json::exception& error) {
            throw Exception(ErrorCode::BadFile, error.what(), "merge again", folder.resultFile().string());
        }
    });
}

FoundMerges findMerges(const Home& home)
{
    FoundMerges found;
    std::error_code ignored; // a home without jobs has no merges
    for (const fs::directory_entry& entry : fs::directory_iterator(home.jobs(), ignored)) {
        const auto folder = jobs::JobFolder::open(home, entry.path().string());
        if (!folder) {
            continue;
        }
        if (std::error_code none; !fs::exists(folder->resultFile(), none)) {
            const auto record = folder->record();
            const QString id = QString::fromStdString(folder->id()); // begins with the time
            if (record && record->kind == "merge" && id > found.live && jobs::JobLock::holder(*folder)) {
                found.live = id;
            }
            continue;
        }
        const auto merge = readMerge(*folder);
        if (merge && fs::exists(merge->folder, ignored)) {
            found.done.push_back(*merge);
        }
    }
    std::sort(found.done.begin(), found.done.end(), [](const auto& a, const auto& b) { return a.createdMs > b.createdMs; });
    return found;
}

} // namespace lori::ui
