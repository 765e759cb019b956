// SPDX-License-Identifier: Apache-2.0
// A model cut into several GGUF files: NAME-00001-of-00003.gguf and so on. Each part has a header of its own with some of the
// tensors; the first has the metadata of all.
#include "core/formats/gguf_file.h"

#include <array>
#include <cstdio>
#include <iterator>
#include <set>

namespace lori::formats {

namespace {

constexpr std::int64_t kMaxParts = 65535; // 'split.count' has 16 bits

std::string partEnding(std::int64_t number, std::int64_t count)
{
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "-%05lld-of-%05lld.gguf", static_cast<long long>(number), // NOLINT: fixed width
                  static_cast<long long>(count));
    return text.data();
}

struct Place {
    std::int64_t number = 0; ///< of this part, from 0
    std::int64_t count = 1;  ///< of all
};
Place placeOf(const GgufMetadata& metadata)
{
    if (metadata.integer("split.count").value_or(0) <= 1) {
        return {};
    }
    const std::int64_t count = metadata.requireInteger("split.count", 2, kMaxParts);
    return {metadata.requireInteger("split.no", 0, count - 1), count};
}

/// The file of another part, by the name of this one.
std::filesystem::path partPath(const std::filesystem::path& path, const Place& own, std::int64_t number)
{
    const std::string name = path.filename().string();
    const std::string ending = partEnding(own.number + 1, own.count);
    if (!name.ends_with(ending)) {
        throw Exception(ErrorCode::BadFile,
                        "this is part " + std::to_string(own.number + 1) + " of " + std::to_string(own.count) +
                            " of a model, but its name does not end in '" + ending + "', so the others cannot be found",
                        "give all parts the names that they were made with", path.string());
    }
    return path.parent_path() / (name.substr(0, name.size() - ending.size()) + partEnding(number + 1, own.count));
}

GgufFile openPart(const std::filesystem::path& path, const Place& place, const std::filesystem::path& askedFor)
{
    std::error_code ignored; // a file that cannot be seen is not there
    if (!std::filesystem::exists(path, ignored)) {
        throw Exception(ErrorCode::NotFound,
                        "part " + std::to_string(place.number + 1) + " of " + std::to_string(place.count) +
                            " of the model is missing: there is no '" + path.filename().string() + "'",
                        "put all parts into one folder", askedFor.string());
    }
    GgufFile part = openGgufPart(path);
    const Place found = placeOf(part.metadata);
    if (found.number != place.number || found.count != place.count) {
        throw Exception(ErrorCode::BadFile,
                        "this file says that it is part " + std::to_string(found.number + 1) + " of " +
                            std::to_string(found.count) + ", but its name says " + std::to_string(place.number + 1) + " of " +
                            std::to_string(place.count),
                        "download the model's parts again", path.string());
    }
    return part;
}

void checkAllThere(const GgufFile& whole)
{
    std::set<std::string> names;
    for (const TensorView& tensor : whole.tensors) {
        if (!names.insert(tensor.name).second) {
            throw Exception(ErrorCode::BadFile, "the tensor '" + tensor.name + "' occurs in two parts",
                            "download the model's parts again", whole.metadata.where());
        }
    }
    const auto expected = whole.metadata.integer("split.tensors.count");
    if (expected && *expected != static_cast<std::int64_t>(names.size())) {
        throw Exception(ErrorCode::BadFile,
                        "the parts hold " + std::to_string(names.size()) + " tensors, but the first names " +
                            std::to_string(*expected),
                        "download the model's parts again", whole.metadata.where());
    }
}

} // namespace

GgufFile openGguf(const std::filesystem::path& path)
{
    GgufFile asked = openGgufPart(path);
    const Place own = placeOf(asked.metadata);
    if (own.count == 1) {
        return asked;
    }
    GgufFile whole;
    for (std::int64_t number = 0; number < own.count; ++number) {
        const Place place{number, own.count};
        GgufFile part = number == own.number ? std::move(asked) : openPart(partPath(path, own, number), place, path);
        if (number == 0) {
            whole.metadata = std::move(part.metadata);
        }
        std::move(part.files.begin(), part.files.end(), std::back_inserter(whole.files));
        std::move(part.tensors.begin(), part.tensors.end(), std::back_inserter(whole.tensors));
    }
    checkAllThere(whole);
    return whole;
}

} // namespace lori::formats
