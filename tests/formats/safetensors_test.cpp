// SPDX-License-Identifier: Apache-2.0
#include "core/formats/tensor_file.h"
#include "tests/formats/file_builders.h"
#include "tests/support/test_registry.h"

#include <QtTest>

using namespace lori;
using namespace lori::formats;
using namespace lori::test;

class SafetensorsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatWasWrittenIsRead()
    {
        const TestFolder folder;
        const std::vector<float> a{1, 2, 3, 4, 5, 6};
        const std::vector<std::uint8_t> b{7, 8, 9};
        const std::filesystem::path file = folder.path() / "x.safetensors";
        writeSafetensors(
            file, {{"z", DType::U8, {3}, std::as_bytes(std::span(b))}, {"a", DType::F32, {2, 3}, std::as_bytes(std::span(a))}},
            {{"format", "pt"}})
            .value();
        const SafetensorsFile read = openSafetensors(file).value();
        QCOMPARE(read.metadata.at("format"), std::string("pt"));
        QCOMPARE(read.file->tensors().size(), std::size_t{2});
        QCOMPARE(read.file->tensors()[0].name, std::string("z")); // file order, not name order
        const TensorView* tensor = read.file->find("a");
        QVERIFY(tensor != nullptr);
        QCOMPARE(tensor->shape, (std::vector<std::int64_t>{2, 3}));
        std::vector<float> values(6);
        toFloat(*tensor, values).value();
        QCOMPARE(values, a);
        QCOMPARE(toFloat(*read.file->find("z"), std::span(values).first(3)).error().code, ErrorCode::Unsupported);
        QCOMPARE(toFloat(*tensor, std::span(values).first(5)).error().code, ErrorCode::InvalidArgument);
        QVERIFY(read.file->find("none") == nullptr);
    }

    void theDataBeginsAtAMultipleOfEight()
    {
        const TestFolder folder;
        for (const char* name : {"a", "ab", "abc"}) {
            const float value = 1;
            writeSafetensors(folder.path() / name, {{name, DType::F32, {1}, std::as_bytes(std::span(&value, 1))}}, {}).value();
            QCOMPARE((std::filesystem::file_size(folder.path() / name) - sizeof value) % 8, std::uintmax_t{0});
        }
    }

    void refusesToWriteWhatDoesNotFit()
    {
        const TestFolder folder;
        const std::vector<float> a{1, 2};
        const auto write = [&](std::vector<std::int64_t> shape, int times) {
            std::vector<TensorToWrite> tensors(static_cast<std::size_t>(times),
                                               {"a", DType::F32, shape, std::as_bytes(std::span(a))});
            return writeSafetensors(folder.path() / "x", tensors, {});
        };
        QVERIFY(write({2}, 1).has_value());
        QCOMPARE(write({3}, 1).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(write({-2, -1}, 1).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(write({2}, 2).error().code, ErrorCode::InvalidArgument);
    }

    void refusesWrongHeaders_data()
    {
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* name, const char* header, const char* says) {
            QTest::newRow(name) << QByteArray(header) << says;
        };
        row("not JSON", "{\"a\":", "not valid JSON");
        row("not an object", "[1]", "not a JSON object");
        row("not UTF-8", "{\"\xff\":1}", "not valid JSON");
        row("entry not an object", R"({"a":1})", "not an object");
        row("no dtype", R"({"a":{"shape":[1],"data_offsets":[0,4]}})", "type ''");
        row("unknown dtype", R"({"a":{"dtype":"F33","shape":[1],"data_offsets":[0,4]}})", "'F33'");
        row("a quantized kind", R"({"a":{"dtype":"Q4_0","shape":[32],"data_offsets":[0,18]}})", "'Q4_0'");
        row("no shape", R"({"a":{"dtype":"F32","data_offsets":[0,4]}})", "'shape'");
        row("negative shape", R"({"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}})", "-1");
        row("broken shape", R"({"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}})", "1.5");
        row("shape overflow", R"({"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,4]}})",
            "larger than any file");
        row("shape overflow to zero", R"({"a":{"dtype":"F32","shape":[9223372036854775808,2],"data_offsets":[0,0]}})",
            "larger than any file");
        row("bytes overflow", R"({"a":{"dtype":"F64","shape":[2305843009213693952],"data_offsets":[0,0]}})",
            "larger than any file");
        row("overflow beside zero",
            R"({"a":{"dtype":"F32","shape":[0,9223372036854775808,9223372036854775808],"data_offsets":[0,0]}})",
            "larger than any file");
        row("no offsets", R"({"a":{"dtype":"F32","shape":[1]}})", "data_offsets");
        row("one offset", R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0]}})", "data_offsets");
        row("falling offsets", R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}})", "rising");
        row("past the end", R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}})", "only 8");
        row("absurd offset", R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[18446744073709551612,18446744073709551615]}})",
            "only 8");
        row("wrong size", R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,8]}})", "needs 4");
        row("overlap",
            R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}})",
            "begins at byte 4");
        row("hole", R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}})", "belong to no tensor");
        row("bytes left over", R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})", "end at byte 4");
        row("twice",
            R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}})",
            "'a' occurs twice");
        row("metadata not an object", R"({"__metadata__":1,"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}})",
            "__metadata__");
        row("metadata not text", R"({"__metadata__":{"k":1},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}})",
            "__metadata__.k");
    }
    void refusesWrongHeaders()
    {
        QFETCH(QByteArray, header);
        QFETCH(QString, says);
        const TestFolder folder;
        const auto read = openSafetensors(folder.write("x.safetensors", safetensorsWithHeader(header.toStdString(), zeros(8))));
        QVERIFY(!read.has_value());
        QCOMPARE(read.error().code, ErrorCode::BadFile);
        QVERIFY2(QString::fromStdString(read.error().what).contains(says), read.error().what.c_str());
        QVERIFY(read.error().where.ends_with("x.safetensors"));
    }

    void namesATypeItDoesNotRead()
    {
        const TestFolder folder;
        const std::string header = R"({"a":{"dtype":"F8_E4M3","shape":[8],"data_offsets":[0,8]}})";
        const auto read = openSafetensors(folder.write("x.safetensors", safetensorsWithHeader(header, zeros(8))));
        QCOMPARE(read.error().code, ErrorCode::Unsupported);
        QVERIFY(read.error().what.find("F8_E4M3") != std::string::npos);
    }

    void refusesAbsurdHeaderLengthsWithoutAllocating()
    {
        const TestFolder folder;
        for (const std::uint64_t length :
             {~std::uint64_t{0}, std::uint64_t{1} << 63U, std::uint64_t{3}, std::uint64_t{100'000'001}}) {
            const auto read = openSafetensors(folder.write("x.safetensors", littleEndian(length) + "{}"));
            QCOMPARE(read.error().code, ErrorCode::BadFile);
        }
    }

    void refusesDeepNesting()
    {
        const TestFolder folder;
        const auto read = openSafetensors(folder.write("x.safetensors", safetensorsWithHeader(std::string(100'000, '['), {})));
        QCOMPARE(read.error().code, ErrorCode::BadFile);
    }

    void refusesEveryTruncation()
    {
        const TestFolder folder;
        const std::string whole = safetensorsBytes({{"a", {2, 3}}, {"b", {5}}});
        for (std::size_t length = 0; length < whole.size(); ++length) {
            const auto read = openSafetensors(folder.overwrite("x.safetensors", whole.substr(0, length)));
            QVERIFY(!read.has_value());
            QCOMPARE(read.error().code, ErrorCode::BadFile);
        }
        QVERIFY(openSafetensors(folder.overwrite("x.safetensors", whole)).has_value());
    }

    void readsShardsThroughTheirIndex()
    {
        const TestFolder folder;
        folder.write("one.safetensors", safetensorsBytes({{"a", {2}}}));
        folder.write("two.safetensors", safetensorsBytes({{"b", {3}}, {"c", {1}}}));
        const std::string index = R"({"weight_map":{"a":"one.safetensors","b":"two.safetensors","c":"two.safetensors"}})";
        const SafetensorsFile read = openSafetensors(folder.write("model.safetensors.index.json", index)).value();
        QCOMPARE(read.file->tensors().size(), std::size_t{3});
        QCOMPARE(read.file->find("c")->shape, std::vector<std::int64_t>{1});
    }

    void refusesIndexesThatDoNotMatchTheirShards_data()
    {
        QTest::addColumn<QString>("index");
        QTest::addColumn<int>("code");
        const auto row = [](const char* name, const char* index, ErrorCode code) {
            QTest::newRow(name) << index << static_cast<int>(code);
        };
        row("no map", "{}", ErrorCode::BadFile);
        row("empty map", R"({"weight_map":{}})", ErrorCode::BadFile);
        row("missing shard", R"({"weight_map":{"a":"none.safetensors"}})", ErrorCode::NotFound);
        row("missing tensor", R"({"weight_map":{"a":"one.safetensors","z":"one.safetensors"}})", ErrorCode::BadFile);
        row("tensor not listed", R"({"weight_map":{"z":"one.safetensors"}})", ErrorCode::BadFile);
        row("outside the folder", R"({"weight_map":{"a":"../one.safetensors"}})", ErrorCode::BadFile);
        row("absolute", R"({"weight_map":{"a":"/etc/passwd"}})", ErrorCode::BadFile);
        row("the folder itself", R"({"weight_map":{"a":".."}})", ErrorCode::BadFile);
        row("not a name", R"({"weight_map":{"a":7}})", ErrorCode::BadFile);
    }
    void refusesIndexesThatDoNotMatchTheirShards()
    {
        QFETCH(QString, index);
        QFETCH(int, code);
        const TestFolder folder;
        folder.write("one.safetensors", safetensorsBytes({{"a", {2}}}));
        const auto read = openSafetensors(folder.write("model.safetensors.index.json", index.toStdString()));
        QVERIFY(!read.has_value());
        QCOMPARE(static_cast<int>(read.error().code), code);
    }
};

LORI_TEST(SafetensorsTest)
#include "safetensors_test.moc"
