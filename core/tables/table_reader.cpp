// SPDX-License-Identifier: Apache-2.0
#include "core/tables/table_reader.h"

#include "core/support/error.h"
#include "core/tables/plugin.h"

#include <array>
#include <dlfcn.h>
#include <exception>
#include <string>
#include <vector>

namespace lori::tables {

namespace {

namespace fs = std::filesystem;

constexpr const char* kConvert =
    "install pyarrow and build again (packaging/install-deps.sh does), or write the table as JSON lines: in Python "
    "pandas.read_parquet(…).to_json(…, orient=\"records\", lines=True)";

/// The library beside the program (build tree) or in lib/lori-workbench (installed). Never unloaded: Arrow keeps threads.
LoriReadTable loadPlugin(const fs::path& forFile)
{
    std::error_code ignored;
    const fs::path program = fs::read_symlink("/proc/self/exe", ignored).parent_path();
    for (const fs::path& place : {program / kPluginFile, program.parent_path() / "lib" / "lori-workbench" / kPluginFile}) {
        if (!fs::exists(place, ignored)) {
            continue;
        }
        void* library = ::dlopen(place.c_str(), RTLD_NOW | RTLD_LOCAL);
        void* symbol = library == nullptr ? nullptr : ::dlsym(library, kReadTableSymbol);
        if (symbol == nullptr) {
            const char* why = ::dlerror();
            throw Exception(ErrorCode::Unsupported,
                            std::string("Parquet and Arrow cannot be read: ") + (why == nullptr ? "unknown reason" : why),
                            kConvert, forFile.string());
        }
        return reinterpret_cast<LoriReadTable>(symbol); // dlsym's way to hand out a function
    }
    throw Exception(ErrorCode::Unsupported, "this is a Parquet or Arrow table, and this build cannot read those", kConvert,
                    forFile.string());
}

/// What the sink is called with across the border: exceptions wait here, because none may cross it.
struct Crossing {
    const RowSink& sink;
    std::exception_ptr failure;
};

int takeRow(void* context, const char* json, std::size_t bytes)
{
    auto& crossing = *static_cast<Crossing*>(context);
    try {
        return crossing.sink({json, bytes}) ? 1 : 0;
    } catch (...) {
        crossing.failure = std::current_exception();
        return 0;
    }
}

} // namespace

void readTable(const fs::path& path, const RowSink& sink)
{
    static const LoriReadTable read = loadPlugin(path); // tried again after a failure
    Crossing crossing{sink, nullptr};
    std::array<char, 512> error{};
    const int status = read(path.c_str(), takeRow, &crossing, error.data(), error.size());
    if (crossing.failure) {
        std::rethrow_exception(crossing.failure);
    }
    if (status != 0) {
        throw Exception(ErrorCode::BadFile, error.data(), "download it again, or write it again", path.string());
    }
}

} // namespace lori::tables
