// SPDX-License-Identifier: Apache-2.0
#include "core/support/files.h"
#include "tests/support/test_registry.h"

#include <QTemporaryDir>
#include <QtTest>

#include <filesystem>
#include <sys/wait.h>
#include <unistd.h>

using namespace lori;

class FilesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void writesTheWholeTextAndLeavesNoTemporaryFile()
    {
        const QTemporaryDir folder;
        const std::filesystem::path file = std::filesystem::path(folder.path().toStdString()) / "a.txt";
        QVERIFY(writeFileAtomically(file, "hello").has_value());
        QCOMPARE(readTextFile(file).value(), std::string("hello"));
        QCOMPARE(std::distance(std::filesystem::directory_iterator(file.parent_path()), {}), 1);
    }

    void keepsTheOldFileWhenWritingFails()
    {
        const QTemporaryDir folder;
        const std::filesystem::path file = std::filesystem::path(folder.path().toStdString()) / "a.txt";
        writeFileAtomically(file, "old").value();
        const auto result = writeFileAtomically(file, [](const ByteSink& sink) {
            const std::string half = "ne";
            sink(std::as_bytes(std::span(half.data(), half.size())));
            throw Exception(ErrorCode::DiskFull, "cannot write: the disk is full");
        });
        QVERIFY(!result.has_value());
        QCOMPARE(result.error().code, ErrorCode::DiskFull);
        QCOMPARE(readTextFile(file).value(), std::string("old"));
        QCOMPARE(std::distance(std::filesystem::directory_iterator(file.parent_path()), {}), 1);
    }

    void whatAKilledWriterLeftIsRemovedByTheNext()
    {
        const QTemporaryDir folder;
        const std::filesystem::path file = std::filesystem::path(folder.path().toStdString()) / "model.gguf";
        const pid_t child = ::fork();
        if (child == 0) {
            (void)writeFileAtomically(file, [](const ByteSink&) { ::_exit(0); }); // gone in the middle, with no time to clean up
            ::_exit(1);
        }
        int status = -1;
        QCOMPARE(::waitpid(child, &status, 0), child);
        QCOMPARE(status, 0);
        QCOMPARE(std::distance(std::filesystem::directory_iterator(file.parent_path()), {}), 1);
        writeFileAtomically(file.parent_path() / "model.gguf.tmp.txt.kept", "not a writer's").value();
        QVERIFY(writeFileAtomically(file, "whole").has_value());
        QCOMPARE(readTextFile(file).value(), std::string("whole"));
        QCOMPARE(std::distance(std::filesystem::directory_iterator(file.parent_path()), {}), 2);
    }

    void whatIsBeingWrittenIsNotALeftover()
    {
        const QTemporaryDir folder;
        const std::filesystem::path file = std::filesystem::path(folder.path().toStdString()) / "a.txt";
        const auto outer = writeFileAtomically(file, [&](const ByteSink& sink) {
            writeFileAtomically(file, "inner").value();
            const std::string text = "outer";
            sink(std::as_bytes(std::span(text.data(), text.size())));
        });
        QVERIFY(outer.has_value());
        QCOMPARE(readTextFile(file).value(), std::string("outer"));
    }

    void aFullDiskIsNamedAsSuch()
    {
        const Error error = errorFromErrno(ENOSPC, "cannot write", "/some/where");
        QCOMPARE(error.code, ErrorCode::DiskFull);
        QCOMPARE(error.sentence(), std::string("/some/where: cannot write: the disk is full; free some space and try again"));
    }

    void refusesAFolderAndAMissingFile()
    {
        const QTemporaryDir folder;
        const std::filesystem::path path = folder.path().toStdString();
        QCOMPARE(MappedFile::open(path).error().code, ErrorCode::BadFile);
        QCOMPARE(MappedFile::open(path / "missing").error().code, ErrorCode::NotFound);
        writeFileAtomically(path / "pointer", "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 9\n").value();
        const Error pointer = MappedFile::open(path / "pointer").error();
        QCOMPARE(pointer.code, ErrorCode::BadFile);
        QVERIFY(pointer.hint.find("git lfs pull") != std::string::npos);
    }

    void mapsTheBytesOfAFile()
    {
        const QTemporaryDir folder;
        const std::filesystem::path file = std::filesystem::path(folder.path().toStdString()) / "a.bin";
        writeFileAtomically(file, "abc").value();
        const auto mapped = MappedFile::open(file);
        QVERIFY(mapped.has_value());
        QCOMPARE(mapped->bytes().size(), std::size_t{3});
        QCOMPARE(static_cast<char>(mapped->bytes()[2]), 'c');
    }
};

LORI_TEST(FilesTest)
#include "files_test.moc"
