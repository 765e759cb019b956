// SPDX-License-Identifier: GPL-3.0-or-later
// Files from outside reach their page, and a second start reaches the window that is open.
#include "core/events/event_writer.h"
#include "core/experiment/run_config.h"
#include "database/bundle_exchange.h"
#include "database/ingest.h"
#include "tests/support/test_registry.h"
#include "tests/ui/window_fixture.h"
#include "ui/frame/message_bar.h"
#include "ui/pages/experiment/experiment_page.h"
#include "ui/services/experiment_draft.h"
#include "ui/services/opened_files.h"
#include "ui/services/single_instance.h"

#include <nlohmann/json.hpp>

#include <QDir>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QFile>
#include <QMimeData>
#include <QSignalSpy>

#include <future>
#include <sys/socket.h>
#include <sys/un.h>

using namespace lori;
using namespace lori::ui;

namespace {

QString write(const QString& path, const QByteArray& text = "x")
{
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size()) {
        qFatal("cannot write the file of the test");
    }
    return path;
}

QString placeOf(const QString& path)
{
    const auto place = OpenedFiles::placeOf(path);
    return place ? place->page : QStringLiteral("none");
}

/// A later start in another thread, as its own process would do it; the event loop goes on meanwhile.
SingleInstance::Role startAgain(const Home& home, const StartRequest& request, int patienceMs = 5000)
{
    auto role = std::async(std::launch::async, [&] { return SingleInstance(home).begin(request, patienceMs); });
    while (role.wait_for(std::chrono::milliseconds(5)) != std::future_status::ready) {
        QCoreApplication::processEvents();
    }
    return role.get();
}

/// A .lori file with one finished run "Sent".
QString makeBundle(const QString& folder)
{
    const Home home{(folder + QStringLiteral("/elsewhere")).toStdString()};
    experiment::RunConfig config;
    config.name = "Sent";
    config.stages = {experiment::StageConfig{}};
    const auto run = jobs::RunFolder::create(home, config).value();
    {
        const auto writer = events::EventWriter::open(run.eventsFile()).value();
        writer->append(events::Started{.pid = 1, .host = "there"});
        writer->append(events::Finished{1.0});
    }
    const auto history = database::History::open(home.historyFile()).value();
    static_cast<void>(database::ingestHome(history, home).value());
    const QString file = folder + QStringLiteral("/sent.lori");
    static_cast<void>(database::exportBundle(history, file.toStdString(), {run.id()}).value());
    return file;
}

} // namespace

class OpenedFilesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void eachKindHasItsPage()
    {
        const QTemporaryDir folder;
        const auto at = [&](const char* name) {
            return folder.filePath(QLatin1String(name));
        };
        QCOMPARE(placeOf(write(at("a.lori"))), QStringLiteral("history"));
        QCOMPARE(placeOf(write(at("m.GGUF"))), QStringLiteral("models"));
        for (const char* rows : {"a.jsonl", "a.json", "a.csv", "a.tsv", "a.parquet", "a.arrow", "a.jsonl.gz", "A.CSV"}) {
            QVERIFY2(placeOf(write(at(rows))) == QLatin1String("data"), rows);
        }
        write(at("adapter/adapter_config.json"));
        QCOMPARE(placeOf(at("adapter")), QStringLiteral("models"));
        QCOMPARE(placeOf(at("adapter/adapter_config.json")), QStringLiteral("models"));
        write(at("model/config.json"));
        QCOMPARE(placeOf(at("model")), QStringLiteral("models"));
        QCOMPARE(OpenedFiles::placeOf(at("model/config.json"))->path, at("model"));
        write(at("run/config.json"));
        write(at("run/events.jsonl"));
        QCOMPARE(placeOf(at("run")), QStringLiteral("none"));
        QCOMPARE(placeOf(write(at("letter.odt"))), QStringLiteral("none"));
        const QByteArray recipe = experiment::toJson(ui::test::WindowFixture::shortConfig(3)).dump().c_str();
        QCOMPARE(placeOf(write(at("my recipe.json"), recipe)), QStringLiteral("experiment"));
        QCOMPARE(placeOf(write(at("run/config.json"), recipe)), QStringLiteral("experiment"));
        QCOMPARE(OpenedFiles::placeOf(at("run"))->path, at("run/config.json"));
        QCOMPARE(placeOf(at("gone.lori")), QStringLiteral("none"));
    }

    void aRecipeOpensInTheFormAndABrokenOneIsSaid()
    {
        ui::test::WindowFixture shown;
        const auto window = shown.makeWindow();
        window->begin();
        const QTemporaryDir folder;
        auto config = ui::test::WindowFixture::shortConfig(7);
        config.name = "From a colleague";
        nlohmann::ordered_json json = experiment::toJson(config);
        window->openFiles({write(folder.filePath(QStringLiteral("r.json")), json.dump().c_str())});
        QCOMPARE(window->currentPage(), QStringLiteral("experiment"));
        auto& page = pageOf<ExperimentPage>(*window);
        QVERIFY(page.draft().config() == config);
        json["adapter"]["rank"] = "many";
        window->openFiles({write(folder.filePath(QStringLiteral("broken.json")), json.dump().c_str())});
        QVERIFY2(shown.context.messages->text().contains(QStringLiteral("rank")), qPrintable(shown.context.messages->text()));
        QVERIFY(page.draft().config() == config); // stays
    }

    void whatIsDroppedAnywhereOpensOnItsPage()
    {
        ui::test::WindowFixture shown;
        const auto window = shown.makeWindow();
        window->begin();
        const QTemporaryDir folder;
        const auto drop = [&](const QString& path) {
            QMimeData data;
            data.setUrls({QUrl::fromLocalFile(path)});
            QDragEnterEvent enter(QPoint(9, 9), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
            QCoreApplication::sendEvent(window.get(), &enter);
            if (enter.isAccepted()) {
                QDropEvent dropped(QPointF(9, 9), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
                QCoreApplication::sendEvent(window.get(), &dropped);
            }
            return enter.isAccepted();
        };
        QVERIFY(!drop(write(folder.filePath(QStringLiteral("letter.odt")))));
        QCOMPARE(window->currentPage(), QStringLiteral("home"));
        QVERIFY(drop(write(folder.filePath(QStringLiteral("rows.csv")), "question,answer\na,b\n")));
        QCOMPARE(window->currentPage(), QStringLiteral("data"));
        QVERIFY(drop(makeBundle(folder.path())));
        QCOMPARE(window->currentPage(), QStringLiteral("history"));
        QTRY_VERIFY_WITH_TIMEOUT(shown.context.messages->text().contains(QStringLiteral("sent.lori")), 15000);
        const auto runs = shown.history->list().value();
        QCOMPARE(runs.size(), std::size_t(1));
        QCOMPARE(runs.front().name, std::string("Sent"));
        QCOMPARE(runs.front().state, jobs::JobState::Finished);
    }

    void aFileThatNothingOpensIsSaid()
    {
        ui::test::WindowFixture shown;
        const auto window = shown.makeWindow();
        const QTemporaryDir folder;
        const QString letter = write(folder.filePath(QStringLiteral("letter.odt")));
        window->openFiles({letter});
        QVERIFY(shown.context.messages->text().startsWith(letter));
        window->openFiles({folder.filePath(QStringLiteral("gone.csv"))});
        QVERIFY(shown.context.messages->text().contains(QStringLiteral("gone.csv")));
        QVERIFY(shown.context.messages->text().startsWith(QStringLiteral("There is no file")));
    }

    void aSecondStartHandsItsFilesToTheWindow()
    {
        ui::test::WindowFixture shown;
        const auto window = shown.makeWindow();
        SingleInstance first(shown.home);
        QCOMPARE(first.begin({}), SingleInstance::Role::First);
        QSignalSpy asked(&first, &SingleInstance::asked);
        connect(&first, &SingleInstance::asked, window.get(), [&](const StartRequest& request) {
            window->comeForward();
            window->openFiles(request.files);
        });
        window->showMinimized();
        const QTemporaryDir folder;
        const QString rows = write(folder.filePath(QStringLiteral("报告 rows.csv")), "question,answer\na,b\n");
        const StartRequest request{{rows}, QStringLiteral("last")};
        QCOMPARE(startAgain(shown.home, request), SingleInstance::Role::HandedOver);
        QTRY_COMPARE(asked.count(), 1);
        QVERIFY(asked.at(0).at(0).value<StartRequest>() == request);
        QCOMPARE(window->currentPage(), QStringLiteral("data"));
        QVERIFY(!window->isMinimized());
        QCOMPARE(startAgain(shown.home, {}), SingleInstance::Role::HandedOver); // without files it only comes forward
        QTRY_COMPARE(asked.count(), 2);
    }

    void anotherHomeHasAWindowOfItsOwn()
    {
        const QTemporaryDir one;
        const QTemporaryDir two;
        SingleInstance first(Home{one.path().toStdString()});
        SingleInstance second(Home{two.path().toStdString()});
        QCOMPARE(first.begin({}), SingleInstance::Role::First);
        QCOMPARE(second.begin({}), SingleInstance::Role::First);
        QVERIFY(first.socketFile() != second.socketFile());
    }

    void whatAKilledWindowLeftIsReplaced()
    {
        const QTemporaryDir folder;
        const Home home{folder.path().toStdString()};
        const QString socketFile = SingleInstance(home).socketFile();
        const int left = ::socket(AF_UNIX, SOCK_STREAM, 0); // bound, and then its process died
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        qstrncpy(address.sun_path, QFile::encodeName(socketFile).constData(), sizeof address.sun_path);
        QCOMPARE(::bind(left, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
        ::close(left);
        QVERIFY(QFile::exists(socketFile));
        {
            SingleInstance first(home);
            QCOMPARE(first.begin({}), SingleInstance::Role::First);
            QCOMPARE(startAgain(home, {}), SingleInstance::Role::HandedOver);
        }
        QVERIFY(!QFile::exists(socketFile)); // an ordinary end leaves none
        QCOMPARE(SingleInstance(home).begin({}), SingleInstance::Role::First);
    }

    void aWindowThatDoesNotAnswerDoesNotHinder()
    {
        const QTemporaryDir folder;
        const Home home{folder.path().toStdString()};
        SingleInstance first(home);
        QCOMPARE(first.begin({}), SingleInstance::Role::First);
        QCOMPARE(SingleInstance(home).begin({}, 300), SingleInstance::Role::Alone); // nobody runs the first one's event loop
    }

    void nonsenseOnTheLineIsIgnored()
    {
        const QTemporaryDir folder;
        const Home home{folder.path().toStdString()};
        SingleInstance first(home);
        QCOMPARE(first.begin({}), SingleInstance::Role::First);
        QSignalSpy asked(&first, &SingleInstance::asked);
        for (const QByteArray& text : {QByteArray("nonsense\n"), QByteArray("[]\n"), QByteArray(2 << 20, 'x')}) {
            const int line = ::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0);
            sockaddr_un address{};
            address.sun_family = AF_UNIX;
            qstrncpy(address.sun_path, QFile::encodeName(first.socketFile()).constData(), sizeof address.sun_path);
            QCOMPARE(::connect(line, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
            for (qsizetype sent = 0, tries = 0; sent < text.size() && tries < 2000; ++tries) {
                const ssize_t n =
                    ::send(line, text.constData() + sent, static_cast<std::size_t>(text.size() - sent), MSG_NOSIGNAL);
                sent = n < 0 && errno == EPIPE ? text.size() : sent + std::max<ssize_t>(n, 0);
                QCoreApplication::processEvents();
            }
            QTest::qWait(20);
            ::close(line);
        }
        QCOMPARE(asked.count(), 0);
        QCOMPARE(startAgain(home, {}), SingleInstance::Role::HandedOver);
        StartRequest relative{{QStringLiteral("not/absolute.csv")}, {}};
        QCOMPARE(startAgain(home, relative), SingleInstance::Role::HandedOver);
        QTRY_COMPARE(asked.count(), 2);
        QVERIFY(asked.at(1).at(0).value<StartRequest>().files.isEmpty());
    }
};

LORI_TEST(OpenedFilesTest)
#include "opened_files_test.moc"
