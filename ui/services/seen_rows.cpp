// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/seen_rows.h"

#include <utility>

namespace lori::ui {

SeenRows::SeenRows(Home home, QObject* parent) : QObject(parent), m_home(std::move(home)) {}

const SeenRows::View& SeenRows::look(const experiment::RunConfig& config, std::size_t source, const DataView& data)
{
    const std::string key = config.model + '\n' + experiment::toJson(config)["data"].dump() + '\n' + std::to_string(source) +
                            '\n' + data.file.toStdString() + '\n' + data.stamp + (data.reading ? " reading" : "");
    if (key == m_key) {
        return m_view;
    }
    m_key = key;
    m_view = View{};
    m_job.start([home = m_home, config, source, rows = data.start.rows,
                 model = m_model](const BackgroundJob::Cancelled&) { return render(home, config, source, rows, model); },
                [this](Result result) {
                    m_view = std::move(result.view);
                    m_model = std::move(result.model);
                    Q_EMIT changed();
                });
    return m_view;
}

SeenRows::Result SeenRows::render(const Home& home, const experiment::RunConfig& config, std::size_t source,
                                  const std::vector<tasks::Row>& rows, std::shared_ptr<const ModelText> model)
{
    Result result;
    result.view.reading = false;
    const auto opened = openModelText(home, config.model, std::move(model));
    if (!opened) {
        result.view.error = opened.error();
        return result;
    }
    result.model = opened.value();
    const tasks::RowEncoder encoder = result.model->encoder(config.data);
    for (const tasks::Row& row : rows) {
        auto seen =
            tasks::seenRow(row, config.data.sources.at(source).promptTemplate, config.data, encoder, tasks::CutParts::Show);
        SeenOrNot& entry = result.view.rows.emplace_back();
        if (seen) {
            entry.row = std::move(*seen);
        } else {
            entry.error = seen.error();
        }
    }
    return result;
}

} // namespace lori::ui
