// SPDX-License-Identifier: Apache-2.0
#include "core/support/foreign_error.h"
#include "core/support/result.h"
#include "tests/support/test_registry.h"

#include <QtTest>

#include <new>
#include <stdexcept>
#include <system_error>

using namespace lori;

class ForeignErrorTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void fullMemoryIsNoDefect_data()
    {
        QTest::addColumn<QString>("message");
        QTest::addColumn<QString>("says");
        QTest::newRow("LibTorch on the CPU")
            << QStringLiteral("[enforce fail at alloc_cpu.cpp:127] . DefaultCPUAllocator: can't allocate memory: you tried to "
                              "allocate 4398046511104 bytes. Error code 12 (Cannot allocate memory)\n\nframe #0: c10::Error")
            << QStringLiteral("not enough memory (4398.0 GB more");
        QTest::newRow("LibTorch on a GPU")
            << QStringLiteral("CUDA out of memory. Tried to allocate 2.00 GiB. GPU 0 has a total capacity of 23.64 GiB of which "
                              "1.10 GiB is free.")
            << QStringLiteral("the GPU has not enough memory (2.1 GB more");
        QTest::newRow("the CUDA runtime") << QStringLiteral("CUDA error: out of memory\nCUDA kernel errors might be …")
                                          << QStringLiteral("the GPU has not enough memory");
        QTest::newRow("cuBLAS") << QStringLiteral("CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`")
                                << QStringLiteral("the GPU has not enough memory");
    }

    void fullMemoryIsNoDefect()
    {
        QFETCH(QString, message);
        QFETCH(QString, says);
        const Result<void> result = guard([&] { throw std::runtime_error(message.toStdString()); });
        QCOMPARE(result.error().code, ErrorCode::OutOfMemory);
        QCOMPARE(exitCodeFor(result.error().code), 1);
        const QString sentence = QString::fromStdString(result.error().sentence());
        QVERIFY2(sentence.contains(says), qPrintable(sentence));
        QVERIFY2(sentence.contains(QStringLiteral("smaller batches")), qPrintable(sentence));
        QVERIFY2(!sentence.contains(QStringLiteral("report")) && !sentence.contains(QStringLiteral("frame")),
                 qPrintable(sentence));
    }

    void aQuotedNovelIsShortened()
    {
        std::string novel;
        for (int i = 0; i < 2000; ++i) {
            novel += "ä";
        }
        const Error error{ErrorCode::BadFile, "the id \"" + novel + "\" is no number", "write a number", "tokenizer.json"};
        const QByteArray sentence = QByteArray::fromStdString(error.sentence());
        QVERIFY(sentence.size() < 800);
        QVERIFY(sentence.startsWith("tokenizer.json: the id") && sentence.endsWith("is no number; write a number"));
        QCOMPARE(QString::fromUtf8(sentence).toUtf8(), sentence); // no character was cut in two
    }

    void unexpectedJsonIsABadFile()
    {
        const Error error =
            guard([] { throw std::runtime_error("[json.exception.type_error.302] type must be string, but is number"); }).error();
        QCOMPARE(error.code, ErrorCode::BadFile);
        QVERIFY2(error.what.find("type must be string, but is number") != std::string::npos &&
                     error.what.find("json.exception") == std::string::npos,
                 error.what.c_str());
    }

    void badAllocAndThreadsWithoutStacksAreFullMemory()
    {
        QCOMPARE(guard([] { throw std::bad_alloc(); }).error().code, ErrorCode::OutOfMemory);
        QCOMPARE(
            guard([] { throw std::system_error(std::make_error_code(std::errc::resource_unavailable_try_again)); }).error().code,
            ErrorCode::OutOfMemory);
    }

    void nobodySeesAStack_data()
    {
        QTest::addColumn<QString>("message");
        QTest::addColumn<QString>("line");
        QTest::newRow("raised from") << QStringLiteral("index out of range\nException raised from check at /a/b.cpp:12 (most "
                                                       "recent call first):\nframe #0: c10::Error::Error")
                                     << QStringLiteral("index out of range");
        QTest::newRow("on one line") << QStringLiteral("index out of range Exception raised from check at /a/b.cpp:12")
                                     << QStringLiteral("index out of range");
        QTest::newRow("enforced") << QStringLiteral("[enforce fail at x.cpp:1] . The sizes differ.\nframe #0: y")
                                  << QStringLiteral("The sizes differ");
        QTest::newRow("nothing else") << QStringLiteral("\nframe #0: y") << QStringLiteral("something failed without a message");
        QTest::newRow("endless") << QString(5000, QLatin1Char('x')) << QString(300, QLatin1Char('x'));
    }

    void nobodySeesAStack()
    {
        QFETCH(QString, message);
        QFETCH(QString, line);
        const Error error = guard([&] { throw std::runtime_error(message.toStdString()); }).error();
        QCOMPARE(error.code, ErrorCode::Internal);
        QCOMPARE(QString::fromStdString(error.what), line);
    }
};

LORI_TEST(ForeignErrorTest)
#include "foreign_error_test.moc"
