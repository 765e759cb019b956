// SPDX-License-Identifier: Apache-2.0
#include "core/support/files.h"
#include "core/tasks/task.h"
#include "tests/support/test_registry.h"

#include <QTemporaryDir>
#include <QtTest>

#include <filesystem>

using namespace lori;
using namespace lori::tasks;
using experiment::PromptTemplate;
namespace fs = std::filesystem;

namespace {

const std::string kManifest = R"({"name":"tiny","title":"T","description":"d","shows":"s","doesNotShow":"n",
    "evaluation":[{"metric":"accuracy","higherIsBetter":true,"judge":"choice","file":"eval.jsonl"}],"train":["train.jsonl"]})";
const std::string kTrain = "{\"instruction\":\"a\",\"output\":\"b\"}\n\n{\"instruction\":\"c\",\"input\":\"d\",\"output\":\"e\"}";
const std::string kEval = R"({"id":"tiny/1","instruction":"q","expected":"yes","options":["yes","no"],"category":"x"})"
                          "\n";

/// Points LORI_RESOURCES elsewhere for one test.
class ResourcesAt final {
public:
    explicit ResourcesAt(const QByteArray& path) : m_before(qgetenv("LORI_RESOURCES")) { qputenv("LORI_RESOURCES", path); }
    ~ResourcesAt() { qputenv("LORI_RESOURCES", m_before); }
    Q_DISABLE_COPY_MOVE(ResourcesAt)

private:
    QByteArray m_before;
};

} // namespace

class PromptsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theReferencesAlpacaTextIsByteExact()
    {
        const std::string indent(20, ' ');
        QCOMPARE(
            renderPrompt({"Do it.\nNow.", "", ""}, PromptTemplate::AlpacaReference, {}),
            "Below is an instruction that describes a task. Write a response that appropriately completes the request. \n\n" +
                indent + "### Instruction:\n" + indent + "Do it.\nNow.\n\n" + indent + "### Response:\n" + indent);
        QCOMPARE(renderPrompt({"Do it.", "x", ""}, PromptTemplate::AlpacaReference, {}),
                 "Below is an instruction that describes a task, paired with an input that provides further context. Write a "
                 "response that "
                 "appropriately completes the request.\n\n" +
                     indent + "### Instruction:\n" + indent + "Do it.\n\n" + indent + "### Input:\n" + indent + "x\n\n" + indent +
                     "### Response:\n" + indent);
    }

    void ourAlpacaTextHasNoIndentation()
    {
        QCOMPARE(
            renderPrompt({"Do it.", "", ""}, PromptTemplate::Alpaca, {}),
            std::string(
                "Below is an instruction that describes a task. Write a response that appropriately completes the request.\n\n"
                "### Instruction:\nDo it.\n\n### Response:\n"));
    }

    void theReferencesQuestionAndAnswerAreByteExact()
    {
        const Row row{"How many?", "", "2+2=<<2+2=4>>4\n#### 4"};
        QCOMPARE(
            renderPrompt(row, PromptTemplate::QuestionReference, {}),
            std::string("How many?\nAnswer the above question. First think step by step and then answer the final number.\n"));
        QCOMPARE(renderResponse(row, PromptTemplate::QuestionReference), std::string("2+2=<<2+2=4>>4\nThe final answer is:  4"));
        QCOMPARE(renderResponse(row, PromptTemplate::Plain), row.output);
        QCOMPARE(renderResponse({"", "", "####a####"}, PromptTemplate::QuestionReference),
                 std::string("The final answer is: aThe final answer is: "));
    }

    void chatAndPlainJoinInstructionAndInput()
    {
        const Row row{"Translate", "Hallo", "Hello"};
        QCOMPARE(renderPrompt(row, PromptTemplate::Plain, {}), std::string("Translate\n\nHallo"));
        const ChatFormatter chat = [](const std::string& text) {
            return "<user>" + text + "<assistant>";
        };
        QCOMPARE(renderPrompt(row, PromptTemplate::Chat, chat), std::string("<user>Translate\n\nHallo<assistant>"));
        QVERIFY_EXCEPTION_THROWN(static_cast<void>(renderPrompt(row, PromptTemplate::Chat, {})), Exception);
    }
};

class StarterTasksTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_task = fs::path(m_folder->path().toStdString()) / "tasks" / "tiny";
        fs::create_directories(m_task);
        writeFileAtomically(m_task / "task.json", kManifest).value();
        writeFileAtomically(m_task / "train.jsonl", kTrain).value();
        writeFileAtomically(m_task / "eval.jsonl", kEval).value();
    }

    void everyShippedTaskLoads()
    {
        const auto tasks = listTasks().value();
        QVERIFY(tasks.size() >= 2);
        for (const TaskInfo& info : tasks) {
            QVERIFY(!info.title.empty() && !info.description.empty() && !info.shows.empty() && !info.doesNotShow.empty());
            QCOMPARE(static_cast<std::int64_t>(loadTrainingRows(info.name).value().size()), info.trainRows);
            std::int64_t rows = 0;
            const auto sides = loadEvaluation(info.name).value();
            for (const EvaluationSide& side : sides) {
                QVERIFY(!side.rows.empty());
                rows += static_cast<std::int64_t>(side.rows.size());
            }
            QCOMPARE(rows, info.evaluationRows);
        }
    }

    void safetyHasBothSides()
    {
        const auto sides = loadEvaluation("safety").value();
        QCOMPARE(sides.size(), std::size_t{2});
        QCOMPARE(sides[0].metric, std::string("refusal_rate"));
        QVERIFY(sides[0].higherIsBetter);
        QCOMPARE(sides[1].metric, std::string("needless_refusal_rate"));
        QVERIFY(!sides[1].higherIsBetter);
        QVERIFY(sides[0].rows.size() >= 60 && sides[1].rows.size() >= 60);
        QCOMPARE(sides[0].judge, Judge::Refusal);
    }

    void theCorrectAnswerOfEveryMathsRowIsJudgedCorrect()
    {
        const auto sides = loadEvaluation("maths").value();
        for (const EvaluationSide& side : sides) {
            for (const EvaluationRow& row : side.rows) {
                QVERIFY(judge(side.judge, row, "The final answer is: " + row.expected).hit);
                QVERIFY(!judge(side.judge, row, "The final answer is: " + row.expected + "1").hit);
            }
        }
    }

    void aTaskIsReadFromItsFolder()
    {
        const ResourcesAt resources(m_folder->path().toUtf8());
        const auto tasks = listTasks().value();
        QCOMPARE(tasks.size(), std::size_t{1});
        QCOMPARE(tasks[0].trainRows, std::int64_t{2});
        QCOMPARE(tasks[0].evaluationRows, std::int64_t{1});
        QVERIFY((loadTrainingRows("tiny").value()[1] == Row{"c", "d", "e"}));
        QCOMPARE(loadEvaluation("tiny").value()[0].rows[0].options.size(), std::size_t{2});
    }

    void unknownTasksAndPathsAreRefused()
    {
        const ResourcesAt resources(m_folder->path().toUtf8());
        for (const char* name : {"none", "", "..", "../tasks/tiny", "/etc"}) {
            QCOMPARE(loadTrainingRows(name).error().code, ErrorCode::NotFound);
        }
        QVERIFY(loadTrainingRows("none").error().hint.find("tiny") != std::string::npos);
    }

    void missingResourcesAreNamedWithThePlaces()
    {
        const ResourcesAt resources("/nowhere/at/all");
        const auto result = listTasks();
        QCOMPARE(result.error().code, ErrorCode::NotFound);
        QVERIFY(result.error().what.find("/nowhere/at/all") != std::string::npos);
    }

    void withoutTheVariableTheSourceTreeIsFound()
    {
        const QByteArray before = qgetenv("LORI_RESOURCES");
        qunsetenv("LORI_RESOURCES");
        const auto folder = resourceFolder();
        qputenv("LORI_RESOURCES", before);
        QVERIFY(folder.has_value());
        QVERIFY(fs::exists(*folder / "tasks"));
    }

    void brokenManifestsAreRefused_data()
    {
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        QTest::newRow("no JSON") << QByteArray("{\"name\"") << QByteArray("{name");
        QTest::newRow("other name") << QByteArray("\"tiny\"") << QByteArray("\"huge\"");
        QTest::newRow("unknown judge") << QByteArray("\"choice\"") << QByteArray("\"oracle\"");
        QTest::newRow("file outside") << QByteArray("\"eval.jsonl\"") << QByteArray("\"../eval.jsonl\"");
        QTest::newRow("train is text") << QByteArray("[\"train.jsonl\"]") << QByteArray("\"train.jsonl\"");
        QTest::newRow("train holds a number") << QByteArray("[\"train.jsonl\"]") << QByteArray("[7]");
        QTest::newRow("no description") << QByteArray("\"description\"") << QByteArray("\"descr\"");
        QTest::newRow("higherIsBetter as text") << QByteArray(":true") << QByteArray(":\"yes\"");
    }
    void brokenManifestsAreRefused()
    {
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, to);
        const ResourcesAt resources(m_folder->path().toUtf8());
        writeFileAtomically(m_task / "task.json", QByteArray::fromStdString(kManifest).replace(from, to).toStdString()).value();
        const auto result = loadEvaluation("tiny");
        QCOMPARE(result.error().code, ErrorCode::BadFile);
        QVERIFY(result.error().where.ends_with("task.json"));
    }

    void brokenEvaluationRowsAreRefused_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::newRow("no id") << QByteArray(R"({"instruction":"q","expected":"yes","options":["yes"]})");
        QTest::newRow("same id") << QByteArray::fromStdString(kEval).trimmed();
        QTest::newRow("no expected") << QByteArray(R"({"id":"2","instruction":"q","options":["yes"]})");
        QTest::newRow("expected not among the options")
            << QByteArray(R"({"id":"2","instruction":"q","expected":"x","options":["yes"]})");
        QTest::newRow("options as text") << QByteArray(R"({"id":"2","instruction":"q","expected":"yes","options":"yes"})");
        QTest::newRow("cut off") << QByteArray("{\"id\":\"2\",\"instr");
    }
    void brokenEvaluationRowsAreRefused()
    {
        QFETCH(QByteArray, line);
        const ResourcesAt resources(m_folder->path().toUtf8());
        writeFileAtomically(m_task / "eval.jsonl", kEval + line.toStdString() + "\n").value();
        const auto result = loadEvaluation("tiny");
        QVERIFY(!result.has_value());
        QCOMPARE(result.error().code, ErrorCode::BadFile);
        QVERIFY(result.error().where.ends_with("eval.jsonl:2"));
    }

    void missingFilesOfATaskAreErrors()
    {
        const ResourcesAt resources(m_folder->path().toUtf8());
        fs::remove(m_task / "train.jsonl");
        QCOMPARE(loadTrainingRows("tiny").error().code, ErrorCode::NotFound);
        QCOMPARE(listTasks().error().code, ErrorCode::NotFound);
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    fs::path m_task;
};

LORI_TEST(PromptsTest)
LORI_TEST(StarterTasksTest)
#include "starter_tasks_test.moc"
