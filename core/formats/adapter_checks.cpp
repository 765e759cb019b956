// SPDX-License-Identifier: Apache-2.0
#include "core/formats/adapter_checks.h"

#include "core/formats/adapter_files.h"
#include "core/formats/adapter_names.h"
#include "core/formats/checked.h"
#include "core/formats/model_files.h"

#include <algorithm>
#include <cstring>

namespace lori::formats {

namespace {

[[noreturn]] void mismatch(const std::string& what, const AdapterFiles& adapter)
{
    throw Exception(ErrorCode::Mismatch, what,
                    adapter.baseModel.empty()
                        ? "name the model it was trained on: the adapter itself does not say which (--model)"
                        : "open it with the model it was trained on (" + adapter.baseModel + ")",
                    adapter.folder.string());
}

/// Whether all exponent bits of an entry are set: NaN and infinity in every IEEE type.
template <typename Bits>
bool anyFullExponent(std::span<const std::byte> bytes, Bits exponent)
{
    bool found = false;
    for (std::size_t i = 0; i + sizeof(Bits) <= bytes.size(); i += sizeof(Bits)) {
        Bits bits = 0;
        std::memcpy(&bits, bytes.data() + i, sizeof bits);
        found |= (bits & exponent) == exponent;
    }
    return found;
}

/// The same numbers, whatever their types; compared in pieces of whole rows.
bool sameValues(const TensorView& one, const TensorView& two)
{
    constexpr std::int64_t kPiece = 1 << 20;
    if (one.shape != two.shape) {
        return false;
    }
    const std::int64_t rows = one.shape.empty() ? 1 : std::max<std::int64_t>(1, one.shape[0]);
    const std::int64_t width = one.count() / rows;
    const auto piece = [&](const TensorView& whole, std::int64_t first, std::int64_t count) {
        TensorView part = whole;
        const std::size_t rowBytes = whole.bytes.size() / static_cast<std::size_t>(rows);
        part.shape = {count, width};
        part.bytes = whole.bytes.subspan(static_cast<std::size_t>(first) * rowBytes, static_cast<std::size_t>(count) * rowBytes);
        std::vector<float> values(static_cast<std::size_t>(part.count()));
        toFloat(part, values).value();
        releasePages(part);
        return values;
    };
    constexpr std::int64_t kBlock = 32; // of the quantized types, which cannot be cut inside one
    const std::int64_t atOnce = width % kBlock == 0 ? std::max<std::int64_t>(1, kPiece / std::max<std::int64_t>(1, width)) : rows;
    for (std::int64_t first = 0; first < rows; first += atOnce) {
        const std::int64_t count = std::min(atOnce, rows - first);
        if (piece(one, first, count) != piece(two, first, count)) { // NaN is never the same
            return false;
        }
    }
    return true;
}

const TensorView* baseTensor(const ModelFiles& base, const std::string& name)
{
    const TensorView* found = base.tensors->find(name);
    const bool isTiedHead = found == nullptr && name == "lm_head.weight" && base.config.shape.tiedEmbeddings;
    return isTiedHead ? base.tensors->find("model.embed_tokens.weight") : found;
}

} // namespace

bool allFinite(const TensorView& tensor)
{
    bool found = false;
    switch (tensor.dtype) {
    case DType::F64:
        found = anyFullExponent<std::uint64_t>(tensor.bytes, 0x7ff0000000000000ULL);
        break;
    case DType::F32:
        found = anyFullExponent<std::uint32_t>(tensor.bytes, 0x7f800000U);
        break;
    case DType::BF16:
        found = anyFullExponent<std::uint16_t>(tensor.bytes, 0x7f80U);
        break;
    case DType::F16:
        found = anyFullExponent<std::uint16_t>(tensor.bytes, 0x7c00U);
        break;
    default:
        break;
    }
    releasePages(tensor);
    return !found;
}

Result<void> checkAdapterFits(const AdapterFiles& adapter, const ModelShape& base)
{
    return guard([&] {
        for (const AdapterModule& module : adapter.modules) {
            const std::string name = moduleName({module.layer, module.projection});
            if (module.layer >= base.layers) {
                mismatch("the adapter has a module '" + name + "', but the base model has " + std::to_string(base.layers) +
                             " layers",
                         adapter);
            }
            const ProjectionShape shape = projectionShape(base, module.projection);
            const bool isInput = module.scale != nullptr && std::find(adapter.feedForward.begin(), adapter.feedForward.end(),
                                                                      module.projection) != adapter.feedForward.end();
            // An IA3 module says only one of its two sizes; the other is taken as right.
            const std::int64_t in = module.a != nullptr ? module.a->shape[1] : isInput ? module.scale->shape[1] : shape.in;
            const std::int64_t out = module.b != nullptr ? module.b->shape[0] : isInput ? shape.out : module.scale->shape[0];
            if (in != shape.in || out != shape.out) {
                mismatch("'" + name + "' of the adapter is [" + std::to_string(out) + ", " + std::to_string(in) +
                             "], but the base model's is [" + std::to_string(shape.out) + ", " + std::to_string(shape.in) + "]",
                         adapter);
            }
        }
    });
}

Result<void> checkSavedTensors(const AdapterFiles& adapter, const ModelFiles& base)
{
    return guard([&] {
        for (const SavedTensor& saved : adapter.savedTensors) {
            const TensorView* own = baseTensor(base, saved.name);
            if (own == nullptr) {
                throw Exception(
                    ErrorCode::Unsupported, "the adapter holds '" + saved.view->name + "', which is no tensor of this base model",
                    "merge it into its model with PEFT (merge_and_unload) and open that model", adapter.folder.string());
            }
            if (own->shape != saved.view->shape) {
                throw Exception(ErrorCode::Mismatch,
                                "the adapter's '" + saved.name + "' is " + shapeText(saved.view->shape) + ", the base model's " +
                                    shapeText(own->shape) + ": its vocabulary was changed before training",
                                "open it with the model it was trained on, resized, or merge it there with PEFT",
                                adapter.folder.string());
            }
            if (!sameValues(*saved.view, *own)) {
                throw Exception(ErrorCode::Unsupported,
                                "the adapter also changes '" + saved.name +
                                    "', and this program applies only changes of linear "
                                    "layers",
                                "merge it into its model with PEFT (merge_and_unload) and open that model",
                                adapter.folder.string());
            }
        }
    });
}

} // namespace lori::formats
