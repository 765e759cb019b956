// SPDX-License-Identifier: Apache-2.0
#pragma once

// What torch.save writes of Python's pickle format. Nothing is ever run or imported: the few names that stand for tensors and
// containers are known here, every other name is refused. Internal to this room.

#include "core/formats/tensor_file.h"

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace lori::formats {

/// A value of a pickle, by its place in Pickle::values. Values refer to each other by place, so that a list that holds itself is
/// no danger.
using PickleRef = std::uint32_t;

struct PickleSequence {
    std::vector<PickleRef> items; ///< of a tuple or a list
};
struct PickleDictionary {
    std::vector<std::pair<PickleRef, PickleRef>> items; ///< in the order of the file
};
/// A whole number beyond 64 bits; nothing needs its value.
struct PickleBigInteger {};
/// What torch's persistent identifiers name: the numbers of one or more tensors.
struct PickleStorage {
    DType dtype = DType::F32;
    std::string key;
    std::int64_t entries = 0;
};
struct PickleTensor {
    PickleRef storage = 0;
    std::int64_t offset = 0; ///< entries
    std::vector<std::int64_t> shape;
    std::vector<std::int64_t> strides; ///< entries; as many as dimensions, none negative
};
/// The callables that may be named.
enum class PickleName : std::uint8_t { RebuildTensor, RebuildParameter, OrderedDict, Size, Storage };
struct PickleCallable {
    PickleName name = PickleName::RebuildTensor;
    DType dtype = DType::F32; ///< of Storage
};
/// Texts are views into the pickle's bytes, valid UTF-8.
using PickleValue = std::variant<std::monostate, bool, std::int64_t, double, std::string_view, PickleBigInteger, PickleSequence,
                                 PickleDictionary, PickleStorage, PickleTensor, PickleCallable>;

struct Pickle {
    std::deque<PickleValue> values;
    PickleRef root = 0;
    std::size_t length = 0; ///< bytes read, up to and with the STOP
    [[nodiscard]] const PickleValue& at(PickleRef ref) const { return values[ref]; }
};

/// Reads one pickle from the front of `bytes`, which must outlive the result.
/// Throws BadFile (damaged) and Unsupported (a name that is not known, said by name; an instruction that torch.save never uses).
[[nodiscard]] Pickle readPickle(std::span<const std::byte> bytes, const std::string& where);

/// The callable that "module" and "name" stand for. Throws Unsupported, naming both, for every other.
[[nodiscard]] PickleCallable callableNamed(std::string_view module, std::string_view name, const std::string& where);
/// What calling it with a tuple of arguments gives: a tensor, a container. Throws BadFile when the arguments do not fit.
[[nodiscard]] PickleValue callPickle(const Pickle& pickle, const PickleCallable& callable, PickleRef arguments,
                                     const std::string& where);
/// The storage that a persistent identifier names. Throws BadFile.
[[nodiscard]] PickleValue persistentStorage(const Pickle& pickle, PickleRef identifier, const std::string& where);

/// For an error's sentence: at most 100 bytes, no control characters.
[[nodiscard]] std::string shownText(std::string_view text);

} // namespace lori::formats
