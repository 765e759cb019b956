// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/row_lengths.h"

#include <QTimer>

#include <utility>

namespace lori::ui {

namespace {

constexpr int kProgressMs = 200;

std::optional<tasks::RowLength> lengthOf(const tasks::Row& row, experiment::PromptTemplate form,
                                         const experiment::DataConfig& config, const tasks::RowEncoder& encoder)
{
    const auto tokens = guard([&] { return tasks::tokenizedRow(row, form, config.learnedTurns, encoder); });
    return tokens ? std::optional(tasks::RowLength{static_cast<std::int64_t>(tokens->prompt.size()),
                                                   static_cast<std::int64_t>(tokens->response.size())})
                  : std::nullopt;
}

} // namespace

RowLengths::RowLengths(Home home, QObject* parent) : QObject(parent), m_home(std::move(home)), m_timer(new QTimer(this))
{
    m_timer->setInterval(kProgressMs);
    connect(m_timer, &QTimer::timeout, this, &RowLengths::progressed);
}

void RowLengths::clear()
{
    m_job.cancel();
    m_timer->stop();
    m_rows.reset();
    m_key.clear();
    m_view = {};
    Q_EMIT changed();
}

void RowLengths::count(const Rows& rows, experiment::PromptTemplate form, const experiment::RunConfig& config)
{
    const std::string key = config.model + '\n' + std::to_string(static_cast<int>(form)) + '\n' +
                            std::to_string(static_cast<int>(config.data.learnedTurns)) + (config.data.addBos ? "\nbos" : "");
    if (m_rows == rows && m_key == key) {
        return;
    }
    m_rows = rows;
    m_key = key;
    m_view = {};
    m_done = std::make_shared<std::atomic<std::int64_t>>(0);
    m_timer->start();
    m_job.start(
        [home = m_home, rows, form, config, done = m_done, model = m_model](const BackgroundJob::Cancelled& cancelled) {
            Result result;
            const auto opened = openModelText(home, config.model, model);
            if (!opened) {
                result.view.error = opened.error();
                return result;
            }
            result.model = *opened;
            const tasks::RowEncoder encoder = result.model->encoder(config.data);
            result.view.lengths.reserve(rows->size());
            for (const tasks::Row& row : *rows) {
                if (*cancelled) {
                    return result;
                }
                if (const auto length = lengthOf(row, form, config.data, encoder)) {
                    result.view.lengths.push_back(*length);
                } else {
                    ++result.view.refused;
                }
                ++*done;
            }
            return result;
        },
        [this](Result result) {
            m_timer->stop();
            m_view = std::move(result.view);
            m_model = result.model ? std::move(result.model) : std::move(m_model);
            Q_EMIT changed();
        });
    Q_EMIT changed();
}

} // namespace lori::ui
