// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/adapter_record.h"
#include "core/jobs/run_folder.h"
#include "tests/ui/window_fixture.h"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace lori::ui::test {

/// An adapter's folder as the program writes it, without tensors: lists read none.
inline void writeAdapter(const std::filesystem::path& folder, const formats::AdapterRecord& record)
{
    std::filesystem::create_directories(folder);
    const nlohmann::json config{{"peft_type", "LORA"}, {"r", 8}, {"base_model_name_or_path", "smollm2-135m-instruct"}};
    std::ofstream(folder / "adapter_config.json") << config.dump();
    std::ofstream(folder / "lori.json") << formats::recordToJson(record).dump();
}

/// A run of eight steps with its LoRI-D and LoRI-S; the folder of the run.
inline std::filesystem::path adapterRun(const Home& home, const std::string& name, std::uint64_t seed,
                                        const std::string& base = "cd")
{
    experiment::RunConfig config = WindowFixture::shortConfig();
    config.name = name;
    const auto run = jobs::RunFolder::create(home, config).value();
    writeAdapter(run.path() / "adapter" / "0-lori-d", {"lori-d", 0, "", seed, -1, "ab", base, run.id(), "lori, a test"});
    writeAdapter(run.path() / "adapter" / "2-lori-s", {"lori-s", 0.9, "model", seed, -1, "ab", base, run.id(), "lori, a test"});
    return run.path();
}

/// A merge job with what it made; the folder of the merged adapter.
inline std::filesystem::path writeMerge(const Home& home, const std::vector<std::filesystem::path>& adapters)
{
    formats::MergeRecord merge{"linear", "exact", 1, "", 0, {}};
    nlohmann::json chosen = nlohmann::json::array();
    for (const auto& adapter : adapters) {
        merge.adapters.push_back({adapter.filename().string(), 1, "", ""});
        chosen.push_back({{"folder", adapter.string()}, {"weight", 1}});
    }
    jobs::JobRecord record;
    record.kind = "merge";
    record.name = "merge";
    record.options = {{"adapters", chosen}};
    const auto job = jobs::JobFolder::create(home, record).value();
    writeAdapter(job.path() / "merged", {"merged", 0, "", 0, -1, "", "cd", "", "lori, a test", merge});
    return job.path() / "merged";
}

} // namespace lori::ui::test
