// SPDX-License-Identifier: Apache-2.0
// LoRA adapters as GGUF files: read, written, refused.
#include "core/formats/gguf_adapter.h"
#include "core/formats/gguf_model_writer.h"
#include "core/formats/gguf_rows.h"
#include "tests/formats/file_builders.h"
#include "tests/support/test_registry.h"

#include <QtTest>

#include <cstring>
#include <functional>
#include <numeric>
#include <random>

using namespace lori;
using namespace lori::formats;
using namespace lori::test;

namespace {

std::string floatText(const std::vector<float>& values)
{
    std::string bytes;
    for (const float value : values) {
        bytes += littleEndian(value);
    }
    return bytes;
}

/// Rank 1 on q (32 rows, two heads of 16) and down of layer 0, as llama.cpp's converter writes it: B of q counts in its order.
GgufBuilder smallGgufAdapter()
{
    GgufBuilder b;
    b.setText("general.architecture", "llama");
    b.setText("general.type", "adapter");
    b.setText("adapter.type", "lora");
    b.setF32("adapter.lora.alpha", 4);
    std::vector<float> rows;
    for (int i = 0; i < 32; ++i) {
        rows.push_back(static_cast<float>(i));
    }
    b.tensors.push_back({"blk.0.attn_q.weight.lora_a", {32, 1}, 0, zeros(128), -1});
    b.tensors.push_back({"blk.0.attn_q.weight.lora_b", {1, 32}, 0, floatText(rows), -1});
    b.tensors.push_back({"blk.0.ffn_down.weight.lora_a", {64, 1}, 0, zeros(256), -1});
    b.tensors.push_back({"blk.0.ffn_down.weight.lora_b", {1, 32}, 0, floatText(rows), -1});
    return b;
}

experiment::ModelShape smallShape()
{
    return {1, 32, 2, 1, 16, 64, 8, true};
}

std::vector<float> floatsOf(const TensorView& view)
{
    std::vector<float> values(static_cast<std::size_t>(view.count()));
    toFloat(view, values).value();
    return values;
}

struct Damage {
    const char* name;
    ErrorCode code;
    const char* says;
    std::function<void(GgufBuilder&)> apply;
};

const std::vector<Damage>& damages()
{
    static const std::vector<Damage> list{
        {"a model", ErrorCode::Unsupported, "of the kind 'model', not a LoRA adapter",
         [](auto& b) {
             b.remove("general.type");
         }},
        {"another adapter", ErrorCode::Unsupported, "type 'control_vector'",
         [](auto& b) {
             b.setText("adapter.type", "control_vector");
         }},
        {"no kind of adapter", ErrorCode::Unsupported, "type ''",
         [](auto& b) {
             b.remove("adapter.type");
         }},
        {"activated", ErrorCode::Unsupported, "activated LoRA ('adapter.alora.invocation_tokens')",
         [](auto& b) {
             b.setIntegers("adapter.alora.invocation_tokens", {1, 2});
         }},
        {"unknown field", ErrorCode::Unsupported, "'adapter.lora.magic'",
         [](auto& b) {
             b.setF32("adapter.lora.magic", 1);
         }},
        {"negative alpha", ErrorCode::BadFile, "adapter.lora.alpha",
         [](auto& b) {
             b.setF32("adapter.lora.alpha", -1);
         }},
        {"embeddings", ErrorCode::Unsupported, "changes the embeddings ('token_embd.weight.lora_a')",
         [](auto& b) {
             b.tensors[0].name = "token_embd.weight.lora_a";
         }},
        {"head", ErrorCode::Unsupported, "changes the head ('output.weight.lora_b')",
         [](auto& b) {
             b.tensors[3].name = "output.weight.lora_b";
         }},
        {"norms", ErrorCode::Unsupported, "'blk.0.attn_norm.weight' is trained along",
         [](auto& b) {
             b.tensors.push_back({"blk.0.attn_norm.weight", {32}, 0, zeros(128), -1});
         }},
        {"fused", ErrorCode::Unsupported, "'blk.0.attn_qkv.weight.lora_a' belongs to no projection",
         [](auto& b) {
             b.tensors[0].name = "blk.0.attn_qkv.weight.lora_a";
         }},
        {"A missing", ErrorCode::BadFile, "A of 'model.layers.0.self_attn.q_proj' is missing",
         [](auto& b) {
             b.tensors.erase(b.tensors.begin());
         }},
        {"B missing", ErrorCode::BadFile, "B of 'model.layers.0.mlp.down_proj' is missing",
         [](auto& b) {
             b.tensors.pop_back();
         }},
        {"ranks apart", ErrorCode::Mismatch, "has rank 2, but B has 1",
         [](auto& b) {
             b.tensors[2].extents = {32, 2};
         }},
        {"a vector", ErrorCode::Mismatch, "is no matrix",
         [](auto& b) {
             b.tensors[3].extents = {32};
         }},
        {"whole numbers", ErrorCode::Mismatch, "is no matrix",
         [](auto& b) {
             b.tensors[3].type = 26;
         }},
        {"nothing", ErrorCode::BadFile, "no adapted module",
         [](auto& b) {
             b.tensors.clear();
         }},
    };
    return list;
}

} // namespace

class GgufAdapterTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void putsTheRowsOfQueriesBack()
    {
        const TestFolder folder;
        const experiment::ModelShape shape = smallShape();
        const AdapterFiles adapter = openAdapter(folder.write("a.gguf", smallGgufAdapter().build()), &shape).value();
        QCOMPARE(adapter.rank, std::int64_t{1});
        QCOMPARE(adapter.scaling(), 4.0);
        QCOMPARE(adapter.modules.size(), std::size_t{2});
        checkAdapterFits(adapter, shape).value();
        const std::vector<float> query = floatsOf(*adapter.modules[0].b);
        // Head 0 there: rows 0, 1, 2 … are entries 0, 8, 1, 9 … here; so entry 1 is row 2, entry 8 row 1.
        QCOMPARE(query[0], 0.0F);
        QCOMPARE(query[1], 2.0F);
        QCOMPARE(query[8], 1.0F);
        QCOMPARE(query[15], 15.0F);
        QCOMPARE(query[17], 18.0F);                         // the same in head 1
        QCOMPARE(floatsOf(*adapter.modules[1].b)[1], 1.0F); // down_proj's rows stay
    }

    void whatAFileSaysOfItselfIsReadFromItsHeaders()
    {
        const TestFolder folder;
        GgufBuilder builder = smallGgufAdapter();
        builder.setText("general.base_model.0.name", "Small Llama");
        const auto file = folder.write("a.gguf", builder.build());
        QVERIFY(isGgufAdapter(file));
        const GgufAdapterFacts facts =
            describeGgufAdapter(file).value(); // without a base, whose heads would be needed to open it
        QCOMPARE(facts.baseModel, std::string("Small Llama"));
        QCOMPARE(facts.rank, std::int64_t{1});
        QCOMPARE(facts.pairs, std::int64_t{2});
        GgufBuilder model = smallGgufAdapter();
        model.setText("general.type", "model");
        const auto other = folder.write("model.gguf", model.build());
        QVERIFY(!isGgufAdapter(other));
        QCOMPARE(describeGgufAdapter(other).error().code, ErrorCode::Unsupported);
        QVERIFY(!isGgufAdapter(folder.write("a.txt", "general.type")));
        QVERIFY(!isGgufAdapter(folder.write("empty.gguf", "")));
    }

    void anAlphaOfZeroMeansNoScaling()
    {
        const TestFolder folder;
        const experiment::ModelShape shape = smallShape();
        GgufBuilder builder = smallGgufAdapter();
        builder.setF32("adapter.lora.alpha", 0);
        QCOMPARE(openAdapter(folder.write("a.gguf", builder.build()), &shape).value().scaling(), 1.0);
    }

    void modulesMayHaveRanksOfTheirOwn()
    {
        const TestFolder folder;
        const experiment::ModelShape shape = smallShape();
        GgufBuilder builder = smallGgufAdapter();
        builder.tensors[2].extents = {64, 2}; // down has rank 2, q has 1
        builder.tensors[2].bytes = zeros(512);
        builder.tensors[3].extents = {2, 32};
        builder.tensors[3].bytes = zeros(256);
        for (const auto& [alpha, ofDown] :
             {std::pair{4.0F, 2.0}, std::pair{0.0F, 1.0}}) { // llama.cpp: alpha / rank, or B·A as it is
            builder.setF32("adapter.lora.alpha", alpha);
            const AdapterFiles adapter = openAdapter(folder.write("a.gguf", builder.build()), &shape).value();
            QCOMPARE(adapter.scaling(adapter.modules[1]), ofDown);
            QCOMPARE(adapter.scaling(adapter.modules[0]), alpha == 0 ? 1.0 : 4.0);
        }
    }

    void rowsThatNeedNoHeadsNeedNoBase()
    {
        const TestFolder folder;
        GgufBuilder builder = smallGgufAdapter();
        const auto refused = openAdapter(folder.write("a.gguf", builder.build()));
        QCOMPARE(refused.error().code, ErrorCode::InvalidArgument);
        QVERIFY2(refused.error().hint.find("--model") != std::string::npos, refused.error().sentence().c_str());
        builder.setText("general.architecture", "qwen2");
        QCOMPARE(floatsOf(*openAdapter(folder.write("b.gguf", builder.build())).value().modules[0].b)[1], 1.0F);
        builder.setText("general.architecture", "llama");
        builder.setU32("llama.attention.head_count", 2);
        QCOMPARE(floatsOf(*openAdapter(folder.write("c.gguf", builder.build())).value().modules[0].b)[1], 2.0F);
        builder.setU32("llama.attention.head_count", 5);
        QCOMPARE(openAdapter(folder.write("d.gguf", builder.build())).error().code, ErrorCode::Mismatch);
    }

    void whatIsWrittenIsReadBack()
    {
        const TestFolder folder;
        const SmallAdapter small = smallAdapter();
        writeAdapter(folder.path() / "folder", small.adapter).value();
        const AdapterFiles own = openAdapter(folder.path() / "folder").value();
        const ModelConfig base = openModel(folder.write("m.gguf", smallGguf().build())).value().config;
        const auto report = writeGgufAdapter(folder.path() / "a.gguf", own, base).value();
        QCOMPARE(report.tensors, static_cast<std::int64_t>(2 * own.modules.size()));
        const AdapterFiles back = openAdapter(folder.path() / "a.gguf").value(); // it says how many heads there are
        QCOMPARE(back.scaling(), own.scaling());
        QCOMPARE(back.modules.size(), own.modules.size());
        for (std::size_t i = 0; i < own.modules.size(); ++i) {
            QCOMPARE(back.modules[i].projection, own.modules[i].projection);
            QCOMPARE(floatsOf(*back.modules[i].a), floatsOf(*own.modules[i].a));
            QCOMPARE(floatsOf(*back.modules[i].b), floatsOf(*own.modules[i].b));
        }
    }

    void whatTheFormatCannotHoldIsRefused()
    {
        const TestFolder folder;
        SmallAdapter small = smallAdapter();
        writeAdapter(folder.path() / "folder", small.adapter).value();
        AdapterFiles own = openAdapter(folder.path() / "folder").value();
        ModelConfig base = openModel(folder.write("m.gguf", smallGguf().build())).value().config;
        own.kind = AdapterKind::Dora;
        QVERIFY(writeGgufAdapter(folder.path() / "a.gguf", own, base).error().what.find("DoRA") != std::string::npos);
        own.kind = AdapterKind::LowRank;
        own.savedTensors.push_back({"lm_head.weight", nullptr});
        QVERIFY(writeGgufAdapter(folder.path() / "a.gguf", own, base).error().what.find("lm_head") != std::string::npos);
        own.savedTensors.clear();
        base.family = "other";
        QCOMPARE(writeGgufAdapter(folder.path() / "a.gguf", own, base).error().code, ErrorCode::Unsupported);
        QVERIFY(!std::filesystem::exists(folder.path() / "a.gguf"));
    }

    void rowsComeBackFromEitherOrder()
    {
        std::vector<float> rows(48);
        std::iota(rows.begin(), rows.end(), 0.0F);
        const auto there = reordered(std::as_bytes(std::span(rows)), 3, 8, RowOrder::Neighbours); // rows of two numbers
        const auto back = reordered(there, 3, 8, RowOrder::Halves);
        QVERIFY(std::equal(back.begin(), back.end(), std::as_bytes(std::span(rows)).begin()));
        QVERIFY(!std::equal(there.begin(), there.end(), back.begin()));
    }

    void halvesAndBytesAreRoundedToTheNearest()
    {
        const auto bits = [](float value, DType type) {
            std::uint16_t stored = 0;
            std::memcpy(&stored, converted(std::span(&value, 1), type, "w").data(), 2);
            return stored;
        };
        QCOMPARE(bits(1.0F, DType::F16), std::uint16_t{0x3c00});
        QCOMPARE(bits(-2.5F, DType::F16), std::uint16_t{0xc100});
        QCOMPARE(bits(1.0F + 0x1p-11F, DType::F16), std::uint16_t{0x3c00}); // halfway: to the even one
        QCOMPARE(bits(1.0F + 0x3p-11F, DType::F16), std::uint16_t{0x3c02});
        QCOMPARE(bits(65504.0F, DType::F16), std::uint16_t{0x7bff});
        QCOMPARE(bits(0x1p-24F, DType::F16), std::uint16_t{1});
        QCOMPARE(bits(0x1p-14F, DType::F16), std::uint16_t{0x0400});
        QCOMPARE(bits(1.0F + 0x1p-8F, DType::BF16), std::uint16_t{0x3f80});
        QCOMPARE(bits(1.0F + 0x3p-8F, DType::BF16), std::uint16_t{0x3f82});
        const float large = 70000.0F;
        QVERIFY_EXCEPTION_THROWN(static_cast<void>(converted(std::span(&large, 1), DType::F16, "w")), Exception);
        std::vector<float> block(32, 0.0F);
        block[3] = -127.0F;
        block[4] = 2.5F;
        const auto bytes = converted(block, DType::Q8_0, "w");
        QCOMPARE(bytes.size(), std::size_t{34});
        QCOMPARE(static_cast<std::int8_t>(bytes[2 + 3]), std::int8_t{-127});
        QCOMPARE(static_cast<std::int8_t>(bytes[2 + 4]), std::int8_t{3});
    }

    void refusesWhatIsNoPlainAdapter_data()
    {
        QTest::addColumn<int>("index");
        for (std::size_t i = 0; i < damages().size(); ++i) {
            QTest::newRow(damages()[i].name) << static_cast<int>(i);
        }
    }
    void refusesWhatIsNoPlainAdapter()
    {
        QFETCH(int, index);
        const Damage& damage = damages()[static_cast<std::size_t>(index)];
        const TestFolder folder;
        GgufBuilder builder = smallGgufAdapter();
        damage.apply(builder);
        const experiment::ModelShape shape = smallShape();
        const auto adapter = openAnyAdapter(folder.write("a.gguf", builder.build()), &shape);
        QVERIFY(!adapter.has_value());
        QVERIFY2(adapter.error().code == damage.code, adapter.error().sentence().c_str());
        QVERIFY2(adapter.error().what.find(damage.says) != std::string::npos, adapter.error().sentence().c_str());
    }

    void damagedFilesAreOpenedOrRefused()
    {
        const TestFolder folder;
        const std::string whole = smallGgufAdapter().build();
        const experiment::ModelShape shape = smallShape();
        std::mt19937_64 random(4);
        int refused = 0;
        for (int i = 0; i < 1500; ++i) {
            std::string bytes = whole;
            for (int change = 0; change < 3; ++change) {
                bytes[random() % 640] ^= static_cast<char>(1U << (random() % 8));
            }
            const auto adapter = openAnyAdapter(folder.overwrite("a.gguf", bytes), &shape);
            if (adapter) {
                for (const AdapterModule& module : adapter->modules) {
                    (void)floatsOf(*module.b);
                }
            } else {
                QVERIFY(adapter.error().code != ErrorCode::Internal && adapter.error().code != ErrorCode::OutOfMemory);
                ++refused;
            }
        }
        QVERIFY(refused > 300 && refused < 1500);
    }
};

LORI_TEST(GgufAdapterTest)
#include "gguf_adapter_test.moc"
