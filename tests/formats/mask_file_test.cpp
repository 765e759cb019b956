// SPDX-License-Identifier: Apache-2.0
#include "core/formats/adapter_files.h"
#include "tests/formats/file_builders.h"
#include "tests/support/test_registry.h"

#include <QtTest>

#include <cmath>
#include <limits>

using namespace lori;
using namespace lori::formats;
using namespace lori::test;
using experiment::Projection;

namespace {

/// A mask file with any settings around one module of 3 × 3.
std::filesystem::path writeRaw(const TestFolder& folder, const std::string& settings, const std::vector<std::uint8_t>& bits,
                               const std::string& name = "model.layers.0.self_attn.q_proj")
{
    const std::filesystem::path file = folder.path() / "mask.safetensors";
    writeSafetensors(file, {{name, DType::U8, {static_cast<std::int64_t>(bits.size())}, std::as_bytes(std::span(bits))}},
                     {{"format", "lori-mask"}, {"settings", settings}})
        .value();
    return file;
}

std::string settings(const std::string& shapes)
{
    return R"({"version":1,"sparsity":0.5,"scope":"model","rule":"reference","threshold":null,"shapes":)" + shapes + "}";
}

} // namespace

class MaskFileTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatWasWrittenIsRead()
    {
        const TestFolder folder;
        Mask mask = smallMask();
        std::swap(mask.modules[0], mask.modules[1]); // the reader sorts
        writeMask(folder.path() / "mask.safetensors", mask).value();
        const Mask read = readMask(folder.path() / "mask.safetensors").value();
        QCOMPARE(read.sparsity, 0.5);
        QCOMPARE(read.threshold, 0.125);
        QCOMPARE(read.scope, std::string("model"));
        QCOMPARE(read.rule, std::string("reference"));
        QCOMPARE(read.modules.size(), std::size_t{2});
        QVERIFY(read.modules[0].projection == Projection::Q);
        QCOMPARE(read.modules[0].bits, mask.modules[1].bits);
        QCOMPARE(read.kept(), std::int64_t{9});
        QCOMPARE(read.total(), std::int64_t{17});
    }

    void theBitsCountFromTheLowestOfEachByte()
    {
        const ModuleMask module = smallMask().modules[0];
        QVERIFY(!module.test(0));
        QVERIFY(module.test(1));
        QVERIFY(module.test(8));
        QCOMPARE(module.kept(), std::int64_t{5});
    }

    void aThresholdOfManyPoolsStaysNotANumber()
    {
        const TestFolder folder;
        Mask mask = smallMask();
        mask.threshold = std::numeric_limits<double>::quiet_NaN();
        writeMask(folder.path() / "m", mask).value();
        QVERIFY(std::isnan(readMask(folder.path() / "m").value().threshold));
    }

    void refusesToWriteWrongSizes()
    {
        const TestFolder folder;
        Mask mask = smallMask();
        mask.modules[0].bits.push_back(0);
        QCOMPARE(writeMask(folder.path() / "m", mask).error().code, ErrorCode::InvalidArgument);
        mask = smallMask();
        mask.modules[0].bits[1] = 2; // the tenth bit of nine
        QCOMPARE(writeMask(folder.path() / "m", mask).error().code, ErrorCode::InvalidArgument);
        mask = smallMask();
        mask.modules[0].rank = std::numeric_limits<std::int64_t>::max();
        QCOMPARE(writeMask(folder.path() / "m", mask).error().code, ErrorCode::InvalidArgument);
        QVERIFY(!std::filesystem::exists(folder.path() / "m"));
    }

    void refusesWrongFiles_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QByteArray>("bits");
        const QByteArray good("\0\1", 2);
        const auto row = [](const char* name, const std::string& text, const QByteArray& bits) {
            QTest::newRow(name) << QString::fromStdString(text) << bits;
        };
        row("not JSON", "{", good);
        row("no shapes", settings("null"), good);
        row("no such module", settings(R"({"x":[3,3]})"), good);
        row("another number of modules", settings(R"({"model.layers.0.self_attn.q_proj":[3,3],"y":[1,1]})"), good);
        row("shape not a pair", settings(R"({"model.layers.0.self_attn.q_proj":[9]})"), good);
        row("shape negative", settings(R"({"model.layers.0.self_attn.q_proj":[-3,-3]})"), good);
        row("shape zero", settings(R"({"model.layers.0.self_attn.q_proj":[0,3]})"), good);
        row("shape overflow", settings(R"({"model.layers.0.self_attn.q_proj":[18446744073709551615,1]})"), good);
        row("product overflow", settings(R"({"model.layers.0.self_attn.q_proj":[4294967296,4294967296]})"), good);
        row("bits too few", settings(R"({"model.layers.0.self_attn.q_proj":[3,6]})"), good);
        row("bits too many", settings(R"({"model.layers.0.self_attn.q_proj":[2,4]})"), good);
        row("bits behind the end", settings(R"({"model.layers.0.self_attn.q_proj":[3,3]})"), QByteArray("\0\2", 2));
    }
    void refusesWrongFiles()
    {
        QFETCH(QString, text);
        QFETCH(QByteArray, bits);
        const TestFolder folder;
        const auto mask = readMask(writeRaw(folder, text.toStdString(), {bits.begin(), bits.end()}));
        QVERIFY(!mask.has_value());
        QVERIFY2(mask.error().code == ErrorCode::BadFile, mask.error().sentence().c_str());
    }

    void refusesOtherTensorsAndNewerVersions()
    {
        const TestFolder folder;
        const std::string shapes = R"({"model.layers.0.mlp.q_proj":[3,3]})";
        QCOMPARE(readMask(writeRaw(folder, settings(shapes), {0, 1}, "model.layers.0.mlp.q_proj")).error().code,
                 ErrorCode::BadFile);
        QCOMPARE(readMask(folder.write("x", safetensorsBytes({{"a", {1}}}))).error().code, ErrorCode::BadFile);
        QCOMPARE(readMask(writeRaw(folder, R"({"version":2})", {0, 1})).error().code, ErrorCode::NewerVersion);
        QCOMPARE(readMask(folder.path() / "none").error().code, ErrorCode::NotFound);
    }
};

LORI_TEST(MaskFileTest)
#include "mask_file_test.moc"
