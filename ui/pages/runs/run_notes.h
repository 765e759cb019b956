// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/services/health_notes.h"

#include <QWidget>

#include <set>
#include <vector>

class QVBoxLayout;

namespace lori::ui {

/// The health notes of a run, one line each with an icon and a button for what can be done about it; newest last.
class RunNotes final : public QWidget {
    Q_OBJECT

public:
    explicit RunNotes(QWidget* parent = nullptr);
    void clear();
    void append(const std::vector<HealthRemark>& remarks);
    /// One line that comes and goes with the run's state (failed, lost); "" removes it.
    void setStanding(Tone tone, const QString& text);
    /// How far the run is, and what can be done now: other remedies have no button.
    void setPossible(bool atWork, const std::set<Remedy>& possible);

Q_SIGNALS:
    void remedyAsked(lori::ui::Remedy remedy);

protected:
    void changeEvent(QEvent* event) override;

private:
    void rebuild();
    [[nodiscard]] QWidget* line(const HealthRemark& remark);
    [[nodiscard]] static QString words(Remedy remedy);
    std::vector<HealthRemark> m_remarks;
    HealthRemark m_standing;
    bool m_atWork = false;
    std::set<Remedy> m_possible;
    QVBoxLayout* m_column = nullptr;
};

} // namespace lori::ui
