// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/services/health_notes.h"

#include <QWidget>

#include <vector>

class QVBoxLayout;

namespace lori::ui {

/// The health notes of a run, one line each with an icon; newest last.
class RunNotes final : public QWidget {
    Q_OBJECT

public:
    explicit RunNotes(QWidget* parent = nullptr);
    void clear();
    void append(const std::vector<HealthRemark>& remarks);
    /// One line that comes and goes with the run's state (failed, lost); "" removes it.
    void setStanding(Tone tone, const QString& text);

protected:
    void changeEvent(QEvent* event) override;

private:
    void rebuild();
    std::vector<HealthRemark> m_remarks;
    HealthRemark m_standing;
    QVBoxLayout* m_column = nullptr;
};

} // namespace lori::ui
