// SPDX-License-Identifier: Apache-2.0
#include "core/downloads/http_download.h"
#include "core/support/files.h"
#include "core/support/sha256.h"
#include "tests/support/test_registry.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

#include <filesystem>

using namespace lori;
using namespace lori::downloads;

namespace {

constexpr const char* kHere = "127.0.0.1"; // this machine

} // namespace

/// One file against tests/app/data_server.py, which runs on this machine.
class DownloadTest : public QObject {
    Q_OBJECT

    QProcess m_server;
    std::string m_host;
    std::string m_sha256;
    std::uint64_t m_bytes = 0;

    [[nodiscard]] DownloadRequest request(const std::string& behaviour, const QTemporaryDir& folder, bool withHash = true) const
    {
        DownloadRequest made;
        made.url = m_host + behaviour + "/one/file.json";
        made.part = std::filesystem::path(folder.path().toStdString()) / "sub" / "file.part";
        made.sha256 = withHash ? m_sha256 : "";
        made.bytes = withHash ? m_bytes : 0;
        made.stallSeconds = 2;
        return made;
    }

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("no_proxy", kHere);
        m_server.start(LORI_TEST_PYTHON, {"-B", QString(LORI_SOURCE_DIR) + "/tests/app/data_server.py"});
        QVERIFY2(m_server.waitForReadyRead(30000), "the local server did not start");
        m_host =
            QStringLiteral("http://%1:%2/").arg(QLatin1String(kHere)).arg(m_server.readLine().trimmed().toInt()).toStdString();
        const QTemporaryDir folder;
        const auto got = download(request("plain", folder, /*withHash=*/false));
        QVERIFY2(got.has_value(), got ? "" : got.error().sentence().c_str());
        m_sha256 = got->sha256;
        m_bytes = got->bytes;
        QVERIFY(m_bytes > 100000);
    }

    void cleanupTestCase()
    {
        m_server.kill();
        m_server.waitForFinished();
    }

    void theHashIsChecked()
    {
        const QTemporaryDir folder;
        QCOMPARE(download(request("plain", folder)).value().sha256, m_sha256);
        const DownloadRequest wrong = request("damaged", folder);
        const auto refused = download(wrong);
        QCOMPARE(refused.error().code, ErrorCode::BadFile);
        QVERIFY2(refused.error().sentence().find(m_sha256) != std::string::npos, refused.error().sentence().c_str());
        QVERIFY(!std::filesystem::exists(wrong.part));
    }

    void everyCutEndsInTheWholeFile_data()
    {
        QTest::addColumn<QString>("behaviour");
        QTest::addColumn<bool>("resumes");
        QTest::newRow("the rest is sent") << "cut" << true;
        QTest::newRow("no ranges") << "cutnorange" << false;
        QTest::newRow("a rest that does not belong to it") << "garbled" << false;
    }
    void everyCutEndsInTheWholeFile()
    {
        QFETCH(QString, behaviour);
        QFETCH(bool, resumes);
        const QTemporaryDir folder;
        const DownloadRequest asked = request(behaviour.toStdString(), folder); // the server cuts each address once
        const auto first = download(asked);
        QCOMPARE(first.error().code, ErrorCode::Io);
        QVERIFY(std::filesystem::file_size(asked.part) > 1000);
        const auto second = download(asked);
        QVERIFY2(second.has_value(), second ? "" : second.error().sentence().c_str());
        QCOMPARE(second->sha256, m_sha256);
        QCOMPARE(second->resumedFrom > 0, resumes);
    }

    void aWholePartIsNotFetchedAgain()
    {
        const QTemporaryDir folder;
        const DownloadRequest asked = request("plain", folder);
        QVERIFY(download(asked).has_value());
        const auto again = download(asked);
        QVERIFY(again.has_value());
        QCOMPARE(again->resumedFrom, m_bytes);
    }

    void progressGrowsAndStoppingKeepsThePart()
    {
        const QTemporaryDir folder;
        const DownloadRequest asked = request("slow", folder);
        std::uint64_t last = 0;
        bool grows = true;
        bool knowsTotal = false;
        double left = -1;
        const auto stopped = download(asked, [&](const DownloadProgress& progress) {
            grows = grows && progress.bytes >= last;
            last = progress.bytes;
            knowsTotal = knowsTotal || progress.total == m_bytes;
            left = std::max(left, progress.secondsLeft);
            return progress.bytes < m_bytes / 3;
        });
        QCOMPARE(stopped.error().code, ErrorCode::Stopped);
        QVERIFY(grows && knowsTotal);
        QVERIFY(left > 0);
        QVERIFY(std::filesystem::file_size(asked.part) >= m_bytes / 3);
        const auto rest = download(asked);
        QCOMPARE(rest.value().sha256, m_sha256);
        QVERIFY(rest->resumedFrom >= m_bytes / 3);
    }

    void aCallbackThatThrowsIsAnErrorNotACrash()
    {
        const QTemporaryDir folder;
        const auto result = download(request("plain", folder),
                                     [](const DownloadProgress&) -> bool { throw Exception(ErrorCode::Internal, "no"); });
        QCOMPARE(result.error().code, ErrorCode::Internal);
    }

    void anUnwritableFolderIsOneSentence()
    {
        const QTemporaryDir folder;
        const std::filesystem::path file = std::filesystem::path(folder.path().toStdString()) / "sub";
        writeFileAtomically(file, "a file where the folder should be").value();
        QVERIFY(!download(request("plain", folder)).has_value());
        QCOMPARE(readTextFile(file).value(), std::string("a file where the folder should be"));
    }
};

LORI_TEST(DownloadTest)
#include "download_test.moc"
