// SPDX-License-Identifier: Apache-2.0
#include "core/experiment/config_words.h"

namespace lori::experiment {

namespace {

constexpr std::array kProjections{Word<Projection>{Projection::Q, "q_proj"},       Word<Projection>{Projection::K, "k_proj"},
                                  Word<Projection>{Projection::V, "v_proj"},       Word<Projection>{Projection::O, "o_proj"},
                                  Word<Projection>{Projection::Gate, "gate_proj"}, Word<Projection>{Projection::Up, "up_proj"},
                                  Word<Projection>{Projection::Down, "down_proj"}};
constexpr std::array kDevices{Word<Device>{Device::Auto, "auto"}, Word<Device>{Device::Cpu, "cpu"},
                              Word<Device>{Device::Cuda, "cuda"}};
constexpr std::array kTemplates{Word<PromptTemplate>{PromptTemplate::Chat, "chat"},
                                Word<PromptTemplate>{PromptTemplate::Alpaca, "alpaca"},
                                Word<PromptTemplate>{PromptTemplate::AlpacaReference, "alpaca-reference"},
                                Word<PromptTemplate>{PromptTemplate::QuestionReference, "question-reference"},
                                Word<PromptTemplate>{PromptTemplate::Plain, "plain"}};
constexpr std::array kTruncations{Word<Truncation>{Truncation::KeepResponse, "keep-response"},
                                  Word<Truncation>{Truncation::Reference, "reference"}};
constexpr std::array kOrders{Word<RowOrder>{RowOrder::Seeded, "seeded"}, Word<RowOrder>{RowOrder::Reference, "reference"}};
constexpr std::array kClips{Word<ClipRule>{ClipRule::PerTensor, "per-tensor"}, Word<ClipRule>{ClipRule::Global, "global"},
                            Word<ClipRule>{ClipRule::None, "none"}};
constexpr std::array kLosses{Word<LossReduction>{LossReduction::SequenceSum, "sequence-sum"},
                             Word<LossReduction>{LossReduction::TokenMean, "token-mean"}};
constexpr std::array kSchedules{Word<Schedule>{Schedule::Constant, "constant"}, Word<Schedule>{Schedule::Linear, "linear"},
                                Word<Schedule>{Schedule::Cosine, "cosine"}};
constexpr std::array kKinds{Word<StageKind>{StageKind::LoriD, "lori-d"}, Word<StageKind>{StageKind::Mask, "mask"},
                            Word<StageKind>{StageKind::LoriS, "lori-s"}};
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
std::span<const Word<PromptTemplate>> words<PromptTemplate>()
{
    return kTemplates;
}
template <>
std::span<const Word<Truncation>> words<Truncation>()
{
    return kTruncations;
}
template <>
std::span<const Word<RowOrder>> words<RowOrder>()
{
    return kOrders;
}
template <>
std::span<const Word<ClipRule>> words<ClipRule>()
{
    return kClips;
}
template <>
std::span<const Word<LossReduction>> words<LossReduction>()
{
    return kLosses;
}
template <>
std::span<const Word<Schedule>> words<Schedule>()
{
    return kSchedules;
}
template <>
std::span<const Word<StageKind>> words<StageKind>()
{
    return kKinds;
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

std::string_view stageKindName(StageKind kind)
{
    return wordOf(kind);
}

} // namespace lori::experiment
