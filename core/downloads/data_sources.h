// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace lori::downloads {

/// What is done with a downloaded file before it is put in place.
enum class Conversion : std::uint8_t {
    None,     ///< JSONL as published
    JsonList, ///< a JSON list of objects → one object a line
    Gunzip,   ///< gzip → JSONL
};

/// One published file. Numbers are of the published bytes, before conversion.
struct SourceFile {
    std::string path;   ///< below the address of the host: "OWNER/REPOSITORY/COMMIT/PATH"
    std::string target; ///< below the data folder: "nlu/boolq/test.jsonl"
    Conversion conversion = Conversion::None;
    std::string sha256;      ///< "" = not known: the file cannot be verified, and that is said
    std::uint64_t bytes = 0; ///< 0 = not known
};

struct DataSource {
    std::string name;    ///< what a person types
    std::string group;   ///< "nlu", "math", "code", "safety"
    std::string what;    ///< one plain sentence
    std::string licence; ///< as its source states it
    std::vector<SourceFile> files;
};

/// Where SourceFile::path begins, unless a mirror is named.
inline constexpr std::string_view kDataHost = "https://raw.githubusercontent.com";

/// The one table of data sets that can be fetched.
[[nodiscard]] const std::vector<DataSource>& dataSources();

} // namespace lori::downloads
