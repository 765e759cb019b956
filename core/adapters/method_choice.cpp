// SPDX-License-Identifier: Apache-2.0
#include "core/adapters/method_choice.h"

#include "core/adapters/dora_adapter.h"
#include "core/adapters/full_fine_tuning.h"
#include "core/adapters/ia3_adapter.h"
#include "core/adapters/lori_adapter.h"

#include <algorithm>
#include <array>

namespace lori::adapters {

using experiment::StageKind;
using experiment::StageStart;

namespace {

using Base = std::shared_ptr<const model::BaseModel>;
using experiment::AdapterConfig;
using std::filesystem::path;

/// How the class of one method is made. The functions throw.
struct MethodClass {
    StageKind kind;
    std::unique_ptr<Method> (*create)(Base base, const AdapterConfig& config);
    std::unique_ptr<Method> (*load)(Base base, const path& folder);
    /// From a folder, as the method begins: with what was drawn and nothing that was trained.
    std::unique_ptr<Method> (*fresh)(Base base, const path& folder);
};

template <typename Made>
std::unique_ptr<Method> create(Base base, const AdapterConfig& config)
{
    return Made::create(std::move(base), config).value();
}

template <typename Made>
std::unique_ptr<Method> load(Base base, const path& folder)
{
    return Made::load(std::move(base), folder).value();
}

template <typename Made>
std::unique_ptr<Method> loadWithoutB(Base base, const path& folder)
{
    auto method = Made::load(std::move(base), folder).value();
    method->resetB();
    return method;
}

/// Nothing in IA3 is drawn, so a fresh one takes only where it sits: the modules of the folder, as A's modules for the others.
std::unique_ptr<Method> freshIa3(Base base, const path& folder)
{
    const std::unique_ptr<Ia3Adapter> old = Ia3Adapter::load(base, folder).value();
    return Ia3Adapter::create(std::move(base), old->config()).value();
}

std::unique_ptr<Method> createFull(Base base, const AdapterConfig& /*config*/)
{
    return FullFineTuning::create(std::move(base)).value();
}

std::unique_ptr<Method> freshFull(Base base, const path& /*folder*/)
{
    return FullFineTuning::create(std::move(base)).value();
}

template <typename Made>
constexpr MethodClass lowRank(StageKind kind)
{
    return {kind, create<Made>, load<Made>, loadWithoutB<Made>};
}

constexpr std::array kClasses{
    lowRank<LoriAdapter>(StageKind::LoriD),
    lowRank<LoriAdapter>(StageKind::LoriS),
    lowRank<LoraAdapter>(StageKind::Lora),
    lowRank<DoraAdapter>(StageKind::Dora),
    MethodClass{StageKind::Ia3, create<Ia3Adapter>, load<Ia3Adapter>, freshIa3},
    MethodClass{StageKind::Full, createFull, load<FullFineTuning>, freshFull},
};

const MethodClass& classOf(StageKind kind)
{
    const auto found = std::find_if(kClasses.begin(), kClasses.end(), [&](const MethodClass& c) { return c.kind == kind; });
    if (found == kClasses.end()) {
        throw Exception(ErrorCode::InvalidArgument, std::string("a ").append(stageKindName(kind)).append(" stage trains nothing"),
                        "choose a method");
    }
    return *found;
}

/// The first method that leaves such an adapter: every A and B runs the same, whichever of them was trained.
StageKind runnerOf(AdapterKind found)
{
    for (const experiment::MethodTraits& method : experiment::kMethods) {
        if (method.writes == found) {
            return method.kind;
        }
    }
    throw Exception(ErrorCode::Unsupported, "no method runs such an adapter", "choose another adapter");
}

} // namespace

Result<std::unique_ptr<Method>> createMethod(StageKind kind, std::shared_ptr<const model::BaseModel> base,
                                             const experiment::AdapterConfig& config)
{
    return guard([&] { return classOf(kind).create(std::move(base), config); });
}

Result<std::unique_ptr<Method>> loadMethod(StageKind kind, std::shared_ptr<const model::BaseModel> base,
                                           const std::filesystem::path& folder, StageStart start)
{
    return guard([&] {
        const MethodClass& made = classOf(kind);
        const StageStart meant = start == StageStart::Auto ? experiment::traitsOf(kind).usualStart : start;
        return meant == StageStart::Fresh ? made.fresh(std::move(base), folder) : made.load(std::move(base), folder);
    });
}

Result<void> applyMask(Method& method, const formats::Mask& mask)
{
    auto* lori = dynamic_cast<LoriAdapter*>(&method);
    if (lori == nullptr) {
        return Error{ErrorCode::InvalidArgument, "only LoRI trains under a mask, not " + method.name(), "use a LoRI-S stage", {}};
    }
    return lori->applyMask(mask);
}

Result<std::unique_ptr<Method>> openTrained(std::shared_ptr<const model::BaseModel> base, const std::filesystem::path& folder)
{
    return guard([&] {
        const bool isWhole = !std::filesystem::exists(folder / "adapter_config.json") &&
                             std::filesystem::exists(folder / formats::adapterFileName(AdapterKind::Weights));
        const StageKind kind =
            runnerOf(isWhole ? AdapterKind::Weights : formats::openAnyAdapter(folder, &base->config().shape).value().kind);
        return loadMethod(kind, std::move(base), folder, StageStart::Continue).value();
    });
}

} // namespace lori::adapters
