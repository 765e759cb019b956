// SPDX-License-Identifier: Apache-2.0
#include "core/support/files.h"
#include "core/support/sha256.h"
#include "tests/support/test_registry.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace lori;

/// The digests are the published examples for SHA-256 (FIPS 180-4) and of `sha256sum`.
class Sha256Test : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void givesThePublishedDigests_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("digest");
        QTest::newRow("empty") << QByteArray("") << "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        QTest::newRow("abc") << QByteArray("abc") << "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        QTest::newRow("two blocks") << QByteArray("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")
                                    << "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1";
        QTest::newRow("a million times a") << QByteArray(1'000'000, 'a')
                                           << "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0";
    }
    void givesThePublishedDigests()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, digest);
        QCOMPARE(QString::fromStdString(sha256Hex(std::string_view(text.data(), static_cast<std::size_t>(text.size())))), digest);
    }

    void piecesOfAnyLengthGiveTheSameDigestAsTheWhole()
    {
        std::string text;
        for (int i = 0; i < 500; ++i) {
            text += static_cast<char>(i * 7);
        }
        for (std::size_t length = 0; length <= text.size(); length += 7) { // crosses every padding case
            const std::string_view whole = std::string_view(text).substr(0, length);
            for (const std::size_t piece : {1U, 3U, 63U, 64U, 65U}) {
                Sha256 hash;
                for (std::size_t at = 0; at < length; at += piece) {
                    hash.update(whole.substr(at, piece));
                }
                QCOMPARE(hash.hexDigest(), sha256Hex(whole));
            }
        }
    }

    void aDigestInBetweenDoesNotDisturb()
    {
        Sha256 hash;
        hash.update("a");
        QCOMPARE(hash.hexDigest(), sha256Hex("a"));
        hash.update("bc");
        QCOMPARE(hash.hexDigest(), sha256Hex("abc"));
    }

    void hashesAFile()
    {
        const QTemporaryDir folder;
        const std::filesystem::path file = std::filesystem::path(folder.path().toStdString()) / "a";
        writeFileAtomically(file, "abc").value();
        QCOMPARE(sha256OfFile(file).value(), sha256Hex("abc"));
        QCOMPARE(sha256OfFile(file / "none").error().code, ErrorCode::NotFound); // a part of the path is a file
        QCOMPARE(sha256OfFile(file.parent_path() / "none").error().code, ErrorCode::NotFound);
    }
};

LORI_TEST(Sha256Test)
#include "sha256_test.moc"
