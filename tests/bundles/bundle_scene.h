// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/bundles/bundle.h"
#include "core/jobs/run_folder.h"
#include "core/support/files.h"

#include <QTemporaryDir>

#include <fstream>
#include <map>
#include <string>

namespace lori::bundles::test {

namespace fs = std::filesystem;

inline void writeText(const fs::path& file, const std::string& text)
{
    fs::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary | std::ios::trunc) << text;
}

/// Every file below a folder with its bytes; nothing when there is no folder.
inline std::map<std::string, std::string> contentOf(const fs::path& folder)
{
    std::map<std::string, std::string> content;
    std::error_code none;
    for (const auto& entry : fs::recursive_directory_iterator(folder, none)) {
        if (entry.is_regular_file()) {
            content[entry.path().lexically_relative(folder).string()] = readTextFile(entry.path()).value();
        }
    }
    return content;
}

/// Two homes beside each other, a run with everything a run has in the first.
struct Scene {
    QTemporaryDir folder;
    fs::path root = folder.path().toStdString();
    Home here{root / "here"};
    Home there{root / "there"};
    fs::path file = root / "sent.lori";
    fs::path run;

    Scene()
    {
        run = jobs::RunFolder::createOrOpen(here, experiment::findPreset("quick-look").value().config,
                                            "20261121-141530-quick-look-kfqz")
                  .value()
                  .path();
        writeText(run / "events.jsonl", "{\"v\":1,\"seq\":1,\"timeMs\":5,\"type\":\"finished\",\"seconds\":4}\n");
        writeText(run / "result.json", "{}");
        writeText(run / "report.md", "# Report\n");
        writeText(run / "items" / "before.jsonl", std::string(100'000, 'i'));
        writeText(run / "masks" / "1-mask.safetensors", "mask");
        writeText(run / "adapter" / "0-lori-d" / "adapter_config.json", "{}");
        writeText(run / "adapter" / "0-lori-d" / "adapter_model.safetensors", std::string(300'000, 'w'));
        writeText(run / "checkpoints" / "stage-0-step-8.safetensors", "checkpoint");
        writeText(run / "run.lock", "{\"pid\":1}");
        writeText(run / "control.jsonl", "{}");
        writeText(run / ".hidden", "h");
        fs::create_symlink("/etc/hostname", run / "linked.txt");
    }
    [[nodiscard]] Written write(const WriteOptions& options = {}) const
    {
        return writeBundle(file, {{run, true, {"Quick look", "a **note**", {"good", "paper"}}}}, options).value();
    }
    /// What of the run is expected to arrive.
    [[nodiscard]] std::map<std::string, std::string> packedContent(bool withAdapters) const
    {
        auto content = contentOf(run);
        for (auto at = content.begin(); at != content.end();) {
            const std::string& name = at->first;
            const bool stays = !name.starts_with("checkpoints/") && name != "run.lock" && name != "control.jsonl" &&
                               name != ".hidden" && name != "linked.txt" && (withAdapters || !name.starts_with("adapter/"));
            at = stays ? std::next(at) : content.erase(at);
        }
        return content;
    }
    /// Nothing in the other home but perhaps empty folders.
    [[nodiscard]] bool nothingCame() const
    {
        return contentOf(there.root).empty() && (!fs::exists(there.runs()) || fs::is_empty(there.runs())) &&
               (!fs::exists(there.jobs()) || fs::is_empty(there.jobs()));
    }
};

} // namespace lori::bundles::test
