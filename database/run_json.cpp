// SPDX-License-Identifier: Apache-2.0
#include "database/run_json.h"
#include "core/jobs/job_life.h"

namespace lori::database {

using nlohmann::json;

namespace {

template <typename T>
json orNull(const std::optional<T>& value)
{
    return value ? json(*value) : json();
}

json scoreJson(const Score& score)
{
    return {{"value", score.value}, {"low", score.low},     {"high", score.high}, {"hits", score.hits},
            {"rows", score.rows},   {"stage", score.stage}, {"step", score.step}};
}
json scoreJson(const std::optional<Score>& score)
{
    return score ? scoreJson(*score) : json();
}

json stageJson(const StageRow& stage)
{
    json result{{"stage", stage.stage},
                {"name", stage.name},
                {"kind", stage.kind},
                {"steps", stage.steps},
                {"trainable", stage.trainable},
                {"startedMs", orNull(stage.startedMs)},
                {"seconds", orNull(stage.seconds)},
                {"seal", nullptr}};
    if (stage.seal) {
        result["seal"] = {{"aUnchanged", stage.seal->aUnchanged},
                          {"baseUnchanged", stage.seal->baseUnchanged},
                          {"outsideMaskZero", stage.seal->outsideMaskZero},
                          {"aHash", stage.seal->aHash},
                          {"baseHash", stage.seal->baseHash}};
    }
    return result;
}

json evaluationJson(const EvaluationRow& row)
{
    json result = scoreJson(row.score);
    result.update({{"id", row.id},
                   {"task", row.task},
                   {"metric", row.metric},
                   {"higherIsBetter", row.higherIsBetter},
                   {"timeMs", row.timeMs},
                   {"itemsFile", row.itemsFile},
                   {"itemCount", row.itemCount}});
    return result;
}

json machineJson(const std::optional<MachineFacts>& machine)
{
    if (!machine) {
        return nullptr;
    }
    return {{"host", machine->host},       {"cpu", machine->cpu},
            {"cores", machine->cores},     {"memoryBytes", machine->memoryBytes},
            {"gpu", machine->gpu},         {"device", machine->device},
            {"threads", machine->threads}, {"program", machine->program}};
}

/// Text that is JSON already, as JSON.
json parsed(const std::string& text)
{
    json value = json::parse(text, nullptr, false);
    return value.is_discarded() ? json() : value;
}

json findingsJson(const std::vector<Finding>& findings)
{
    json list = json::array();
    for (const Finding& finding : findings) {
        list.push_back({{"kind", findingKindName(finding.kind)}, {"run", finding.run}, {"text", finding.text}});
    }
    return list;
}

} // namespace

json toJson(const RunSummary& run)
{
    json scores = json::array();
    for (const ScoreSummary& score : run.scores) {
        scores.push_back({{"task", score.task},
                          {"metric", score.metric},
                          {"higherIsBetter", score.higherIsBetter},
                          {"before", scoreJson(score.before)},
                          {"last", scoreJson(score.last)},
                          {"best", scoreJson(score.best)}});
    }
    return {{"id", run.id},
            {"name", run.name},
            {"purpose", run.purpose},
            {"preset", run.preset},
            {"model", run.model},
            {"parentRun", run.parentRun},
            {"data", run.data},
            {"state", jobs::jobStateName(run.state)},
            {"createdMs", run.createdMs},
            {"startedMs", orNull(run.startedMs)},
            {"finishedMs", orNull(run.finishedMs)},
            {"lastEventMs", run.lastEventMs},
            {"durationMs", run.durationMs},
            {"stages", run.stages},
            {"rank", orNull(run.rank)},
            {"sparsityRatio", orNull(run.sparsityRatio)},
            {"lastLoss", orNull(run.lastLoss)},
            {"lastStage", run.lastStage},
            {"lastStep", run.lastStep},
            {"scores", std::move(scores)},
            {"note", run.note},
            {"tags", run.tags},
            {"folder", run.folder.string()},
            {"folderPresent", run.folderPresent},
            {"trashedMs", orNull(run.trashedMs)},
            {"error", run.error}};
}

json toJson(const RunDetail& run)
{
    json result{{"run", toJson(run.summary)},   {"config", parsed(run.configJson)},    {"plan", parsed(run.planJson)},
                {"stages", json::array()},      {"adapters", json::array()},           {"masks", json::array()},
                {"evaluations", json::array()}, {"machine", machineJson(run.machine)}, {"healthNotes", json::array()},
                {"events", run.events}};
    for (const StageRow& stage : run.stages) {
        result["stages"].push_back(stageJson(stage));
    }
    for (const AdapterRow& row : run.adapters) {
        result["adapters"].push_back({{"stage", row.stage},
                                      {"folder", row.folder},
                                      {"kind", row.kind},
                                      {"trainable", row.trainable},
                                      {"bytes", row.bytes},
                                      {"sha256", row.sha256}});
    }
    for (const MaskRow& row : run.masks) {
        result["masks"].push_back({{"stage", row.stage},
                                   {"file", row.file},
                                   {"sparsity", row.sparsity},
                                   {"scope", row.scope},
                                   {"rule", row.rule},
                                   {"kept", row.kept},
                                   {"total", row.total},
                                   {"threshold", orNull(row.threshold)}});
    }
    for (const EvaluationRow& row : run.evaluations) {
        result["evaluations"].push_back(evaluationJson(row));
    }
    for (const HealthNote& note : run.healthNotes) {
        result["healthNotes"].push_back({{"timeMs", note.timeMs},
                                         {"level", note.level},
                                         {"code", note.code},
                                         {"text", note.text},
                                         {"values", parsed(note.valuesJson)}});
    }
    return result;
}

json toJson(const CheckReport& report)
{
    return {{"agrees", report.agrees()},
            {"runs", report.runs},
            {"jobs", report.jobs},
            {"events", report.events},
            {"metrics", report.metrics},
            {"files", report.files},
            {"findings", findingsJson(report.findings)},
            {"foldersGone", report.foldersGone},
            {"stillRunning", report.stillRunning}};
}

json toJson(const RebuildReport& report)
{
    return {{"runs", report.runs},
            {"jobs", report.jobs},
            {"events", report.events},
            {"annotated", report.annotated},
            {"keptRows", report.keptRows},
            {"problems", findingsJson(report.problems)},
            {"damagedFile", report.damagedFile.string()}};
}

} // namespace lori::database
