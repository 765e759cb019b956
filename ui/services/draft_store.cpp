// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/draft_store.h"

#include "core/support/files.h"
#include "ui/services/experiment_draft.h"

#include <nlohmann/json.hpp>

#include <QTimer>

#include <utility>

namespace lori::ui {

DraftStore::DraftStore(ExperimentDraft& draft, std::filesystem::path file, QObject* parent)
    : QObject(parent), m_draft(draft), m_file(std::move(file)), m_timer(new QTimer(this))
{
    load();
    m_timer->setSingleShot(true);
    m_timer->setInterval(kDelayMs);
    connect(m_timer, &QTimer::timeout, this, &DraftStore::save);
    connect(&m_draft, &ExperimentDraft::changed, m_timer, [this] {
        if (!m_timer->isActive()) { // not restarted: somebody who types without a rest is kept too
            m_timer->start();
        }
    });
}

DraftStore::~DraftStore()
{
    if (m_timer->isActive()) {
        save();
    }
}

void DraftStore::load()
{
    constexpr std::uint64_t kMost = 16U << 20U;
    if (const auto text = readTextFile(m_file, kMost)) {
        static_cast<void>(m_draft.restore(nlohmann::json::parse(*text, nullptr, /*allow_exceptions=*/false)));
    }
}

void DraftStore::save()
{
    // A disk that takes nothing is told by the page, which then refuses to start; the draft itself stays in the window.
    const std::string text = m_draft.state().dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
    std::error_code ignored;
    std::filesystem::create_directories(m_file.parent_path(), ignored);
    static_cast<void>(writeFileAtomically(m_file, text));
}

} // namespace lori::ui
