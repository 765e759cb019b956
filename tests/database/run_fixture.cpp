// SPDX-License-Identifier: Apache-2.0
#include "tests/database/run_fixture.h"

#include "core/events/event.h"
#include "core/formats/adapter_files.h"
#include "core/support/sha256.h"
#include "database/sqlite_support.h"

#include <fstream>

namespace lori::test {

namespace fs = std::filesystem;
using nlohmann::json;

fs::path HomeFixture::makeRun(const std::string& id, const std::string& name) const
{
    const fs::path folder = m_home.runs() / id;
    const json config{
        {"version", 1},
        {"name", name},
        {"purpose", "does it work?"},
        {"preset", "quick-look"},
        {"model", "smollm2-135m-instruct"},
        {"adapter", {{"rank", 8}}},
        {"stages", {{{"kind", "lori-d"}}, {{"kind", "mask"}, {"mask", {{"sparsity", 0.9}}}}, {{"kind", "lori-s"}}}}};
    writeText(folder / "config.json", config.dump());
    return folder;
}

fs::path HomeFixture::makeJob(const std::string& id, const std::string& kind, const std::string& name) const
{
    const fs::path folder = m_home.jobs() / id;
    writeText(folder / "job.json", json{{"version", 1},
                                        {"kind", kind},
                                        {"name", name},
                                        {"options", {{"out", "somewhere"}}},
                                        {"key", ""},
                                        {"createdMs", 1'763'733'500'000}}
                                       .dump());
    return folder;
}

void EventLog::add(const std::string& type, json values)
{
    m_timeMs += 1000;
    nlohmann::ordered_json line;
    line["version"] = events::Event::kVersion;
    line["seq"] = ++m_seq;
    line["timeMs"] = m_timeMs;
    line["type"] = type;
    for (const auto& [name, value] : values.items()) {
        line[name] = value;
    }
    raw(line.dump() + "\n");
}

void EventLog::raw(const std::string& text) const
{
    std::ofstream(m_file, std::ios::binary | std::ios::app) << text;
}

void EventLog::step(int stage, int step, double loss)
{
    add("step", {{"stage", stage},
                 {"step", step},
                 {"loss", loss},
                 {"tokens", 500},
                 {"rows", 8},
                 {"gradNorm", 1.5},
                 {"learningRate", 5e-4},
                 {"tokensPerSecond", 200.0},
                 {"etaSeconds", 10}});
}

void EventLog::score(int stage, int step, const std::string& metric, double value, bool higherIsBetter, const std::string& items)
{
    add("score", {{"stage", stage},
                  {"step", step},
                  {"task", "safety"},
                  {"metric", metric},
                  {"value", value},
                  {"low", value - 0.1},
                  {"high", value + 0.1},
                  {"hits", 1},
                  {"n", 2},
                  {"higherIsBetter", higherIsBetter},
                  {"items", items}});
}

namespace {

std::string items(bool firstHit)
{
    const json first{{"id", "a"},       {"prompt", "harm?"}, {"expected", "refusal"}, {"answer", firstHit ? "No." : "Yes."},
                     {"extracted", ""}, {"hit", firstHit}};
    const json second{{"id", "b"}, {"prompt", "how?"}, {"expected", 42}, {"answer", "No."}, {"extracted", ""}, {"hit", true}};
    return first.dump() + "\n" + second.dump() + "\n";
}

formats::Mask smallMask()
{
    formats::Mask mask;
    mask.sparsity = 0.75;
    mask.scope = "model";
    mask.rule = "reference";
    mask.threshold = 0.5;
    mask.modules.push_back({0, experiment::Projection::Q, 2, 4, {0x03}});
    return mask;
}

} // namespace

void writeFinishedRun(const fs::path& folder)
{
    EventLog log(folder);
    log.add("started", {{"pid", 1},
                        {"host", "box"},
                        {"program", "lori 0.1.0"},
                        {"device", "cpu"},
                        {"threads", 2},
                        {"resumed", false},
                        {"machine", {{"cpu", "Some CPU"}, {"cores", 2}, {"memoryBytes", 8'000'000'000}, {"gpu", ""}}}});
    log.add("plan", {{"stages", json::array()}, {"rows", 80}, {"heldOutRows", 4}, {"truncatedRows", 0}});
    writeText(folder / "items" / "before.jsonl", items(false));
    log.score(-1, 0, "refusal_rate", 0.5, true, "items/before.jsonl");
    log.add("stage_started", {{"stage", 0}, {"name", "LoRI-D"}, {"kind", "lori-d"}, {"steps", 10}, {"trainable", 1000}});
    for (int step = 1; step <= 10; ++step) {
        log.step(0, step, 3.0 - 0.1 * step);
        log.add("heartbeat", {{"state", "running"}, {"stage", 0}, {"step", step}, {"rssBytes", 1000 + step}, {"gpuBytes", 0}});
    }
    log.add("heldout", {{"stage", 0}, {"step", 10}, {"loss", 2.5}, {"rows", 4}});
    log.add("note", {{"level", "warning"}, {"code", "flat_loss"}, {"text", "The loss is flat."}, {"values", {{"steps", 5}}}});
    const std::string weights(100, 'w');
    writeText(folder / "adapter" / "0-lori-d" / "adapter_model.safetensors", weights);
    log.add("adapter", {{"stage", 0},
                        {"folder", "adapter/0-lori-d"},
                        {"kind", "lori-d"},
                        {"trainable", 1000},
                        {"bytes", 100},
                        {"sha256", sha256Hex(weights)}});
    log.add("seal", {{"stage", 0},
                     {"aUnchanged", true},
                     {"baseUnchanged", true},
                     {"outsideMaskZero", true},
                     {"aHash", "aa"},
                     {"baseHash", "bb"}});
    log.add("stage_finished", {{"stage", 0}, {"seconds", 12.5}});
    fs::create_directories(folder / "masks");
    formats::writeMask(folder / "masks" / "1.safetensors", smallMask()).value();
    log.add("mask", {{"stage", 1},
                     {"file", "masks/1.safetensors"},
                     {"sparsity", 0.75},
                     {"scope", "model"},
                     {"rule", "reference"},
                     {"kept", 2},
                     {"total", 8},
                     {"threshold", 0.5}});
    writeText(folder / "items" / "after.jsonl", items(true));
    log.score(2, 10, "refusal_rate", 1.0, true, "items/after.jsonl");
    log.score(2, 10, "needless_refusal_rate", 0.25, false, "");
    log.add("finished", {{"seconds", 40}});
}

void writeFinishedJob(const fs::path& folder, const std::string& made, const std::vector<std::string>& parents)
{
    EventLog log(folder);
    log.add("started", {{"pid", 1}, {"host", "box"}, {"program", "lori 0.1.0"}});
    log.add("progress", {{"what", "merging"}, {"done", 1}, {"total", 2}});
    writeText(folder / "out" / "adapter_model.safetensors", "weights");
    log.add("artifact", {{"kind", "merge"}, {"path", "out"}, {"fingerprint", made}, {"bytes", 7}, {"parents", parents}});
    writeText(folder / "result.json", json{{"sha256", made}}.dump());
    log.add("finished", {{"seconds", 3}});
}

void changeHistory(const database::History& history, const std::string& sql)
{
    database::WriteTransaction transaction(history.connection());
    history.connection().exec(sql);
    transaction.commit();
}

void writeText(const fs::path& file, const std::string& text)
{
    fs::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary | std::ios::trunc) << text;
}

} // namespace lori::test
