// SPDX-License-Identifier: Apache-2.0
// Rows with turns: OpenAI's and ShareGPT's conversations, system and history columns, TRL's prompt and completion.
#include "core/support/files.h"
#include "core/tasks/data_file.h"
#include "tests/support/test_registry.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace lori;
using namespace lori::tasks;
using experiment::ColumnMapping;

namespace {

const std::vector<chat::Message> kBefore{{"system", "Be kind."}, {"user", "q1"}, {"assistant", "a1"}};
const Row kTwoTurns{"q2", "", "a2", kBefore};

} // namespace

class ConversationRowsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void turnsBecomeContextWhoeverWroteThem_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::newRow("OpenAI") << QByteArray(
            R"({"messages":[{"role":"system","content":"Be kind."},{"role":"user","content":"q1"},)"
            R"({"role":"assistant","content":"a1"},{"role":"user","content":"q2"},)"
            R"({"role":"assistant","content":"a2"}]})");
        QTest::newRow("ShareGPT") << QByteArray(
            R"({"conversations":[{"from":"system","value":"Be kind."},{"from":"human","value":"q1"},)"
            R"({"from":"gpt","value":"a1"},{"from":"human","value":"q2"},{"from":"gpt","value":"a2"}]})");
        QTest::newRow("system column") << QByteArray(
            R"({"system":"Be kind.","conversations":[{"from":"user","value":"q1"},{"from":"assistant","value":"a1"},)"
            R"({"role":"Human","content":"q2"},{"role":"GPT","value":"a2"}]})");
        QTest::newRow("text parts") << QByteArray(
            R"({"messages":[{"role":"developer","content":[{"type":"text","text":"Be kind."}]},)"
            R"({"role":"user","content":[{"type":"input_text","text":"q1"}]},{"role":"assistant","content":"a1"},)"
            R"({"role":"user","content":"q2"},{"role":"assistant","content":[{"type":"output_text","text":"a2"}],"tool_calls":null}]})");
        QTest::newRow("Alpaca with history")
            << QByteArray(R"({"instruction":"q2","input":"","output":"a2","system":"Be kind.","history":[["q1","a1"]]})");
        QTest::newRow("history as turns") << QByteArray(
            R"({"prompt":"q2","response":"a2","system_prompt":"Be kind.","history":[{"role":"user","content":"q1"},)"
            R"({"role":"assistant","content":"a1"}]})");
        QTest::newRow("TRL") << QByteArray(
            R"({"prompt":[{"role":"system","content":"Be kind."},{"role":"user","content":"q1"},{"role":"assistant","content":"a1"},)"
            R"({"role":"user","content":"q2"}],"completion":[{"role":"assistant","content":"a2"}]})");
        QTest::newRow("greeting and open question") << QByteArray(
            R"({"conversations":[{"from":"system","value":"Be kind."},{"from":"gpt","value":"Hello."},{"from":"human","value":"q1"},)"
            R"({"from":"gpt","value":"a1"},{"from":"human","value":"q2"},{"from":"gpt","value":"a2"},{"from":"human","value":"q3"}]})");
        QTest::newRow("a line that is the list") << QByteArray(
            R"([{"role":"system","content":"Be kind."},{"role":"user","content":"q1"},{"role":"assistant","content":"a1"},)"
            R"({"role":"user","content":"q2"},{"role":"assistant","content":"a2"}])");
    }
    void turnsBecomeContextWhoeverWroteThem()
    {
        QFETCH(QByteArray, line);
        const DataFile data = read("a.jsonl", line.toStdString() + "\n" + line.toStdString() + "\n");
        QCOMPARE(data.rows.size(), std::size_t{2});
        QVERIFY2(data.rows[0] == kTwoTurns, data.rows[0].instruction.c_str());
        QCOMPARE(data.severalTurns, std::int64_t{2});
        QCOMPARE(data.systemTurns, std::int64_t{2});
        QVERIFY(said(data, "system_turns") && said(data, "several_turns"));
    }

    void aSystemColumnBesideTheColumnsOfAnAlpacaRow()
    {
        const DataFile data = read("a.csv", "instruction,input,output,system\nq,i,a,Be kind.\nq,i,a,\n");
        QVERIFY((data.rows[0] == Row{"q", "i", "a", {{"system", "Be kind."}}}));
        QVERIFY((data.rows[1] == Row{"q", "i", "a"}));
        QCOMPARE(data.columns.system, std::string("system"));
        QVERIFY(data.unused.empty());
    }

    void columnsThatComeLateAreFound()
    {
        std::string text;
        for (int i = 0; i < 150; ++i) {
            text += R"({"instruction":"q","output":"a"})"
                    "\n";
        }
        const DataFile data = read("a.jsonl", text + R"({"instruction":"q","output":"a","system":"Be kind.","tag":1})");
        QVERIFY((data.rows.back() == Row{"q", "", "a", {{"system", "Be kind."}}}));
        QCOMPARE(data.unused, std::vector<std::string>{"tag"});
    }

    void columnsThatAreNamedByHandAreUsedAloneAndOthersAreSaid()
    {
        const std::string text = R"({"q":"x","a":"y","system":"Be kind.","history":[["u","v"]]})";
        ColumnMapping columns;
        columns.instruction = "q";
        columns.output = "a";
        const DataFile plain = read("a.jsonl", text, columns);
        QVERIFY((plain.rows[0] == Row{"x", "", "y"}));
        QVERIFY(said(plain, "unused_columns").value_or("").find("history, system") != std::string::npos);
        columns.system = "system";
        columns.history = "history";
        QVERIFY((read("a.jsonl", text, columns).rows[0] ==
                 Row{"x", "", "y", {{"system", "Be kind."}, {"user", "u"}, {"assistant", "v"}}}));
        columns.system = "none";
        QVERIFY(failure("a.jsonl", text, columns).what.find("\"none\"") != std::string::npos);
    }

    void whatIsLeftOutIsSaid()
    {
        const DataFile data = read("a.jsonl", R"({"conversations":[{"from":"gpt","value":"Hi"},{"from":"human","value":"q"},)"
                                              R"({"from":"gpt","value":"a"},{"from":"human","value":"open"}],"id":"7"})");
        QVERIFY(said(data, "leading_answer") && said(data, "trailing_question"));
        QVERIFY(said(data, "unused_columns").value_or("").find("id") != std::string::npos);
        const DataFile named =
            read("a.jsonl", R"({"messages":[{"role":"developer","content":"Be kind."},)"
                            R"({"role":"user","content":"q","name":"Ann"},{"role":"assistant","content":"a"}]})");
        QVERIFY(said(named, "developer_turn"));
        QVERIFY(said(named, "turn_field_name"));
        const DataFile both = read("a.jsonl", R"({"system":"A","messages":[{"role":"system","content":"B"},)"
                                              R"({"role":"user","content":"q"},{"role":"assistant","content":"a"}]})");
        QCOMPARE(both.rows[0].context.front().content, std::string("B"));
        QVERIFY(said(both, "two_system_texts"));
    }

    void partsAreJoinedByLineFeeds()
    {
        const DataFile data = read(
            "a.jsonl", R"({"messages":[{"role":"user","content":[{"type":"text","text":"one"},{"type":"text","text":"two"}]},)"
                       R"({"role":"assistant","content":"a"}]})");
        QCOMPARE(data.rows[0].instruction, std::string("one\ntwo"));
    }

    void turnsThatCannotBeLearnedAreNamed_data()
    {
        QTest::addColumn<QByteArray>("turns");
        QTest::addColumn<QString>("said");
        const char* const answer = R"({"role":"assistant","content":"a"}])";
        QTest::newRow("tool") << QByteArray(R"([{"role":"user","content":"q"},{"role":"tool","content":"1"},)") + answer
                              << "\"tool\"";
        QTest::newRow("function") << QByteArray(R"([{"from":"human","value":"q"},{"from":"function_call","value":"f"},)") + answer
                                  << "tools";
        QTest::newRow("tool calls") << QByteArray(R"([{"role":"user","content":"q"},)"
                                                  R"({"role":"assistant","content":null,"tool_calls":[{"id":"1"}]}])")
                                    << "\"tool_calls\"";
        QTest::newRow("image") << QByteArray(R"([{"role":"user","content":[{"type":"image_url","image_url":{"url":"x"}}]},)") +
                                      answer
                               << "\"image_url\"";
        QTest::newRow("unknown role") << QByteArray(R"([{"role":"narrator","content":"q"},)") + answer << "\"narrator\"";
        QTest::newRow("late system") << QByteArray(R"([{"role":"user","content":"q"},{"role":"system","content":"s"},)") + answer
                                     << "in the middle";
        QTest::newRow("twice") << QByteArray(R"([{"role":"user","content":"q"},{"role":"assistant","content":"b"},)") + answer
                               << "turn 3 is of role assistant";
        QTest::newRow("empty") << QByteArray(R"([{"role":"user","content":" "},)") + answer << "turn 1, of role user, is empty";
        QTest::newRow("not learned") << QByteArray(
                                            R"([{"role":"user","content":"q"},{"role":"assistant","content":"a","weight":0}])")
                                     << "not to be learned";
        for (const char* mark :
             {R"("weight":false)", R"("weight":"0")", R"("loss":false)", R"("loss":0)", R"("loss_mask":0)", R"("train":"no")",
              R"("training":false)", R"("trainable":false)", R"("train_on_turn":false)", R"("learn":false)"}) {
            QTest::newRow(mark) << QByteArray(R"([{"role":"user","content":"q"},{"role":"assistant","content":"a",)") + mark +
                                       "}]"
                                << "not to be learned";
        }
        QTest::newRow("mask") << QByteArray(R"([{"role":"user","content":"q"},{"role":"assistant","content":"a","mask":1}])")
                              << "call the field";
        QTest::newRow("only a system turn") << QByteArray(R"([{"role":"system","content":"s"}])") << "no turns";
        QTest::newRow("Python's text") << QByteArray(R"("[{'role': 'user'}]")") << "pandas";
    }
    void turnsThatCannotBeLearnedAreNamed()
    {
        QFETCH(QByteArray, turns);
        QFETCH(QString, said);
        const Error error = failure("a.jsonl", "{\"messages\":" + turns.toStdString() + "}");
        QCOMPARE(error.code, ErrorCode::BadFile);
        QVERIFY2(error.what.find(said.toStdString()) != std::string::npos, error.what.c_str());
    }

    void questionsThatAreMarkedAsContextAreUsual()
    {
        const DataFile data = read("a.jsonl", R"({"messages":[{"role":"user","content":"q","train":false},)"
                                              R"({"role":"assistant","content":"a","train":true,"loss":1}]})");
        QCOMPARE(data.rows.size(), std::size_t{1});
        QVERIFY(data.notes.empty());
    }

    void setsOfAnotherKindAreNamed_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QString>("what");
        QTest::addColumn<QString>("hint");
        QTest::newRow("preferences") << QByteArray(R"({"prompt":"q","chosen":"a","rejected":"b"})") << "preference"
                                     << "as the answer";
        QTest::newRow("preference chats") << QByteArray(R"({"chosen":[{"role":"user","content":"q"}],"rejected":[]})")
                                          << "preference"
                                          << "as the chat list";
        QTest::newRow("preference texts") << QByteArray(R"({"chosen":"Human: q","rejected":"Human: q"})") << "preference"
                                          << "messages";
        QTest::newRow("KTO") << QByteArray(R"({"prompt":"q","completion":"a","label":false})") << "KTO"
                             << "true";
        QTest::newRow("KTO, numbers") << QByteArray(R"({"prompt":"q","completion":"a","label":0})") << "KTO"
                                      << "true";
        QTest::newRow("KTO from a table") << QByteArray(R"({"prompt":"q","completion":"a","label":"False"})") << "KTO"
                                          << "true";
        QTest::newRow("preference chats behind a prompt")
            << QByteArray(R"({"prompt":[{"role":"user","content":"q"}],"chosen":[{"role":"assistant","content":"a"}],)"
                          R"("rejected":[]})")
            << "preference"
            << "as the answer";
        QTest::newRow("pretraining") << QByteArray(R"({"text":"Once upon a time","id":1})") << "pretraining"
                                     << "instruction";
        QTest::newRow("single turns") << QByteArray(R"({"role":"user","content":"q"})") << "single turns"
                                      << "messages";
    }
    void setsOfAnotherKindAreNamed()
    {
        QFETCH(QByteArray, line);
        QFETCH(QString, what);
        QFETCH(QString, hint);
        const Error error = failure("a.jsonl", line.toStdString() + "\n" + line.toStdString() + "\n");
        QCOMPARE(error.code, ErrorCode::InvalidArgument);
        QVERIFY2(error.what.find(what.toStdString()) != std::string::npos, error.what.c_str());
        QVERIFY2(error.hint.find(hint.toStdString()) != std::string::npos, error.hint.c_str());
    }

    void theChosenAnswersOfAPreferenceSetCanBeNamed()
    {
        ColumnMapping columns;
        columns.output = "chosen";
        QVERIFY((read("a.jsonl", R"({"prompt":"q","chosen":"a","rejected":"b"})", columns).rows[0] == Row{"q", "", "a"}));
        ColumnMapping chat;
        chat.messages = "chosen";
        QVERIFY((read("a.jsonl",
                      R"({"prompt":"q","chosen":[{"role":"user","content":"q"},{"role":"assistant","content":"a"}],)"
                      R"("rejected":[]})",
                      chat)
                     .rows[0] == Row{"q", "", "a"}));
    }

    void pairsOfNamesAreRecognizedTogether()
    {
        QVERIFY((read("a.jsonl", R"({"input":"q","output":"a"})").rows[0] == Row{"q", "", "a"}));
        QVERIFY((read("a.jsonl", R"({"inputs":"q","targets":"a"})").rows[0] == Row{"q", "", "a"}));
        QVERIFY(
            (read("a.jsonl", R"({"user":"q","assistant":"a","system":"s"})").rows[0] == Row{"q", "", "a", {{"system", "s"}}}));
        QVERIFY((read("a.jsonl", R"({"instruction":"","input":"q","output":"a"})").rows[0] == Row{"q", "", "a"}));
    }

private:
    [[nodiscard]] std::filesystem::path file(const std::string& name) const
    {
        return std::filesystem::path(m_folder->path().toStdString()) / name;
    }
    DataFile read(const std::string& name, const std::string& text, const ColumnMapping& columns = {})
    {
        writeFileAtomically(file(name), text).value();
        return readDataFile(file(name), columns, BadRows::Refuse).value();
    }
    Error failure(const std::string& name, const std::string& text, const ColumnMapping& columns = {})
    {
        writeFileAtomically(file(name), text).value();
        const auto result = readDataFile(file(name), columns, BadRows::Refuse);
        return result ? Error{ErrorCode::Internal, "was accepted", {}, {}} : result.error();
    }
    static std::optional<std::string> said(const DataFile& data, const std::string& code)
    {
        for (const DataNote& note : data.notes) {
            if (note.code == code) {
                return note.text;
            }
        }
        return std::nullopt;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

LORI_TEST(ConversationRowsTest)
#include "conversation_rows_test.moc"
