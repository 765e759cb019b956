// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/model_facts.h"

#include "core/formats/model_files.h"
#include "core/tasks/task.h"

#include <algorithm>

namespace lori::ui {

Result<experiment::ModelShape> ModelFacts::shape(const std::string& model)
{
    if (const auto known = m_shapes.find(model); known != m_shapes.end()) {
        return known->second;
    }
    const auto path = formats::resolveModel(m_home.root, model);
    if (!path) {
        return path.error();
    }
    const auto config = formats::readModelConfig(*path);
    if (!config) {
        return config.error();
    }
    m_shapes[model] = config->shape;
    return config->shape;
}

experiment::DataLengths ModelFacts::lengths(const experiment::RunConfig& config)
{
    if (m_taskRows.empty()) {
        if (const auto known = tasks::listTasks()) {
            for (const tasks::TaskInfo& task : *known) {
                m_taskRows[task.name] = task.trainRows;
            }
        }
    }
    experiment::DataLengths lengths;
    for (const experiment::DataSource& source : config.data.sources) {
        const auto found = m_taskRows.find(source.task);
        if (found == m_taskRows.end()) {
            return {};
        }
        lengths.rows += source.maxRows > 0 ? std::min(source.maxRows, found->second) : found->second;
    }
    return lengths;
}

} // namespace lori::ui
