// SPDX-License-Identifier: Apache-2.0
// Times the comparison of adapters: `interference_benchmark [ADAPTERS] [RANK] [KEPT]` makes random ones of Llama-3-8B's shape in
// a temporary folder (4, rank 32, a tenth of B kept: 1.3 GB) and prints one JSON document.
#include "core/analysis/interference.h"

#include <nlohmann/json.hpp>

#include <sys/resource.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <iostream>
#include <random>

using namespace lori;
namespace fs = std::filesystem;

namespace {

const experiment::ModelShape kLlama3{32, 4096, 32, 8, 128, 14336, 128256, false};

std::vector<float> randomValues(std::mt19937& engine, std::int64_t count, double kept)
{
    std::uniform_real_distribution<float> uniform(-1, 1);
    std::vector<float> values(static_cast<std::size_t>(count));
    for (float& value : values) {
        const float drawn = uniform(engine);
        value = std::abs(drawn) > 1 - kept ? drawn : 0.0F;
    }
    return values;
}

void makeAdapter(const fs::path& folder, std::int64_t rank, double kept, unsigned seed)
{
    std::mt19937 engine(seed);
    std::vector<std::vector<float>> values;
    formats::AdapterToWrite adapter;
    adapter.rank = rank;
    adapter.alpha = 2.0 * static_cast<double>(rank);
    adapter.baseModel = "random";
    adapter.targets = {experiment::kAllProjections.begin(), experiment::kAllProjections.end()};
    adapter.record.method = "lori-s";
    for (std::int64_t layer = 0; layer < kLlama3.layers; ++layer) {
        for (const experiment::Projection projection : experiment::kAllProjections) {
            const experiment::ProjectionShape shape = experiment::projectionShape(kLlama3, projection);
            for (const char matrix : {'A', 'B'}) {
                const bool isA = matrix == 'A';
                values.push_back(randomValues(engine, rank * (isA ? shape.in : shape.out), isA ? 1.0 : kept));
                adapter.tensors.push_back(
                    {formats::peftKey(layer, projection, matrix), formats::DType::F32,
                     isA ? std::vector<std::int64_t>{rank, shape.in} : std::vector<std::int64_t>{shape.out, rank},
                     std::as_bytes(std::span<const float>(values.back()))});
            }
        }
    }
    formats::writeAdapter(folder, adapter).value();
}

} // namespace

int main(int argc, char** argv)
{
    const int count = argc > 1 ? std::atoi(argv[1]) : 4;
    const std::int64_t rank = argc > 2 ? std::atoll(argv[2]) : 32;
    const double kept = argc > 3 ? std::atof(argv[3]) : 0.1;
    const fs::path folder = fs::temp_directory_path() / ("lori-interference-" + std::to_string(::getpid()));
    for (int i = 0; i < count; ++i) {
        makeAdapter(folder / std::to_string(i), rank, kept, static_cast<unsigned>(i));
    }
    const auto begin = std::chrono::steady_clock::now();
    std::vector<formats::AdapterFiles> adapters;
    for (int i = 0; i < count; ++i) {
        adapters.push_back(formats::openAdapter(folder / std::to_string(i)).value());
    }
    const auto report = analysis::measureInterference(adapters);
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage); // the peak includes the making of the adapters
    std::error_code ignored;
    fs::remove_all(folder, ignored);
    std::cout << nlohmann::json{{"adapters", count},
                                {"rank", rank},
                                {"seconds", seconds.count()},
                                {"peakBytes", static_cast<std::int64_t>(usage.ru_maxrss) * 1024},
                                {"energyRatio", report.value().total.energyRatio}}
                     .dump()
              << '\n';
    return 0;
}
