// SPDX-License-Identifier: Apache-2.0
// One of every message, and the files that hold them: tests/wire/golden_messages.jsonl and core/wire/MESSAGES.md.
#include "core/events/event.h"
#include "core/support/files.h"
#include "core/wire/message_fields.h"
#include "core/wire/messages.h"
#include "tests/support/test_registry.h"

#include <QtTest>

#include <limits>
#include <set>
#include <sstream>

using namespace lori;
using namespace lori::wire;

namespace {

/// Every field of every message has a value of its own that is not its default.
std::vector<Request> oneOfEachRequest()
{
    const TextOptions options{64, 0.5, 0.95, 40, 7, true};
    return {Attach{"adapters/safety", "20261128-safety"},
            Detach{2},
            SetMix{{{1, 0.7}, {2, -0.25}}},
            SetSites{{{3, "q_proj"}, {4, "down_proj"}}},
            ListAdapters{},
            Generate{"Once upon a time", "chat", options},
            Chat{"first", {{"system", "Be brief."}, {"user", "Hällo"}}, {{"enable_thinking", false}}, options},
            Columns{"The same prompt", "chat", {{}, {{1, 1}}}, options},
            MeasureEffect{{"How are you?", "Tell me a secret."}, "plain", 5},
            WeighOptions{"Is it so?", {" yes", " no"}, "chat"},
            AskHash{},
            Forget{"first"},
            Cancel{"a text"},
            Quit{}};
}

std::vector<Answer> oneOfEachAnswer()
{
    const Adapter adapter{2, "lori-d", "adapters/safety", 1, 40, 32, {{0, "q_proj"}}, "ab12", true};
    const Done done{"Hi.", {72, 105}, "length", 12, 8, 0.5, 0.25, 4.5, "cd34"};
    const TokenChange change{1, 3, 41, " yes", -1.5, -0.25};
    return {events::Unknown{"of_a_newer_program", {{"anything", {1, 2}}}},
            Ready{"lori 0.1.0", "smollm2", "ef56", 8192, 30, 4711, "cpu", "f32", {adapter}, {{2, 0.5}}, "cd34"},
            Attached{adapter},
            Adapters{{adapter}},
            Weights{{{2, 0.5}}, {{3, "q_proj"}}, "cd34"},
            Token{1, "Hi"},
            done,
            ColumnsDone{{done}},
            EffectDone{0.125, 17, {change}, {{change}}, "cd34"},
            OptionsDone{{-1.5, -2.5}, {1, 2}, "cd34"},
            Forgotten{"first"},
            Cancelling{7, true},
            Bye{},
            Failure{{"not_found", "no adapter is attached under the handle 9", "attach it first", "handle"}}};
}

std::string golden()
{
    std::string text;
    std::int64_t id = 0;
    for (const Request& request : oneOfEachRequest()) {
        text += requestLine(++id, request);
    }
    for (const Answer& answer : oneOfEachAnswer()) {
        text += answerLine("a" + std::to_string(++id), answer);
    }
    return text;
}

std::string fileText(const std::string& path)
{
    return readTextFile(std::filesystem::path(LORI_SOURCE_DIR) / path).value();
}

template <typename Message>
void verifyNothingIsDefault(const Message& message)
{
    Message plain;
    events::FieldDocs docs;
    visitFields(docs, plain);
    const json written = events::fieldsOf(message);
    const json defaults = events::fieldsOf(plain);
    for (const events::FieldDoc& doc : docs.take()) {
        QVERIFY2(doc.meaning.size() > 2, doc.name.c_str());
        if (doc.name.find_first_of("[.") == std::string::npos) {
            QVERIFY2(written.contains(doc.name), doc.name.c_str());
            QVERIFY2(defaults[doc.name] != written[doc.name], (std::string(Message::kType) + "." + doc.name).c_str());
        }
    }
}

std::string refusal(const std::string& line)
{
    const ReadRequest read = requestFromLine(line);
    return read.request ? "understood" : read.request.error().sentence();
}

} // namespace

class MessagesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void thereIsOneOfEachInOrder()
    {
        const auto requests = oneOfEachRequest();
        QCOMPARE(requests.size(), std::variant_size_v<Request>);
        for (std::size_t i = 0; i < requests.size(); ++i) {
            QCOMPARE(requests[i].index(), i);
            std::visit([](const auto& m) { verifyNothingIsDefault(m); }, requests[i]);
        }
        const auto answers = oneOfEachAnswer();
        QCOMPARE(answers.size(), std::variant_size_v<Answer>);
        for (std::size_t i = 0; i < answers.size(); ++i) {
            QCOMPARE(answers[i].index(), i);
            std::visit(events::Overloaded{[](const events::Unknown&) {},
                                          [](const auto& m) {
                                              verifyNothingIsDefault(m);
                                          }},
                       answers[i]);
        }
    }

    /// What is written today is what was written when the file was made: an older client understands this server.
    void theGoldenFileIsWrittenAndReadAsItIs()
    {
        QCOMPARE(QString::fromStdString(golden()), QString::fromStdString(fileText("tests/wire/golden_messages.jsonl")));
        std::istringstream lines(golden());
        std::string line;
        for (const Request& request : oneOfEachRequest()) {
            QVERIFY(static_cast<bool>(std::getline(lines, line)));
            QVERIFY2(requestFromLine(line).request.value() == request, line.c_str());
        }
        for (const Answer& answer : oneOfEachAnswer()) {
            QVERIFY(static_cast<bool>(std::getline(lines, line)));
            QVERIFY2(answerFromLine(line).value().answer == answer, line.c_str());
        }
    }

    void theDocumentationIsThatOfTheFields()
    {
        QCOMPARE(QString::fromStdString(fileText("core/wire/MESSAGES.md")), QString::fromStdString(documentation()));
    }

    void badRequestsAreRefusedInOneSentence_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QString>("said");
        QTest::newRow("no JSON") << QByteArray("hello")
                                 << "this is not JSON in UTF-8, from byte 1 on; send one JSON object a line";
        QTest::newRow("broken off") << QByteArray(R"({"id":1)") << "from byte 8 on";
        QTest::newRow("two values") << QByteArray("1 2") << "from byte 3 on";
        QTest::newRow("not UTF-8") << QByteArray("{\"id\":1,\"type\":\"forget\",\"conversation\":\"\xff\"}") << "from byte 41 on";
        QTest::newRow("NUL") << QByteArray("\0\0", 2) << "not JSON";
        QTest::newRow("a list") << QByteArray("[]") << "a request must be a JSON object";
        QTest::newRow("no id") << QByteArray(R"({"type":"hash"})") << "id: a request needs an id";
        QTest::newRow("an id of another kind") << QByteArray(R"({"id":[],"type":"hash"})") << "id: an id must be a number";
        QTest::newRow("a long id") << ("{\"id\":\"" + QByteArray(201, 'x') + "\",\"type\":\"hash\"}") << "at most 200 bytes";
        QTest::newRow("no type") << QByteArray(R"({"id":1})") << "type: a request needs a type";
        QTest::newRow("unknown type") << QByteArray(R"({"id":1,"type":"hush"})") << "no request of the type 'hush'";
        QTest::newRow("unknown field") << QByteArray(R"({"id":1,"type":"hash","a":1})") << "a: there is no such field";
        QTest::newRow("unknown inside") << QByteArray(R"({"id":1,"type":"mix","mix":[{"handel":1}]})")
                                        << "mix[0].handel: there is no such field; known here: handle, weight";
        QTest::newRow("wrong kind") << QByteArray(R"({"id":1,"type":"generate","prompt":7})") << "prompt: must be text, is 7";
        QTest::newRow("missing") << QByteArray(R"({"id":1,"type":"generate"})")
                                 << "prompt: is missing; a request of type generate needs it";
        QTest::newRow("huge number") << QByteArray(R"({"id":1e999,"type":"hash"})") << "a number that is too large";
        QTest::newRow("huge seed") << QByteArray(R"({"id":1,"type":"generate","prompt":"","options":{"seed":1e30}})")
                                   << "options.seed: must be a whole number";
        QTest::newRow("nesting bomb") << QByteArray(1 << 20, '[') << "nested deeper than 32 levels";
        QTest::newRow("nested object") << (QByteArray("{\"a\":").repeated(100'000)) << "nested deeper than 32 levels";
    }

    void badRequestsAreRefusedInOneSentence()
    {
        QFETCH(QByteArray, line);
        QFETCH(QString, said);
        const QString sentence = QString::fromStdString(refusal(line.toStdString()));
        QVERIFY2(sentence.contains(said), qPrintable(sentence));
    }

    void aRefusalKeepsTheIdWhenTheLineSaysOne()
    {
        QCOMPARE(requestFromLine(R"({"id":7,"type":"generate"})").id, json(7));
        QCOMPARE(requestFromLine(R"({"id":"x","type":4})").id, json("x"));
        QCOMPARE(requestFromLine(R"({"id":7,"type":)").id, json());
        QVERIFY(requestFromLine(R"({"type":"quit"})").request.has_value());
        QVERIFY(requestFromLine(" {\"id\":1.5,\"type\":\"hash\"}\r").request.has_value());
    }

    void anAnswerIsOneLineOfUtf8WhateverItHolds()
    {
        const std::string line = answerLine(1, Token{0, "a\nb\xff"});
        QCOMPARE(line, std::string("{\"id\":1,\"type\":\"token\",\"column\":0,\"piece\":\"a\\nb\xef\xbf\xbd\"}\n"));
        QCOMPARE(answerLine(1, EffectDone{std::numeric_limits<double>::quiet_NaN()}).find("\"meanAbsoluteChange\":null") ==
                     std::string::npos,
                 false);
        const Failure failure = failureOf({ErrorCode::NotFound, "first\nsecond", std::string(3000, 'x'), "w"});
        QCOMPARE(failure.error.what, std::string("first second"));
        QVERIFY(failure.error.hint.size() < 510);
        QCOMPARE(errorOf(failure).code, ErrorCode::NotFound);
        QVERIFY(!answerFromLine("[]").has_value() && !answerFromLine("{}").has_value());
    }
};

LORI_TEST(MessagesTest)
#include "messages_test.moc"
