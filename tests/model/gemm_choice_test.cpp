// SPDX-License-Identifier: Apache-2.0
// Which backend multiplies: measured once on a machine, then kept.
#include "core/model/gemm_choice.h"
#include "core/ops/bf16_unit.h"
#include "tests/support/test_registry.h"

#include <nlohmann/json.hpp>

#include <QTemporaryDir>
#include <QtTest>

#include <fstream>

using namespace lori;
using namespace lori::model;

namespace {

nlohmann::json read(const std::filesystem::path& file)
{
    std::ifstream stream(file);
    return nlohmann::json::parse(stream, nullptr, false);
}

void write(const std::filesystem::path& file, const std::string& text)
{
    std::ofstream(file) << text;
}

} // namespace

class GemmChoiceTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theChoiceIsKeptWhateverIsFasterLater();
    void anotherProcessorOrLibraryIsMeasuredAgain();
    void aDamagedFileIsWrittenAnew();
    void aFolderThatCannotBeWrittenIsNoError();
    void whatIsAskedForDecidesBetweenF32AndBf16();
};

void GemmChoiceTest::whatIsAskedForDecidesBetweenF32AndBf16()
{
    const QTemporaryDir folder;
    const std::filesystem::path home = folder.path().toStdString();
    QCOMPARE(gemmFor(Products::Bf16, home), GemmBackend::Bf16);
    QCOMPARE(gemmFor(Products::F32, home), chosenGemm(home));
    QCOMPARE(gemmFor(Products::Auto, home) == GemmBackend::Bf16, ops::bf16Unit() == ops::Bf16Unit::Amx);
    // The file tells which of the two for f32 is faster, and nothing else.
    nlohmann::json kept = read(home / "products.json");
    kept["backend"] = "bf16";
    write(home / "products.json", kept.dump());
    QVERIFY(gemmFor(Products::F32, home) != GemmBackend::Bf16);
}

void GemmChoiceTest::theChoiceIsKeptWhateverIsFasterLater()
{
    const QTemporaryDir folder;
    const std::filesystem::path home = folder.path().toStdString();
    static_cast<void>(chosenGemm(home));
    nlohmann::json kept = read(home / "products.json");
    for (const char* backend : {"blas", "onednn"}) { // one of the two is not what was measured
        kept["backend"] = backend;
        write(home / "products.json", kept.dump());
        QCOMPARE(gemmBackendName(chosenGemm(home)), gemmBackendName(gemmBackendFromName(backend)));
    }
}

void GemmChoiceTest::anotherProcessorOrLibraryIsMeasuredAgain()
{
    const QTemporaryDir folder;
    const std::filesystem::path home = folder.path().toStdString();
    static_cast<void>(chosenGemm(home));
    const nlohmann::json here = read(home / "products.json");
    for (const char* field : {"processor", "libtorch"}) {
        nlohmann::json other = here;
        other[field] = "another";
        write(home / "products.json", other.dump());
        static_cast<void>(chosenGemm(home));
        QCOMPARE(read(home / "products.json")[field], here[field]);
    }
}

void GemmChoiceTest::aDamagedFileIsWrittenAnew()
{
    const QTemporaryDir folder;
    const std::filesystem::path home = folder.path().toStdString();
    for (const char* text : {"", "[]", "{\"backend\":7}", "{\"backend\":\"abacus\"", "\xff\xfe"}) {
        write(home / "products.json", text);
        static_cast<void>(chosenGemm(home));
        QVERIFY2(read(home / "products.json").contains("libtorch"), text);
    }
}

void GemmChoiceTest::aFolderThatCannotBeWrittenIsNoError()
{
    static_cast<void>(chosenGemm("/proc/nowhere"));
    QVERIFY(!std::filesystem::exists("/proc/nowhere"));
}

LORI_TEST(GemmChoiceTest)
#include "gemm_choice_test.moc"
