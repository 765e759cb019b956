// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/tensor_file.h"

#include <algorithm>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace lori::analysis::test {

/// Tensors that live in this object instead of a file. Take pointers to them after the last add().
class MemoryTensors final : public formats::TensorFile {
public:
    void add(std::string name, std::vector<std::int64_t> shape, std::vector<float> values)
    {
        m_values.push_back(std::move(values));
        m_views.push_back({std::move(name), formats::DType::F32, std::move(shape), std::as_bytes(std::span(m_values.back()))});
    }
    [[nodiscard]] const std::vector<formats::TensorView>& tensors() const override { return m_views; }
    [[nodiscard]] const formats::TensorView* find(const std::string& name) const override
    {
        const auto it = std::find_if(m_views.begin(), m_views.end(), [&](const auto& view) { return view.name == name; });
        return it == m_views.end() ? nullptr : &*it;
    }

private:
    std::vector<std::vector<float>> m_values;
    std::vector<formats::TensorView> m_views;
};

} // namespace lori::analysis::test
