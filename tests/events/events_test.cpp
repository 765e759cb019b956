// SPDX-License-Identifier: Apache-2.0
#include "core/events/event_follower.h"
#include "core/events/event_writer.h"
#include "core/support/files.h"
#include "tests/support/test_registry.h"

#include <QTemporaryDir>
#include <QtTest>

#include <csignal>
#include <fstream>
#include <sys/resource.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace lori;
using namespace lori::events;
namespace fs = std::filesystem;

namespace {

void appendRaw(const fs::path& file, const std::string& text)
{
    std::ofstream(file, std::ios::app | std::ios::binary) << text;
}

std::vector<Event> readAll(const fs::path& file)
{
    EventFollower follower(file);
    auto events = follower.poll().value();
    if (follower.skippedLines() != 0) {
        throw Exception(ErrorCode::BadFile, "unreadable lines");
    }
    return events;
}

} // namespace

class EventsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_file = fs::path(m_folder->path().toStdString()) / "events.jsonl";
    }

    void aLineHoldsTheEventAndReadsBack()
    {
        const Event event{12, 1763733600123, Step{.stage = 0, .step = 3, .loss = 0.1 + 0.2}};
        const std::string line = toLine(event);
        QVERIFY(line.find('\n') == std::string::npos);
        QVERIFY(line.starts_with(R"({"version":1,"seq":12,"timeMs":1763733600123,"type":"step",)"));
        const Event back = eventFromLine(line).value();
        QCOMPARE(back.seq, event.seq);
        QCOMPARE(back.timeMs, event.timeMs);
        QVERIFY(back.payload == event.payload);
    }

    void valuesCannotOverwriteTheEnvelopeAndBrokenTextIsReplaced()
    {
        const Unknown made{"later", {{"seq", 99}, {"text", "\xff\xfe"}}};
        const Event back = eventFromLine(toLine({3, 5, made})).value();
        QCOMPARE(back.seq, std::int64_t{3});
        QCOMPARE(back.as<Unknown>()->values["text"].get<std::string>(), std::string("\xef\xbf\xbd\xef\xbf\xbd"));
    }

    void refusesLinesThatAreNoEvents_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("half") << QByteArray("{\"version\":1,\"seq\":1,\"ti");
        QTest::newRow("list") << QByteArray("[1]");
        QTest::newRow("no seq") << QByteArray(R"({"version":1,"timeMs":1,"type":"step"})");
        QTest::newRow("seq 0") << QByteArray(R"({"version":1,"seq":0,"timeMs":1,"type":"step"})");
        QTest::newRow("seq as text") << QByteArray(R"({"version":1,"seq":"1","timeMs":1,"type":"step"})");
        QTest::newRow("type as number") << QByteArray(R"({"version":1,"seq":1,"timeMs":1,"type":7})");
        QTest::newRow("zero bytes") << QByteArray(20, '\0');
    }
    void refusesLinesThatAreNoEvents()
    {
        QFETCH(QByteArray, line);
        QCOMPARE(eventFromLine(line.toStdString()).error().code, ErrorCode::BadFile);
    }

    void aNewerVersionIsRefusedAsSuch()
    {
        QCOMPARE(eventFromLine(R"({"version":2,"seq":1,"timeMs":1,"type":"x"})").error().code, ErrorCode::NewerVersion);
    }

    void exactlyThreeTypesAreTerminal()
    {
        QVERIFY(isTerminal(Finished{}) && isTerminal(Stopped{}) && isTerminal(Failed{}));
        QVERIFY(!isTerminal(StageFinished{}) && !isTerminal(Paused{}));
    }

    void numbersGoOnAfterReopening()
    {
        EventWriter::open(m_file).value()->append(Started{.pid = 1});
        EventWriter::open(m_file).value()->append(Step{.step = 1});
        const auto events = readAll(m_file);
        QCOMPARE(events.size(), std::size_t{2});
        QCOMPARE(events[1].seq, std::int64_t{2});
        QVERIFY(events[1].timeMs >= events[0].timeMs);
    }

    void everyPlaceOfATornLastLineIsCutOff()
    {
        const std::string first = toLine({1, 1, Started{}}) + "\n";
        const std::string second = toLine({2, 2, Step{.loss = 1.5}}) + "\n";
        for (std::size_t cut = 0; cut < second.size(); ++cut) {
            writeFileAtomically(m_file, first + second.substr(0, cut)).value();
            EventWriter::open(m_file).value()->append(Step{.loss = 2.5});
            const auto events = readAll(m_file);
            QCOMPARE(events.size(), std::size_t{2});
            QCOMPARE(events[1].seq, std::int64_t{2});
            QCOMPARE(events[1].as<Step>()->loss.value(), 2.5);
        }
    }

    void aFileThatIsOneTornLineStartsAnew()
    {
        appendRaw(m_file, "{\"version\":1,\"se");
        QCOMPARE(EventWriter::open(m_file).value()->append(Started{}).seq, std::int64_t{1});
        QCOMPARE(readAll(m_file).size(), std::size_t{1});
    }

    void numberingLooksPastUnreadableLinesEvenFarBack()
    {
        appendRaw(m_file, toLine({41, 1, Step{}}) + "\n");
        for (int i = 0; i < 3000; ++i) {
            appendRaw(m_file, "garbage " + std::string(80, 'x') + "\n");
        }
        QCOMPARE(EventWriter::open(m_file).value()->append(Step{}).seq, std::int64_t{42});
    }

    void aWorkerKilledInMidWriteLeavesAReadableLog()
    {
        const pid_t child = ::fork();
        if (child == 0) {
            auto writer = EventWriter::open(m_file).value();
            for (int i = 0;; ++i) {
                writer->append(Progress{.what = std::string(200, 'x'), .done = i});
            }
        }
        EventFollower follower(m_file);
        std::size_t seen = 0;
        while (seen < 50) {
            seen += follower.poll().value().size();
        }
        ::kill(child, SIGKILL);
        ::waitpid(child, nullptr, 0);
        const std::int64_t next = EventWriter::open(m_file).value()->append(Started{.resumed = true}).seq;
        const auto events = readAll(m_file);
        QCOMPARE(events.back().seq, next);
        for (std::size_t i = 0; i < events.size(); ++i) {
            QCOMPARE(events[i].seq, static_cast<std::int64_t>(i + 1));
        }
    }

    void severalThreadsWriteWholeLines()
    {
        {
            const auto writer = EventWriter::open(m_file).value();
            std::vector<std::thread> threads;
            for (int t = 0; t < 4; ++t) {
                threads.emplace_back([&] {
                    for (int i = 0; i < 200; ++i) {
                        writer->append(Heartbeat{.state = "running"});
                    }
                });
            }
            for (std::thread& thread : threads) {
                thread.join();
            }
        }
        const auto events = readAll(m_file);
        QCOMPARE(events.size(), std::size_t{800});
        QCOMPARE(events.back().seq, std::int64_t{800});
    }

    void aFullDiskLeavesNoHalfLine()
    {
        // A size limit on files stands in for a full disk: write(2) stops in the middle of a line.
        const pid_t child = ::fork();
        if (child == 0) {
            std::signal(SIGXFSZ, SIG_IGN);
            auto writer = EventWriter::open(m_file).value();
            const rlimit limit{1000, 1000};
            ::setrlimit(RLIMIT_FSIZE, &limit);
            try {
                for (int i = 0; i < 100; ++i) {
                    writer->append(Step{.step = i});
                }
            } catch (const Exception&) {
                ::_exit(0);
            }
            ::_exit(1);
        }
        int status = 1;
        ::waitpid(child, &status, 0);
        QCOMPARE(status, 0);
        const std::string text = readTextFile(m_file).value();
        QVERIFY(!text.empty() && text.size() <= 1000);
        QCOMPARE(text.back(), '\n');
        QVERIFY(!readAll(m_file).empty());
    }

    void aFolderInPlaceOfTheLogIsAnError()
    {
        fs::create_directory(m_file);
        QVERIFY(!EventWriter::open(m_file).has_value());
        QCOMPARE(EventWriter::open(m_file / "none" / "x").error().code, ErrorCode::NotFound);
    }

    void theFollowerWaitsForTheFileAndForWholeLines()
    {
        EventFollower follower(m_file);
        QVERIFY(follower.poll().value().empty());
        const std::string line = toLine({1, 1, Step{.loss = 1.0}});
        appendRaw(m_file, line.substr(0, 10));
        QVERIFY(follower.poll().value().empty());
        QCOMPARE(follower.position(), std::uint64_t{0});
        appendRaw(m_file, line.substr(10));
        QVERIFY(follower.poll().value().empty());
        appendRaw(m_file, "\n");
        QCOMPARE(follower.poll().value().size(), std::size_t{1});
        QVERIFY(follower.poll().value().empty());
    }

    void theFollowerGoesOnFromAPositionAndInPortions()
    {
        {
            auto writer = EventWriter::open(m_file).value();
            for (int i = 0; i < 25; ++i) {
                writer->append(Step{.step = i});
            }
        }
        EventFollower follower(m_file);
        QCOMPARE(follower.poll(10).value().size(), std::size_t{10});
        EventFollower other(m_file, follower.position());
        const auto rest = other.poll(10).value();
        QCOMPARE(rest.front().seq, std::int64_t{11});
        QCOMPARE(other.poll(10).value().size(), std::size_t{5});
    }

    void linesLongerThanAChunkAndManyOfThemArrive()
    {
        {
            auto writer = EventWriter::open(m_file).value();
            writer->append(Note{.text = std::string(3'000'000, 'x')});
            for (int i = 0; i < 20'000; ++i) {
                writer->append(Step{.step = i, .loss = 1.25});
            }
        }
        EventFollower follower(m_file);
        QCOMPARE(follower.poll(100'000).value().size(), std::size_t{20'001});
    }

    void aShorterFileIsReadFromTheStart()
    {
        EventWriter::open(m_file).value()->append(Started{.host = std::string(300, 'x')});
        EventFollower follower(m_file);
        QCOMPARE(follower.poll().value().size(), std::size_t{1});
        writeFileAtomically(m_file, toLine({1, 1, Started{}}) + "\n").value();
        QCOMPARE(follower.poll().value().size(), std::size_t{1});
    }

    void unreadableLinesAreSkippedAndCounted()
    {
        appendRaw(m_file, "garbage\n" + toLine({1, 1, Step{}}) + "\n{}\n");
        EventFollower follower(m_file);
        QCOMPARE(follower.poll().value().size(), std::size_t{1});
        QCOMPARE(follower.skippedLines(), std::uint64_t{2});
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    fs::path m_file;
};

LORI_TEST(EventsTest)
#include "events_test.moc"
