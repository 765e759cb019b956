// SPDX-License-Identifier: Apache-2.0
#include "core/formats/gguf_model_writer.h"

#include "core/formats/families.h"
#include "core/formats/gguf_names.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>

namespace lori::formats {

namespace {

constexpr std::size_t kBlock = 32;

[[noreturn]] void cannotWriteGguf(const std::string& what, const std::string& where)
{
    throw Exception(ErrorCode::Unsupported, what,
                    "write a Hugging Face folder, and convert that with llama.cpp's convert_hf_to_gguf.py", where);
}

/// llama.cpp's numbers for what most tensors of a file are stored as.
std::int64_t fileTypeOf(DType dtype)
{
    switch (dtype) {
    case DType::F32:
        return 0;
    case DType::F16:
        return 1;
    case DType::Q8_0:
        return 7;
    case DType::BF16:
        return 32;
    default:
        throw Exception(ErrorCode::InvalidArgument, std::string("a model is not written as ") + dtypeName(dtype),
                        "choose f32, bf16, f16 or q8_0", "--dtype");
    }
}

/// Single → half, to the nearest, ties to even; beyond the range infinite.
std::uint16_t toHalf(float value)
{
    const auto bits = std::bit_cast<std::uint32_t>(value);
    const auto sign = static_cast<std::uint16_t>((bits >> 16U) & 0x8000U);
    const float magnitude = std::fabs(value);
    if (magnitude >= 65520.0F) {
        return sign | 0x7c00U;
    }
    if (magnitude < 0x1p-14F) { // subnormal: a whole number of 2^-24
        return sign | static_cast<std::uint16_t>(std::lrintf(magnitude * 0x1p24F));
    }
    const std::uint32_t rounded = (bits & 0x7fffffffU) + 0xfffU + ((bits >> 13U) & 1U);
    return sign | static_cast<std::uint16_t>((rounded - 0x38000000U) >> 13U);
}

std::uint16_t toBfloat(float value)
{
    const auto bits = std::bit_cast<std::uint32_t>(value);
    return static_cast<std::uint16_t>((bits + 0x7fffU + ((bits >> 16U) & 1U)) >> 16U);
}

void putQ80(std::span<const float> block, std::byte* out)
{
    float largest = 0;
    for (const float value : block) {
        largest = std::max(largest, std::fabs(value));
    }
    const float d = largest / 127;
    const float inverse = d == 0 ? 0 : 1 / d;
    const std::uint16_t stored = toHalf(d);
    std::memcpy(out, &stored, sizeof stored);
    for (std::size_t i = 0; i < kBlock; ++i) {
        out[2 + i] = static_cast<std::byte>(static_cast<std::int8_t>(std::round(block[i] * inverse)));
    }
}

template <typename Convert>
void putHalves(std::span<const float> values, std::vector<std::byte>& out, const Convert& convert)
{
    for (std::size_t i = 0; i < values.size(); ++i) {
        const std::uint16_t stored = convert(values[i]);
        std::memcpy(&out[2 * i], &stored, sizeof stored);
    }
}

void addRope(GgufEntries& entries, const ModelConfig& config, const std::string& key, bool hasDivisors, const std::string& where)
{
    entries.addNumber(key + "rope.freq_base", config.ropeTheta);
    entries.addCount(key + "rope.dimension_count", config.shape.headSize);
    const std::string& kind = config.ropeScaling.kind;
    if (kind == "linear") {
        entries.addText(key + "rope.scaling.type", "linear");
        entries.addNumber(key + "rope.scaling.factor", config.ropeScaling.factor);
    } else if (!kind.empty() && !hasDivisors) {
        cannotWriteGguf("a model with the rotary scaling '" + kind + "' is not written as a GGUF file by this program", where);
    }
}

/// What llama.cpp takes for granted in a family.
void checkGranted(const ModelConfig& config, const std::string& where)
{
    for (std::size_t layer = 0; layer < config.unrotatedLayers.size(); ++layer) {
        if (config.unrotatedLayers[layer] != ((layer + 1) % 4 == 0)) {
            cannotWriteGguf("the layers without positions are not every fourth one, and a GGUF file cannot say which they are",
                            where);
        }
    }
    if (config.slidingWindow > 0 && (knownFamily(config.family).windows != Windows::All || !config.slidingLayers.empty())) {
        cannotWriteGguf("a sliding window in a " + config.family + " model is not written as a GGUF file by this program", where);
    }
}

} // namespace

DType GgufStorage::typeOf(const std::vector<std::int64_t>& shape) const
{
    if (shape.size() < 2) {
        return DType::F32;
    }
    return matrices == DType::Q8_0 && shape.back() % static_cast<std::int64_t>(kBlock) != 0 ? DType::F16 : matrices;
}

GgufEntries ggufModelEntries(const ModelFiles& model, const GgufStorage& storage, bool hasRotaryDivisors)
{
    const std::string where = model.path.string();
    const ModelConfig& config = model.config;
    const ModelShape& s = config.shape;
    const std::string architecture = ggufArchitectureOf(config.family).name;
    const std::string key = architecture + ".";
    checkGranted(config, where);
    GgufEntries entries;
    entries.addText("general.architecture", architecture);
    entries.addText("general.type", "model");
    entries.addText("general.name", config.name);
    entries.addCount("general.file_type", fileTypeOf(storage.matrices));
    entries.addCount("general.quantization_version", 2);
    entries.addCount(key + "vocab_size", s.vocabulary);
    entries.addCount(key + "context_length", config.contextLength);
    entries.addCount(key + "embedding_length", s.hidden);
    entries.addCount(key + "block_count", s.layers);
    entries.addCount(key + "feed_forward_length", s.feedForward);
    entries.addCount(key + "attention.head_count", s.heads);
    entries.addCount(key + "attention.head_count_kv", s.kvHeads);
    entries.addCount(key + "attention.key_length", s.headSize);
    entries.addCount(key + "attention.value_length", s.headSize);
    entries.addNumber(key + "attention.layer_norm_rms_epsilon", config.rmsEpsilon);
    if (config.slidingWindow > 0) {
        entries.addCount(key + "attention.sliding_window", config.slidingWindow);
    }
    addRope(entries, config, key, hasRotaryDivisors, where);
    addTokenizer(entries, model);
    return entries;
}

std::string ggufTensorName(const std::string& huggingFaceName, const std::string& where)
{
    const auto name = ggufName(huggingFaceName);
    if (!name) {
        cannotWriteGguf("the tensor '" + huggingFaceName + "' has no name in GGUF files", where);
    }
    return *name;
}

std::int64_t headsToReorder(const std::string& huggingFaceName, const ModelConfig& config)
{
    if (!ggufArchitectureOf(config.family).permutesQueryKey) {
        return 0;
    }
    const bool isQuery = huggingFaceName.find(".self_attn.q_proj.") != std::string::npos;
    const bool isKey = huggingFaceName.find(".self_attn.k_proj.") != std::string::npos;
    return isQuery ? config.shape.heads : isKey ? config.shape.kvHeads : 0;
}

std::vector<std::byte> converted(std::span<const float> values, DType type, const std::string& what)
{
    std::vector<std::byte> out(static_cast<std::size_t>(byteSize(type, values.size()).value()));
    const float largest = type == DType::F16 ? 65519.0F : std::numeric_limits<float>::max();
    for (const float value : values) {
        if (!(std::fabs(value) <= largest)) { // also refuses NaN
            throw Exception(ErrorCode::NonFinite, "'" + what + "' has a weight that " + dtypeName(type) + " cannot hold",
                            "export as bf16 or f32", "");
        }
    }
    switch (type) {
    case DType::F32:
        std::memcpy(out.data(), values.data(), out.size());
        break;
    case DType::F16:
        putHalves(values, out, toHalf);
        break;
    case DType::BF16:
        putHalves(values, out, toBfloat);
        break;
    default: // Q8_0, as GgufStorage says
        for (std::size_t block = 0; block < values.size() / kBlock; ++block) {
            putQ80(values.subspan(block * kBlock, kBlock), &out[block * 34]);
        }
    }
    return out;
}

} // namespace lori::formats
