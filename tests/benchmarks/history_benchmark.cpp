// SPDX-License-Identifier: Apache-2.0
// Times the history: `history_benchmark [RUNS] [STEPS]` prints one JSON document (milliseconds).
#include "core/events/event.h"
#include "database/ingest.h"
#include "database/run_repository.h"

#include <nlohmann/json.hpp>

#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <fstream>
#include <iostream>

using namespace lori;
using namespace lori::database;
namespace fs = std::filesystem;
using nlohmann::json;

namespace {

/// Milliseconds of one call.
template <typename Work>
double millisecondsOf(Work work)
{
    const auto begin = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
}

std::string line(std::int64_t seq, std::int64_t timeMs, const char* type, const json& fields)
{
    return events::toLine({seq, timeMs, events::payloadFrom(type, fields.dump())}) + "\n";
}

fs::path makeRun(const fs::path& parent, int number)
{
    char id[64];
    std::snprintf(id, sizeof(id), "20261121-%06d-run", number);
    const fs::path folder = parent / id;
    fs::create_directories(folder);
    const json config{
        {"name", "Run " + std::to_string(number)},
        {"preset", number % 2 == 0 ? "quick-look" : "paper-lori-d"},
        {"model", "smollm2-135m-instruct"},
        {"adapter", {{"rank", 32}}},
        {"stages", {{{"kind", "lori-d"}}, {{"kind", "mask"}, {"mask", {{"sparsity", 0.9}}}}, {{"kind", "lori-s"}}}}};
    std::ofstream(folder / "config.json") << config.dump();
    return folder;
}

void writeScores(const fs::path& folder, int number)
{
    std::ofstream out(folder / "events.jsonl");
    std::int64_t seq = 0;
    for (int stage : {-1, 0, 2}) {
        for (const char* metric : {"refusal_rate", "needless_refusal_rate"}) {
            const double value = (number * 7 + stage + 1) % 100 / 100.0;
            ++seq;
            out << line(seq, 1000 + seq, "score",
                        {{"stage", stage},
                         {"step", 10},
                         {"task", "safety"},
                         {"metric", metric},
                         {"value", value},
                         {"low", value},
                         {"high", value},
                         {"hits", 3},
                         {"n", 60},
                         {"higherIsBetter", true},
                         {"items", ""}});
        }
    }
    out << line(seq + 1, 5000, "finished", {{"seconds", 4}});
}

void writeSteps(const fs::path& folder, int steps)
{
    std::ofstream out(folder / "events.jsonl");
    for (int step = 1; step <= steps; ++step) {
        out << line(step, 1'763'733'600'000 + step * 1000LL, "step",
                    {{"stage", 0},
                     {"step", step},
                     {"loss", 2.5 / step},
                     {"tokens", 512},
                     {"rows", 8},
                     {"gradNorm", 0.7},
                     {"learningRate", 5e-4},
                     {"tokensPerSecond", 201.5},
                     {"etaSeconds", 100}});
    }
}

} // namespace

int main(int argc, char** argv)
{
    const int runs = argc > 1 ? std::atoi(argv[1]) : 10'000;
    const int steps = argc > 2 ? std::atoi(argv[2]) : 10'000;
    const fs::path root = fs::temp_directory_path() / ("lori-history-benchmark-" + std::to_string(getpid()));
    const Home home{root};
    json result{{"runs", runs}, {"steps", steps}};
    {
        for (int number = 0; number < runs; ++number) {
            writeScores(makeRun(home.runs(), number), number);
        }
        const fs::path longRun = makeRun(root / "long", 0);
        writeSteps(longRun, steps);

        result["openNewMs"] = millisecondsOf([&] { static_cast<void>(History::open(home.historyFile()).value()); });
        const History history = History::open(home.historyFile()).value();
        result["ingestRunsMs"] = millisecondsOf([&] { static_cast<void>(ingestHome(history, home).value()); });
        const fs::path other = root / "other.sqlite";
        const History fresh = History::open(other).value();
        result["ingestStepsMs"] = millisecondsOf([&] { static_cast<void>(ingestFolder(fresh, longRun).value()); });
        result["ingestNothingNewMs"] = millisecondsOf([&] { static_cast<void>(ingestFolder(fresh, longRun).value()); });
        const std::string id = longRun.filename().string();
        result["seriesMs"] = millisecondsOf([&] { static_cast<void>(RunRepository(fresh).series(id, 0, "loss").value()); });

        const RunRepository repository(history);
        result["listMs"] = millisecondsOf([&] { static_cast<void>(repository.list().value()); });
        const RunQuery firstPage{.limit = 100};
        result["listFirst100Ms"] = millisecondsOf([&] { static_cast<void>(repository.list(firstPage).value()); });
        const RunQuery filtered{.text = "run 99 quick"};
        result["filterMs"] = millisecondsOf([&] { static_cast<void>(repository.list(filtered).value()); });
        const RunQuery sorted{.sort = SortKey::Score, .scoreTask = "safety", .scoreMetric = "refusal_rate"};
        result["sortByScoreMs"] = millisecondsOf([&] { static_cast<void>(repository.list(sorted).value()); });
    }
    fs::remove_all(root);
    std::cout << result.dump(2) << "\n";
    return 0;
}
