// SPDX-License-Identifier: Apache-2.0
#include "core/experiment/config_words.h"

namespace lori {

using namespace experiment;

namespace {

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
constexpr std::array kSettings{Word<Setting>{Setting::LearningRate, "learning-rate"}, Word<Setting>{Setting::Steps, "steps"},
                               Word<Setting>{Setting::EvaluateEvery, "evaluate-every"}};

} // namespace

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
std::span<const Word<MaskPolicy>> words<MaskPolicy>()
{
    return kPolicies;
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

template <>
std::span<const Word<Setting>> words<Setting>()
{
    return kSettings;
}

} // namespace lori
