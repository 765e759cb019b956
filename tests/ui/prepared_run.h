// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/event_writer.h"
#include "core/jobs/run_folder.h"
#include "core/support/files.h"
#include "tests/ui/window_fixture.h"

#include <nlohmann/json.hpp>

#include <QString>

#include <memory>
#include <string>
#include <vector>

namespace lori::ui::test {

/// A run's folder in which a test writes what a worker would have written. Its stages are those of the quick look.
class PreparedRun final {
public:
    PreparedRun(const Home& home, const std::string& name, std::int64_t steps = 8)
        : PreparedRun(home, named(name, steps), jobs::Texts())
    {
    }
    PreparedRun(const Home& home, const experiment::RunConfig& config, const jobs::Texts& files)
        : m_folder(jobs::RunFolder::create(home, config, files).value()),
          m_writer(events::EventWriter::open(m_folder.eventsFile()).value())
    {
        m_writer->append(events::Started{.pid = 1, .host = "test"});
    }

    void write(events::Payload payload) { m_writer->append(std::move(payload)); }
    void losses(std::int64_t stage, const std::vector<double>& values)
    {
        for (std::size_t i = 0; i < values.size(); ++i) {
            write(events::Step{.stage = stage, .step = static_cast<std::int64_t>(i) + 1, .loss = values[i]});
        }
    }
    /// One judged answer.
    struct Answer {
        std::string id;
        std::string answer;
        bool hit = false;
    };
    /// A score with its items, as scoreAndRecord() writes them. The question is "Question <id>?", expected "<id>".
    void score(std::int64_t stage, std::int64_t step, const std::string& task, const std::string& metric,
               const std::vector<Answer>& answers, bool isFinal, bool higherIsBetter = true)
    {
        std::string lines;
        std::int64_t hits = 0;
        for (const Answer& each : answers) {
            lines += nlohmann::json{{"id", each.id},
                                    {"prompt", "Question " + each.id + "?"},
                                    {"expected", each.id},
                                    {"answer", each.answer},
                                    {"extracted", each.answer},
                                    {"hit", each.hit}}
                         .dump() +
                     "\n";
            hits += each.hit ? 1 : 0;
        }
        const std::string name =
            "stage-" + std::to_string(stage) + "-step-" + std::to_string(step) + "-" + task + "-" + metric + ".jsonl";
        std::filesystem::create_directories(m_folder.items());
        writeFileAtomically(m_folder.items() / name, lines).value();
        const double value = static_cast<double>(hits) / static_cast<double>(answers.size());
        write(events::Score{.stage = stage,
                            .step = step,
                            .task = task,
                            .metric = metric,
                            .value = value,
                            .low = value,
                            .high = value,
                            .hits = hits,
                            .n = static_cast<std::int64_t>(answers.size()),
                            .higherIsBetter = higherIsBetter,
                            .final = isFinal,
                            .items = "items/" + name});
    }
    [[nodiscard]] QString id() const { return QString::fromStdString(m_folder.id()); }
    [[nodiscard]] const jobs::RunFolder& folder() const { return m_folder; }

private:
    static experiment::RunConfig named(const std::string& name, std::int64_t steps)
    {
        experiment::RunConfig config = WindowFixture::shortConfig(steps);
        config.name = name;
        return config;
    }
    jobs::RunFolder m_folder;
    std::unique_ptr<events::EventWriter> m_writer;
};

} // namespace lori::ui::test
