// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/bundle_work.h"

#include <utility>

namespace lori::ui {

namespace {

constexpr int kProgressEveryMs = 100;

} // namespace

BundleWork::BundleWork(Home home, QObject* parent) : QObject(parent), m_home(std::move(home)), m_state(std::make_shared<State>())
{
    m_timer.setInterval(kProgressEveryMs);
    connect(&m_timer, &QTimer::timeout, this, [this] { Q_EMIT progressed(share()); });
}

BundleWork::~BundleWork()
{
    cancel();
}

double BundleWork::share() const
{
    return m_state->share;
}

void BundleWork::cancel()
{
    m_state->cancelled = true;
}

void BundleWork::begin()
{
    m_state = std::make_shared<State>();
    m_timer.start();
}

void BundleWork::end()
{
    m_timer.stop();
    Q_EMIT finished();
}

bundles::Progress BundleWork::progressOf(const std::shared_ptr<State>& state)
{
    return {[state](std::uint64_t done, std::uint64_t total) {
                state->share = total == 0 ? 1.0 : static_cast<double>(done) / static_cast<double>(total);
            },
            [state] {
                return state->cancelled.load();
            }};
}

void BundleWork::exportRuns(const QStringList& runIds, const QString& file, bool withAdapters)
{
    std::vector<std::string> ids;
    for (const QString& id : runIds) {
        ids.push_back(id.toStdString());
    }
    begin();
    m_job.start(
        [home = m_home, state = m_state, ids, path = file.toStdString(), withAdapters](const BackgroundJob::Cancelled&) {
            return guard([&] {
                const database::History history = database::History::open(home.historyFile()).value();
                return database::exportBundle(history, path, ids, {.withAdapters = withAdapters, .replace = true},
                                              progressOf(state))
                    .value();
            });
        },
        [this, file](const Result<bundles::Written>& written) {
            if (written) {
                Q_EMIT exported(file, *written);
            } else {
                Q_EMIT failed(written.error());
            }
            end();
        });
}

void BundleWork::importFile(const QString& file)
{
    begin();
    m_job.start(
        [home = m_home, state = m_state, path = file.toStdString()](const BackgroundJob::Cancelled&) {
            return guard([&] {
                const database::History history = database::History::open(home.historyFile()).value();
                return database::importBundle(history, home, path, progressOf(state)).value();
            });
        },
        [this, file](const Result<database::BundleImported>& imported) {
            if (imported) {
                Q_EMIT this->imported(file, *imported);
            } else {
                Q_EMIT failed(imported.error());
            }
            end();
        });
}

} // namespace lori::ui
