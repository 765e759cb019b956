// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/experiment/recipe.h"
#include "core/jobs/run_folder.h"
#include "core/model/base_model.h"
#include "core/tokenizer/tokenizer.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

namespace lori::recipes {

/// (what, done, total); false stops the work with Error Stopped.
using WorkProgress = std::function<bool(const std::string& what, std::int64_t done, std::int64_t total)>;

/// Measures models one after the other and keeps the base model between them.
class Measurer final {
public:
    explicit Measurer(Home home) : m_home(std::move(home)) {}

    /// Scores and losses, with the judged rows under `folder`/items:
    ///   {"scores": {"nlu.accuracy": {value, low, high, hits, n, higherIsBetter, items}}, "losses": {"nlu": {value, tokens,
    ///   rows}},
    ///    "seconds"}
    /// `measure` names paths, not references. Throws Exception: those of loading, evaluateTask and loadTrainingData;
    /// InvalidArgument (no row was set aside); Stopped.
    [[nodiscard]] nlohmann::json measure(const experiment::RecipeMeasure& measure, const std::filesystem::path& folder,
                                         const WorkProgress& progress);
    /// Gives the base model's memory back.
    void release();

private:
    void open(const experiment::RecipeMeasure& measure);

    Home m_home;
    std::string m_opened; ///< what m_base is: model, device and weights
    std::shared_ptr<const model::BaseModel> m_base;
    std::unique_ptr<tokenizer::Tokenizer> m_tokenizer;
};

} // namespace lori::recipes
