// SPDX-License-Identifier: GPL-3.0-or-later
// One served model, asked side by side: over the fake worker, which answers with what it was asked.
#include "tests/support/test_registry.h"
#include "tests/ui/window_fixture.h"

#include "ui/services/chat_service.h"

#include <QFileInfo>
#include <QSignalSpy>

using namespace lori;
using namespace lori::ui;
using lori::ui::test::WindowFixture;

namespace {

using State = ChatService::State;
const std::filesystem::path kFirst = "/adapters/first";
const std::filesystem::path kNothing = "/adapters/nothing";
const std::filesystem::path kStranger = "/adapters/other-base";

ChatQuestion question(const std::string& prompt, const std::vector<std::filesystem::path>& adapters)
{
    ChatQuestion asked;
    for (const auto& adapter : adapters) {
        asked.columns.push_back({adapter});
    }
    asked.prompt = prompt;
    return asked;
}

/// What a service said of one question.
class Answers final {
public:
    explicit Answers(ChatService& chat)
    {
        QObject::connect(&chat, &ChatService::piece, &m_context,
                         [this](int column, const QString& text) { pieces[column] += text; });
        QObject::connect(&chat, &ChatService::answered, &m_context,
                         [this](int column, const wire::Done& answer) { done[column] = answer; });
        QObject::connect(&chat, &ChatService::refused, &m_context,
                         [this](int column, const Error& error) { errors[column] = error; });
        QObject::connect(&chat, &ChatService::finished, &m_context, [this] { ++finished; });
    }
    std::map<int, QString> pieces;
    std::map<int, wire::Done> done;
    std::map<int, Error> errors;
    int finished = 0;

private:
    QObject m_context;
};

bool isAlive(std::int64_t pid)
{
    return QFileInfo::exists(QStringLiteral("/proc/%1").arg(pid));
}

} // namespace

class ChatServiceTest final : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<WindowFixture> m_fixture;
    ChatService& chat() { return *m_fixture->chat; }

private Q_SLOTS:
    void init() { m_fixture = std::make_unique<WindowFixture>(); }
    void cleanup()
    {
        qunsetenv("FAKE_EFFECT_MS");
        qunsetenv("FAKE_LOAD_MS");
    }

    void nothingIsLoadedBeforeItIsNeeded()
    {
        QCOMPARE(chat().state(), State::Off);
        QCOMPARE(chat().pid(), 0);
    }

    void everyColumnIsStreamedAndEndsWithItsHash()
    {
        Answers answers(chat());
        chat().use(QStringLiteral("tiny"), {kFirst});
        QCOMPARE(chat().state(), State::Loading);
        chat().ask(question("hello", {{}, kFirst})); // before it is loaded
        QTRY_COMPARE(answers.finished, 1);
        QCOMPARE(chat().state(), State::Ready);
        QCOMPARE(answers.pieces[0], QStringLiteral("base says: hello."));
        QCOMPARE(answers.pieces[1], QStringLiteral("first says: hello."));
        QCOMPARE(answers.done[1].text, std::string("first says: hello."));
        QVERIFY(answers.done[0].weightsHash != answers.done[1].weightsHash);
        QCOMPARE(answers.done[0].weightsHash, chat().ready().weightsHash);
        QVERIFY(chat().memoryBytes() > 0);
    }

    void laterTurnsCarryTheColumnsOwnConversation()
    {
        Answers answers(chat());
        chat().use(QStringLiteral("tiny"), {kFirst});
        ChatQuestion asked = question("again", {{}, kFirst});
        asked.columns[0].earlier = {{"user", "one"}, {"assistant", "base answer"}};
        asked.columns[1].earlier = {{"user", "one"}, {"assistant", "an answer"}};
        asked.system = "be short";
        chat().ask(asked);
        QTRY_COMPARE(answers.finished, 1);
        QCOMPARE(answers.pieces[0], QStringLiteral("base says: again (4 messages)."));
        QCOMPARE(answers.pieces[1], QStringLiteral("first says: again (4 messages)."));
    }

    void theEffectIsMeasuredWhenNothingIsAsked()
    {
        chat().use(QStringLiteral("tiny"), {kFirst, kNothing});
        QTRY_VERIFY(chat().adapter(kFirst)->effect && chat().adapter(kNothing)->effect);
        QCOMPARE(chat().adapter(kFirst)->effect->probes, 16);
        QCOMPARE(chat().adapter(kFirst)->effect->changed, 14);
        QVERIFY(!chat().adapter(kFirst)->effect->isNothing());
        QVERIFY(chat().adapter(kNothing)->effect->isNothing());
    }

    void aQuestionInterruptsTheMeasuring()
    {
        qputenv("FAKE_EFFECT_MS", "20000");
        Answers answers(chat());
        chat().use(QStringLiteral("tiny"), {kFirst});
        QTRY_VERIFY(chat().adapter(kFirst) != nullptr && !chat().adapter(kFirst)->weightsHash.empty());
        chat().ask(question("hello", {kFirst}));
        QTRY_COMPARE(answers.finished, 1);
        QCOMPARE(answers.pieces[0], QStringLiteral("first says: hello."));
        QVERIFY(!chat().adapter(kFirst)->effect);
    }

    void cancelEndsEveryColumn_data()
    {
        QTest::addColumn<bool>("later");
        QTest::newRow("one request for all") << false;
        QTest::newRow("column by column") << true;
    }
    void cancelEndsEveryColumn()
    {
        QFETCH(bool, later);
        Answers answers(chat());
        chat().use(QStringLiteral("tiny"), {kFirst});
        ChatQuestion asked = question("endless", {{}, kFirst});
        if (later) {
            asked.columns[0].earlier = {{"user", "one"}, {"assistant", "two"}};
        }
        chat().ask(asked);
        QTRY_VERIFY(answers.pieces[0].size() > 10);
        chat().cancel();
        QTRY_COMPARE(answers.finished, 1);
        QCOMPARE(answers.done[0].end, std::string("cancelled"));
        QCOMPARE(answers.done[1].end, std::string("cancelled"));
        QVERIFY(answers.done[0].text.find("endless") != std::string::npos);
        QVERIFY(!chat().isAsking());
        chat().ask(question("hello", {{}}));
        QTRY_COMPARE(answers.finished, 2);
        QCOMPARE(answers.done[0].text, std::string("base says: hello."));
    }

    void cancelWhileLoadingEndsTheQuestionAtOnce()
    {
        qputenv("FAKE_LOAD_MS", "20000");
        Answers answers(chat());
        chat().use(QStringLiteral("tiny"), {});
        chat().ask(question("hello", {{}}));
        chat().cancel();
        QCOMPARE(answers.finished, 1);
        QCOMPARE(answers.done[0].end, std::string("cancelled"));
    }

    void anAdapterOfAnotherBaseIsRefusedAndTheOthersAnswer()
    {
        Answers answers(chat());
        chat().use(QStringLiteral("tiny"), {kFirst, kStranger});
        chat().ask(question("hello", {{}, kStranger, kFirst}));
        QTRY_COMPARE(answers.finished, 1);
        QCOMPARE(answers.errors.size(), std::size_t{1});
        QCOMPARE(answers.errors[1].code, ErrorCode::Mismatch);
        QCOMPARE(answers.pieces[2], QStringLiteral("first says: hello."));
    }

    void aDeadProcessIsAFailureFromWhichUseLeadsOn()
    {
        Answers answers(chat());
        chat().use(QStringLiteral("tiny"), {kFirst});
        chat().ask(question("die", {{}, kFirst}));
        QTRY_COMPARE(answers.finished, 1);
        QCOMPARE(chat().state(), State::Failed);
        QCOMPARE(answers.errors.size(), std::size_t{2});
        QVERIFY2(chat().failure().sentence().find("the fake has died") != std::string::npos, chat().failure().sentence().c_str());
        chat().use(QStringLiteral("tiny"), {kFirst});
        chat().ask(question("hello", {kFirst}));
        QTRY_COMPARE(answers.finished, 2);
        QCOMPARE(answers.done[0].text, std::string("first says: hello."));
    }

    void aModelThatCannotBeLoadedSaysWhy()
    {
        chat().use(QStringLiteral("no-such-model"), {});
        QTRY_COMPARE(chat().state(), State::Failed);
        QCOMPARE(chat().failure().code, ErrorCode::NotFound);
        QCOMPARE(chat().pid(), 0);
    }

    void withoutAWorkerProgramItSaysSo()
    {
        const QByteArray worker = qgetenv("LORI_WORKER");
        qputenv("LORI_WORKER", "/not/there");
        chat().use(QStringLiteral("tiny"), {});
        QTRY_COMPARE(chat().state(), State::Failed);
        qputenv("LORI_WORKER", worker);
        QCOMPARE(chat().failure().code, ErrorCode::Io);
    }

    void anotherModelIsAnotherProcessAndTheOldOneEnds()
    {
        chat().use(QStringLiteral("tiny"), {});
        QTRY_COMPARE(chat().state(), State::Ready);
        const std::int64_t before = chat().pid();
        chat().use(QStringLiteral("tiny"), {kFirst}); // the same stays
        QCOMPARE(chat().pid(), before);
        chat().use(QStringLiteral("other"), {});
        QTRY_COMPARE(chat().state(), State::Ready);
        QVERIFY(chat().pid() != before);
        QTRY_VERIFY(!isAlive(before));
    }

    void theProcessEndsWithTheService()
    {
        chat().use(QStringLiteral("tiny"), {});
        QTRY_COMPARE(chat().state(), State::Ready);
        const std::int64_t pid = chat().pid();
        QVERIFY(isAlive(pid));
        m_fixture.reset();
        QVERIFY(!isAlive(pid));
    }
};

LORI_TEST(ChatServiceTest)
#include "chat_service_test.moc"
