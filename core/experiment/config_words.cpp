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
constexpr std::array kLearnedTurns{Word<LearnedTurns>{LearnedTurns::All, "all"}, Word<LearnedTurns>{LearnedTurns::Last, "last"}};
constexpr std::array kOrders{Word<RowOrder>{RowOrder::Seeded, "seeded"}, Word<RowOrder>{RowOrder::Reference, "reference"}};
constexpr std::array kClips{Word<ClipRule>{ClipRule::PerTensor, "per-tensor"}, Word<ClipRule>{ClipRule::Global, "global"},
                            Word<ClipRule>{ClipRule::None, "none"}};
constexpr std::array kLosses{Word<LossReduction>{LossReduction::SequenceSum, "sequence-sum"},
                             Word<LossReduction>{LossReduction::TokenMean, "token-mean"}};
constexpr std::array kSchedules{Word<Schedule>{Schedule::Constant, "constant"}, Word<Schedule>{Schedule::Linear, "linear"},
                                Word<Schedule>{Schedule::Cosine, "cosine"}};
constexpr auto kKinds = [] {
    std::array<Word<StageKind>, kMethods.size()> list{};
    for (std::size_t i = 0; i < list.size(); ++i) {
        list[i] = {kMethods[i].kind, kMethods[i].name};
    }
    return list;
}();
constexpr std::array kScopes{Word<MaskScope>{MaskScope::Model, "model"}, Word<MaskScope>{MaskScope::Module, "module"},
                             Word<MaskScope>{MaskScope::Projection, "projection"}, Word<MaskScope>{MaskScope::Layer, "layer"},
                             Word<MaskScope>{MaskScope::Matrix, "matrix"}};
constexpr std::array kRules{Word<MaskRule>{MaskRule::Reference, "reference"}, Word<MaskRule>{MaskRule::ExactK, "exact-k"}};
constexpr std::array kWeightTypes{Word<WeightType>{WeightType::Auto, "auto"}, Word<WeightType>{WeightType::F32, "f32"},
                                  Word<WeightType>{WeightType::Bf16, "bf16"}, Word<WeightType>{WeightType::F16, "f16"}};
constexpr std::array kAvoidRules{Word<AvoidRule>{AvoidRule::ChooseFree, "choose-free"},
                                 Word<AvoidRule>{AvoidRule::Remove, "remove"}};
constexpr std::array kPolicies{Word<MaskPolicy>{MaskPolicy::Own, "own"}, Word<MaskPolicy>{MaskPolicy::Avoid, "avoid"},
                               Word<MaskPolicy>{MaskPolicy::Protect, "protect"}};
constexpr std::array kStarts{Word<StageStart>{StageStart::Auto, "auto"}, Word<StageStart>{StageStart::Fresh, "fresh"},
                             Word<StageStart>{StageStart::Continue, "continue"}};
constexpr std::array kHows{Word<EvaluationHow>{EvaluationHow::Generate, "generate"},
                           Word<EvaluationHow>{EvaluationHow::LogLikelihood, "log-likelihood"}};
constexpr std::array kScoringModes{Word<ScoringMode>{ScoringMode::Strict, "strict"},
                                   Word<ScoringMode>{ScoringMode::Reference, "reference"}};

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
std::span<const Word<LearnedTurns>> words<LearnedTurns>()
{
    return kLearnedTurns;
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

template <>
std::span<const Word<MaskPolicy>> words<MaskPolicy>()
{
    return kPolicies;
}
template <>
std::span<const Word<WeightType>> words<WeightType>()
{
    return kWeightTypes;
}
template <>
std::span<const Word<AvoidRule>> words<AvoidRule>()
{
    return kAvoidRules;
}
template <>
std::span<const Word<StageStart>> words<StageStart>()
{
    return kStarts;
}
template <>
std::span<const Word<EvaluationHow>> words<EvaluationHow>()
{
    return kHows;
}
template <>
std::span<const Word<ScoringMode>> words<ScoringMode>()
{
    return kScoringModes;
}

std::string_view projectionName(Projection projection)
{
    return wordOf(projection);
}

Result<Projection> projectionFromName(std::string_view name)
{
    return fromWord<Projection>(name);
}

} // namespace lori::experiment
