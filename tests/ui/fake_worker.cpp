// SPDX-License-Identifier: GPL-3.0-or-later
// Test equipment: takes `run --folder DIR` like lori does, trains nothing, and writes invented events quickly.
// It obeys control.jsonl, holds run.lock, and resumes after the last step it wrote. FAKE_STEP_MS sets its pace (5),
// FAKE_STEPS the steps of a stage (as configured), FAKE_FAIL=1 makes it fail at step 5, FAKE_CHANGED=1 makes it refuse to resume
// without --accept-changed-data, as if the data had changed. `job resume DIR` works in a job of any kind: FAKE_STEPS parts (20),
// a result, the same failures; a merge leaves an empty folder `merged`, an export its folder, an import its file, an evaluation
// scores of `limit` rows: FAKE_HITS="capitals=30,merged=24" says how many are hits by a part of the adapter's path (10). `merge …
// --plan
// --json` invents a plan, or refuses with FAKE_REFUSE=1. `queue work` holds the queue's lock for FAKE_QUEUE_MS (1000) and works
// nothing. `sweep … --plan --json` counts the combinations, a minute each. `serve`: fake_serve.h.
#include "core/events/event_follower.h"
#include "core/events/event_writer.h"
#include "core/experiment/config_words.h"
#include "core/jobs/control.h"
#include "core/jobs/file_lock.h"
#include "core/jobs/job_lock.h"
#include "core/jobs/run_folder.h"
#include "core/support/files.h"
#include "core/tasks/data_file.h"
#include "core/tasks/task.h"
#include "tests/ui/fake_serve.h"

#include <unistd.h>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <sstream>
#include <string>
#include <thread>
#include <tuple>
#include <vector>

using namespace lori;
using namespace lori::experiment;
using namespace lori::jobs;
using events::Event;
using events::EventFollower;
using events::EventWriter;

namespace {

struct Ended {}; ///< thrown when a command ended the run

std::int64_t fromEnvironment(const char* name, std::int64_t otherwise)
{
    const char* text = std::getenv(name);
    return text != nullptr ? std::atoll(text) : otherwise;
}

class FakeRun final {
public:
    FakeRun(const RunFolder& folder, RunConfig config, std::unique_ptr<EventWriter> writer, bool resumed, bool acceptChangedData)
        : m_config(std::move(config)),
          m_control(folder),
          m_writer(std::move(writer)),
          m_resumed(resumed),
          m_acceptChangedData(acceptChangedData)
    {
    }

    void run(int doneStage, std::int64_t doneStep)
    {
        write(events::Started{.pid = ::getpid(),
                              .host = "test",
                              .program = "fake worker",
                              .device = "cpu",
                              .threads = 1,
                              .resumed = m_resumed,
                              .machine = {"none", 1, 1'000'000'000, ""}});
        if (m_resumed && !m_acceptChangedData && fromEnvironment("FAKE_CHANGED", 0) != 0) {
            write(events::failedOf({ErrorCode::Mismatch, "the data changed since the run began",
                                    "put it back, or resume with --accept-changed-data", "capitals.csv"}));
            throw Ended{};
        }
        events::Plan plan{.rows = 100, .heldOutRows = 5, .trainable = {{"lori-d", 4976640}, {"lori-s", 497664}}};
        for (std::size_t i = 0; i < m_config.stages.size(); ++i) {
            plan.stages.push_back({static_cast<std::int64_t>(i), nameOf(i), nameOf(i), stepsOf(i)});
        }
        write(std::move(plan));
        if (!m_resumed) {
            scores(-1, 0, 0.02, 0.0);
        }
        for (std::size_t i = 0; i < m_config.stages.size(); ++i) {
            if (static_cast<int>(i) >= doneStage) {
                stage(static_cast<int>(i), static_cast<int>(i) == doneStage ? doneStep : 0);
            }
        }
        write(events::Finished{1.0});
    }

private:
    std::string nameOf(std::size_t index) const { return std::string(stageKindName(m_config.stages[index].kind)); }
    std::int64_t stepsOf(std::size_t index) const
    {
        const StageConfig& stage = m_config.stages[index];
        return stage.kind == StageKind::Mask ? 0 : fromEnvironment("FAKE_STEPS", stage.steps > 0 ? stage.steps : 60);
    }
    void write(events::Payload payload) { m_writer->append(std::move(payload)); }

    void scores(int stage, std::int64_t step, double harmful, double harmless)
    {
        for (const auto& [metric, value, higher] :
             {std::tuple{"refusal_rate", harmful, true}, std::tuple{"needless_refusal_rate", harmless, false}}) {
            write(events::Score{.stage = stage,
                                .step = step,
                                .task = "safety",
                                .metric = metric,
                                .value = value,
                                .low = std::max(0.0, value - 0.08),
                                .high = std::min(1.0, value + 0.08),
                                .hits = std::llround(value * 40),
                                .n = 40,
                                .higherIsBetter = higher});
        }
    }

    void stage(int index, std::int64_t doneStep)
    {
        const auto place = static_cast<std::size_t>(index);
        const std::int64_t steps = stepsOf(place);
        write(events::StageStarted{
            .stage = index, .name = nameOf(place), .kind = nameOf(place), .steps = steps, .trainable = 4976640});
        if (m_config.stages[place].kind == StageKind::Mask) {
            write(events::Mask{.stage = index,
                               .file = "masks/1.safetensors",
                               .sparsity = 0.9,
                               .scope = "model",
                               .rule = "reference",
                               .kept = 497664,
                               .total = 4976640,
                               .threshold = 0.0012});
        }
        m_steps = steps;
        for (std::int64_t step = doneStep + 1; step <= m_steps; ++step) {
            oneStep(index, step, m_steps);
        }
        if (m_steps > 0) {
            scores(index, m_steps, index == 0 ? 0.9 : 0.95, index == 0 ? 0.3 : 0.1);
            write(events::Seal{index, true, true, true, "a1b2", "c3d4"});
        }
        write(events::StageFinished{index, 0.5});
    }

    static constexpr double kTokensOfARow = 40; ///< the loss of a row is that of its tokens, added up

    void oneStep(int index, std::int64_t step, std::int64_t steps)
    {
        obey(index, step);
        const double loss =
            0.4 + 2.6 * std::exp(-static_cast<double>(step) / 20) + 0.05 * std::sin(static_cast<double>(step) * 1.7);
        write(events::Step{.stage = index,
                           .step = step,
                           .loss = loss * kTokensOfARow,
                           .tokens = 1200,
                           .rows = 8,
                           .gradNorm = 1.0 / (1.0 + loss),
                           .learningRate = m_rate,
                           .tokensPerSecond = 210.0,
                           .etaSeconds = static_cast<double>(steps - step) * 0.05,
                           .lossPerToken = loss});
        if (step % 10 == 0) {
            write(events::HeldOut{index, step, (loss + 0.1) * kTokensOfARow, 5, loss + 0.1});
            write(events::Heartbeat{.state = "running",
                                    .stage = index,
                                    .step = step,
                                    .rssBytes = 1'200'000'000,
                                    .peakRssBytes = 1'300'000'000,
                                    .freeDiskBytes = 5'000'000'000});
        }
        if (step == 5 && fromEnvironment("FAKE_FAIL", 0) != 0) {
            write(events::failedOf({ErrorCode::OutOfMemory, "there is no memory left", "use fewer rows per step", "step 5"}));
            throw Ended{};
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(fromEnvironment("FAKE_STEP_MS", 5)));
    }

    void obey(int stage, std::int64_t step)
    {
        bool paused = false;
        do {
            for (const Command command : m_control.poll()) {
                if (command == Command::StopAndKeep || command == Command::Discard) {
                    write(events::Stopped{stage, step - 1, command == Command::StopAndKeep});
                    throw Ended{};
                }
                if (command == Command::Pause && !paused) {
                    paused = true;
                    write(events::Paused{stage, step - 1});
                } else if (command == Command::Continue && paused) {
                    paused = false;
                    write(events::Continued{stage, step - 1});
                }
            }
            for (const StageChange& change : m_control.takeChanges()) {
                write(events::Changed{stage, step - 1, std::string(wordOf(change.what)), change.value});
                m_rate = change.what == Setting::LearningRate ? change.value : m_rate;
                m_steps = change.what == Setting::Steps ? std::max(step, static_cast<std::int64_t>(change.value)) : m_steps;
            }
            if (paused) {
                std::this_thread::sleep_for(std::chrono::milliseconds(5));
            }
        } while (paused);
    }

    RunConfig m_config;
    ControlReader m_control;
    std::unique_ptr<EventWriter> m_writer;
    std::int64_t m_steps = 0; ///< of the stage at work
    double m_rate = 5e-4;
    bool m_resumed;
    bool m_acceptChangedData;
};

int runFolder(const std::string& path, bool acceptChangedData)
{
    const RunFolder folder = RunFolder::open(Home::fromEnvironment(), path).value();
    const JobLock lock = JobLock::acquire(folder).value();
    int stage = 0;
    std::int64_t step = 0;
    bool resumed = false;
    EventFollower past(folder.eventsFile());
    for (auto events = past.poll(); events && !events->empty(); events = past.poll()) {
        for (const Event& event : *events) {
            resumed = true;
            if (const auto* done = event.as<events::Step>()) {
                stage = static_cast<int>(done->stage);
                step = done->step;
            }
        }
    }
    FakeRun run(folder, folder.config().value(), EventWriter::open(folder.eventsFile()).value(), resumed, acceptChangedData);
    try {
        run.run(stage, step);
    } catch (const Ended&) {
        return 3;
    }
    return 0;
}

/// What a merge's result.json has, and the folder of the merged adapter with nothing in it.
nlohmann::json mergeResult(const JobFolder& folder, const JobRecord& record)
{
    const std::filesystem::path merged = folder.path() / "merged";
    std::filesystem::create_directories(merged);
    std::vector<double> weights;
    for (const auto& adapter : record.options.at("adapters")) {
        weights.push_back(adapter.at("weight").get<double>());
    }
    return {{"folder", merged.string()}, {"plan", {{"method", record.options.at("method")}, {"rank", 8}, {"fileBytes", 4096}}},
            {"weights", weights},        {"loss", {{"total", 1e-7}, {"worst", 2e-7}}},
            {"self", {{"total", 0.0}}},  {"seconds", 0.5}};
}

/// `lori merge --plan --json`, whatever the adapters are.
int planMerge(const std::vector<std::string>& words)
{
    if (fromEnvironment("FAKE_REFUSE", 0) != 0) {
        std::printf(R"({"error":{"code":"mismatch","what":"the ranks differ","hint":"choose concat","where":"1"}})");
        return 2;
    }
    const auto method = std::find(words.begin(), words.end(), "--method");
    const nlohmann::json plan{{"computedAs", method == words.end() ? "concat" : *(method + 1)},
                              {"rank", 8},
                              {"modules", 4},
                              {"fileBytes", 4096},
                              {"lossless", true},
                              {"needsFullMatrices", false},
                              {"notes", nlohmann::json::array()}};
    std::printf("%s\n", plan.dump().c_str());
    return 0;
}

/// `lori sweep --config FILE --over KEY=[…] … --plan --json`: every combination a minute, the first one done already.
int planSweep(const std::vector<std::string>& words)
{
    std::size_t trainings = 1;
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
        if (words[i] == "--over") {
            trainings *= nlohmann::json::parse(words[i + 1].substr(words[i + 1].find('=') + 1)).size();
        }
    }
    const nlohmann::json plan{{"trainings", trainings},
                              {"done", 1},
                              {"seconds", 60.0 * static_cast<double>(trainings - 1)},
                              {"memoryBytes", 2'000'000'000},
                              {"diskBytes", 5'000'000 * (trainings - 1)}};
    std::printf("%s\n", plan.dump().c_str());
    return 0;
}

/// What an import leaves: the file's usable rows, and how many.
nlohmann::json importRows(const nlohmann::json& options)
{
    const ColumnMapping columns{options["instruction"], options["input"],   options["output"],
                                options["system"],      options["history"], options["messages"]};
    const auto data = tasks::readDataFile(options["file"].get<std::string>(), columns, tasks::BadRows::Skip).value();
    std::string text;
    for (const tasks::Row& row : data.rows) {
        text += nlohmann::json{{"instruction", row.instruction}, {"input", row.input}, {"output", row.output}}.dump() + "\n";
    }
    writeFileAtomically(options["out"].get<std::string>(), text).value();
    return {{"rows", data.rows.size()}};
}

std::int64_t hitsOf(const std::string& adapter)
{
    const char* text = std::getenv("FAKE_HITS");
    std::istringstream parts(text != nullptr ? text : "");
    for (std::string part; std::getline(parts, part, ',');) {
        const std::size_t equals = part.find('=');
        if (adapter.find(part.substr(0, equals)) != std::string::npos) {
            return std::stoll(part.substr(equals + 1));
        }
    }
    return 10;
}

/// What an evaluation leaves: the first rows are hits, and of safety a second score where half as many are.
nlohmann::json evaluate(const JobFolder& folder, const nlohmann::json& options)
{
    const std::string task = options.at("task");
    const std::int64_t n = options.at("limit");
    const std::int64_t all = std::min(n, hitsOf(options.at("model").at("adapter")));
    const bool isSafety = task == "safety";
    nlohmann::json scores;
    std::filesystem::create_directories(folder.items());
    for (const auto& [metric, hits, higher] :
         {std::tuple{std::string(isSafety ? "refusal_rate" : "accuracy"), all, true},
          std::tuple{std::string(isSafety ? "needless_refusal_rate" : "accuracy_likelihood"), all / 2, !isSafety}}) {
        std::string lines;
        for (std::int64_t row = 0; row < n; ++row) {
            lines +=
                nlohmann::json{
                    {"id", task + std::to_string(row)}, {"prompt", "?"}, {"expected", "a"}, {"answer", "a"}, {"hit", row < hits}}
                    .dump() +
                "\n";
        }
        const std::string name = "items/" + task + "-" + metric + ".jsonl";
        writeFileAtomically(folder.path() / name, lines).value();
        const tasks::Rate rate = tasks::wilson(hits, n);
        scores[metric] = {{"value", rate.value}, {"low", rate.low},          {"high", rate.high}, {"hits", hits}, {"n", n},
                          {"available", n},      {"higherIsBetter", higher}, {"itemsFile", name}};
    }
    return {{"task", task}, {"scores", scores}};
}

/// A job that is no training: parts that are counted, then a result; an import writes its file too.
int workInJob(const std::string& path)
{
    const JobFolder folder = JobFolder::open(Home::fromEnvironment(), path).value();
    const JobLock lock = JobLock::acquire(folder).value();
    ControlReader control(folder);
    const auto writer = EventWriter::open(folder.eventsFile()).value();
    writer->append(events::Started{.pid = ::getpid(), .host = "test", .program = "fake worker"});
    const std::int64_t parts = fromEnvironment("FAKE_STEPS", 20);
    bool paused = false;
    for (std::int64_t part = 1; part <= parts;) {
        for (const Command command : control.poll()) {
            if (command == Command::StopAndKeep) {
                writer->append(events::Stopped{-1, part - 1, true});
                return 3;
            }
            if (command == Command::Pause && !paused) {
                writer->append(events::Paused{-1, part - 1});
                paused = true;
            } else if (command == Command::Continue && paused) {
                writer->append(events::Continued{-1, part - 1});
                paused = false;
            }
        }
        if (!paused) {
            writer->append(events::Progress{.what = "parts", .done = part, .total = parts});
            if (part == 5 && fromEnvironment("FAKE_FAIL", 0) != 0) {
                writer->append(events::failedOf({ErrorCode::OutOfMemory, "there is no memory left", "ask for less", "part 5"}));
                return 1;
            }
            ++part;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(fromEnvironment("FAKE_STEP_MS", 5)));
    }
    nlohmann::json result{{"parts", parts}};
    if (const JobRecord record = folder.record().value(); record.kind == "merge" && record.options.contains("adapters")) {
        result.update(mergeResult(folder, record));
    } else if (record.kind == "evaluate") {
        result = evaluate(folder, record.options);
    } else if (record.kind == "import") {
        result.update(importRows(record.options));
    } else if (record.kind == "export") {
        result["folder"] = record.options.at("out");
        std::filesystem::create_directories(record.options.at("out").get<std::string>());
    }
    writeFileAtomically(folder.resultFile(), result.dump()).value();
    writer->append(events::Finished{1.0});
    return 0;
}

int workTheQueue()
{
    const auto lock = FileLock::tryTake(Home::fromEnvironment().root / "queue.lock");
    std::this_thread::sleep_for(std::chrono::milliseconds(lock ? fromEnvironment("FAKE_QUEUE_MS", 1000) : 0));
    return lock ? 0 : 1;
}

} // namespace

int main(int argc, char** argv)
{
    const std::vector<std::string> words(argv + 1, argv + argc);
    const bool isJob = words.size() == 3 && words[0] == "job" && words[1] == "resume";
    const bool isQueue = words.size() == 2 && words[0] == "queue" && words[1] == "work";
    const bool accept = argc == 5 && std::string(argv[4]) == "--accept-changed-data";
    if (!words.empty() && words.front() == "merge" && words.back() == "--json") {
        return planMerge(words);
    }
    if (!words.empty() && words.front() == "sweep" && words.back() == "--json") {
        return planSweep(words);
    }
    const bool isRun = (argc == 4 || accept) && words[0] == "run" && words[1] == "--folder";
    const bool isServe = words.size() == 3 && words[0] == "serve" && words[1] == "--model";
    if (!isJob && !isQueue && !isRun && !isServe) {
        std::fprintf(stderr, "usage: fake_worker run --folder DIR [--accept-changed-data] | job resume DIR | queue work | "
                             "serve --model NAME\n");
        return 2;
    }
    try {
        if (isServe) {
            return fakeServe(words);
        }
        if (isJob || isQueue) {
            return isJob ? workInJob(words[2]) : workTheQueue();
        }
        return runFolder(argv[3], accept);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
}
