// SPDX-License-Identifier: Apache-2.0
#include "core/adapters/method_choice.h"

#include "core/adapters/dora_adapter.h"
#include "core/adapters/full_fine_tuning.h"
#include "core/adapters/ia3_adapter.h"
#include "core/adapters/lori_adapter.h"

namespace lori::adapters {

using experiment::StageKind;
using experiment::StageStart;

namespace {

template <typename Made>
std::unique_ptr<Method> taken(Result<std::unique_ptr<Made>> result)
{
    return std::move(result).value();
}

} // namespace

Result<std::unique_ptr<Method>> createMethod(StageKind kind, std::shared_ptr<const model::BaseModel> base,
                                             const experiment::AdapterConfig& config)
{
    return guard([&]() -> std::unique_ptr<Method> {
        switch (kind) {
        case StageKind::LoriD:
        case StageKind::LoriS:
            return taken(LoriAdapter::create(std::move(base), config));
        case StageKind::Lora:
            return taken(LoraAdapter::create(std::move(base), config));
        case StageKind::Dora:
            return taken(DoraAdapter::create(std::move(base), config));
        case StageKind::Ia3:
            return taken(Ia3Adapter::create(std::move(base), config));
        case StageKind::Full:
            return taken(FullFineTuning::create(std::move(base)));
        case StageKind::Mask:
            break;
        }
        throw Exception(ErrorCode::InvalidArgument, "a mask stage trains nothing", "choose a method");
    });
}

Result<std::unique_ptr<Method>> loadMethod(StageKind kind, std::shared_ptr<const model::BaseModel> base,
                                           const std::filesystem::path& folder, StageStart start)
{
    const bool isFresh = start == StageStart::Fresh || (start == StageStart::Auto && kind == StageKind::LoriS);
    return guard([&]() -> std::unique_ptr<Method> {
        // Nothing in IA3 is drawn, so a fresh one takes only where it sits: the modules of the folder, as A's modules for the
        // others.
        const auto freshIa3 = [&]() -> std::unique_ptr<Method> {
            const std::unique_ptr<Ia3Adapter> old = Ia3Adapter::load(base, folder).value();
            return createMethod(kind, std::move(base), old->config()).value();
        };
        const auto lowRank = [&](auto result) -> std::unique_ptr<Method> {
            auto method = std::move(result).value();
            if (isFresh) {
                method->resetB();
            }
            return method;
        };
        switch (kind) {
        case StageKind::LoriD:
        case StageKind::LoriS:
            return lowRank(LoriAdapter::load(std::move(base), folder));
        case StageKind::Lora:
            return lowRank(LoraAdapter::load(std::move(base), folder));
        case StageKind::Dora:
            return lowRank(DoraAdapter::load(std::move(base), folder));
        case StageKind::Ia3:
            return isFresh ? freshIa3() : taken(Ia3Adapter::load(std::move(base), folder));
        case StageKind::Full:
            return isFresh ? createMethod(kind, std::move(base), {}).value()
                           : taken(FullFineTuning::load(std::move(base), folder));
        case StageKind::Mask:
            break;
        }
        throw Exception(ErrorCode::InvalidArgument, "a mask stage trains nothing", "choose a method");
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
        StageKind kind = StageKind::LoriD; // every A and B runs the same, whichever of them was trained
        if (!std::filesystem::exists(folder / "adapter_config.json") && std::filesystem::exists(folder / "model.safetensors")) {
            kind = StageKind::Full;
        } else {
            const formats::AdapterKind found = formats::openAnyAdapter(folder, &base->config().shape).value().kind;
            kind = found == formats::AdapterKind::Dora  ? StageKind::Dora
                   : found == formats::AdapterKind::Ia3 ? StageKind::Ia3
                                                        : StageKind::LoriD;
        }
        return loadMethod(kind, std::move(base), folder, StageStart::Continue).value();
    });
}

} // namespace lori::adapters
