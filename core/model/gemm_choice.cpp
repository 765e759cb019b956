// SPDX-License-Identifier: Apache-2.0
#include "core/model/gemm_choice.h"

#include "core/support/files.h"

#include <nlohmann/json.hpp>
#include <torch/version.h>

#include <fstream>
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

} // namespace

GemmBackend chosenGemm(const std::filesystem::path& home)
{
    const std::filesystem::path file = home / "products.json";
    nlohmann::json wanted{{"version", 1}, {"processor", processorName()}, {"libtorch", TORCH_VERSION}};
    std::ifstream stream(file);
    nlohmann::json kept = nlohmann::json::parse(stream, nullptr, false);
    if (kept.is_object() && kept.contains("backend") && kept["backend"].is_string()) {
        wanted["backend"] = kept["backend"];
        const GemmBackend backend = gemmBackendFromName(kept["backend"].get<std::string>());
        if (kept == wanted && kept["backend"] == gemmBackendName(backend)) {
            return backend;
        }
    }
    const GemmBackend backend = measureFasterGemm();
    wanted["backend"] = gemmBackendName(backend);
    // A file that cannot be written is no reason to refuse the work.
    static_cast<void>(writeFileAtomically(file, wanted.dump(2) + "\n"));
    return backend;
}

} // namespace lori::model
