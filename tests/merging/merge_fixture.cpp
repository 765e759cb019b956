// SPDX-License-Identifier: Apache-2.0
#include "tests/merging/merge_fixture.h"

#include "core/support/files.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Functions.h>

#include <nlohmann/json.hpp>

#include <span>

namespace lori::merging::test {

namespace {

constexpr std::int64_t kHidden = 12;
constexpr std::int64_t kFeedForward = 20;

at::Tensor drawn(std::int64_t seed, std::int64_t place, std::vector<std::int64_t> shape, double kept)
{
    const at::Generator generator = at::detail::createCPUGenerator(static_cast<std::uint64_t>(seed * 1000 + place));
    const at::Tensor values = at::empty(shape, at::kFloat).normal_(0, 0.3, generator);
    return kept < 1 ? values.mul(at::empty(shape, at::kFloat).bernoulli_(kept, generator)) : values;
}

} // namespace

std::pair<std::int64_t, std::int64_t> inOut(experiment::Projection projection)
{
    const experiment::ModelShape shape{2, kHidden, 2, 1, 6, kFeedForward, 64, true};
    const experiment::ProjectionShape sizes = experiment::projectionShape(shape, projection);
    return {sizes.in, sizes.out};
}

void writeAdapter(const std::filesystem::path& folder, const AdapterRecipe& recipe)
{
    std::vector<at::Tensor> alive;
    formats::AdapterToWrite out;
    out.rank = recipe.rank;
    out.alpha = recipe.alpha;
    out.baseModel = "tiny";
    out.targets = recipe.targets;
    out.record.method = "lori-d";
    out.record.baseFingerprint = recipe.base;
    std::int64_t place = 0;
    for (std::int64_t layer = 0; layer < recipe.layers; ++layer) {
        for (const experiment::Projection projection : recipe.targets) {
            const auto [in, outFeatures] = inOut(projection);
            alive.push_back(drawn(recipe.projectionSeed, ++place, {recipe.rank, in}, 1));
            alive.push_back(drawn(recipe.seed, 500 + place, {outFeatures, recipe.rank}, recipe.kept));
            if (recipe.spoil != 0 && place == 1) {
                alive.back().view({-1})[0].fill_(recipe.spoil);
            }
        }
    }
    std::size_t next = 0;
    for (std::int64_t layer = 0; layer < recipe.layers; ++layer) {
        for (const experiment::Projection projection : recipe.targets) {
            for (const char name : {'A', 'B'}) {
                const at::Tensor& t = alive[next++];
                out.tensors.push_back({formats::peftKey(layer, projection, name), formats::DType::F32, t.sizes().vec(),
                                       std::as_bytes(std::span(t.const_data_ptr<float>(), static_cast<std::size_t>(t.numel())))});
            }
        }
    }
    formats::writeAdapter(folder, out).value();
    if (recipe.base.empty()) {
        std::filesystem::remove(folder / "lori.json");
    }
    if (recipe.rslora) {
        nlohmann::json config = nlohmann::json::parse(readTextFile(folder / "adapter_config.json").value());
        config["use_rslora"] = true;
        writeFileAtomically(folder / "adapter_config.json", config.dump()).value();
    }
}

std::vector<formats::AdapterFiles> openAll(const std::vector<std::filesystem::path>& folders)
{
    std::vector<formats::AdapterFiles> adapters;
    for (const std::filesystem::path& folder : folders) {
        adapters.push_back(formats::openAdapter(folder).value());
    }
    return adapters;
}

std::vector<formats::AdapterFiles> makeAdapters(const std::filesystem::path& place, const std::vector<AdapterRecipe>& recipes)
{
    std::vector<std::filesystem::path> folders;
    for (std::size_t i = 0; i < recipes.size(); ++i) {
        folders.push_back(place / std::to_string(i));
        writeAdapter(folders.back(), recipes[i]);
    }
    return openAll(folders);
}

at::Tensor matrix(const formats::TensorView& view)
{
    at::Tensor tensor = at::empty(view.shape, at::kFloat);
    formats::toFloat(view, {tensor.mutable_data_ptr<float>(), static_cast<std::size_t>(tensor.numel())}).value();
    return tensor.to(at::kDouble);
}

at::Tensor change(const formats::AdapterFiles& adapter, std::size_t module)
{
    return at::mm(matrix(*adapter.modules[module].b), matrix(*adapter.modules[module].a)).mul(adapter.scaling());
}

double relativeDistance(const at::Tensor& x, const at::Tensor& y)
{
    return x.sub(y).norm().item<double>() / y.norm().item<double>();
}

} // namespace lori::merging::test
