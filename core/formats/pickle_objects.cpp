// SPDX-License-Identifier: Apache-2.0
#include "core/formats/checked.h"
#include "core/formats/pickle.h"

#include <algorithm>
#include <array>
#include <optional>

namespace lori::formats {

namespace {

constexpr std::size_t kMaxDimensions = 8;                   // weights have two; a copy of a shape must stay small
constexpr std::int64_t kMaxEntries = std::int64_t{1} << 48; // times 8 bytes is still a number of bytes

struct StorageName {
    std::string_view name;
    DType dtype;
};
constexpr std::array<StorageName, 10> kStorages{{{"BoolStorage", DType::Bool},
                                                 {"FloatStorage", DType::F32},
                                                 {"DoubleStorage", DType::F64},
                                                 {"HalfStorage", DType::F16},
                                                 {"BFloat16Storage", DType::BF16},
                                                 {"LongStorage", DType::I64},
                                                 {"IntStorage", DType::I32},
                                                 {"ShortStorage", DType::I16},
                                                 {"CharStorage", DType::I8},
                                                 {"ByteStorage", DType::U8}}};

[[noreturn]] void damagedPickle(const std::string& what, const std::string& where)
{
    throw Exception(ErrorCode::BadFile, what, "the file is damaged: download it again", where);
}

template <typename T>
const T* as(const Pickle& pickle, PickleRef ref)
{
    return std::get_if<T>(&pickle.at(ref));
}

std::int64_t countAt(const Pickle& pickle, PickleRef ref, const char* what, const std::string& where)
{
    const auto* value = as<std::int64_t>(pickle, ref);
    if (value == nullptr || *value < 0) {
        damagedPickle(std::string("the ") + what + " of a tensor is not a count", where);
    }
    return *value;
}

std::vector<std::int64_t> countsAt(const Pickle& pickle, PickleRef ref, const char* what, const std::string& where)
{
    const auto* list = as<PickleSequence>(pickle, ref);
    if (list == nullptr || list->items.size() > kMaxDimensions) {
        damagedPickle(std::string("the ") + what + " of a tensor is not a list of at most 8 counts", where);
    }
    std::vector<std::int64_t> counts;
    for (const PickleRef item : list->items) {
        counts.push_back(countAt(pickle, item, what, where));
    }
    return counts;
}

/// Throws unless every entry lies within the storage.
void checkPlace(const PickleTensor& tensor, const PickleStorage& storage, const std::string& where)
{
    const std::string hint = " of a tensor in the storage '" + shownText(storage.key) + "'";
    if (tensor.shape.size() != tensor.strides.size()) {
        damagedPickle("shape and strides" + hint + " have different lengths", where);
    }
    std::vector<std::uint64_t> extents(tensor.shape.begin(), tensor.shape.end());
    const auto count = entryCount(extents);
    auto last = std::optional(static_cast<std::uint64_t>(tensor.offset));
    for (std::size_t i = 0; i < tensor.shape.size() && count.value_or(0) > 0; ++i) {
        const auto step =
            multiplied(static_cast<std::uint64_t>(tensor.shape[i] - 1), static_cast<std::uint64_t>(tensor.strides[i]));
        last = last && step ? added(*last, *step) : std::nullopt;
    }
    const auto held = static_cast<std::uint64_t>(storage.entries);
    const bool fits = count && (*count == 0 || (last && *last < held && *count <= held));
    if (!fits) {
        damagedPickle("the shape " + shapeText(tensor.shape) + hint + " does not fit its " + std::to_string(held) + " entries",
                      where);
    }
}

/// _rebuild_tensor_v2(storage, offset, size, stride, requires_grad, hooks[, metadata]).
PickleValue rebuiltTensor(const Pickle& pickle, const PickleSequence& arguments, const std::string& where)
{
    if (arguments.items.size() < 4 || arguments.items.size() > 7) {
        damagedPickle("a tensor is built from " + std::to_string(arguments.items.size()) + " values instead of 6", where);
    }
    const auto* storage = as<PickleStorage>(pickle, arguments.items[0]);
    if (storage == nullptr) {
        damagedPickle("a tensor is built from something that is no storage", where);
    }
    PickleTensor tensor;
    tensor.storage = arguments.items[0];
    tensor.offset = countAt(pickle, arguments.items[1], "offset", where);
    tensor.shape = countsAt(pickle, arguments.items[2], "shape", where);
    tensor.strides = countsAt(pickle, arguments.items[3], "strides", where);
    checkPlace(tensor, *storage, where);
    return tensor;
}

/// _rebuild_parameter(data, requires_grad, hooks): the tensor itself.
PickleValue rebuiltParameter(const Pickle& pickle, const PickleSequence& arguments, const std::string& where)
{
    const PickleTensor* tensor = arguments.items.empty() ? nullptr : as<PickleTensor>(pickle, arguments.items[0]);
    if (tensor == nullptr) {
        damagedPickle("a parameter is built from something that is no tensor", where);
    }
    return *tensor;
}

} // namespace

std::string shownText(std::string_view text)
{
    std::string shown(text.substr(0, 100));
    while (shown.size() == 100 && !shown.empty() && (static_cast<unsigned char>(shown.back()) & 0x80U) != 0) {
        shown.pop_back(); // do not cut a character in two
    }
    std::replace_if(
        shown.begin(), shown.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }, ' ');
    return shown;
}

PickleCallable callableNamed(std::string_view module, std::string_view name, const std::string& where)
{
    if (module == "torch._utils" && name == "_rebuild_tensor_v2") {
        return {PickleName::RebuildTensor, DType::F32};
    }
    if (module == "torch._utils" && name == "_rebuild_parameter") {
        return {PickleName::RebuildParameter, DType::F32};
    }
    if (module == "collections" && name == "OrderedDict") {
        return {PickleName::OrderedDict, DType::F32};
    }
    if (module == "torch" && name == "Size") {
        return {PickleName::Size, DType::F32};
    }
    const auto storage = std::find_if(kStorages.begin(), kStorages.end(), [&](const StorageName& s) { return s.name == name; });
    if (module == "torch" && storage != kStorages.end()) {
        return {PickleName::Storage, storage->dtype};
    }
    throw Exception(ErrorCode::Unsupported,
                    "the file names '" + shownText(std::string(module) + "." + std::string(name)) +
                        "', which is no tensor and no container, so it was not read and nothing of it was run",
                    "open only files that hold tensors alone; loading this one with Python may run what it names", where);
}

PickleValue callPickle(const Pickle& pickle, const PickleCallable& callable, PickleRef arguments, const std::string& where)
{
    const auto* list = as<PickleSequence>(pickle, arguments);
    if (list == nullptr) {
        damagedPickle("a value of the pickle is built from something that is no tuple", where);
    }
    switch (callable.name) {
    case PickleName::RebuildTensor:
        return rebuiltTensor(pickle, *list, where);
    case PickleName::RebuildParameter:
        return rebuiltParameter(pickle, *list, where);
    case PickleName::OrderedDict:
        if (list->items.empty()) {
            return PickleDictionary{};
        }
        damagedPickle("an OrderedDict is built from values, which torch.save never does", where);
    case PickleName::Size:
        if (const auto* extents = list->items.size() == 1 ? as<PickleSequence>(pickle, list->items[0]) : nullptr;
            extents != nullptr && extents->items.size() <= kMaxDimensions) {
            return *extents;
        }
        damagedPickle("a torch.Size is not built from a tuple of at most 8 counts", where);
    case PickleName::Storage:
        break;
    }
    damagedPickle("a storage is built directly, which torch.save never does", where);
}

PickleValue persistentStorage(const Pickle& pickle, PickleRef identifier, const std::string& where)
{
    const auto* parts = as<PickleSequence>(pickle, identifier); // ("storage", type, key, device, entries[, view])
    if (parts == nullptr || parts->items.size() < 5 || parts->items.size() > 6) {
        damagedPickle("a persistent identifier of the pickle is not the one of a storage", where);
    }
    const auto* word = as<std::string_view>(pickle, parts->items[0]);
    const auto* type = as<PickleCallable>(pickle, parts->items[1]);
    const auto* key = as<std::string_view>(pickle, parts->items[2]);
    const auto* entries = as<std::int64_t>(pickle, parts->items[4]);
    const bool isView = parts->items.size() == 6 && as<std::monostate>(pickle, parts->items[5]) == nullptr;
    if (word == nullptr || *word != "storage" || type == nullptr || type->name != PickleName::Storage || key == nullptr ||
        entries == nullptr || *entries < 0 || *entries > kMaxEntries || isView) {
        damagedPickle("a persistent identifier of the pickle is not the one of a storage", where);
    }
    return PickleStorage{type->dtype, std::string(*key), *entries};
}

} // namespace lori::formats
