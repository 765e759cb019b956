// SPDX-License-Identifier: Apache-2.0
// The base model's scores are measured once and taken from there by every run that would measure the same.
#include "core/events/event_follower.h"
#include "core/runs/base_scores.h"
#include "core/runs/worker.h"
#include "core/support/files.h"
#include "tests/engine_support/tiny_model.h"
#include "tests/support/test_registry.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace lori;

namespace {

/// Prompts that a run answered with the base model.
std::int64_t baseAnswers(const jobs::RunFolder& folder)
{
    std::int64_t answers = 0;
    for (const events::Event& event : events::EventFollower(folder.eventsFile()).poll().value()) {
        const auto* progress = event.as<events::Progress>();
        if (progress != nullptr && progress->stage < 0 && progress->what.starts_with("evaluating")) {
            answers = std::max(answers, progress->total);
        }
    }
    return answers;
}

} // namespace

class BaseScoresTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_place = m_folder.path().toStdString();
        m_home.root = m_place / "home";
        test::writeTinyModel(m_place / "model");
        std::string rows;
        for (int i = 0; i < 20; ++i) {
            rows += nlohmann::json{{"instruction", "say " + std::to_string(i)}, {"output", "it"}}.dump() + "\n";
        }
        writeFileAtomically(m_place / "rows.jsonl", rows).value();
    }

    void theSecondRunTakesThemOver()
    {
        const auto first = runOf(config());
        QVERIFY(baseAnswers(first.folder) > 0);
        const auto second = runOf(config());
        QCOMPARE(baseAnswers(second.folder), std::int64_t{0});
        QCOMPARE(second.result.at("stages").at(0).at("scores"), first.result.at("stages").at(0).at("scores"));
        for (const auto& [name, score] : first.result.at("stages").at(0).at("scores").items()) {
            const std::string items = score.at("items");
            if (!items.empty()) {
                QCOMPARE(readTextFile(second.folder.path() / items).value(), readTextFile(first.folder.path() / items).value());
            }
        }
    }

    void anythingThatDecidesAScoreIsMeasuredAnew()
    {
        experiment::RunConfig other = config();
        other.evaluation.maxNewTokens = 3;
        QVERIFY(baseAnswers(runOf(other).folder) > 0);
        other = config();
        other.evaluation.tasks.front().limit = 2;
        QVERIFY(baseAnswers(runOf(other).folder) > 0);
        test::writeTinyModel(m_place / "model", {.feedForward = 40});
        QVERIFY(baseAnswers(runOf(config()).folder) > 0);
    }

    void aFileThatCannotBeReadCountsAsNone()
    {
        const runs::BaseScores scores(m_place / "other");
        const nlohmann::json facts{{"task", "safety"}};
        const std::string key = runs::BaseScores::keyOf(facts);
        QVERIFY(!scores.find(key));
        events::Score score{.task = "safety", .metric = "refusal_rate", .value = 0.5};
        scores.keep(key, facts, {{score, "{}\n"}});
        QCOMPARE(scores.find(key)->front().items, std::string("{}\n"));
        QVERIFY(scores.find(key)->front().score == score);
        for (const char* text : {"", "[]", "{\"version\":1,\"scores\":[1]}", "{\"version\":2,\"scores\":[]}"}) {
            writeFileAtomically(m_place / "other" / "scores" / (key + ".json"), text).value();
            QVERIFY2(!scores.find(key), text);
        }
    }

private:
    struct Done {
        jobs::RunFolder folder;
        nlohmann::json result;
    };
    Done runOf(const experiment::RunConfig& c) const
    {
        auto folder = jobs::RunFolder::create(m_home, c).value();
        nlohmann::json result = runs::runWorker(folder, {m_home, {}, nullptr}).value();
        return {std::move(folder), std::move(result)};
    }
    experiment::RunConfig config() const
    {
        experiment::RunConfig c;
        c.name = "small";
        c.model = (m_place / "model").string();
        c.device = experiment::Device::Cpu;
        c.adapter.rank = 2;
        experiment::DataSource source;
        source.file = (m_place / "rows.jsonl").string();
        c.data.sources = {source};
        experiment::StageConfig stage;
        stage.steps = 1;
        stage.batchRows = 2;
        c.stages = {stage};
        experiment::EvaluationTask task;
        task.task = "safety";
        task.limit = 1;
        c.evaluation.tasks = {task};
        c.evaluation.maxNewTokens = 2;
        return c;
    }

    QTemporaryDir m_folder;
    std::filesystem::path m_place;
    Home m_home;
};

LORI_TEST(BaseScoresTest)
#include "base_scores_test.moc"
