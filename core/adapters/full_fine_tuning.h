// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/adapters/method.h"

#include <memory>
#include <string>
#include <vector>

namespace lori::adapters {

/// Full fine-tuning: every weight of a copy of the base model is trained, embedding, head, norms and biases with it. It needs the
/// weights, their gradients and two moments in f32: sixteen bytes a parameter beside the frozen base.
class FullFineTuning final : public Method {
public:
    [[nodiscard]] static Result<std::unique_ptr<FullFineTuning>> create(std::shared_ptr<const model::BaseModel> base);
    /// Goes on from the weights that save() wrote. Errors: NotFound, BadFile, Mismatch (shapes, other base).
    [[nodiscard]] static Result<std::unique_ptr<FullFineTuning>> load(std::shared_ptr<const model::BaseModel> base,
                                                                      const std::filesystem::path& folder);

    [[nodiscard]] experiment::StageKind kind() const override { return experiment::StageKind::Full; }
    [[nodiscard]] std::shared_ptr<const model::BaseModel> model() const override { return m_copy; }
    [[nodiscard]] std::vector<Parameter>& parameters() override { return m_parameters; }
    void beginStep(std::int64_t /*tokens*/) override {}
    void parametersChanged() override {}
    void prepareInference() override {}
    [[nodiscard]] FrozenCheck frozenCheck() const override { return {}; }
    /// model.safetensors under Hugging Face names, f32, and lori.json; `lori export` makes a whole model folder of it.
    [[nodiscard]] Result<void> save(const std::filesystem::path& folder, const std::string& baseModel,
                                    formats::AdapterRecord record) const override;

    [[nodiscard]] bool adapts(model::Site /*site*/) const override { return true; }
    [[nodiscard]] at::Tensor forward(model::Site site, const at::Tensor& x_TI, const model::Weight& w_OI,
                                     const model::Matmul& matmul, model::SavedSite* saved) const override;
    [[nodiscard]] at::Tensor backward(model::Site site, const at::Tensor& g_TO, const model::Weight& w_OI,
                                      const model::Matmul& matmul, const model::SavedSite& saved,
                                      model::InputGradient inputGradient) override;
    [[nodiscard]] model::WeightGradients* weightGradients() override { return &m_gradients; }

private:
    explicit FullFineTuning(std::shared_ptr<const model::BaseModel> base);
    /// Registers one weight; returns its gradient in the weight's shape.
    at::Tensor add(const std::string& name, const at::Tensor& weight);
    /// Whether a parameter is a norm that the model's files hold without its 1 (Gemma).
    [[nodiscard]] bool lacksOne(std::size_t parameter) const;

    std::shared_ptr<model::BaseModel> m_copy; ///< its own, and changed by each step
    std::vector<Parameter> m_parameters;
    std::vector<at::Tensor> m_weights; ///< of each parameter, in its shape
    model::WeightGradients m_gradients;
    std::vector<std::array<at::Tensor, 7>> m_linearGradients; ///< per layer, [O, I]
};

} // namespace lori::adapters
