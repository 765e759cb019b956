// SPDX-License-Identifier: GPL-3.0-or-later
// What the header of an ended run says that it has changed.
#include "tests/support/test_registry.h"
#include "ui/pages/runs/run_header.h"
#include "ui/services/run_progress.h"
#include "ui/text.h"

#include <nlohmann/json.hpp>

#include <QLabel>
#include <QtTest>

using namespace lori;
using namespace lori::ui;

namespace {

events::Event scoreOf(std::int64_t seq, std::int64_t stage, const std::string& task, const std::string& metric, double value)
{
    const nlohmann::json score{{"stage", stage}, {"task", task}, {"metric", metric}, {"value", value}};
    return {seq, 1'000'000 + seq * 1000, events::payloadFrom("score", score.dump())};
}

/// The line of figures after a run on `source` that measured safety and GSM8K.
QString resultOf(const experiment::DataSource& source)
{
    experiment::RunConfig config = experiment::presets().front().config;
    config.data.sources = {source};
    RunProgress progress(config);
    progress.append({scoreOf(1, -1, "safety", "refusal_rate", 0.40), scoreOf(2, -1, "gsm8k", "accuracy", 0.10),
                     scoreOf(3, 0, "safety", "refusal_rate", 0.85), scoreOf(4, 0, "gsm8k", "accuracy", 0.25)});
    RunHeader header;
    header.show(QStringLiteral("run"), jobs::JobState::Finished, progress);
    return header.findChild<QLabel*>(QStringLiteral("runFigures"))->text();
}

experiment::DataSource taskSource(const std::string& task)
{
    experiment::DataSource source;
    source.task = task;
    return source;
}

} // namespace

class RunResultTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theResultNamesWhatTheRunLearnedAndNothingElse()
    {
        const QString safety = resultOf(taskSource("safety"));
        QVERIFY2(safety.contains(Text::percent(0.40, 0)) && safety.contains(Text::rate(0.85, 0, 1)), qPrintable(safety));
        QVERIFY2(!safety.contains(Text::rate(0.25, 0, 1)), qPrintable(safety));
        for (const char* maths : {"maths", "GSM8K"}) { // the starter task, and the set itself by another name
            const QString text = resultOf(taskSource(maths));
            QVERIFY2(text.contains(Text::percent(0.10, 0)) && text.contains(Text::rate(0.25, 0, 1)), qPrintable(text));
            QVERIFY2(!text.contains(Text::rate(0.85, 0, 1)), qPrintable(text));
        }
    }

    void aRunOnAnOwnFileDoesNotAnswerWithAnotherTask()
    {
        experiment::DataSource capitals;
        capitals.file = "capitals.jsonl";
        const QString text = resultOf(capitals);
        QVERIFY2(!text.contains(QLatin1Char('%')), qPrintable(text));
    }
};

LORI_TEST(RunResultTest)
#include "run_result_test.moc"
