// SPDX-License-Identifier: Apache-2.0
#include "core/support/files.h"
#include "core/tasks/data_file.h"
#include "core/tasks/utf8.h"
#include "tests/support/test_registry.h"

#include <QTemporaryDir>
#include <QtTest>

#include <filesystem>

using namespace lori;
using namespace lori::tasks;
using experiment::ColumnMapping;
namespace fs = std::filesystem;

class DataFileTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void readsJsonLinesAndRecognizesTheColumns()
    {
        const DataFile data = read("a.jsonl", "{\"instruction\":\"Add\",\"input\":\"1 2\",\"output\":\"3\",\"answer\":\"x\"}\n"
                                              "\n"
                                              "{\"instruction\":\"Say hi\",\"input\":null,\"output\":\"hi\"}\r\n");
        QCOMPARE(data.rows.size(), std::size_t{2});
        QVERIFY((data.rows[0] == Row{"Add", "1 2", "3"}));
        QVERIFY((data.rows[1] == Row{"Say hi", "", "hi"}));
        QVERIFY((data.columns == ColumnMapping{"instruction", "input", "output", "", "", ""}));
        QVERIFY((data.fields == std::vector<std::string>{"answer", "input", "instruction", "output"}));
    }

    void wholeNumbersKeepEveryDigit()
    {
        const DataFile data =
            read("a.jsonl", "{\"question\":\"25!\",\"answer\":15511210043330985984000000}\n"
                            "{\"question\":\"2^64 \\\"18446744073709551616\\\"\",\"answer\":-18446744073709551616}\n"
                            "{\"question\":\"pi\",\"answer\":3.5}\n");
        QCOMPARE(data.rows[0].output, std::string("15511210043330985984000000"));
        QCOMPARE(data.rows[1].output, std::string("-18446744073709551616"));
        QCOMPARE(data.rows[1].instruction, std::string("2^64 \"18446744073709551616\""));
        QCOMPARE(data.rows[2].output, std::string("3.5"));
    }

    void aFileOfLinesHasTheSameRulesWithOneLineAsWithTwo_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::newRow("role and value") << QByteArray(
            R"({"messages":[{"role":"user","value":"Q"},{"role":"assistant","value":"A"}]})");
        QTest::newRow("no turns") << QByteArray(R"({"messages":[]})");
        QTest::newRow("pairs") << QByteArray(
            R"({"conversation":[{"human":"Q","assistant":"A"},{"human":"Sure?","assistant":"Yes"}]})");
        QTest::newRow("texts") << QByteArray(R"({"dialogue":["Hi","Hello"]})");
    }
    void aFileOfLinesHasTheSameRulesWithOneLineAsWithTwo()
    {
        QFETCH(QByteArray, line);
        const auto said = [&](int lines) {
            const fs::path path = fs::path(m_folder->path().toStdString()) / "a.jsonl";
            writeFileAtomically(path, line.toStdString() + (lines > 1 ? "\n" + line.toStdString() : std::string())).value();
            const auto data = readDataFile(path, {}, BadRows::Refuse);
            return data ? std::to_string(data->rows.size() / static_cast<std::size_t>(lines)) : data.error().what;
        };
        const std::string one = said(1);
        const std::string two = said(2);
        QVERIFY2(one.substr(0, 40) == two.substr(0, 40), (one + " / " + two).c_str());
    }

    void splitsOnLineFeedsOnly()
    {
        const DataFile data = read("a.jsonl", "{\"question\":\"a\xe2\x80\xa8"
                                              "b\xc2\x85"
                                              "c\",\"answer\":\"d\"}\n{\"question\":\"e\",\"answer\":\"f\"}");
        QCOMPARE(data.rows.size(), std::size_t{2});
        QCOMPARE(data.rows[0].instruction, std::string("a\xe2\x80\xa8"
                                                       "b\xc2\x85"
                                                       "c"));
    }

    void otherNamesOfColumnsAreRecognized_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("instruction");
        QTest::addColumn<QString>("output");
        QTest::newRow("question and answer") << QByteArray(R"({"question":"q","answer":"a"})") << "question"
                                             << "answer";
        QTest::newRow("prompt and response") << QByteArray(R"({"prompt":"q","response":"a"})") << "prompt"
                                             << "response";
        QTest::newRow("capitals") << QByteArray(R"({"Question":"q","Answer":"a"})") << "Question"
                                  << "Answer";
        QTest::newRow("output before answer") << QByteArray(R"({"instruction":"q","answer":"b","output":"a"})") << "instruction"
                                              << "output";
    }
    void otherNamesOfColumnsAreRecognized()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, instruction);
        QFETCH(QString, output);
        const DataFile data = read("a.jsonl", text.toStdString());
        QCOMPARE(QString::fromStdString(data.columns.instruction), instruction);
        QCOMPARE(QString::fromStdString(data.columns.output), output);
        QVERIFY((data.rows[0] == Row{"q", "", "a"}));
    }

    void aGivenMappingIsUsedAndMissingColumnsAreNamed()
    {
        const std::string text = R"({"frage":"q","antwort":"a","instruction":"other"})";
        const DataFile data = read("a.jsonl", text, {"frage", "", "antwort", "", "", ""});
        QVERIFY((data.rows[0] == Row{"q", "", "a"}));
        const Error error = failure("a.jsonl", text, {"frage", "", "reply", "", "", ""});
        QCOMPARE(error.code, ErrorCode::InvalidArgument);
        QVERIFY(error.what.find("reply") != std::string::npos);
        QVERIFY(error.hint.find("antwort, frage") != std::string::npos);
    }

    void columnsThatCannotBeGuessedAreAnError()
    {
        const Error error = failure("a.jsonl", R"({"prompt":"q","label":"harmful"})");
        QCOMPARE(error.code, ErrorCode::InvalidArgument);
        QVERIFY(error.what.find("answer") != std::string::npos);
        QVERIFY(error.hint.find("label, prompt") != std::string::npos);
    }

    void chatsBecomeRows()
    {
        const DataFile data =
            read("a.jsonl", R"({"messages":[{"role":"system","content":"Be kind."},{"role":"user","content":"q"},)"
                            R"({"role":"assistant","content":"a"}]})");
        QVERIFY((data.rows[0] == Row{"q", "", "a", {{"system", "Be kind."}}}));
        QCOMPARE(data.columns.messages, std::string("messages"));
    }

    void chatsThatAreNoQuestionsAndAnswersAreNamed_data()
    {
        QTest::addColumn<QByteArray>("messages");
        QTest::newRow("no list") << QByteArray("\"hello\"");
        QTest::newRow("empty") << QByteArray("[]");
        QTest::newRow("no answer") << QByteArray(R"([{"role":"user","content":"q"}])");
        QTest::newRow("answer first") << QByteArray(R"([{"role":"assistant","content":"a"}])");
        QTest::newRow("no content") << QByteArray(R"([{"role":"user"},{"role":"assistant","content":"a"}])");
        QTest::newRow("two questions") << QByteArray(R"([{"role":"user","content":"q"},{"role":"user","content":"q"},)"
                                                     R"({"role":"assistant","content":"a"}])");
        QTest::newRow("number as a message") << QByteArray("[1]");
    }
    void chatsThatAreNoQuestionsAndAnswersAreNamed()
    {
        QFETCH(QByteArray, messages);
        const Error error = failure("a.jsonl", "{\"messages\":" + messages.toStdString() + "}");
        QCOMPARE(error.code, ErrorCode::BadFile);
        QVERIFY(error.what.find("\"messages\"") != std::string::npos);
        QVERIFY(error.where.ends_with("a.jsonl:1"));
    }

    void brokenRowsAreRefusedWithTheirPlace_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QString>("said");
        QTest::newRow("cut off") << QByteArray("{\"instruction\":\"a\",\"outp") << "not valid JSON";
        QTest::newRow("not an object") << QByteArray("[1,2]") << "not an object";
        QTest::newRow("missing") << QByteArray(R"({"instruction":"a"})") << "\"output\" is missing";
        QTest::newRow("empty instruction") << QByteArray(R"({"instruction":" ","output":"b"})") << "\"instruction\" is empty";
        QTest::newRow("null output") << QByteArray(R"({"instruction":"a","output":null})") << "\"output\" is empty";
        QTest::newRow("list as text") << QByteArray(R"({"instruction":["a"],"output":"b"})") << "must be text, is array";
        QTest::newRow("number overflow") << QByteArray(R"({"instruction":1e999,"output":"b"})") << "";
        QTest::newRow("deep nesting") << QByteArray("[").repeated(100000) << "not valid JSON";
    }
    void brokenRowsAreRefusedWithTheirPlace()
    {
        QFETCH(QByteArray, line);
        QFETCH(QString, said);
        const std::string good = "{\"instruction\":\"a\",\"output\":\"b\"}\n";
        const std::string text = good + good + line.toStdString() + "\n" + good;
        const Error error = failure("a.jsonl", text);
        QCOMPARE(error.code, ErrorCode::BadFile);
        QVERIFY2(error.where.ends_with("a.jsonl:3"), error.where.c_str());
        QVERIFY2(error.what.find(said.toStdString()) != std::string::npos, error.what.c_str());
        QVERIFY(!error.hint.empty());

        const auto skipped = readDataFile(file("a.jsonl"), {}, BadRows::Skip);
        QCOMPARE(skipped->rows.size(), std::size_t{3});
        QCOMPARE(skipped->problems.size(), std::size_t{1});
        QCOMPARE(skipped->problems[0].line, std::int64_t{3});
    }

    void brokenJsonIsSaidByItsLineAndCharacter()
    {
        const std::string good = "{\"instruction\":\"a\",\"output\":\"b\"}\n";
        const Error row = failure("a.jsonl", good + "{\"instruction\":\"\xc3\xa9\",\"output\":x}\n"); // one letter, two bytes
        QVERIFY2(row.where.ends_with("a.jsonl:2"), row.where.c_str());
        QVERIFY2(row.what.find("(character 29)") != std::string::npos, row.what.c_str());
        const Error spread = failure("b.jsonl", "{\n \"instruction\":\"a\",\n \"output\":\"b\"\n}\n"
                                                "{\n \"instruction\":\"a\",\n \"output\":x\n}\n");
        QVERIFY2(spread.where.ends_with("b.jsonl:5"), spread.where.c_str());
        QVERIFY2(spread.what.find("(character 11), line 7") != std::string::npos, spread.what.c_str());
        const Error list = failure("c.json", "[\n {\"instruction\":\"a\",\"output\":x}]");
        QVERIFY2(list.what.find("(character 30), line 2") != std::string::npos, list.what.c_str());
    }

    void aBrokenFirstLineIsNamedBeforeItsColumns()
    {
        QVERIFY(failure("a.jsonl", "hello\n").what.find("not valid JSON") != std::string::npos);
        QCOMPARE(failure("a.jsonl", "hello\nworld\n", {}, BadRows::Skip).code, ErrorCode::InvalidArgument);
    }

    void numbersAsAnswersBecomeText()
    {
        QCOMPARE(read("a.jsonl", R"({"question":"q","answer":42})").rows[0].output, std::string("42"));
    }

    void filesThatAreNoTextOrEmptyAreRefused_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("said");
        QTest::newRow("empty") << QByteArray("") << "empty";
        QTest::newRow("blank") << QByteArray(" \n\r\n\t") << "empty";
        QTest::newRow("only a byte order mark") << QByteArray("\xef\xbb\xbf") << "empty";
        QTest::newRow("latin-1") << QByteArray("{\"instruction\":\"a\",\n\"b\":\"\xe9\"}") << "line 2, byte 6";
        QTest::newRow("UTF-16") << QByteArray("\xff\xfe{\0", 4) << "UTF-16";
        QTest::newRow("overlong") << QByteArray("\"\xc0\xaf\"") << "line 1, byte 2";
        QTest::newRow("surrogate") << QByteArray("\xed\xa0\x80") << "line 1, byte 1";
        QTest::newRow("cut character") << QByteArray("ab\xe2\x82") << "line 1, byte 3";
    }
    void filesThatAreNoTextOrEmptyAreRefused()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, said);
        const Error error = failure("a.jsonl", bytes.toStdString());
        QCOMPARE(error.code, ErrorCode::BadFile);
        QVERIFY2(error.what.find(said.toStdString()) != std::string::npos, error.what.c_str());
        QVERIFY(error.where.ends_with("a.jsonl"));
    }

    void validTextOfEveryLengthPasses()
    {
        QVERIFY(!findUtf8Error("a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\xf4\x8f\xbf\xbf").has_value());
        QVERIFY(findUtf8Error("\xf4\x90\x80\x80").has_value());
    }

    void aByteOrderMarkIsLeftOut()
    {
        QCOMPARE(read("a.jsonl", "\xef\xbb\xbf{\"question\":\"q\",\"answer\":\"a\"}").rows.size(), std::size_t{1});
        QCOMPARE(read("a.csv", "\xef\xbb\xbfquestion,answer\nq,a\n").rows[0].instruction, std::string("q"));
    }

    void missingFilesAndFoldersAreErrors()
    {
        QCOMPARE(readDataFile(file("none.jsonl"), {}, BadRows::Refuse).error().code, ErrorCode::NotFound);
        QVERIFY(!readDataFile(m_folder->path().toStdString(), {}, BadRows::Refuse).has_value());
    }

    void readsAListOfObjects()
    {
        const DataFile data = read("a.json", "[{\"question\":\"q\",\"answer\":\"a\"},\n{\"question\":\"r\",\"answer\":\"b\"}]");
        QCOMPARE(data.rows.size(), std::size_t{2});
        QCOMPARE(read("lines.json", "{\"question\":\"q\",\"answer\":\"a\"}\n").rows.size(), std::size_t{1});
    }

    void brokenListsAreRefused()
    {
        QVERIFY(failure("a.json", "[{\"question\":\"q\"},\n{\"quest").what.find("line 2") != std::string::npos);
        QVERIFY(failure("a.json", "\"text\"").what.find("not a list") != std::string::npos);
        QVERIFY(failure("a.json", "[]").what.find("no rows") != std::string::npos);
        QVERIFY(failure("a.json", "[{\"question\":\"q\",\"answer\":\"a\"},7]").where.ends_with("a.json:2"));
    }

    void readsQuotedCsv()
    {
        const DataFile data = read("a.csv", "instruction,input,output\r\n"
                                            "\"say \"\"hi\"\"\",\"a,b\r\nc\",done\r\n"
                                            "plain,,x y\r\n");
        QCOMPARE(data.rows.size(), std::size_t{2});
        QVERIFY((data.rows[0] == Row{"say \"hi\"", "a,b\r\nc", "done"}));
        QVERIFY((data.rows[1] == Row{"plain", "", "x y"}));
    }

    void readsSemicolonsAndTabs()
    {
        QVERIFY((read("a.csv", "question;answer\nq, really;a\n").rows[0] == Row{"q, really", "", "a"}));
        QVERIFY((read("a.tsv", "question\tanswer\nq\ta").rows[0] == Row{"q", "", "a"}));
    }

    void brokenCsvIsRefused()
    {
        QVERIFY(failure("a.csv", "question,answer\nq,a\n\"q,a\n").what.find("line 3") != std::string::npos);
        QVERIFY(failure("a.csv", "question,answer\nq,a\nq\n").where.ends_with("a.csv:2"));
        QVERIFY(failure("a.csv", "question,answer\nq,a,b\n").what.find("3 fields") != std::string::npos);
        QVERIFY(failure("a.csv", "question,answer\n\"q\"x,a\n").what.find("closing quote") != std::string::npos);
        QVERIFY(failure("a.csv", "question,question\nq,a\n").what.find("twice") != std::string::npos);
        QVERIFY(failure("a.csv", "question,,answer\nq,x,a\n").what.find("no name") != std::string::npos);
        QVERIFY(failure("a.csv", "question,answer\n").what.find("no rows") != std::string::npos);
    }

    void realDataIsReadWhole()
    {
        const fs::path data = LORI_SHARED_DATA;
        if (!fs::exists(data)) {
            QSKIP("the shared data pack is not here");
        }
        QCOMPARE(readDataFile(data / "math/gsm8k/train.jsonl", {}, BadRows::Refuse).value().rows.size(), std::size_t{7473});
        QCOMPARE(readDataFile(data / "nlu/boolq/train.jsonl", {}, BadRows::Refuse).value().rows.size(), std::size_t{6000});
        QCOMPARE(readDataFile(data / "code/codealpaca_train.jsonl", {}, BadRows::Refuse).value().rows.size(), std::size_t{6550});
    }

private:
    [[nodiscard]] fs::path file(const std::string& name) const { return fs::path(m_folder->path().toStdString()) / name; }
    DataFile read(const std::string& name, const std::string& text, const ColumnMapping& columns = {})
    {
        writeFileAtomically(file(name), text).value();
        return readDataFile(file(name), columns, BadRows::Refuse).value();
    }
    Error failure(const std::string& name, const std::string& text, const ColumnMapping& columns = {},
                  BadRows badRows = BadRows::Refuse)
    {
        writeFileAtomically(file(name), text).value();
        const auto result = readDataFile(file(name), columns, badRows);
        return result ? Error{ErrorCode::Internal, "was accepted", {}, {}} : result.error();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

LORI_TEST(DataFileTest)
#include "data_file_test.moc"
