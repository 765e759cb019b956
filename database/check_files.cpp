// SPDX-License-Identifier: Apache-2.0
#include "database/check_files.h"

#include "core/formats/adapter_files.h"
#include "core/support/sha256.h"
#include "database/event_lines.h"
#include "database/item_file.h"
#include "database/sqlite_support.h"

namespace lori::database {

namespace fs = std::filesystem;

namespace {

/// One run's files under examination.
class FileCheck final {
public:
    FileCheck(const std::string& run, const fs::path& folder, CheckReport& report)
        : m_run(run), m_folder(folder), m_report(report)
    {
    }

    void adapter(const std::string& named, std::int64_t bytes, const std::string& sha256)
    {
        const std::string name = named + "/adapter_model.safetensors";
        const auto file = present(named.empty() ? named : name, "adapter");
        if (!file) {
            return;
        }
        const auto actualBytes = static_cast<std::int64_t>(sizeOf(*file));
        if (actualBytes != bytes) {
            add(Finding::Kind::FileDiffers,
                name + " has " + std::to_string(actualBytes) + " bytes, " + std::to_string(bytes) + " were recorded");
            return;
        }
        const auto hash = sha256OfFile(*file);
        if (!hash) {
            add(Finding::Kind::FileDiffers, hash.error().sentence());
        } else if (*hash != sha256) {
            add(Finding::Kind::FileDiffers, name + " has the SHA-256 " + *hash + ", " + sha256 + " was recorded");
        }
    }

    void mask(const std::string& named, std::int64_t kept, std::int64_t total)
    {
        const auto file = present(named, "mask");
        if (!file) {
            return;
        }
        const auto read = formats::readMask(*file);
        if (!read) {
            add(Finding::Kind::FileDiffers, read.error().sentence());
        } else if (read->kept() != kept || read->total() != total) {
            add(Finding::Kind::FileDiffers, named + " keeps " + std::to_string(read->kept()) + " of " +
                                                std::to_string(read->total()) + ", recorded were " + std::to_string(kept) +
                                                " of " + std::to_string(total));
        }
    }

    void items(const std::string& named) { static_cast<void>(present(named, "items file")); }

private:
    std::optional<fs::path> present(const std::string& named, const char* what)
    {
        ++m_report.files;
        const auto file = pathInFolder(m_folder, named);
        if (file && fs::is_regular_file(*file)) {
            return file;
        }
        add(Finding::Kind::FileMissing, std::string("the ") + what + " '" + named + "' is not there");
        return std::nullopt;
    }
    void add(Finding::Kind kind, std::string text) { m_report.findings.push_back({kind, m_run, std::move(text)}); }

    const std::string& m_run;
    const fs::path& m_folder;
    CheckReport& m_report;
};

} // namespace

void checkFiles(SQLite::Database& db, const std::string& run, const fs::path& folder, CheckReport& report)
{
    FileCheck check(run, folder, report);
    const std::int64_t number = requireRunNumber(db, run);
    SQLite::Statement adapters(db, "SELECT folder, bytes, sha256 FROM adapters WHERE run_id = ? ORDER BY stage");
    adapters.bind(1, number);
    while (adapters.executeStep()) {
        check.adapter(adapters.getColumn(0).getString(), adapters.getColumn(1).getInt64(), adapters.getColumn(2).getString());
    }
    SQLite::Statement masks(db, "SELECT file, kept, total FROM masks WHERE run_id = ? ORDER BY stage");
    masks.bind(1, number);
    while (masks.executeStep()) {
        check.mask(masks.getColumn(0).getString(), masks.getColumn(1).getInt64(), masks.getColumn(2).getInt64());
    }
    SQLite::Statement items(db, "SELECT DISTINCT items_file FROM evaluations WHERE run_id = ? AND items_file <> ''");
    items.bind(1, number);
    while (items.executeStep()) {
        check.items(items.getColumn(0).getString());
    }
}

} // namespace lori::database
