// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/adapter_files.h"
#include "core/jobs/run_folder.h"
#include "tests/analysis/mask_builders.h"

#include <filesystem>
#include <string>

namespace lori::ui::test {

/// A run that left nothing but this mask; gives the mask's file. Of several, the one with the larger `minute` is newer.
inline std::filesystem::path makeMaskRun(const Home& home, const std::string& name, int minute, formats::Mask mask)
{
    experiment::RunConfig config;
    config.name = name;
    config.stages = {experiment::StageConfig{}, experiment::StageConfig{}};
    config.stages[1].kind = experiment::StageKind::Mask;
    const auto made = jobs::RunFolder::create(home, config).value();
    const std::filesystem::path run = home.runs() / ("20260101-00" + std::to_string(10 + minute) + "00-" + made.id().substr(16));
    std::filesystem::rename(made.path(), run);
    std::filesystem::create_directories(run / "masks");
    mask.scope = "model";
    mask.rule = "reference";
    mask.sparsity = 1 - static_cast<double>(mask.kept()) / static_cast<double>(mask.total());
    const std::filesystem::path file = run / "masks" / "1-mask.safetensors";
    formats::writeMask(file, mask).value();
    return file;
}

/// Forty entries that `kept` says of two layers × (q, v); every module is [10, 4]. '1' = kept.
inline formats::Mask maskOfBits(const std::string& q0, const std::string& v0, const std::string& q1, const std::string& v1)
{
    using analysis::test::moduleMask;
    return analysis::test::maskOfModules({moduleMask(0, Projection::Q, 4, q0), moduleMask(0, Projection::V, 4, v0),
                                          moduleMask(1, Projection::Q, 4, q1), moduleMask(1, Projection::V, 4, v1)});
}

/// `count` ones from `first` on, of forty.
inline std::string ones(std::size_t first, std::size_t count)
{
    std::string bits(40, '0');
    for (std::size_t i = first; i < first + count; ++i) {
        bits[i] = '1';
    }
    return bits;
}

} // namespace lori::ui::test
