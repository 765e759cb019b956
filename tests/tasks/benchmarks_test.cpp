// SPDX-License-Identifier: Apache-2.0
#include "core/support/files.h"
#include "core/tasks/benchmarks.h"
#include "core/tasks/task.h"
#include "tests/support/test_registry.h"

#include <nlohmann/json.hpp>

#include <QTemporaryDir>
#include <QtTest>

#include <filesystem>

using namespace lori;
using namespace lori::tasks;
namespace fs = std::filesystem;

namespace {

using nlohmann::json;

/// A row of a choice set; the labels are joined by slashes.
json choiceRow(const std::string& question, const std::string& labels, const std::string& answer)
{
    return {{"instruction", question + "\n\nAnswer format: " + labels},
            {"input", ""},
            {"output", "the correct answer is " + answer},
            {"answer", answer}};
}

json boolqRow()
{
    return choiceRow("is it?", "true/false", "true");
}

json siqaRow()
{
    return choiceRow("who?", "answer1/answer2/answer3", "answer3");
}

/// The good row with one field changed, or left out when the value is null.
std::string changed(const char* field, const json& value)
{
    json row = boolqRow();
    row[field] = value;
    if (value.is_null()) {
        row.erase(field);
    }
    return row.dump();
}

} // namespace

/// Reads published sets from folders that are laid out in the ways they are published.
class BenchmarksTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void everyNameLeadsToItsSet()
    {
        QCOMPARE(findBenchmark("ARC-Challenge")->name, std::string("arc-c"));
        QCOMPARE(findBenchmark("social_i_qa")->name, std::string("siqa"));
        QCOMPARE(findBenchmark("openbookqa")->name, std::string("obqa"));
        QCOMPARE(findBenchmark("hexphi")->name, std::string("safety-prompts"));
        QVERIFY(findBenchmark("nlu") == nullptr);
        QVERIFY(benchmarksOf("safety").empty());
        QCOMPARE(benchmarksOf("nlu").size(), std::size_t{8});
        QCOMPARE(listBenchmarks().size(), std::size_t{12});
    }

    void choiceRowsKnowTheirOptionsAndAnswers()
    {
        write("nlu/social_i_qa/test.jsonl", siqaRow().dump() + "\n");
        const auto sides = loadEvaluation("siqa", data()).value();
        QCOMPARE(sides.size(), std::size_t{1});
        QCOMPARE(sides[0].metric, std::string("accuracy"));
        QCOMPARE(sides[0].set, std::string("siqa"));
        const EvaluationRow& row = sides[0].rows.at(0);
        QCOMPARE(row.id, std::string("siqa/00001"));
        QCOMPARE(row.expected, std::string("answer3"));
        QCOMPARE(row.options, (std::vector<std::string>{"answer1", "answer2", "answer3"})); // not the set's five
        QCOMPARE(row.optionAnswers.at(1), std::string("the correct answer is answer2"));
    }

    void filesAreFoundInEveryLayout_data()
    {
        QTest::addColumn<QString>("place");
        for (const char* place : {"nlu/boolq/test.jsonl", "boolq/test.jsonl", "boolq/test.json", "BoolQ/test.json"}) {
            QTest::newRow(place) << place;
        }
    }
    void filesAreFoundInEveryLayout()
    {
        QFETCH(QString, place);
        const bool isList = place.endsWith(".json");
        write(place.toStdString(), isList ? json::array({boolqRow()}).dump() : boolqRow().dump());
        QCOMPARE(loadEvaluation("boolq", data()).value()[0].rows.size(), std::size_t{1});
    }

    void theFolderMayBeTheSetsOwn()
    {
        write("boolq/train.json", json::array({boolqRow()}).dump());
        QCOMPARE(loadTrainingRows("boolq", {data().path / "boolq"}).value().at(0).output,
                 std::string("the correct answer is true"));
        QCOMPARE(loadTrainingRows("boolq", {data().path / "boolq/"}).value().size(), std::size_t{1});
    }

    void theEightSetsComeTogether()
    {
        const std::vector<std::pair<const char*, std::vector<std::string>>> sets{{"boolq", {"true", "false"}},
                                                                                 {"piqa", {"solution1", "solution2"}},
                                                                                 {"social_i_qa", {"answer1", "answer2"}},
                                                                                 {"hellaswag", {"ending1", "ending2"}},
                                                                                 {"winogrande", {"option1", "option2"}},
                                                                                 {"ARC-Easy", {"answer1", "answer2"}},
                                                                                 {"ARC-Challenge", {"answer1", "answer2"}},
                                                                                 {"openbookqa", {"answer1", "answer2"}}};
        for (const auto& [name, labels] : sets) {
            const std::string row = json::array({choiceRow("q", labels[0] + "/" + labels[1], labels[1])}).dump();
            write(std::string(name) + "/test.json", row);
            write(std::string(name) + "/train.json", row);
        }
        const auto sides = loadEvaluation("nlu", data()).value();
        QCOMPARE(sides.size(), std::size_t{8});
        QCOMPARE(sides[0].metric, std::string("boolq_accuracy"));
        QCOMPARE(sides[7].metric, std::string("obqa_accuracy"));
        QCOMPARE(loadTrainingRows("nlu", data()).value().size(), std::size_t{8});
        const json mixed{{"instruction", "mixed"}, {"input", ""}, {"output", "the correct answer is true"}};
        write("commonsense_170k.json", json::array({mixed}).dump());
        QCOMPARE(loadTrainingRows("nlu", data()).value().at(0).instruction, std::string("mixed"));
    }

    void questionsKeepTheirReasoningAndTheirNumber()
    {
        write("math/gsm8k/test.jsonl", json{{"question", "How many?"}, {"answer", "2+2=<<2+2=4>>4\n#### 1,004"}}.dump());
        const EvaluationRow row = loadEvaluation("gsm8k", data()).value()[0].rows.at(0);
        QCOMPARE(row.expected, std::string("1004"));
        QCOMPARE(row.row.output, std::string("2+2=<<2+2=4>>4\n#### 1,004"));
    }

    void programsCarryTheirTests()
    {
        const json row{{"task_id", "HumanEval/0"},
                       {"prompt", "def f(x):\n    'Doc.'\n"},
                       {"entry_point", "f"},
                       {"canonical_solution", "    return x\n"},
                       {"test", "def check(c):\n    assert c(1) == 1\n"}};
        write("code/HumanEval.jsonl", row.dump());
        const auto side = loadEvaluation("humaneval", data()).value().at(0);
        QCOMPARE(side.judge, Judge::UnitTests);
        QCOMPARE(side.metric, std::string("pass_rate"));
        QCOMPARE(side.rows[0].id, std::string("HumanEval/0"));
        QVERIFY(side.rows[0].program.tests.ends_with("\ncheck(f)"));
        QCOMPARE(loadTrainingRows("humaneval", data()).error().code, ErrorCode::InvalidArgument);
    }

    void safetyPromptsHaveTwoSides()
    {
        write("safety/eval_harmful.jsonl", json{{"prompt", "bad"}, {"label", "harmful"}}.dump());
        write("safety/eval_benign.jsonl", "{\"prompt\":\"good\"}\n{\"prompt\":\"fine\"}\n");
        const auto sides = loadEvaluation("safety-prompts", data()).value();
        QCOMPARE(sides.size(), std::size_t{2});
        QVERIFY(sides[0].higherIsBetter && !sides[1].higherIsBetter);
        QCOMPARE(sides[1].metric, std::string("needless_refusal_rate"));
        QCOMPARE(sides[1].rows.at(1).id, std::string("safety-prompts/benign/00002"));
    }

    void brokenRowsAreRefusedWithFileRowAndField_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("word");
        const auto row = [](const char* name, const std::string& text, const char* word) {
            QTest::newRow(name) << QString::fromStdString(text) << word;
        };
        row("no answer", changed("answer", nullptr), "\"answer\" is missing");
        row("no instruction", changed("instruction", nullptr), "\"instruction\" is missing");
        row("empty output", changed("output", " "), "\"output\" is empty");
        row("unknown label", changed("answer", "maybe"), "unknown label \"maybe\"");
        row("label in another case", changed("answer", "True"), "unknown label \"True\"");
        row("output says otherwise", changed("output", "the correct answer is false"), "\"output\"");
        row("answer is a number", changed("answer", 1), "\"answer\" must be text");
        row("no object", "[1]", "not an object");
        row("no JSON", "{", "JSON");
    }
    void brokenRowsAreRefusedWithFileRowAndField()
    {
        QFETCH(QString, text);
        QFETCH(QString, word);
        write("boolq/test.jsonl", boolqRow().dump() + "\n" + text.toStdString() + "\n");
        const auto result = loadEvaluation("boolq", data());
        QVERIFY(!result.has_value());
        QCOMPARE(result.error().code, ErrorCode::BadFile);
        QVERIFY2(result.error().sentence().find("test.jsonl:2") != std::string::npos, result.error().sentence().c_str());
        QVERIFY2(result.error().sentence().find(word.toStdString()) != std::string::npos, result.error().sentence().c_str());
    }

    void aLabelThatTheRowDoesNotOfferIsRefused()
    {
        write("siqa/test.jsonl", choiceRow("who?", "answer1/answer2/answer3", "answer4").dump());
        QCOMPARE(loadEvaluation("siqa", data()).error().code, ErrorCode::BadFile);
    }

    void whatIsNotThereIsNamed()
    {
        const Error missing = loadEvaluation("piqa", data()).error();
        QCOMPARE(missing.code, ErrorCode::NotFound);
        QVERIFY(missing.what.find("nlu/piqa/test") != std::string::npos);
        QCOMPARE(loadEvaluation("piqa", {"/nowhere/at/all"}).error().code, ErrorCode::NotFound);
        const Error unknown = loadEvaluation("mmlu", data()).error();
        QCOMPARE(unknown.code, ErrorCode::NotFound);
        QVERIFY(unknown.hint.find("hellaswag") != std::string::npos && unknown.hint.find("safety") != std::string::npos);
    }

    void withoutAFolderTheHomesDataIsUsed()
    {
        const QByteArray before = qgetenv("LORI_HOME");
        qputenv("LORI_HOME", m_folder->path().toUtf8());
        const auto none = loadEvaluation("boolq");
        write("data/boolq/test.jsonl", boolqRow().dump());
        const auto some = loadEvaluation("boolq");
        qputenv("LORI_HOME", before);
        QCOMPARE(none.error().code, ErrorCode::InvalidArgument);
        QVERIFY(some.has_value());
    }

    void theSharedDataPackLoadsWhole()
    {
        const fs::path shared(LORI_SHARED_DATA);
        if (!fs::exists(shared / "nlu")) {
            QSKIP("the shared data pack is not here");
        }
        const std::vector<std::size_t> rows{1000, 799, 1000, 798, 1000, 1000, 972, 300};
        const auto sides = loadEvaluation("nlu", {shared}).value();
        for (std::size_t i = 0; i < rows.size(); ++i) {
            QCOMPARE(sides[i].rows.size(), rows[i]);
        }
        QCOMPARE(loadTrainingRows("nlu", {shared}).value().size(), std::size_t{33160});
        QCOMPARE(loadEvaluation("gsm8k", {shared}).value()[0].rows.size(), std::size_t{1319});
        QCOMPARE(loadTrainingRows("gsm8k", {shared}).value().size(), std::size_t{7473});
        QCOMPARE(loadEvaluation("humaneval", {shared}).value()[0].rows.size(), std::size_t{164});
        QCOMPARE(loadEvaluation("safety-prompts", {shared}).value()[1].rows.size(), std::size_t{370});
    }

private:
    [[nodiscard]] DataFolder data() const { return {m_folder->path().toStdString()}; }
    void write(const std::string& place, const std::string& text) const
    {
        const fs::path file = data().path / place;
        fs::create_directories(file.parent_path());
        writeFileAtomically(file, text).value();
    }
    std::unique_ptr<QTemporaryDir> m_folder;
};

LORI_TEST(BenchmarksTest)
#include "benchmarks_test.moc"
