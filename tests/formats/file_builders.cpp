// SPDX-License-Identifier: Apache-2.0
#include "tests/formats/file_builders.h"

#include <algorithm>
#include <fstream>

namespace lori::test {

using nlohmann::json;

namespace {

enum Kind : std::uint32_t { U32 = 4, I32 = 5, F32 = 6, Text = 8, Array = 9 };

std::size_t floatBytes(const std::vector<std::int64_t>& shape)
{
    std::size_t count = sizeof(float);
    for (const std::int64_t extent : shape) {
        count *= static_cast<std::size_t>(extent);
    }
    return count;
}

} // namespace

std::filesystem::path TestFolder::write(const std::string& name, const std::string& bytes) const
{
    const std::filesystem::path file = path() / name;
    std::filesystem::create_directories(file.parent_path());
    writeFileAtomically(file, bytes).value();
    return file;
}

std::filesystem::path TestFolder::overwrite(const std::string& name, const std::string& bytes) const
{
    const std::filesystem::path file = path() / name;
    std::filesystem::remove(file); // ext4 flushes a file that is truncated and written again; a new one it does not
    std::ofstream(file, std::ios::binary) << bytes;
    return file;
}

std::string ggufText(const std::string& text)
{
    return littleEndian<std::uint64_t>(text.size()) + text;
}

std::string zeros(std::size_t count)
{
    return std::string(count, '\0');
}

void GgufBuilder::set(const std::string& key, const std::string& kindAndValue)
{
    remove(key);
    entries.emplace_back(key, kindAndValue);
}

void GgufBuilder::setText(const std::string& key, const std::string& value)
{
    set(key, littleEndian<std::uint32_t>(Text) + ggufText(value));
}

void GgufBuilder::setU32(const std::string& key, std::uint32_t value)
{
    set(key, littleEndian<std::uint32_t>(U32) + littleEndian(value));
}

void GgufBuilder::setF32(const std::string& key, float value)
{
    set(key, littleEndian<std::uint32_t>(F32) + littleEndian(value));
}

void GgufBuilder::setTexts(const std::string& key, const std::vector<std::string>& values)
{
    std::string bytes =
        littleEndian<std::uint32_t>(Array) + littleEndian<std::uint32_t>(Text) + littleEndian<std::uint64_t>(values.size());
    for (const std::string& value : values) {
        bytes += ggufText(value);
    }
    set(key, bytes);
}

void GgufBuilder::setIntegers(const std::string& key, const std::vector<std::int32_t>& values)
{
    std::string bytes =
        littleEndian<std::uint32_t>(Array) + littleEndian<std::uint32_t>(I32) + littleEndian<std::uint64_t>(values.size());
    for (const std::int32_t value : values) {
        bytes += littleEndian(value);
    }
    set(key, bytes);
}

void GgufBuilder::remove(const std::string& key)
{
    std::erase_if(entries, [&](const auto& entry) { return entry.first == key; });
}

GgufBuilder::Tensor& GgufBuilder::tensor(const std::string& name)
{
    return *std::find_if(tensors.begin(), tensors.end(), [&](const Tensor& t) { return t.name == name; });
}

std::string GgufBuilder::build() const
{
    std::string header = magic + littleEndian(version) +
                         littleEndian<std::uint64_t>(tensorCount < 0 ? tensors.size() : static_cast<std::uint64_t>(tensorCount)) +
                         littleEndian<std::uint64_t>(entryCount < 0 ? entries.size() : static_cast<std::uint64_t>(entryCount));
    for (const auto& [key, value] : entries) {
        header += ggufText(key) + value;
    }
    std::string data;
    for (const Tensor& tensor : tensors) {
        data.resize((data.size() + 31) / 32 * 32);
        header += ggufText(tensor.name) + littleEndian(static_cast<std::uint32_t>(tensor.extents.size()));
        for (const std::uint64_t extent : tensor.extents) {
            header += littleEndian(extent);
        }
        header += littleEndian(tensor.type) +
                  littleEndian<std::uint64_t>(tensor.offset < 0 ? data.size() : static_cast<std::uint64_t>(tensor.offset));
        data += tensor.bytes;
    }
    header.resize((header.size() + 31) / 32 * 32);
    return header + data;
}

std::map<std::string, std::vector<std::int64_t>> smallShapes()
{
    const std::string layer = "model.layers.0.";
    return {{"model.embed_tokens.weight", {8, 32}},        {"model.norm.weight", {32}},
            {layer + "input_layernorm.weight", {32}},      {layer + "post_attention_layernorm.weight", {32}},
            {layer + "self_attn.q_proj.weight", {32, 32}}, {layer + "self_attn.k_proj.weight", {16, 32}},
            {layer + "self_attn.v_proj.weight", {16, 32}}, {layer + "self_attn.o_proj.weight", {32, 32}},
            {layer + "mlp.gate_proj.weight", {64, 32}},    {layer + "mlp.up_proj.weight", {64, 32}},
            {layer + "mlp.down_proj.weight", {32, 64}}};
}

GgufBuilder smallGguf()
{
    GgufBuilder b;
    b.setText("general.architecture", "llama");
    b.setText("general.name", "Small");
    b.setU32("llama.block_count", 1);
    b.setU32("llama.context_length", 128);
    b.setU32("llama.embedding_length", 32);
    b.setU32("llama.feed_forward_length", 64);
    b.setU32("llama.attention.head_count", 2);
    b.setU32("llama.attention.head_count_kv", 1);
    b.setF32("llama.rope.freq_base", 10000);
    b.setF32("llama.attention.layer_norm_rms_epsilon", 1e-5F);
    b.setText("tokenizer.ggml.model", "gpt2");
    b.setText("tokenizer.ggml.pre", "smollm");
    b.setTexts("tokenizer.ggml.tokens", {"<|endoftext|>", "<|im_start|>", "<|im_end|>", "a", "b", "Ġ", "ab", "Ġa"});
    b.setIntegers("tokenizer.ggml.token_type", {3, 3, 3, 1, 1, 1, 1, 1});
    b.setTexts("tokenizer.ggml.merges", {"a b", "Ġ a"});
    b.setU32("tokenizer.ggml.bos_token_id", 1);
    b.setU32("tokenizer.ggml.eos_token_id", 2);
    const std::vector<std::pair<std::string, std::string>> names{
        {"token_embd", "model.embed_tokens"},   {"output_norm", "model.norm"},
        {"blk.0.attn_norm", "input_layernorm"}, {"blk.0.ffn_norm", "post_attention_layernorm"},
        {"blk.0.attn_q", "self_attn.q_proj"},   {"blk.0.attn_k", "self_attn.k_proj"},
        {"blk.0.attn_v", "self_attn.v_proj"},   {"blk.0.attn_output", "self_attn.o_proj"},
        {"blk.0.ffn_gate", "mlp.gate_proj"},    {"blk.0.ffn_up", "mlp.up_proj"},
        {"blk.0.ffn_down", "mlp.down_proj"}};
    const auto shapes = smallShapes();
    for (const auto& [ggufName, name] : names) {
        const auto& shape = shapes.at((ggufName.starts_with("blk") ? "model.layers.0." : "") + name + ".weight");
        b.tensors.push_back({ggufName + ".weight", {shape.rbegin(), shape.rend()}, 0, zeros(floatBytes(shape)), -1});
    }
    return b;
}

GgufBuilder quantizedGguf()
{
    GgufBuilder b = smallGguf();
    b.setU32("llama.embedding_length", 256);
    b.setU32("llama.feed_forward_length", 256);
    b.tensors.clear();
    struct Matrix {
        const char* name;
        std::uint64_t in;
        std::uint64_t out;
        std::uint32_t type;
        std::size_t blockBytes; ///< of 256 entries
    };
    const std::vector<Matrix> matrices{
        {"token_embd", 256, 8, 14, 210},     {"blk.0.attn_q", 256, 256, 12, 144},      {"blk.0.attn_k", 256, 128, 13, 176},
        {"blk.0.attn_v", 256, 128, 11, 110}, {"blk.0.attn_output", 256, 256, 10, 84},  {"blk.0.ffn_gate", 256, 256, 23, 136},
        {"blk.0.ffn_up", 256, 256, 15, 292}, {"blk.0.ffn_down", 256, 256, 20, 8 * 18}, {"output", 256, 8, 6, 8 * 22}};
    for (const Matrix& m : matrices) {
        b.tensors.push_back(
            {std::string(m.name) + ".weight", {m.in, m.out}, m.type, zeros(m.in * m.out / 256 * m.blockBytes), -1});
    }
    for (const char* name : {"output_norm", "blk.0.attn_norm", "blk.0.ffn_norm"}) {
        b.tensors.push_back({std::string(name) + ".weight", {256}, 0, zeros(1024), -1});
    }
    return b;
}

json smallConfig()
{
    return {{"model_type", "llama"},
            {"num_hidden_layers", 1},
            {"hidden_size", 32},
            {"num_attention_heads", 2},
            {"num_key_value_heads", 1},
            {"intermediate_size", 64},
            {"vocab_size", 8},
            {"tie_word_embeddings", true},
            {"rms_norm_eps", 1e-5},
            {"rope_theta", 10000.0},
            {"max_position_embeddings", 128},
            {"hidden_act", "silu"},
            {"bos_token_id", 1},
            {"eos_token_id", 0}};
}

json smallTokenizer()
{
    json added = json::array();
    for (const auto& [id, content] : {std::pair{0, "<|endoftext|>"}, std::pair{1, "<|im_start|>"}, std::pair{2, "<|im_end|>"}}) {
        added.push_back({{"id", id}, {"content", content}, {"special", true}, {"normalized", false}});
    }
    return {
        {"added_tokens", added},
        {"normalizer", nullptr},
        {"pre_tokenizer", {{"type", "ByteLevel"}, {"add_prefix_space", false}, {"use_regex", true}}},
        {"decoder", {{"type", "ByteLevel"}}},
        {"model",
         {{"type", "BPE"},
          {"vocab",
           {{"<|endoftext|>", 0}, {"<|im_start|>", 1}, {"<|im_end|>", 2}, {"a", 3}, {"b", 4}, {"Ġ", 5}, {"ab", 6}, {"Ġa", 7}}},
          {"merges", {"a b", "Ġ a"}}}}};
}

std::string safetensorsWithHeader(const std::string& header, const std::string& data)
{
    return littleEndian<std::uint64_t>(header.size()) + header + data;
}

std::string safetensorsBytes(const std::map<std::string, std::vector<std::int64_t>>& shapes)
{
    json header = json::object();
    std::size_t at = 0;
    for (const auto& [name, shape] : shapes) {
        const std::size_t size = floatBytes(shape);
        header[name] = {{"dtype", "F32"}, {"shape", shape}, {"data_offsets", {at, at + size}}};
        at += size;
    }
    return safetensorsWithHeader(header.dump(), zeros(at));
}

void writeSmallFolder(const TestFolder& folder)
{
    folder.write("config.json", smallConfig().dump());
    folder.write("tokenizer.json", smallTokenizer().dump());
    folder.write("tokenizer_config.json", R"({"eos_token": {"content": "<|im_end|>"}})");
    folder.write("generation_config.json", R"({"eos_token_id": [0, 2]})");
    folder.write("model.safetensors", safetensorsBytes(smallShapes()));
}

SmallAdapter smallAdapter()
{
    using experiment::Projection;
    SmallAdapter result;
    result.adapter.rank = 2;
    result.adapter.alpha = 4;
    result.adapter.baseModel = "small";
    result.adapter.targets = {Projection::Q, Projection::Down};
    result.adapter.record = {"lori-d", 0.9, "model", 1ULL << 63U, 2, "abc", "def", "run-1", "test"};
    const std::vector<std::tuple<Projection, char, std::vector<std::int64_t>>> parts{{Projection::Q, 'A', {2, 32}},
                                                                                     {Projection::Q, 'B', {32, 2}},
                                                                                     {Projection::Down, 'A', {2, 64}},
                                                                                     {Projection::Down, 'B', {32, 2}}};
    for (const auto& [projection, matrix, shape] : parts) {
        std::vector<float>& values = result.values.emplace_back(static_cast<std::size_t>(shape[0] * shape[1]));
        for (std::size_t i = 0; i < values.size(); ++i) {
            values[i] = 0.25F * static_cast<float>(i);
        }
    }
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const auto& [projection, matrix, shape] = parts[i];
        result.adapter.tensors.push_back(
            {formats::peftKey(0, projection, matrix), formats::DType::F32, shape, std::as_bytes(std::span(result.values[i]))});
    }
    return result;
}

formats::Mask smallMask()
{
    using experiment::Projection;
    formats::Mask mask;
    mask.sparsity = 0.5;
    mask.scope = "model";
    mask.rule = "reference";
    mask.threshold = 0.125;
    mask.modules.push_back({0, Projection::Q, 3, 3, {0b10101010, 0b1}}); // 9 entries: 5 kept
    mask.modules.push_back({1, Projection::Up, 4, 2, {0b00001111}});     // 8 entries: 4 kept
    return mask;
}

} // namespace lori::test
