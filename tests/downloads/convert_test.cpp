// SPDX-License-Identifier: Apache-2.0
#include "core/downloads/convert.h"
#include "core/downloads/get_data.h"
#include "core/support/files.h"
#include "tests/support/test_registry.h"

#include <QTemporaryDir>
#include <QtTest>

#include <filesystem>
#include <set>

using namespace lori;
using namespace lori::downloads;

class ConvertTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    std::filesystem::path m_source = std::filesystem::path(m_folder.path().toStdString()) / "source";
    std::filesystem::path m_target = std::filesystem::path(m_folder.path().toStdString()) / "a" / "b.jsonl";

    Result<std::int64_t> convert(const std::string& text, Conversion conversion)
    {
        std::filesystem::remove(m_target);
        writeFileAtomically(m_source, text).value();
        return convertFile(m_source, conversion, m_target);
    }

private Q_SLOTS:
    void aListBecomesLinesInTheSameOrder()
    {
        QCOMPARE(convert("[{\"b\": 1, \"a\": \"é\\n\"},\n {\"x\": [1.5, null]}]", Conversion::JsonList).value(), 2);
        QCOMPARE(readTextFile(m_target).value(), std::string("{\"b\":1,\"a\":\"é\\n\"}\n{\"x\":[1.5,null]}\n"));
    }

    void linesStayByteForByte()
    {
        const std::string text = "{\"a\" :  1}\r\n\n{\"a\": \"\\u2028\"}";
        QCOMPARE(convert(text, Conversion::None).value(), 2);
        QCOMPARE(readTextFile(m_target).value(), text);
    }

    void gzipIsUnpacked()
    {
        // printf '{"a":1}\n{"a":2}\n' | gzip -n | xxd -p
        const QByteArray packed = QByteArray::fromHex("1f8b0800000000000003ab564a54b232ace5aa06d146b55c0066c05a1910000000");
        QCOMPARE(convert(packed.toStdString(), Conversion::Gunzip).value(), 2);
        QCOMPARE(readTextFile(m_target).value(), std::string("{\"a\":1}\n{\"a\":2}\n"));
        for (qsizetype length = 0; length < packed.size(); ++length) {
            QCOMPARE(convert(packed.left(length).toStdString(), Conversion::Gunzip).error().code, ErrorCode::BadFile);
            QVERIFY(!std::filesystem::exists(m_target));
        }
    }

    void whatIsNoDataIsRefusedAndNothingIsWritten_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("conversion");
        QTest::newRow("page") << QByteArray("<html>") << static_cast<int>(Conversion::JsonList);
        QTest::newRow("object") << QByteArray("{}") << static_cast<int>(Conversion::JsonList);
        QTest::newRow("list of numbers") << QByteArray("[1, 2]") << static_cast<int>(Conversion::JsonList);
        QTest::newRow("empty list") << QByteArray("[]") << static_cast<int>(Conversion::JsonList);
        QTest::newRow("cut list") << QByteArray("[{\"a\": 1}, {\"a\"") << static_cast<int>(Conversion::JsonList);
        QTest::newRow("deep") << QByteArray(200000, '[') << static_cast<int>(Conversion::JsonList);
        QTest::newRow("empty") << QByteArray() << static_cast<int>(Conversion::None);
        QTest::newRow("cut line") << QByteArray("{\"a\": 1}\n{\"a\"") << static_cast<int>(Conversion::None);
        QTest::newRow("no gzip") << QByteArray("{\"a\": 1}\n") << static_cast<int>(Conversion::Gunzip);
    }
    void whatIsNoDataIsRefusedAndNothingIsWritten()
    {
        QFETCH(QByteArray, text);
        QFETCH(int, conversion);
        QCOMPARE(convert(text.toStdString(), static_cast<Conversion>(conversion)).error().code, ErrorCode::BadFile);
        QVERIFY(!std::filesystem::exists(m_target));
    }

    void setsAndGroupsAreFound()
    {
        QCOMPARE(findDataSources({"nlu"}).value().size(), std::size_t{8});
        QCOMPARE(findDataSources({"gsm8k", "math", "gsm8k"}).value().size(), std::size_t{1});
        QCOMPARE(findDataSources({"all"}).value().size(), dataSources().size());
        QCOMPARE(findDataSources({"boolq", "nope"}).error().code, ErrorCode::NotFound);
    }

    void theTableIsSound()
    {
        std::set<std::string> names;
        std::set<std::string> targets;
        for (const DataSource& source : dataSources()) {
            QVERIFY2(names.insert(source.name).second, source.name.c_str());
            for (const SourceFile& file : source.files) {
                QVERIFY2(targets.insert(file.target).second, file.target.c_str());
                QVERIFY2(std::filesystem::path(file.target).is_relative() && file.target.find("..") == std::string::npos,
                         file.target.c_str());
                QVERIFY2(file.sha256.empty() == (file.bytes == 0), file.target.c_str());
                QVERIFY(file.sha256.empty() || file.sha256.size() == 64);
            }
        }
    }
};

LORI_TEST(ConvertTest)
#include "convert_test.moc"
