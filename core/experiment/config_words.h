// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/experiment/run_config.h"
#include "core/experiment/sequence.h"
#include "core/vocabulary/words.h"

#include <span>

namespace lori {

template <>
std::span<const Word<experiment::PromptTemplate>> words<experiment::PromptTemplate>();
template <>
std::span<const Word<experiment::Truncation>> words<experiment::Truncation>();
template <>
std::span<const Word<experiment::LearnedTurns>> words<experiment::LearnedTurns>();
template <>
std::span<const Word<experiment::RowOrder>> words<experiment::RowOrder>();
template <>
std::span<const Word<experiment::ClipRule>> words<experiment::ClipRule>();
template <>
std::span<const Word<experiment::LossReduction>> words<experiment::LossReduction>();
template <>
std::span<const Word<experiment::Schedule>> words<experiment::Schedule>();
template <>
std::span<const Word<experiment::StageKind>> words<experiment::StageKind>();
template <>
std::span<const Word<experiment::MaskPolicy>> words<experiment::MaskPolicy>();
template <>
std::span<const Word<experiment::AvoidRule>> words<experiment::AvoidRule>();
template <>
std::span<const Word<experiment::StageStart>> words<experiment::StageStart>();
template <>
std::span<const Word<experiment::EvaluationHow>> words<experiment::EvaluationHow>();
template <>
std::span<const Word<experiment::ScoringMode>> words<experiment::ScoringMode>();

template <>
std::span<const Word<experiment::Setting>> words<experiment::Setting>();

} // namespace lori
