// SPDX-License-Identifier: Apache-2.0
#include "core/formats/adapter_files.h"
#include "core/formats/adapter_names.h"
#include "core/formats/checked.h"
#include "core/formats/json_fields.h"
#include "core/formats/torch_file.h"
#include "core/formats/torch_mask.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

namespace lori::formats {

using nlohmann::json;

namespace {

constexpr const char* kFormat = "lori-mask";
constexpr std::int64_t kVersion = 1;

std::size_t byteCount(std::int64_t out, std::int64_t rank)
{
    return static_cast<std::size_t>((out * rank + 7) / 8);
}

/// Bits of the last byte that stand for no entry.
std::uint8_t unusedBits(std::int64_t out, std::int64_t rank)
{
    const auto used = static_cast<unsigned>((out * rank) & 7);
    return used == 0 ? 0 : static_cast<std::uint8_t>(0xffU << used);
}

[[noreturn]] void damagedMask(const std::string& what, const std::string& where)
{
    throw Exception(ErrorCode::BadFile, what, "extract the mask again", where);
}

void checkSizes(const ModuleMask& module, ErrorCode code, const std::string& where)
{
    const std::string name = moduleName({module.layer, module.projection});
    const bool hasShape = module.out > 0 && module.rank > 0 && module.out <= (std::int64_t{1} << 40) / module.rank;
    if (!hasShape || module.bits.size() != byteCount(module.out, module.rank)) {
        throw Exception(code,
                        "the mask of '" + name + "' has " + std::to_string(module.bits.size()) + " bytes for the shape [" +
                            std::to_string(module.out) + ", " + std::to_string(module.rank) + "]",
                        "extract the mask again", where);
    }
    if ((module.bits.back() & unusedBits(module.out, module.rank)) != 0) {
        throw Exception(code, "the mask of '" + name + "' has bits set behind its last entry", "extract the mask again", where);
    }
}

/// The settings, as one JSON text, because metadata of safetensors holds only text. NaN is written as null.
json settingsToJson(const Mask& mask)
{
    json shapes = json::object();
    for (const ModuleMask& module : mask.modules) {
        shapes[moduleName({module.layer, module.projection})] = {module.out, module.rank};
    }
    return {{"version", kVersion},
            {"sparsity", mask.sparsity},
            {"scope", mask.scope},
            {"rule", mask.rule},
            {"threshold", std::isfinite(mask.threshold) ? json(mask.threshold) : json(nullptr)},
            {"shapes", std::move(shapes)}};
}

ModuleMask moduleOf(const TensorView& tensor, const json& shapes, const std::string& where)
{
    const auto name = moduleFromName(tensor.name);
    const auto shape = shapes.find(tensor.name);
    if (!name || tensor.dtype != DType::U8 || shape == shapes.end()) {
        damagedMask("the tensor '" + tensor.name + "' is no mask of a module", where);
    }
    const bool isPair =
        shape->is_array() && shape->size() == 2 && shape->at(0).is_number_unsigned() && shape->at(1).is_number_unsigned();
    if (!isPair) {
        damagedMask("the shape of '" + tensor.name + "' is " + shape->dump() + ", not two counts", where);
    }
    ModuleMask module;
    module.layer = name->layer;
    module.projection = name->projection;
    module.out = shape->at(0).get<std::int64_t>();
    module.rank = shape->at(1).get<std::int64_t>();
    module.bits.resize(tensor.bytes.size());
    std::transform(tensor.bytes.begin(), tensor.bytes.end(), module.bits.begin(),
                   [](std::byte b) { return std::to_integer<std::uint8_t>(b); });
    checkSizes(module, ErrorCode::BadFile, where);
    return module;
}

void sortModules(std::vector<ModuleMask>& modules)
{
    std::sort(modules.begin(), modules.end(), [](const ModuleMask& a, const ModuleMask& b) {
        return ModuleName{a.layer, a.projection} < ModuleName{b.layer, b.projection};
    });
}

} // namespace

std::int64_t ModuleMask::kept() const
{
    std::int64_t sum = 0;
    for (const std::uint8_t byte : bits) {
        sum += std::popcount(byte);
    }
    return sum;
}

std::int64_t Mask::kept() const
{
    std::int64_t sum = 0;
    for (const ModuleMask& module : modules) {
        sum += module.kept();
    }
    return sum;
}

std::int64_t Mask::total() const
{
    std::int64_t sum = 0;
    for (const ModuleMask& module : modules) {
        sum += module.out * module.rank;
    }
    return sum;
}

Result<void> writeMask(const std::filesystem::path& file, const Mask& mask)
{
    return guard([&] {
        std::vector<TensorToWrite> tensors;
        for (const ModuleMask& module : mask.modules) {
            checkSizes(module, ErrorCode::InvalidArgument, file.string());
            tensors.push_back({moduleName({module.layer, module.projection}),
                               DType::U8,
                               {static_cast<std::int64_t>(module.bits.size())},
                               std::as_bytes(std::span(module.bits))});
        }
        writeSafetensors(file, tensors, {{"format", kFormat}, {"settings", settingsToJson(mask).dump()}}).value();
    });
}

Result<Mask> readMask(const std::filesystem::path& file)
{
    return guard([&] {
        if (isTorchFile(file)) {
            return readTorchMask(file);
        }
        const std::string where = file.string();
        const SafetensorsFile opened = openSafetensors(file).value();
        const auto format = opened.metadata.find("format");
        const auto settingsText = opened.metadata.find("settings");
        if (format == opened.metadata.end() || format->second != kFormat || settingsText == opened.metadata.end()) {
            throw Exception(ErrorCode::BadFile, "this is not a mask", "choose a mask.safetensors or the authors' *_mask.pt",
                            where);
        }
        const json settings = parseObject(settingsText->second, where);
        const Fields fields(settings, where);
        if (fields.integer("version", 1, std::int64_t{1} << 31) > kVersion) {
            throw Exception(ErrorCode::NewerVersion, "the mask was written by a newer version of this program",
                            "update this program", where);
        }
        Mask mask;
        mask.sparsity = fields.number("sparsity", 0, 1);
        mask.scope = fields.text("scope");
        mask.rule = fields.text("rule");
        mask.threshold =
            fields.numberOr("threshold", 0, std::numeric_limits<double>::max(), std::numeric_limits<double>::quiet_NaN());
        const json* shapes = fields.find("shapes");
        if (shapes == nullptr || !shapes->is_object() || shapes->size() != opened.file->tensors().size() || shapes->empty()) {
            fields.refuse("shapes", "does not list the file's modules");
        }
        for (const TensorView& tensor : opened.file->tensors()) {
            mask.modules.push_back(moduleOf(tensor, *shapes, where));
        }
        sortModules(mask.modules);
        return mask;
    });
}

} // namespace lori::formats
