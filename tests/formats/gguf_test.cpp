// SPDX-License-Identifier: Apache-2.0
#include "core/formats/model_files.h"
#include "tests/formats/file_builders.h"
#include "tests/support/test_registry.h"

#include <QtTest>

#include <cmath>
#include <functional>

using namespace lori;
using namespace lori::formats;
using namespace lori::test;

namespace {

/// A way to spoil the small model, and what the sentence must then contain.
struct GgufDamage {
    const char* name;
    ErrorCode code;
    const char* says;
    std::function<void(GgufBuilder&)> apply;
};

std::string array(std::uint32_t kind, std::uint64_t count, const std::string& bytes)
{
    return littleEndian<std::uint32_t>(9) + littleEndian(kind) + littleEndian(count) + bytes;
}

const std::vector<GgufDamage>& containerDamages()
{
    static const std::vector<GgufDamage> damages{
        {"wrong magic", ErrorCode::BadFile, "does not begin with 'GGUF'",
         [](auto& b) {
             b.magic = "GGML";
         }},
        {"version 1", ErrorCode::Unsupported, "version 1",
         [](auto& b) {
             b.version = 1;
         }},
        {"version 4", ErrorCode::Unsupported, "version 4",
         [](auto& b) {
             b.version = 4;
         }},
        {"big endian", ErrorCode::Unsupported, "big endian",
         [](auto& b) {
             b.version = 0x03000000;
         }},
        {"absurd tensor count", ErrorCode::BadFile, "9223372036854775807 tensors",
         [](auto& b) {
             b.tensorCount = INT64_MAX;
         }},
        {"absurd entry count", ErrorCode::BadFile, "metadata entries",
         [](auto& b) {
             b.entryCount = INT64_MAX;
         }},
        {"one tensor too many", ErrorCode::BadFile, "tensor",
         [](auto& b) {
             b.tensorCount = 12;
         }},
        {"one entry too many", ErrorCode::BadFile, "",
         [](auto& b) {
             b.entryCount = static_cast<std::int64_t>(b.entries.size()) + 1;
         }},
        {"unknown kind", ErrorCode::BadFile, "unknown kind 13",
         [](auto& b) {
             b.set("x", littleEndian<std::uint32_t>(13));
         }},
        {"list of lists", ErrorCode::BadFile, "list of lists",
         [](auto& b) {
             b.set("x", array(9, 1, zeros(16)));
         }},
        {"absurd list of numbers", ErrorCode::BadFile, "claims",
         [](auto& b) {
             b.set("x", array(12, ~std::uint64_t{0}, {}));
         }},
        {"absurd list of texts", ErrorCode::BadFile, "metadata text",
         [](auto& b) {
             b.set("x", array(8, ~std::uint64_t{0}, {}));
         }},
        {"absurd text", ErrorCode::BadFile, "bytes",
         [](auto& b) {
             b.set("x", littleEndian<std::uint32_t>(8) + littleEndian(~std::uint64_t{0}));
         }},
        {"key twice", ErrorCode::BadFile, "occurs twice",
         [](auto& b) {
             b.entries.push_back(b.entries.front());
         }},
        {"empty key", ErrorCode::BadFile, "empty",
         [](auto& b) {
             b.setU32("", 1);
         }},
        {"alignment 0", ErrorCode::BadFile, "power of two",
         [](auto& b) {
             b.setU32("general.alignment", 0);
         }},
        {"alignment 24", ErrorCode::BadFile, "power of two",
         [](auto& b) {
             b.setU32("general.alignment", 24);
         }},
        {"alignment a text", ErrorCode::BadFile, "not a whole number",
         [](auto& b) {
             b.setText("general.alignment", "32");
         }},
        {"no dimensions", ErrorCode::BadFile, "0 dimensions",
         [](auto& b) {
             b.tensors[0].extents.clear();
         }},
        {"five dimensions", ErrorCode::BadFile, "5 dimensions",
         [](auto& b) {
             b.tensors[0].extents = {1, 1, 1, 1, 1};
         }},
        {"empty tensor", ErrorCode::BadFile, "empty or larger",
         [](auto& b) {
             b.tensors[0].extents = {32, 0};
         }},
        {"shape overflow", ErrorCode::BadFile, "larger than any file",
         [](auto& b) {
             b.tensors[0].extents = {1ULL << 32U, 1ULL << 32U};
         }},
        {"byte overflow", ErrorCode::BadFile, "larger than any file",
         [](auto& b) {
             b.tensors[0].extents = {1ULL << 62U};
         }},
        {"unknown type", ErrorCode::BadFile, "type number 99",
         [](auto& b) {
             b.tensors[0].type = 99;
         }},
        {"withdrawn type", ErrorCode::BadFile, "type number 4",
         [](auto& b) {
             b.tensors[0].type = 4;
         }},
        {"type not read", ErrorCode::Unsupported, "quantized as IQ2_XXS",
         [](auto& b) {
             b.tensors[0].type = 16;
         }},
        {"type not read either", ErrorCode::Unsupported, "quantized as MXFP4",
         [](auto& b) {
             b.tensors[0].type = 39;
         }},
        {"newest type", ErrorCode::Unsupported, "quantized as Q1_0",
         [](auto& b) {
             b.tensors[0].type = 41;
         }},
        {"type of the past", ErrorCode::Unsupported, "quantized as Q4_0_8_8",
         [](auto& b) {
             b.tensors[0].type = 33;
         }},
        {"broken large blocks", ErrorCode::BadFile, "whole Q6_K blocks",
         [](auto& b) {
             b.tensors[0].type = 14;
         }},
        {"broken blocks", ErrorCode::BadFile, "whole Q4_0 blocks",
         [](auto& b) {
             b.tensors[1].type = 2;
             b.tensors[1].extents = {16, 2};
         }},
        {"offset past the end", ErrorCode::BadFile, "but the file has only",
         [](auto& b) {
             b.tensors[0].offset = 1 << 30;
         }},
        {"offset overflow", ErrorCode::BadFile, "but the file has only",
         [](auto& b) {
             b.tensors[0].offset = INT64_MAX - 31;
         }},
        {"offset not aligned", ErrorCode::BadFile, "not a multiple of 32",
         [](auto& b) {
             b.tensors[0].offset = 4;
         }},
        {"overlap", ErrorCode::BadFile, "begins at byte",
         [](auto& b) {
             b.tensors[2].offset = 0;
         }},
        {"tensor twice", ErrorCode::BadFile, "occurs twice",
         [](auto& b) {
             b.tensors[3].name = b.tensors[2].name;
         }},
        {"tensor name not UTF-8", ErrorCode::BadFile, "not UTF-8",
         [](auto& b) {
             b.tensors[0].name = "\xc0\x80";
         }},
    };
    return damages;
}

const std::vector<GgufDamage>& modelDamages()
{
    static const std::vector<GgufDamage> damages{
        {"no architecture", ErrorCode::Unsupported, "architecture ''",
         [](auto& b) {
             b.remove("general.architecture");
         }},
        {"an adapter", ErrorCode::Unsupported, "is a LoRA adapter, not a model",
         [](auto& b) {
             b.setText("general.type", "adapter");
         }},
        {"a projector", ErrorCode::Unsupported, "of the kind 'mmproj'",
         [](auto& b) {
             b.setText("general.type", "mmproj");
         }},
        {"unknown architecture", ErrorCode::Unsupported, "architecture 'gemma'",
         [](auto& b) {
             b.setText("general.architecture", "gemma");
         }},
        {"architecture a number", ErrorCode::BadFile, "not text",
         [](auto& b) {
             b.setU32("general.architecture", 1);
         }},
        {"no layers", ErrorCode::BadFile, "'llama.block_count' is missing",
         [](auto& b) {
             b.remove("llama.block_count");
         }},
        {"absurd layers", ErrorCode::BadFile, "must be from 1 to",
         [](auto& b) {
             b.setU32("llama.block_count", 4'000'000'000U);
         }},
        {"zero heads", ErrorCode::BadFile, "head_count",
         [](auto& b) {
             b.setU32("llama.attention.head_count", 0);
         }},
        {"more kv heads than heads", ErrorCode::BadFile, "head_count_kv",
         [](auto& b) {
             b.setU32("llama.attention.head_count_kv", 3);
         }},
        {"mixture of experts", ErrorCode::Unsupported, "mixture of experts",
         [](auto& b) {
             b.setU32("llama.expert_count", 8);
         }},
        {"partial rotation", ErrorCode::Unsupported, "8 rotated",
         [](auto& b) {
             b.setU32("llama.rope.dimension_count", 8);
         }},
        {"yarn", ErrorCode::Unsupported, "'yarn'",
         [](auto& b) {
             b.setText("llama.rope.scaling.type", "yarn");
         }},
        {"epsilon NaN", ErrorCode::BadFile, "finite",
         [](auto& b) {
             b.setF32("llama.attention.layer_norm_rms_epsilon", std::nanf(""));
         }},
        {"theta negative", ErrorCode::BadFile, "rotary base",
         [](auto& b) {
             b.setF32("llama.rope.freq_base", -1);
         }},
        {"no end token", ErrorCode::BadFile, "no token that ends",
         [](auto& b) {
             b.setTexts("tokenizer.ggml.tokens", {"x", "y", "z", "a", "b", "Ġ", "ab", "Ġa"});
             b.remove("tokenizer.ggml.eos_token_id");
         }},
        {"end token outside", ErrorCode::BadFile, "end token 9",
         [](auto& b) {
             b.setU32("tokenizer.ggml.eos_token_id", 9);
         }},
        {"missing tensor", ErrorCode::BadFile, "'model.layers.0.mlp.down_proj.weight' is missing",
         [](auto& b) {
             b.tensors.pop_back();
         }},
        {"missing layer", ErrorCode::BadFile, "model.layers.1.",
         [](auto& b) {
             b.setU32("llama.block_count", 2);
         }},
        {"missing embedding", ErrorCode::BadFile, "token_embd.weight",
         [](auto& b) {
             b.tensors.erase(b.tensors.begin());
         }},
        {"wrong shape", ErrorCode::BadFile, "has the shape [64, 16]",
         [](auto& b) {
             b.tensor("blk.0.attn_q.weight").extents = {16, 64};
         }},
        {"integer weights", ErrorCode::Unsupported, "I32",
         [](auto& b) {
             b.tensor("blk.0.attn_q.weight").type = 26;
         }},
        {"foreign tensor", ErrorCode::Unsupported, "'blk.0.attn_sinks.weight'",
         [](auto& b) {
             b.tensors.push_back({"blk.0.attn_sinks.weight", {1}, 0, zeros(4), -1});
         }},
        {"frequency table of zeros", ErrorCode::BadFile, "rope_freqs",
         [](auto& b) {
             b.tensors.push_back({"rope_freqs.weight", {8}, 0, zeros(32), -1});
         }},
        {"no tokenizer", ErrorCode::BadFile, "no tokenizer",
         [](auto& b) {
             b.remove("tokenizer.ggml.model");
         }},
        {"unigram", ErrorCode::Unsupported, "'t5'",
         [](auto& b) {
             b.setText("tokenizer.ggml.model", "t5");
         }},
        {"pieces without scores", ErrorCode::BadFile, "0 entries for 8",
         [](auto& b) {
             b.setText("tokenizer.ggml.model", "llama");
         }},
        {"unknown pre-tokenizer", ErrorCode::Unsupported, "'of-tomorrow'",
         [](auto& b) {
             b.setText("tokenizer.ggml.pre", "of-tomorrow");
         }},
        {"no tokens", ErrorCode::BadFile, "tokens",
         [](auto& b) {
             b.remove("tokenizer.ggml.tokens");
         }},
        {"too many tokens", ErrorCode::BadFile, "for a vocabulary of 8",
         [](auto& b) {
             b.setTexts("tokenizer.ggml.tokens", {"1", "2", "3", "4", "5", "6", "7", "8", "9"});
         }},
        {"token twice", ErrorCode::BadFile, "'a' twice",
         [](auto& b) {
             b.setTexts("tokenizer.ggml.tokens", {"a", "b", "c", "d", "e", "f", "g", "a"});
         }},
        {"token not UTF-8", ErrorCode::BadFile, "not valid UTF-8",
         [](auto& b) {
             b.setTexts("tokenizer.ggml.tokens", {"\xed\xa0\x80"});
         }},
        {"token types missing", ErrorCode::BadFile, "0 entries for 8",
         [](auto& b) {
             b.remove("tokenizer.ggml.token_type");
         }},
        {"token types short", ErrorCode::BadFile, "1 entries for 8",
         [](auto& b) {
             b.setIntegers("tokenizer.ggml.token_type", {1});
         }},
        {"merge of one part", ErrorCode::BadFile, "not two parts",
         [](auto& b) {
             b.setTexts("tokenizer.ggml.merges", {"ab"});
         }},
        {"merge of three parts", ErrorCode::BadFile, "not two parts",
         [](auto& b) {
             b.setTexts("tokenizer.ggml.merges", {"a b c"});
         }},
        {"start token outside", ErrorCode::BadFile, "outside the vocabulary",
         [](auto& b) {
             b.setU32("tokenizer.ggml.bos_token_id", 8);
         }},
    };
    return damages;
}

} // namespace

class GgufTest : public QObject {
    Q_OBJECT

private:
    static void addRows(const std::vector<GgufDamage>& damages)
    {
        QTest::addColumn<int>("index");
        for (std::size_t i = 0; i < damages.size(); ++i) {
            QTest::newRow(damages[i].name) << static_cast<int>(i);
        }
    }
    static void check(const GgufDamage& damage)
    {
        const TestFolder folder;
        GgufBuilder builder = smallGguf();
        damage.apply(builder);
        const auto model = openModel(folder.write("x.gguf", builder.build()));
        QVERIFY(!model.has_value());
        QVERIFY2(model.error().code == damage.code, model.error().sentence().c_str());
        QVERIFY2(model.error().what.find(damage.says) != std::string::npos, model.error().sentence().c_str());
        QVERIFY2(model.error().where.ends_with("x.gguf"), model.error().sentence().c_str());
    }

private Q_SLOTS:
    void opensAModelUnderHuggingFaceNames()
    {
        const TestFolder folder;
        const ModelFiles model = openModel(folder.write("x.gguf", smallGguf().build())).value();
        QCOMPARE(model.container, std::string("gguf"));
        QCOMPARE(model.config.name, std::string("Small"));
        QCOMPARE(model.config.shape, (experiment::ModelShape{1, 32, 2, 1, 16, 64, 8, true}));
        QCOMPARE(model.config.eosIds, (std::vector<std::int64_t>{2, 0})); // the second by its text
        QCOMPARE(model.config.bosId, std::optional<std::int64_t>(1));
        QVERIFY(model.permutedQueryKey);
        QCOMPARE(model.tensors->tensors().size(), smallShapes().size());
        for (const auto& [name, shape] : smallShapes()) {
            QVERIFY(model.tensors->find(name) != nullptr);
            QCOMPARE(model.tensors->find(name)->shape, shape);
        }
        QCOMPARE(model.tokenizerJson.at("added_tokens").size(), std::size_t{3});
        QCOMPARE(model.tokenizerConfig.at("eos_token"), nlohmann::json("<|im_end|>"));
    }

    void aHeadOfItsOwnMakesTheModelUntied()
    {
        const TestFolder folder;
        GgufBuilder builder = smallGguf();
        builder.tensors.push_back({"output.weight", {32, 8}, 0, zeros(1024), -1});
        const ModelFiles model = openModel(folder.write("x.gguf", builder.build())).value();
        QVERIFY(!model.config.shape.tiedEmbeddings);
        QVERIFY(model.tensors->find("lm_head.weight") != nullptr);
    }

    void theSecondVersionIsReadToo()
    {
        const TestFolder folder;
        GgufBuilder builder = smallGguf();
        builder.version = 2;
        QVERIFY(openModel(folder.write("x.gguf", builder.build())).has_value());
    }

    void theConfigurationNeedsOnlyTheHeader()
    {
        const TestFolder folder;
        GgufBuilder builder = smallGguf();
        builder.remove("tokenizer.ggml.tokens");
        QCOMPARE(readModelConfig(folder.write("x.gguf", builder.build())).value().shape.layers, std::int64_t{1});
    }

    void refusesDamagedContainers_data() { addRows(containerDamages()); }
    void refusesDamagedContainers()
    {
        QFETCH(int, index);
        check(containerDamages()[static_cast<std::size_t>(index)]);
    }

    void refusesWrongModels_data() { addRows(modelDamages()); }
    void refusesWrongModels()
    {
        QFETCH(int, index);
        check(modelDamages()[static_cast<std::size_t>(index)]);
    }

    void refusesEveryTruncation()
    {
        const TestFolder folder;
        const std::string whole = smallGguf().build();
        for (std::size_t length = 0; length < whole.size();
             length += length < 2500 ? 1 : 97) { // the header in full, then the data
            const auto model = openModel(folder.overwrite("x.gguf", whole.substr(0, length)));
            QVERIFY(!model.has_value());
            QCOMPARE(model.error().code, ErrorCode::BadFile);
        }
    }
};

LORI_TEST(GgufTest)
#include "gguf_test.moc"
