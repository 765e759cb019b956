// SPDX-License-Identifier: Apache-2.0
// Files that changed between stopping a run and going on with it.
#include "core/events/event_follower.h"
#include "core/runs/worker.h"
#include "core/support/files.h"
#include "tests/engine_support/tiny_model.h"
#include "tests/engine_support/tiny_run.h"
#include "tests/runs/event_count.h"
#include "tests/support/test_registry.h"

#include <QTemporaryDir>
#include <QtTest>

#include <atomic>
#include <fstream>
#include <sstream>

using namespace lori;
using test::countEvents;

class ChangedDataTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_home.root = std::filesystem::path(m_folder.path().toStdString()) / "home";
        m_model = std::filesystem::path(m_folder.path().toStdString()) / "model";
        test::writeTinyModel(m_model);
        m_data = std::filesystem::path(m_folder.path().toStdString()) / "rows.jsonl";
        test::writeTinyRows(m_data, 40);
    }

    void dataThatChangedBeforeResumingIsRefusedUnlessAccepted_data()
    {
        QTest::addColumn<QString>("what");
        QTest::newRow("rows") << "rows";
        QTest::newRow("rows that are gone") << "gone";
        QTest::newRow("mask") << "mask";
        QTest::newRow("published set") << "set";
    }
    void dataThatChangedBeforeResumingIsRefusedUnlessAccepted()
    {
        QFETCH(QString, what);
        const std::filesystem::path place =
            std::filesystem::path(m_folder.path().toStdString()) / ("changed-" + what.toStdString());
        std::filesystem::create_directories(place / "boolq");
        const std::filesystem::path rows = place / "rows.jsonl";
        const std::filesystem::path set = place / "boolq/train.jsonl";
        std::filesystem::copy_file(m_data, rows);
        const std::string setRow = R"({"instruction":"is it?","input":"","output":"the correct answer is true","answer":"true"})";
        writeFileAtomically(set, setRow + "\n").value();
        experiment::RunConfig c = config();
        c.data.sources.front().file = rows.string();
        c.data.folder = place.string();
        c.stages[0].steps = 12;
        if (what == "set") {
            experiment::DataSource source;
            source.task = "boolq";
            c.data.sources.push_back(source);
        }
        if (what == "mask") { // of an earlier run
            const auto earlier = jobs::RunFolder::create(m_home, config()).value();
            QVERIFY(runs::runWorker(earlier, {m_home, {}, nullptr}).has_value());
            std::filesystem::copy_file(earlier.masks() / "1-mask.safetensors", place / "mask.safetensors");
            c.stages[2].maskFile = (place / "mask.safetensors").string();
        }
        const auto folder = jobs::RunFolder::create(m_home, c).value();
        std::atomic<bool> interrupt{false};
        const auto stopAtStepFive = [&](const events::Event& event) {
            interrupt = interrupt || (event.type() == "step" && events::fieldsOf(event.payload).at("step") == 5);
        };
        QCOMPARE(runs::runWorker(folder, {m_home, stopAtStepFive, &interrupt}).error().code, ErrorCode::Stopped);
        QCOMPARE(countEvents(folder, "inputs"), 1);

        std::filesystem::path changed = rows;
        if (what == "gone") {
            std::filesystem::rename(rows, place / "away.jsonl");
        } else if (what == "mask") {
            changed = place / "mask.safetensors";
            std::ofstream(changed, std::ios::app) << " ";
        } else if (what == "set") {
            changed = set;
            writeFileAtomically(set, setRow + "\n" + setRow + "\n").value();
        } else {
            writeFileAtomically(rows, readTextFile(rows).value() + R"({"instruction":"more","output":"rows"})").value();
        }
        const auto refused = runs::runWorker(folder, {m_home, {}, nullptr});
        QVERIFY(!refused.has_value());
        QCOMPARE(refused.error().code, ErrorCode::Mismatch);
        QCOMPARE(QString::fromStdString(refused.error().where), QString::fromStdString(changed.string()));
        QVERIFY(refused.error().hint.find("--accept-changed-data") != std::string::npos);
        QCOMPARE(countEvents(folder, "data_changed"), 0);
        QCOMPARE(countEvents(folder, "failed"), 1);

        if (what == "rows") {
            const auto goesOn = runs::runWorker(folder, {m_home, {}, nullptr, true});
            QVERIFY2(goesOn.has_value(), goesOn ? "" : goesOn.error().sentence().c_str());
            QCOMPARE(countEvents(folder, "data_changed"), 1);
        }
    }

    void aRunOfAnOlderVersionGoesOnAndRecordsItsFiles()
    {
        const auto folder = jobs::RunFolder::create(m_home, config()).value();
        std::atomic<bool> interrupt{true};
        QVERIFY(!runs::runWorker(folder, {m_home, {}, &interrupt}).has_value());
        std::string events;
        std::istringstream lines(readTextFile(folder.eventsFile()).value());
        for (std::string line; std::getline(lines, line);) {
            events += line.find("\"inputs\"") == std::string::npos ? line + "\n" : "";
        }
        writeFileAtomically(folder.eventsFile(), events).value();
        QCOMPARE(countEvents(folder, "inputs"), 0);
        QVERIFY(runs::runWorker(folder, {m_home, {}, nullptr}).has_value());
        QCOMPARE(countEvents(folder, "inputs"), 1);
    }

private:
    experiment::RunConfig config() const { return test::tinyRun(m_model, m_data); }

    QTemporaryDir m_folder;
    Home m_home;
    std::filesystem::path m_model;
    std::filesystem::path m_data;
};

LORI_TEST(ChangedDataTest)
#include "changed_data_test.moc"
