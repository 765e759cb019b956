// SPDX-License-Identifier: Apache-2.0
#include "tests/engine_support/tiny_model.h"

#include "core/formats/tensor_file.h"
#include "core/support/files.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Functions.h>

#include <nlohmann/json.hpp>

#include <list>
#include <span>

namespace lori::test {

namespace {

constexpr std::int64_t kVocabulary = 259;

/// The printable stand-in of a byte in byte-level BPE vocabularies, as UTF-8.
std::string byteSymbol(int byte)
{
    const auto printable = [](int b) {
        return (b >= 33 && b <= 126) || (b >= 161 && b <= 172) || (b >= 174 && b <= 255);
    };
    int code = byte;
    if (!printable(byte)) {
        code = 256;
        for (int b = 0; b < byte; ++b) {
            code += printable(b) ? 0 : 1;
        }
    }
    if (code < 128) {
        return {static_cast<char>(code)};
    }
    return {static_cast<char>(0xC0 | (code >> 6)), static_cast<char>(0x80 | (code & 63))};
}

nlohmann::json tokenizerJson()
{
    nlohmann::json vocabulary = nlohmann::json::object();
    for (int b = 0; b < 256; ++b) {
        vocabulary[byteSymbol(b)] = b;
    }
    nlohmann::json added = nlohmann::json::array();
    int id = 256;
    for (const char* token : {"<|endoftext|>", "<|im_start|>", "<|im_end|>"}) {
        vocabulary[token] = id;
        added.push_back({{"id", id++},
                         {"content", token},
                         {"single_word", false},
                         {"lstrip", false},
                         {"rstrip", false},
                         {"normalized", false},
                         {"special", true}});
    }
    const nlohmann::json byteLevel{
        {"type", "ByteLevel"}, {"add_prefix_space", false}, {"trim_offsets", true}, {"use_regex", true}};
    return {{"version", "1.0"},
            {"added_tokens", added},
            {"normalizer", nullptr},
            {"pre_tokenizer", byteLevel},
            {"post_processor", nullptr},
            {"decoder", byteLevel},
            {"model", {{"type", "BPE"}, {"vocab", vocabulary}, {"merges", nlohmann::json::array()}}}};
}

} // namespace

void writeTinyModel(const std::filesystem::path& folder, const TinyModelOptions& o)
{
    std::filesystem::create_directories(folder);
    const std::int64_t headSize = o.hidden / o.heads;
    nlohmann::json config{{"architectures", {"LlamaForCausalLM"}},
                          {"model_type", "llama"},
                          {"hidden_size", o.hidden},
                          {"intermediate_size", o.feedForward},
                          {"num_hidden_layers", o.layers},
                          {"num_attention_heads", o.heads},
                          {"num_key_value_heads", o.kvHeads},
                          {"vocab_size", kVocabulary},
                          {"max_position_embeddings", 512},
                          {"rms_norm_eps", 1e-5},
                          {"rope_theta", 10000.0},
                          {"tie_word_embeddings", o.tied},
                          {"bos_token_id", 257},
                          {"eos_token_id", 258},
                          {"torch_dtype", "float32"}};
    config.update(nlohmann::json::parse(o.configPatch));
    writeFileAtomically(folder / "config.json", config.dump(2)).value();
    writeFileAtomically(folder / "tokenizer.json", tokenizerJson().dump()).value();
    const nlohmann::json tokenizerConfig{
        {"eos_token", "<|im_end|>"},
        {"bos_token", "<|im_start|>"},
        {"chat_template",
         "{% for message in messages %}{{'<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + "
         "'\n'}}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}"}};
    writeFileAtomically(folder / "tokenizer_config.json", tokenizerConfig.dump()).value();

    at::Generator generator = at::detail::createCPUGenerator(7);
    std::list<at::Tensor> alive;
    std::vector<formats::TensorToWrite> tensors;
    const auto add = [&](const std::string& name, const std::vector<std::int64_t>& shape, double scale, double offset) {
        alive.push_back(at::empty(shape, at::kFloat).normal_(offset, scale, generator));
        const at::Tensor& t = alive.back();
        tensors.push_back({name, formats::DType::F32, shape,
                           std::as_bytes(std::span(t.const_data_ptr<float>(), static_cast<std::size_t>(t.numel())))});
    };
    add("model.embed_tokens.weight", {kVocabulary, o.hidden}, 0.5, 0);
    if (!o.tied) {
        add("lm_head.weight", {kVocabulary, o.hidden}, 0.5, 0);
    }
    add("model.norm.weight", {o.hidden}, 0.1, 1);
    for (std::int64_t layer = 0; layer < o.layers; ++layer) {
        const std::string p = "model.layers." + std::to_string(layer) + ".";
        add(p + "input_layernorm.weight", {o.hidden}, 0.1, 1);
        add(p + "post_attention_layernorm.weight", {o.hidden}, 0.1, 1);
        add(p + "self_attn.q_proj.weight", {o.heads * headSize, o.hidden}, 0.2, 0);
        add(p + "self_attn.k_proj.weight", {o.kvHeads * headSize, o.hidden}, 0.2, 0);
        add(p + "self_attn.v_proj.weight", {o.kvHeads * headSize, o.hidden}, 0.2, 0);
        add(p + "self_attn.o_proj.weight", {o.hidden, o.heads * headSize}, 0.2, 0);
        add(p + "mlp.gate_proj.weight", {o.feedForward, o.hidden}, 0.2, 0);
        add(p + "mlp.up_proj.weight", {o.feedForward, o.hidden}, 0.2, 0);
        add(p + "mlp.down_proj.weight", {o.hidden, o.feedForward}, 0.2, 0);
    }
    formats::writeSafetensors(folder / "model.safetensors", tensors, {{"format", "pt"}}).value();
}

std::shared_ptr<const model::BaseModel> openTinyModel(const std::filesystem::path& folder, const TinyModelOptions& options)
{
    writeTinyModel(folder, options);
    return model::BaseModel::load(folder, at::kCPU, model::GemmBackend::Blas).value();
}

} // namespace lori::test
