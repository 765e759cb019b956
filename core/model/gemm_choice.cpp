// SPDX-License-Identifier: Apache-2.0
#include "core/model/gemm_choice.h"

#include "core/ops/bf16_unit.h"
#include "core/support/files.h"

#include <nlohmann/json.hpp>
#include <torch/version.h>

#include <fstream>
#include <optional>
#include <string>

namespace lori::model {

namespace {

std::string processorName()
{
    std::ifstream cpu("/proc/cpuinfo");
    for (std::string line; std::getline(cpu, line);) {
        const std::size_t colon = line.find(": ");
        if (line.starts_with("model name") && colon != std::string::npos) {
            return line.substr(colon + 2);
        }
    }
    return {};
}

/// What the file says, if it is of this machine; `machine` is all that it holds but the choice.
std::optional<GemmBackend> keptIn(const std::filesystem::path& file, nlohmann::json machine)
{
    std::ifstream stream(file);
    const nlohmann::json kept = nlohmann::json::parse(stream, nullptr, false);
    if (!kept.is_object() || !kept.contains("backend") || !kept["backend"].is_string()) {
        return std::nullopt;
    }
    const GemmBackend backend = gemmBackendFromName(kept["backend"].get<std::string>());
    machine["backend"] = gemmBackendName(backend);
    return kept == machine && backend != GemmBackend::Bf16 ? std::optional(backend) : std::nullopt;
}

} // namespace

GemmBackend chosenGemm(const std::filesystem::path& home)
{
    const std::filesystem::path file = home / "products.json";
    nlohmann::json wanted{{"version", 1}, {"processor", processorName()}, {"libtorch", TORCH_VERSION}};
    if (const auto kept = keptIn(file, wanted)) {
        return *kept;
    }
    const GemmBackend backend = measureFasterGemm();
    if (const auto kept = keptIn(file, wanted)) { // another program measured at the same time and was faster
        return *kept;
    }
    wanted["backend"] = gemmBackendName(backend);
    // A file that cannot be written is no reason to refuse the work.
    static_cast<void>(writeFileAtomically(file, wanted.dump(2) + "\n"));
    return backend;
}

GemmBackend gemmFor(Products products, const std::filesystem::path& home)
{
    const bool halves = products == Products::Bf16 || (products == Products::Auto && ops::bf16Unit() == ops::Bf16Unit::Amx);
    return halves ? GemmBackend::Bf16 : chosenGemm(home);
}

} // namespace lori::model
