// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/sequence_draft.h"

#include "core/experiment/sequence_issues.h"
#include "core/support/files.h"
#include "ui/services/sequence_plan.h"

#include <nlohmann/json.hpp>

#include <QElapsedTimer>
#include <QPointer>
#include <QTimer>
#include <QUndoCommand>
#include <QUndoStack>

#include <utility>

namespace lori::ui {

using experiment::SequenceConfig;

namespace {

constexpr int kTypingMs = 1500; // changes of one kind within this time are one undo step

} // namespace

class SequenceCommand final : public QUndoCommand {
public:
    SequenceCommand(SequenceDraft& draft, const QString& text, SequenceConfig before, SequenceConfig after)
        : QUndoCommand(text), m_draft(&draft), m_before(std::move(before)), m_after(std::move(after))
    {
        m_age.start();
    }
    [[nodiscard]] int id() const override { return 2; } // 1 is the experiment's
    bool mergeWith(const QUndoCommand* other) override
    {
        const auto* next = dynamic_cast<const SequenceCommand*>(other);
        if (next == nullptr || next->text() != text() || m_age.elapsed() > kTypingMs) {
            return false;
        }
        m_after = next->m_after;
        m_age.restart();
        return true;
    }
    void redo() override { apply(m_after); }
    void undo() override { apply(m_before); }

private:
    void apply(const SequenceConfig& config)
    {
        if (m_draft != nullptr) {
            m_draft->replace(config);
        }
    }

    QPointer<SequenceDraft> m_draft; ///< the stack may outlive the page
    SequenceConfig m_before;
    SequenceConfig m_after;
    QElapsedTimer m_age;
};

SequenceDraft::SequenceDraft(QUndoStack* undo, std::filesystem::path file, QObject* parent)
    : QObject(parent), m_undo(undo), m_file(std::move(file)), m_timer(new QTimer(this))
{
    std::error_code ignored;
    auto kept = std::filesystem::exists(m_file, ignored) ? experiment::readSequence(m_file.string())
                                                         : Result<SequenceConfig>(sequenceFrom(SequenceTemplate::SafetyThenTask));
    m_config = kept ? *std::move(kept) : sequenceFrom(SequenceTemplate::SafetyThenTask);
    m_timer->setSingleShot(true);
    m_timer->setInterval(kDelayMs);
    connect(m_timer, &QTimer::timeout, this, &SequenceDraft::save);
}

SequenceDraft::~SequenceDraft()
{
    if (m_timer->isActive()) {
        save();
    }
}

void SequenceDraft::edit(const QString& undoText, const std::function<void(SequenceConfig&)>& change)
{
    SequenceConfig after = m_config;
    change(after);
    measureWhatIsLearned(after);
    if (after == m_config) {
        return;
    }
    if (m_undo != nullptr) {
        m_undo->push(new SequenceCommand(*this, undoText, m_config, std::move(after)));
    } else {
        replace(after);
    }
}

std::vector<experiment::ConfigIssue> SequenceDraft::issues() const
{
    return experiment::validate(m_config);
}

void SequenceDraft::replace(const SequenceConfig& config)
{
    m_config = config;
    if (!m_timer->isActive()) { // not restarted: somebody who types without a rest is kept too
        m_timer->start();
    }
    Q_EMIT changed();
}

void SequenceDraft::save()
{
    // A disk that takes nothing is told by Start; the draft itself stays in the window.
    std::error_code ignored;
    std::filesystem::create_directories(m_file.parent_path(), ignored);
    static_cast<void>(writeFileAtomically(m_file, experiment::toJson(m_config).dump(2) + "\n"));
}

} // namespace lori::ui
