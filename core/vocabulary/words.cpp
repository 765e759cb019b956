// SPDX-License-Identifier: Apache-2.0
#include "core/vocabulary/words.h"

#include <array>

namespace lori {

namespace {

constexpr std::array kProjections{Word<Projection>{Projection::Q, "q_proj"},       Word<Projection>{Projection::K, "k_proj"},
                                  Word<Projection>{Projection::V, "v_proj"},       Word<Projection>{Projection::O, "o_proj"},
                                  Word<Projection>{Projection::Gate, "gate_proj"}, Word<Projection>{Projection::Up, "up_proj"},
                                  Word<Projection>{Projection::Down, "down_proj"}};
constexpr std::array kDevices{Word<Device>{Device::Auto, "auto"}, Word<Device>{Device::Cpu, "cpu"},
                              Word<Device>{Device::Cuda, "cuda"}};
constexpr std::array kWeightTypes{Word<WeightType>{WeightType::Auto, "auto"}, Word<WeightType>{WeightType::F32, "f32"},
                                  Word<WeightType>{WeightType::Bf16, "bf16"}, Word<WeightType>{WeightType::F16, "f16"},
                                  Word<WeightType>{WeightType::File, "file"}};
constexpr std::array kProducts{Word<Products>{Products::F32, "f32"}, Word<Products>{Products::Bf16, "bf16"},
                               Word<Products>{Products::Auto, "auto"}};
constexpr std::array kScopes{Word<MaskScope>{MaskScope::Model, "model"}, Word<MaskScope>{MaskScope::Module, "module"},
                             Word<MaskScope>{MaskScope::Projection, "projection"}, Word<MaskScope>{MaskScope::Layer, "layer"},
                             Word<MaskScope>{MaskScope::Matrix, "matrix"}};
constexpr std::array kRules{Word<MaskRule>{MaskRule::Reference, "reference"}, Word<MaskRule>{MaskRule::ExactK, "exact-k"}};

} // namespace

template <>
std::span<const Word<Projection>> words<Projection>()
{
    return kProjections;
}
template <>
std::span<const Word<Device>> words<Device>()
{
    return kDevices;
}
template <>
std::span<const Word<WeightType>> words<WeightType>()
{
    return kWeightTypes;
}
template <>
std::span<const Word<Products>> words<Products>()
{
    return kProducts;
}
template <>
std::span<const Word<MaskScope>> words<MaskScope>()
{
    return kScopes;
}
template <>
std::span<const Word<MaskRule>> words<MaskRule>()
{
    return kRules;
}

std::string_view projectionName(Projection projection)
{
    return wordOf(projection);
}

Result<Projection> projectionFromName(std::string_view name)
{
    return fromWord<Projection>(name);
}

std::string_view weightTypeName(WeightType type)
{
    return wordOf(type);
}

Result<WeightType> weightTypeFromName(std::string_view name)
{
    return fromWord<WeightType>(name);
}

} // namespace lori
